"""The rules that only ``verify`` and ``compare`` report, because they need a second tree."""

from __future__ import annotations

from linters.model.finding import Rule, Severity

PUBLISHED_MISMATCH = Rule(
    "SPAN201",
    "published-mismatch",
    Severity.ERROR,
    "The stripped article differs from the published article.",
)
SOURCE_DRIFT = Rule(
    "SPAN202", "source-drift", Severity.ERROR, "A source differs from the English article."
)
LOCALE_SEGMENT_MISSING = Rule(
    "SPAN203",
    "locale-segment-missing",
    Severity.ERROR,
    "A segment is missing that other locales have.",
)
LOCALE_LINK_MISMATCH = Rule(
    "SPAN204",
    "locale-link-mismatch",
    Severity.WARNING,
    "The links of a segment differ from other locales.",
)
EXCHANGE_RULES = (PUBLISHED_MISMATCH, SOURCE_DRIFT, LOCALE_SEGMENT_MISSING, LOCALE_LINK_MISMATCH)
