"""The rules of the metadata checker; META001 to META026 carry docfx's names."""

from __future__ import annotations

from linters.model.finding import Rule, Severity

MISSING_ATTRIBUTE = Rule(
    "META001", "missing-attribute", Severity.WARNING, "A required key is missing."
)
MISSING_PAIRED_ATTRIBUTE = Rule(
    "META002",
    "missing-paired-attribute",
    Severity.WARNING,
    "A key that another key needs is missing.",
)
MISSING_EITHER_ATTRIBUTE = Rule(
    "META003",
    "missing-either-attribute",
    Severity.WARNING,
    "None of several keys is there, of which one is needed.",
)
PRECLUDED_ATTRIBUTES = Rule(
    "META004",
    "precluded-attributes",
    Severity.WARNING,
    "Keys that exclude each other stand together.",
)
UNEXPECTED_TYPE = Rule(
    "META005",
    "unexpected-type",
    Severity.WARNING,
    "A value is of another type than the schema wants.",
)
INVALID_VALUE = Rule(
    "META006", "invalid-value", Severity.WARNING, "A value is none of those that are allowed."
)
INVALID_PAIRED_ATTRIBUTE = Rule(
    "META007",
    "invalid-paired-attribute",
    Severity.WARNING,
    "A value does not go with the value of another key.",
)
FORMAT_INVALID = Rule(
    "META008",
    "format-invalid",
    Severity.WARNING,
    "A value does not have the form that the schema asks for.",
)
DATE_FORMAT_INVALID = Rule(
    "META009",
    "date-format-invalid",
    Severity.WARNING,
    "A date is not written in a form that is allowed, or does not exist.",
)
DATE_OUT_OF_RANGE = Rule(
    "META010",
    "date-out-of-range",
    Severity.WARNING,
    "A date is too far in the past or in the future.",
)
STRING_LENGTH_INVALID = Rule(
    "META011", "string-length-invalid", Severity.WARNING, "A text is too short or too long."
)
ARRAY_LENGTH_INVALID = Rule(
    "META012", "array-length-invalid", Severity.WARNING, "A list has too few or too many items."
)
ARRAY_MIN_CHECK_INVALID = Rule(
    "META013",
    "array-min-check-invalid",
    Severity.WARNING,
    "Too few items of a list meet a condition.",
)
ARRAY_MAX_CHECK_INVALID = Rule(
    "META014",
    "array-max-check-invalid",
    Severity.WARNING,
    "Too many items of a list meet a condition.",
)
ARRAY_NOT_UNIQUE = Rule(
    "META015", "array-not-unique", Severity.WARNING, "An item stands in a list more than once."
)
ARRAY_CONTAINS_FAILED = Rule(
    "META016",
    "array-contains-failed",
    Severity.WARNING,
    "A list lacks an item that it should contain.",
)
NUMBER_INVALID = Rule("META017", "number-invalid", Severity.WARNING, "A number is out of range.")
PROPERTY_COUNT_INVALID = Rule(
    "META018", "property-count-invalid", Severity.WARNING, "A mapping has too few or too many keys."
)
DEPENDENT_SCHEMAS_FAILED = Rule(
    "META019", "dependent-schemas-failed", Severity.WARNING, "What must hold beside a key does not."
)
ONE_OF_FAILED = Rule(
    "META020",
    "one-of-failed",
    Severity.WARNING,
    "A value fits none of several alternatives, or more than one.",
)
NOT_FAILED = Rule("META021", "not-failed", Severity.WARNING, "A value is what the schema forbids.")
BOOLEAN_SCHEMA_FAILED = Rule(
    "META022",
    "boolean-schema-failed",
    Severity.WARNING,
    "There is a value where the schema allows none.",
)
UNKNOWN_FIELD = Rule(
    "META023", "unknown-field", Severity.WARNING, "The schema does not allow this key."
)
ATTRIBUTE_DEPRECATED = Rule(
    "META024", "attribute-deprecated", Severity.WARNING, "A key is out of use."
)
ATTRIBUTE_RESERVED = Rule(
    "META025",
    "attribute-reserved",
    Severity.WARNING,
    "A key is set by the build, not by the author.",
)
DUPLICATE_ATTRIBUTE = Rule(
    "META026",
    "duplicate-attribute",
    Severity.INFO,
    "A value that should be unique stands in several articles.",
)
YAML_HEADER_SYNTAX_ERROR = Rule(
    "META027", "yaml-header-syntax-error", Severity.ERROR, "The front matter is no valid YAML."
)
YAML_HEADER_NOT_OBJECT = Rule(
    "META028",
    "yaml-header-not-object",
    Severity.ERROR,
    "The front matter is no mapping of keys to values.",
)
YAML_DUPLICATE_KEY = Rule(
    "META029", "yaml-duplicate-key", Severity.ERROR, "A key stands in the front matter twice."
)
HEADER_MISSING = Rule(
    "META030", "header-missing", Severity.ERROR, "The article has no front matter."
)
HEADER_UNREADABLE = Rule(
    "META031",
    "header-unreadable",
    Severity.ERROR,
    "There is front matter, but the build does not see it.",
)
MISSPELT_ATTRIBUTE = Rule(
    "META032",
    "misspelt-attribute",
    Severity.ERROR,
    "A key is a misspelling of one that the build knows.",
)
RARE_VALUE = Rule(
    "META033",
    "rare-value",
    Severity.OFF,
    "A value is one or two characters away from one that thousands of articles have.",
)
PLACEHOLDER_VALUE = Rule(
    "META034", "placeholder-value", Severity.WARNING, "A template's placeholder was not replaced."
)
INVISIBLE_CHARACTER = Rule(
    "META035",
    "invisible-character",
    Severity.WARNING,
    "A key or value holds characters that nobody sees.",
)
LOCALIZATION_ATTRIBUTE_MISSING = Rule(
    "META036",
    "localization-attribute-missing",
    Severity.WARNING,
    "Keys of the localization block are missing.",
)
LOCALIZATION_ATTRIBUTE_ORDER = Rule(
    "META037",
    "localization-attribute-order",
    Severity.WARNING,
    "The localization block is out of order, or not last.",
)
LOCALIZATION_ATTRIBUTE_INVALID = Rule(
    "META038",
    "localization-attribute-invalid",
    Severity.ERROR,
    "A value of the localization block is malformed.",
)
LOCALIZATION_ATTRIBUTE_EDITED = Rule(
    "META039",
    "localization-attribute-edited",
    Severity.ERROR,
    "A value of the localization block was edited by hand.",
)
LOCALE_MISMATCH = Rule(
    "META040",
    "locale-mismatch",
    Severity.ERROR,
    "The article is in another locale than its repository.",
)

