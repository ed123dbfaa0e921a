"""The rules for side-by-side articles."""

from __future__ import annotations

from linters.model.finding import Group, Precedence, Rule, Severity

_E, _W, _OFF = Severity.ERROR, Severity.WARNING, Severity.OFF

STRUCTURE = (
    Rule("SPAN001", "span-source-missing", _E, "A target has no source."),
    Rule("SPAN002", "span-target-missing", _E, "A source has no target."),
    Rule("SPAN003", "span-lookup-missing", _E, "A source has no sxs-lookup wrapper."),
    Rule("SPAN004", "span-id-mismatch", _E, "Target and source have different ids."),
    Rule("SPAN005", "span-id-duplicate", _E, "Two segments have the same id."),
    Rule("SPAN006", "span-id-order", _E, "The ids of the segments do not increase."),
    Rule("SPAN007", "span-id-invalid", _E, "A segment's id is not five hex digits and a number."),
    Rule(
        "SPAN008", "span-prefix-mismatch", _E, "A segment's id does not have the article's prefix."
    ),
    Rule("SPAN009", "span-unbalanced", _E, "`<span>` and `</span>` do not match."),
    Rule("SPAN010", "span-in-code", _E, "A segment is inside code."),
    Rule("SPAN011", "span-corrupted", _E, "The quotes in a segment's tags are entities."),
    Rule(
        "SPAN012",
        "span-in-header",
        _E,
        "A segment is inside the front matter.",
        precedence=Precedence(Group.HEADER, 1),
    ),
)
TRANSLATION = (
    Rule("SPAN101", "link-text-empty", _E, "A link of the target has no text."),
    Rule("SPAN102", "link-markup-broken", _E, "The Markdown of a link in the target is broken."),
    Rule("SPAN103", "placeholder-changed", _E, "A placeholder of the source was changed."),
    Rule("SPAN104", "entity-broken", _E, "A character reference in the target is broken."),
    Rule("SPAN105", "alert-marker-translated", _E, "The marker of an alert was translated."),
    Rule("SPAN106", "directive-mangled", _E, "A directive or include in the target is broken."),
    Rule("SPAN107", "xref-lost", _E, "A cross-reference of the source is missing."),
    Rule("SPAN108", "mixed-script-word", _E, "A word mixes letters of two scripts."),
    Rule(
        "SPAN111",
        "heading-anchor-mismatch",
        _W,
        "A heading's anchor does not match the source heading.",
    ),
    Rule("SPAN112", "link-mismatch", _W, "Target and source do not have the same links."),
    Rule("SPAN113", "emphasis-escaped", _W, "Bold or italic markers of the target are escaped."),
    Rule(
        "SPAN114", "emphasis-unbalanced", _W, "A bold or italic marker of the target is unmatched."
    ),
    Rule("SPAN115", "code-span-lost", _W, "A code span of the source is not code in the target."),
    Rule("SPAN116", "untranslated-text", _W, "A sentence is not translated."),
    Rule("SPAN117", "wrong-script", _W, "A sentence is not in the script of the locale."),
    Rule("SPAN121", "heading-anchor-missing", _OFF, "A localized heading has no anchor."),
    Rule("SPAN122", "emphasis-lost", _OFF, "Bold text of the source is not bold in the target."),
    Rule("SPAN123", "identical-text", _OFF, "Target and source are the same text."),
    Rule("SPAN124", "span-id-gap", _OFF, "The ids of two neighbouring segments leave a gap."),
)
COMPARISON = (  # only `verify` and `compare` report these: they need a second tree
    Rule(
        "SPAN201",
        "published-mismatch",
        _E,
        "The stripped article differs from the published article.",
    ),
    Rule("SPAN202", "source-drift", _E, "A source differs from the English article."),
    Rule("SPAN203", "locale-segment-missing", _E, "A segment is missing that other locales have."),
    Rule(
        "SPAN204", "locale-link-mismatch", _W, "The links of a segment differ from other locales."
    ),
)
RULES = (*STRUCTURE, *TRANSLATION, *COMPARISON)
RULE = {rule.name: rule for rule in RULES}
