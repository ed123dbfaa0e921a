"""The rules for side-by-side articles."""

from __future__ import annotations

from linters.model.finding import Group, Precedence, Rule, Severity

_E, _W, _OFF = Severity.ERROR, Severity.WARNING, Severity.OFF

STRUCTURE = (
    Rule("SPAN001", "span-source-missing", _E, "A target stands without its source."),
    Rule("SPAN002", "span-target-missing", _E, "A source stands without its target."),
    Rule("SPAN003", "span-lookup-missing", _E, "A source stands without its sxs-lookup wrapper."),
    Rule("SPAN004", "span-id-mismatch", _E, "Target and source carry different ids."),
    Rule("SPAN005", "span-id-duplicate", _E, "Two segments carry the same id."),
    Rule("SPAN006", "span-id-order", _E, "The ids of the segments do not increase."),
    Rule("SPAN007", "span-id-invalid", _E, "A segment's id is not five hex digits and a number."),
    Rule("SPAN008", "span-prefix-mismatch", _E, "A segment's id has not the article's prefix."),
    Rule("SPAN009", "span-unbalanced", _E, "`<span>` and `</span>` do not match."),
    Rule("SPAN010", "span-in-code", _E, "A segment stands inside code."),
    Rule("SPAN011", "span-corrupted", _E, "The quotes of a segment's tags became entities."),
    Rule(
        "SPAN012",
        "span-in-header",
        _E,
        "A segment is inside the front matter.",
        precedence=Precedence(Group.HEADER, 1),
    ),
)
TRANSLATION = (
    Rule("SPAN101", "link-text-empty", _E, "A link of the target has lost its text."),
    Rule("SPAN102", "link-markup-broken", _E, "A link of the target is no link any more."),
    Rule("SPAN103", "placeholder-changed", _E, "A placeholder of the source was changed."),
    Rule("SPAN104", "entity-broken", _E, "A character reference of the source was broken up."),
    Rule("SPAN105", "alert-marker-translated", _E, "The marker of an alert was translated."),
    Rule("SPAN106", "directive-mangled", _E, "A `:::` directive of the source was broken."),
    Rule("SPAN107", "xref-lost", _E, "A cross-reference of the source is missing."),
    Rule("SPAN108", "mixed-script-word", _E, "A word mixes letters of two scripts."),
    Rule("SPAN111", "heading-anchor-mismatch", _W, "A heading's anchor is not its source's."),
    Rule("SPAN112", "link-mismatch", _W, "Target and source do not have the same links."),
    Rule("SPAN113", "emphasis-escaped", _W, "Bold or italic markers of the target are escaped."),
    Rule("SPAN114", "emphasis-unbalanced", _W, "A bold or italic marker of the target is alone."),
    Rule("SPAN115", "code-span-lost", _W, "A code span of the source is no code in the target."),
    Rule("SPAN116", "untranslated-text", _W, "A sentence was left in the source's language."),
    Rule("SPAN117", "wrong-script", _W, "A sentence is not in the script of the locale."),
    Rule("SPAN121", "heading-anchor-missing", _OFF, "A localized heading has no anchor."),
    Rule("SPAN122", "emphasis-lost", _OFF, "Bold text of the source is not bold in the target."),
    Rule("SPAN123", "identical-text", _OFF, "Target and source are the same text."),
    Rule("SPAN124", "span-id-gap", _OFF, "The ids of two neighbouring segments leave a gap."),
)
RULES = (*STRUCTURE, *TRANSLATION)
RULE = {rule.name: rule for rule in RULES}
