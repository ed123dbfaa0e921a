"""The rules of the core, and the way from codes to rules."""

from __future__ import annotations

from linters.model.finding import Rule, Severity

UNREADABLE_FILE = Rule(
    "CORE001", "unreadable-file", Severity.ERROR, "The file cannot be read as an article."
)
UNUSED_SUPPRESSION = Rule(
    "CORE002", "unused-suppression", Severity.WARNING, "A suppression that suppresses nothing."
)
CORE_RULES = (UNREADABLE_FILE, UNUSED_SUPPRESSION)
