"""The rules of the metadata checker; META001 to META026 have docfx's names and meanings."""

from __future__ import annotations

from linters.model.finding import Group, Inheritance, Precedence, Rule, Severity

_E, _W, _I, _OFF = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF


def _header(code: str, name: str, severity: Severity, summary: str) -> Rule:
    """A rule about the header as a whole or the localization block."""
    return Rule(code, name, severity, summary, unpublished=_W)


def _value(
    code: str, name: str, severity: Severity, summary: str, *, uses_date: bool = False
) -> Rule:
    """A rule about a key's value, which a translation takes over from its source."""
    return Rule(
        code,
        name,
        severity,
        summary,
        inheritance=Inheritance.VALUE,
        unpublished=_W,
        uses_date=uses_date,
    )


def _damage(rank: int, code: str, name: str, summary: str) -> Rule:
    """A rule about damage of the header; per article only the lowest rank is reported."""
    return Rule(code, name, _E, summary, precedence=Precedence(Group.HEADER, rank), unpublished=_W)


RULES = (
    _value("META001", "missing-attribute", _W, "A required key is missing."),
    _value("META002", "missing-paired-attribute", _W, "A key that another requires is missing."),
    _value("META003", "missing-either-attribute", _W, "None of several alternative keys is set."),
    _value("META004", "precluded-attributes", _W, "Keys that exclude each other are both set."),
    _value("META005", "unexpected-type", _W, "The value has the wrong type."),
    _value("META006", "invalid-value", _W, "The value is not one of the allowed values."),
    _value("META007", "invalid-paired-attribute", _W, "The value contradicts another key."),
    _value("META008", "format-invalid", _W, "The value does not match its pattern or format."),
    _value("META009", "date-format-invalid", _W, "The date is invalid or in the wrong format."),
    _value("META010", "date-out-of-range", _W, "The date is too early or late.", uses_date=True),
    _value("META011", "string-length-invalid", _W, "The text is too short or too long."),
    _value("META012", "array-length-invalid", _W, "The list has too few or too many items."),
    _value("META013", "array-min-check-invalid", _W, "Too few items meet a condition."),
    _value("META014", "array-max-check-invalid", _W, "Too many items meet a condition."),
    _value("META015", "array-not-unique", _W, "The list contains an item twice."),
    _value("META016", "array-contains-failed", _W, "The list lacks a required item."),
    _value("META017", "number-invalid", _W, "The number is out of range."),
    _value("META018", "property-count-invalid", _W, "The mapping has too few or too many keys."),
    _value("META019", "dependent-schemas-failed", _W, "A dependent schema is not satisfied."),
    _value("META020", "one-of-failed", _W, "Not exactly one of the alternative schemas matches."),
    _value("META021", "not-failed", _W, "The value matches a schema that it must not match."),
    _value("META022", "boolean-schema-failed", _W, "The schema allows no value here."),
    _value("META023", "unknown-field", _W, "The schema does not allow this key."),
    _value("META024", "attribute-deprecated", _W, "The key is deprecated."),
    _value("META025", "attribute-reserved", _W, "The key is reserved: the build sets it."),
    _header("META026", "duplicate-attribute", _I, "Several articles share a unique value."),
    _damage(2, "META027", "yaml-header-syntax-error", "The front matter is not valid YAML."),
    _damage(3, "META028", "yaml-header-not-object", "The front matter is not a mapping."),
    _damage(4, "META029", "yaml-duplicate-key", "The front matter contains a key twice."),
    _damage(5, "META030", "header-missing", "The article has no front matter."),
    _damage(0, "META031", "header-unreadable", "The build does not recognize the front matter."),
    _header("META032", "misspelt-attribute", _E, "The key is a misspelling of a known key."),
    _header("META033", "rare-value", _OFF, "The value is almost the same as a very common value."),
    _value("META034", "placeholder-value", _W, "The value is a template placeholder."),
    _value("META035", "invisible-character", _W, "A key or value contains an invisible character."),
    _header("META036", "localization-attribute-missing", _W, "Localization keys are missing."),
    _header("META037", "localization-attribute-order", _W, "Localization keys are out of order."),
    _header("META038", "localization-attribute-invalid", _E, "A localization key is malformed."),
    _header("META039", "localization-attribute-edited", _E, "A localization key was edited."),
    _header("META040", "locale-mismatch", _E, "The article's locale is not the repository's."),
)

BY_NAME = {rule.name: rule for rule in RULES}
"""The rules by name; docfx's schemas use the names as codes."""

MISSING_ATTRIBUTE = BY_NAME["missing-attribute"]
MISSING_PAIRED_ATTRIBUTE = BY_NAME["missing-paired-attribute"]
MISSING_EITHER_ATTRIBUTE = BY_NAME["missing-either-attribute"]
PRECLUDED_ATTRIBUTES = BY_NAME["precluded-attributes"]
UNEXPECTED_TYPE = BY_NAME["unexpected-type"]
INVALID_VALUE = BY_NAME["invalid-value"]
INVALID_PAIRED_ATTRIBUTE = BY_NAME["invalid-paired-attribute"]
UNKNOWN_FIELD = BY_NAME["unknown-field"]
ATTRIBUTE_DEPRECATED = BY_NAME["attribute-deprecated"]
DATE_FORMAT_INVALID = BY_NAME["date-format-invalid"]
ATTRIBUTE_RESERVED = BY_NAME["attribute-reserved"]
DUPLICATE_ATTRIBUTE = BY_NAME["duplicate-attribute"]
YAML_HEADER_SYNTAX_ERROR = BY_NAME["yaml-header-syntax-error"]
YAML_HEADER_NOT_OBJECT = BY_NAME["yaml-header-not-object"]
YAML_DUPLICATE_KEY = BY_NAME["yaml-duplicate-key"]
HEADER_MISSING = BY_NAME["header-missing"]
HEADER_UNREADABLE = BY_NAME["header-unreadable"]
MISSPELT_ATTRIBUTE = BY_NAME["misspelt-attribute"]
RARE_VALUE = BY_NAME["rare-value"]
PLACEHOLDER_VALUE = BY_NAME["placeholder-value"]
INVISIBLE_CHARACTER = BY_NAME["invisible-character"]
LOCALIZATION_ATTRIBUTE_MISSING = BY_NAME["localization-attribute-missing"]
LOCALIZATION_ATTRIBUTE_ORDER = BY_NAME["localization-attribute-order"]
LOCALIZATION_ATTRIBUTE_INVALID = BY_NAME["localization-attribute-invalid"]
LOCALIZATION_ATTRIBUTE_EDITED = BY_NAME["localization-attribute-edited"]
LOCALE_MISMATCH = BY_NAME["locale-mismatch"]
