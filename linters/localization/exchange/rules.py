"""The rules that ``verify`` and ``compare`` speak of; ``check`` knows of no other tree."""

from __future__ import annotations

from linters.model.finding import Rule, Severity

PUBLISHED_MISMATCH = Rule(
    "SPAN201",
    "published-mismatch",
    Severity.ERROR,
    "The stripped article is not what was published.",
)
SOURCE_DRIFT = Rule(
    "SPAN202", "source-drift", Severity.ERROR, "The English article says something else by now."
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
    "A segment links elsewhere than in other locales.",
)
EXCHANGE_RULES = (PUBLISHED_MISMATCH, SOURCE_DRIFT, LOCALE_SEGMENT_MISSING, LOCALE_LINK_MISMATCH)
