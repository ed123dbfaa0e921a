"""The rules of the metadata checker; META001 to META026 carry docfx's names."""

from __future__ import annotations

from linters.model.finding import Group, Precedence, Rule, Severity

_E, _W, _I, _OFF = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF

MISSING_ATTRIBUTE = Rule("META001", "missing-attribute", _W, "A required key is missing.")
MISSING_PAIRED_ATTRIBUTE = Rule(
    "META002", "missing-paired-attribute", _W, "A key that another key needs is missing."
)
MISSING_EITHER_ATTRIBUTE = Rule(
    "META003",
    "missing-either-attribute",
    _W,
    "None of several keys is there, of which one is needed.",
)
PRECLUDED_ATTRIBUTES = Rule(
    "META004", "precluded-attributes", _W, "Keys that exclude each other stand together."
)
UNEXPECTED_TYPE = Rule(
    "META005", "unexpected-type", _W, "A value is of another type than the schema wants."
)
INVALID_VALUE = Rule("META006", "invalid-value", _W, "A value is none of those that are allowed.")
INVALID_PAIRED_ATTRIBUTE = Rule(
    "META007", "invalid-paired-attribute", _W, "A value does not go with the value of another key."
)
FORMAT_INVALID = Rule(
    "META008", "format-invalid", _W, "A value does not have the form that the schema asks for."
)
DATE_FORMAT_INVALID = Rule(
    "META009",
    "date-format-invalid",
    _W,
    "A date is not written in a form that is allowed, or does not exist.",
)
DATE_OUT_OF_RANGE = Rule(
    "META010", "date-out-of-range", _W, "A date is too far in the past or in the future."
)
STRING_LENGTH_INVALID = Rule(
    "META011", "string-length-invalid", _W, "A text is too short or too long."
)
ARRAY_LENGTH_INVALID = Rule(
    "META012", "array-length-invalid", _W, "A list has too few or too many items."
)
ARRAY_MIN_CHECK_INVALID = Rule(
    "META013", "array-min-check-invalid", _W, "Too few items of a list meet a condition."
)
ARRAY_MAX_CHECK_INVALID = Rule(
    "META014", "array-max-check-invalid", _W, "Too many items of a list meet a condition."
)
ARRAY_NOT_UNIQUE = Rule(
    "META015", "array-not-unique", _W, "An item stands in a list more than once."
)
ARRAY_CONTAINS_FAILED = Rule(
    "META016", "array-contains-failed", _W, "A list lacks an item that it should contain."
)
NUMBER_INVALID = Rule("META017", "number-invalid", _W, "A number is out of range.")
PROPERTY_COUNT_INVALID = Rule(
    "META018", "property-count-invalid", _W, "A mapping has too few or too many keys."
)
DEPENDENT_SCHEMAS_FAILED = Rule(
    "META019", "dependent-schemas-failed", _W, "What must hold beside a key does not."
)
ONE_OF_FAILED = Rule(
    "META020", "one-of-failed", _W, "A value fits none of several alternatives, or more than one."
)
NOT_FAILED = Rule("META021", "not-failed", _W, "A value is what the schema forbids.")
BOOLEAN_SCHEMA_FAILED = Rule(
    "META022", "boolean-schema-failed", _W, "There is a value where the schema allows none."
)
UNKNOWN_FIELD = Rule("META023", "unknown-field", _W, "The schema does not allow this key.")
ATTRIBUTE_DEPRECATED = Rule("META024", "attribute-deprecated", _W, "A key is out of use.")
ATTRIBUTE_RESERVED = Rule(
    "META025", "attribute-reserved", _W, "A key is set by the build, not by the author."
)
DUPLICATE_ATTRIBUTE = Rule(
    "META026",
    "duplicate-attribute",
    _I,
    "A value that should be unique stands in several articles.",
)
YAML_HEADER_SYNTAX_ERROR = Rule(
    "META027",
    "yaml-header-syntax-error",
    _E,
    "The front matter is no valid YAML.",
    precedence=Precedence(Group.HEADER, 2),
)
YAML_HEADER_NOT_OBJECT = Rule(
    "META028",
    "yaml-header-not-object",
    _E,
    "The front matter is no mapping of keys to values.",
    precedence=Precedence(Group.HEADER, 3),
)
YAML_DUPLICATE_KEY = Rule(
    "META029",
    "yaml-duplicate-key",
    _E,
    "A key stands in the front matter twice.",
    precedence=Precedence(Group.HEADER, 4),
)
HEADER_MISSING = Rule(
    "META030",
    "header-missing",
    _E,
    "The article has no front matter.",
    precedence=Precedence(Group.HEADER, 5),
)
HEADER_UNREADABLE = Rule(
    "META031",
    "header-unreadable",
    _E,
    "There is front matter, but the build does not see it.",
    precedence=Precedence(Group.HEADER, 0),
)
MISSPELT_ATTRIBUTE = Rule(
    "META032", "misspelt-attribute", _E, "A key is a misspelling of one that the build knows."
)
RARE_VALUE = Rule(
    "META033",
    "rare-value",
    _OFF,
    "A value is one or two characters away from one that thousands of articles have.",
)
PLACEHOLDER_VALUE = Rule(
    "META034", "placeholder-value", _W, "A template's placeholder was not replaced."
)
INVISIBLE_CHARACTER = Rule(
    "META035", "invisible-character", _W, "A key or value holds characters that nobody sees."
)
LOCALIZATION_ATTRIBUTE_MISSING = Rule(
    "META036", "localization-attribute-missing", _W, "Keys of the localization block are missing."
)
LOCALIZATION_ATTRIBUTE_ORDER = Rule(
    "META037",
    "localization-attribute-order",
    _W,
    "The localization block is out of order, or not last.",
)
LOCALIZATION_ATTRIBUTE_INVALID = Rule(
    "META038",
    "localization-attribute-invalid",
    _E,
    "A value of the localization block is malformed.",
)
LOCALIZATION_ATTRIBUTE_EDITED = Rule(
    "META039",
    "localization-attribute-edited",
    _E,
    "A value of the localization block was edited by hand.",
)
LOCALE_MISMATCH = Rule(
    "META040", "locale-mismatch", _E, "The article is in another locale than its repository."
)

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))

BY_NAME = {rule.name: rule for rule in RULES}
"""The rules by the names that docfx's schemas use as codes."""
