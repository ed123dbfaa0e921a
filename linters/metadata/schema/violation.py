"""Violations of a schema, and the clock and step budget of one validation."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from linters.metadata.schema.values import freeze

MAX_DEPTH = 140
MAX_STEPS = 50_000
"""Keywords that one validation may evaluate; nested ``$ref`` can need exponentially many."""


class Where(Enum):
    """Where a violation is reported."""

    VALUE = "value"
    KEY = "key"
    MISSING = "missing"


_UNSET: Any = object()


class Violation:
    """An error of a keyword, with the attributes that jsonschema's validators need of errors.

    It is not jsonschema's ``ValidationError``, because that would import jsonschema always.

    ``code`` is docfx's. ``attribute`` is the key below the instance that docfx's ``rules``
    name it by. ``arguments`` replace ``{0}`` … in custom messages. ``path`` leads from the
    instance to the wrong value; ``below`` is its length. ``allowed`` are the allowed values,
    ``attributes`` the keys that are in conflict, ``absent`` those that are missing.
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
        self.message = message
        self.path: deque[str | int] = deque(path)
        self.schema_path: deque[str | int] = deque()
        self.parent: Any = None
        self.validator: Any = _UNSET
        self.validator_value: Any = _UNSET
        self.instance: Any = _UNSET
        self.code = code
        self.attribute = attribute
        self.arguments = tuple(arguments)
        self.where = where
        self.below = len(path)
        self.allowed: list[Any] = []
        self.attributes: tuple[str, ...] = ()
        self.absent: tuple[str, ...] = (attribute,) if where is Where.MISSING else ()

    @property
    def relative_schema_path(self) -> deque[str | int]:
        """The path of keywords from the parent error's schema."""
        return self.schema_path

    @property
    def absolute_path(self) -> deque[str | int]:
        """The path from the instance as a whole."""
        if self.parent is None:
            return self.path
        return deque((*self.parent.absolute_path, *self.path))

    def _set(
        self,
        *,
        validator: Any,
        validator_value: Any,
        instance: Any,
        **others: Any,
    ) -> None:
        """Say which keyword failed, unless that is known; jsonschema calls this."""
        if self.validator is _UNSET:
            self.validator = validator
        if self.validator_value is _UNSET:
            self.validator_value = validator_value
        if self.instance is _UNSET:
            self.instance = instance


class BudgetError(Exception):
    """A schema needs more steps than ``MAX_STEPS``."""


@dataclass(slots=True)
class Evaluation:
    """The clock and step count of one validation at a time; each loaded schema owns one."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    steps: int = 0
    depth: int = 0
    _enums: dict[int, frozenset[Any]] = field(default_factory=dict)

    def start(self, now: datetime) -> None:
        """Begin a validation at a moment in UTC."""
        self.now = now
        self.steps = 0
        self.depth = 0

    def enter(self) -> None:
        """Begin one keyword: BudgetError beyond ``MAX_STEPS``, RecursionError beyond ``MAX_DEPTH``.

        Python's own limit comes too late: a library in native code may not survive it.
        """
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise BudgetError
        if self.depth >= MAX_DEPTH:
            raise RecursionError("keywords are nested too deeply")
        self.depth += 1

    def leave(self) -> None:
        """End the keyword that was entered last."""
        self.depth -= 1

    def among(self, values: list[Any], instance: Any) -> bool:
        """Whether an instance equals one of a schema's values."""
        known = self._enums.get(id(values))
        if known is None:
            known = self._enums[id(values)] = frozenset(map(freeze, values))
        return freeze(instance) in known
