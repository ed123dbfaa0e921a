"""What one validation carries along: its clock, its budget, and what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from jsonschema.exceptions import ValidationError

from linters.metadata.schema.values import freeze

MAX_STEPS = 50_000
"""Keywords that one validation may evaluate; ``$ref`` can ask for exponentially many."""


class Where(Enum):
    """What a violation is placed at."""

    VALUE = "value"
    KEY = "key"
    MISSING = "missing"


class Violation(ValidationError):  # noqa: N818 - as the field calls it
    """An error of a docfx keyword.

    ``code`` is docfx's; ``attribute`` the key below the instance that docfx's ``rules`` know
    it by; ``arguments`` what a message's ``{0}`` stand for; ``path`` leads from the instance
    to the value at fault.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        attribute: str = "",
        arguments: Sequence[Any] = (),
        where: Where = Where.VALUE,
        path: Sequence[str | int] = (),
    ) -> None:
        super().__init__(message, path=path)
        self.code = code
        self.attribute = attribute
        self.arguments = tuple(arguments)
        self.where = where
        self.below = len(path)
        self.allowed: list[Any] = []


class BudgetError(Exception):
    """A schema asks for more steps than a header can be worth."""


@dataclass(slots=True)
class Evaluation:
    """The state of one validation at a time; owned by one loaded schema."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    steps: int = 0
    _enums: dict[int, frozenset[Any]] = field(default_factory=dict)

    def start(self, now: datetime) -> None:
        """Begin a validation at a moment in UTC."""
        self.now = now
        self.steps = 0

    def step(self) -> None:
        """Count one keyword; BudgetError when there were too many."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise BudgetError

    def among(self, values: list[Any], instance: Any) -> bool:
        """Whether an instance equals one of a schema's values."""
        known = self._enums.get(id(values))
        if known is None:
            known = self._enums[id(values)] = frozenset(map(freeze, values))
        return freeze(instance) in known
