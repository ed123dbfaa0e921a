"""Public: the values that a checker gives; a plug-in imports them from here."""

from linters.model.finding import (
    Edit,
    Extent,
    Finding,
    Fix,
    Position,
    Range,
    Related,
    Rule,
    Severity,
)

__all__ = [
    "Edit",
    "Extent",
    "Finding",
    "Fix",
    "Position",
    "Range",
    "Related",
    "Rule",
    "Severity",
]
