"""The rules of the metadata checker; META001 to META026 have docfx's names and meanings."""

from __future__ import annotations

from linters.model.finding import Group, Precedence, Rule, Severity

_E, _W, _I, _OFF = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF


def _damage(rank: int, code: str, name: str, summary: str) -> Rule:
    """A rule about damage of the header; per article only the lowest rank is reported."""
    return Rule(code, name, _E, summary, precedence=Precedence(Group.HEADER, rank))


RULES = (
    Rule("META001", "missing-attribute", _W, "A required key is missing."),
    Rule("META002", "missing-paired-attribute", _W, "A key that another one requires is missing."),
    Rule("META003", "missing-either-attribute", _W, "None of several alternative keys is set."),
    Rule("META004", "precluded-attributes", _W, "Keys that exclude each other are both set."),
    Rule("META005", "unexpected-type", _W, "The value has the wrong type."),
    Rule("META006", "invalid-value", _W, "The value is not one of the allowed values."),
    Rule("META007", "invalid-paired-attribute", _W, "The value contradicts another key."),
    Rule("META008", "format-invalid", _W, "The value does not match its pattern or format."),
    Rule("META009", "date-format-invalid", _W, "The date does not exist or has the wrong format."),
    Rule("META010", "date-out-of-range", _W, "The date is too far in the past or in the future."),
    Rule("META011", "string-length-invalid", _W, "The text is too short or too long."),
    Rule("META012", "array-length-invalid", _W, "The list has too few or too many items."),
    Rule("META013", "array-min-check-invalid", _W, "Too few items of the list meet a condition."),
    Rule("META014", "array-max-check-invalid", _W, "Too many items of the list meet a condition."),
    Rule("META015", "array-not-unique", _W, "The list contains an item twice."),
    Rule("META016", "array-contains-failed", _W, "The list lacks a required item."),
    Rule("META017", "number-invalid", _W, "The number is out of range."),
    Rule("META018", "property-count-invalid", _W, "The mapping has too few or too many keys."),
    Rule("META019", "dependent-schemas-failed", _W, "A dependent schema is not satisfied."),
    Rule("META020", "one-of-failed", _W, "Not exactly one of the alternative schemas matches."),
    Rule("META021", "not-failed", _W, "The value matches a schema that it must not match."),
    Rule("META022", "boolean-schema-failed", _W, "The schema allows no value here."),
    Rule("META023", "unknown-field", _W, "The schema does not allow this key."),
    Rule("META024", "attribute-deprecated", _W, "The key is deprecated."),
    Rule("META025", "attribute-reserved", _W, "The key is reserved: the build sets it."),
    Rule("META026", "duplicate-attribute", _I, "Several articles share a unique value."),
    _damage(2, "META027", "yaml-header-syntax-error", "The front matter is not valid YAML."),
    _damage(3, "META028", "yaml-header-not-object", "The front matter is not a mapping."),
    _damage(4, "META029", "yaml-duplicate-key", "The front matter contains a key twice."),
    _damage(5, "META030", "header-missing", "The article has no front matter."),
    _damage(0, "META031", "header-unreadable", "The build does not recognize the front matter."),
    Rule("META032", "misspelt-attribute", _E, "The key is a misspelling of a known key."),
    Rule("META033", "rare-value", _OFF, "The value is almost the same as a very common value."),
    Rule("META034", "placeholder-value", _W, "The value is a template placeholder."),
    Rule("META035", "invisible-character", _W, "A key or value contains an invisible character."),
    Rule("META036", "localization-attribute-missing", _W, "Localization keys are missing."),
    Rule("META037", "localization-attribute-order", _W, "Localization keys are out of order."),
    Rule("META038", "localization-attribute-invalid", _E, "A localization key is malformed."),
    Rule("META039", "localization-attribute-edited", _E, "A localization key was edited."),
    Rule("META040", "locale-mismatch", _E, "The article's locale is not the repository's."),
)

BY_NAME = {rule.name: rule for rule in RULES}
"""The rules by name; docfx's schemas use the names as codes."""

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
