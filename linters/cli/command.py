"""What a command is, and how its arguments become a frozen record.

A flag needs two lines: ``add_argument`` in a command's ``add_arguments``, and a field with
the flag's name in the record of its options.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, Generic, TypeVar, get_type_hints

from linters.cli.parser import UsageError

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Command(Generic[Record]):
    """One command; ``run`` gets the frozen record of its options, returns the exit status."""

    add_arguments: Callable[[argparse.ArgumentParser], None]
    options: type[Record]
    run: Callable[[Record], int]

    def execute(self, namespace: argparse.Namespace) -> int:
        """Run the command with what ``argparse`` read; returns the exit status."""
        try:
            return self.run(from_namespace(self.options, namespace))
        except UsageError as error:
            raise UsageError(f"{error}\n{namespace.usage()}") from error


def from_namespace(record: type[Record], namespace: argparse.Namespace) -> Record:
    """The record whose fields are the namespace's values of the same names.

    A field that is itself a record is made from the same namespace, so records group flags
    that several commands share. Lists become tuples. A field without a value in the
    namespace has its default.
    """
    kinds = get_type_hints(record)
    values: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]
        kind = kinds[field.name]
        if is_dataclass(kind):
            values[field.name] = from_namespace(kind, namespace)  # type: ignore[arg-type]
        elif hasattr(namespace, field.name):
            value = getattr(namespace, field.name)
            values[field.name] = tuple(value) if isinstance(value, list) else value
        elif field.default is MISSING and field.default_factory is MISSING:
            raise TypeError(f"no argument sets {record.__name__}.{field.name}")
    return record(**values)
