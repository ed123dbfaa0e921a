"""Every flag of every command has a field in the command's record: none is read and ignored."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from linters.cli.command_line import full_parser


def test_every_flag_has_a_field() -> None:
    parsers = list(_commands(full_parser()))
    assert len(parsers) > 10
    for parser in parsers:
        flags = {action.dest for action in parser._actions} - {"help"}
        record = parser.get_default("run").options
        assert flags <= set(_names(record)), parser.prog


def _commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield parser
    for group in groups:
        for command in group.choices.values():
            yield from _commands(command)


def _names(record: Any) -> Iterator[str]:
    kinds = get_type_hints(record)
    for field in fields(record):
        kind = kinds[field.name]
        if is_dataclass(kind):
            yield from _names(kind)
        else:
            yield field.name