RULES: tuple[Rule, ...] = (
    MISSING_ATTRIBUTE,
    MISSING_PAIRED_ATTRIBUTE,
    MISSING_EITHER_ATTRIBUTE,
    PRECLUDED_ATTRIBUTES,
    UNEXPECTED_TYPE,
    INVALID_VALUE,
    INVALID_PAIRED_ATTRIBUTE,
    FORMAT_INVALID,
    DATE_FORMAT_INVALID,
    DATE_OUT_OF_RANGE,
    STRING_LENGTH_INVALID,
    ARRAY_LENGTH_INVALID,
    ARRAY_MIN_CHECK_INVALID,
    ARRAY_MAX_CHECK_INVALID,
    ARRAY_NOT_UNIQUE,
    ARRAY_CONTAINS_FAILED,
    NUMBER_INVALID,
    PROPERTY_COUNT_INVALID,
    DEPENDENT_SCHEMAS_FAILED,
    ONE_OF_FAILED,
    NOT_FAILED,
    BOOLEAN_SCHEMA_FAILED,
    UNKNOWN_FIELD,
    ATTRIBUTE_DEPRECATED,
    ATTRIBUTE_RESERVED,
    DUPLICATE_ATTRIBUTE,
    YAML_HEADER_SYNTAX_ERROR,
    YAML_HEADER_NOT_OBJECT,
    YAML_DUPLICATE_KEY,
    HEADER_MISSING,
    HEADER_UNREADABLE,
    MISSPELT_ATTRIBUTE,
    RARE_VALUE,
    PLACEHOLDER_VALUE,
    INVISIBLE_CHARACTER,
    LOCALIZATION_ATTRIBUTE_MISSING,
    LOCALIZATION_ATTRIBUTE_ORDER,
    LOCALIZATION_ATTRIBUTE_INVALID,
    LOCALIZATION_ATTRIBUTE_EDITED,
    LOCALE_MISMATCH,
)

BY_NAME = {rule.name: rule for rule in RULES}
"""The rules by the names that docfx's schemas use as codes."""
