"""When colours are used."""

from __future__ import annotations

import io

import pytest

from linters.reports.color import wants_color


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "stream", "environment", "expected"),
    [
        ("auto", _Terminal(), {}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", _Terminal(), {"TERM": "dumb"}, False),
        ("auto", _Terminal(), {"NO_COLOR": "1"}, False),
        ("auto", _Terminal(), {"NO_COLOR": ""}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1"}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", _Terminal(), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color(
    choice: str, stream: io.StringIO, environment: dict[str, str], expected: bool
) -> None:
    assert wants_color(choice, stream, environment) is expected
