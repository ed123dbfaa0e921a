"""A finding that the report does not list, and what hides it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from linters.model.finding import Finding


class HiddenBy(StrEnum):
    """What hides a finding."""

    DIRECTIVE = "directive"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class HiddenFinding:
    """A finding that a directive in the article or the baseline hides; ``reason`` as written."""

    finding: Finding
    by: HiddenBy
    reason: str | None = None
