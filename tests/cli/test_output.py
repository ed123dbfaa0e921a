"""What a terminal gets is escaped; what a file gets is exact."""

from __future__ import annotations

import io
import sys

import pytest

from linters.cli.output import print_patch

PATCH = "--- a\n+++ b\n@@ -1 +1 @@\n-\tx\x1b[31m\r\n+y\n"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (io.StringIO(), PATCH),
        (_Terminal(), "--- a\n+++ b\n@@ -1 +1 @@\n-\tx\\x1b[31m\\r\n+y\n"),
    ],
    ids=["file", "terminal"],
)
def test_a_patch(stream: io.StringIO, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    print_patch(PATCH)
    assert stream.getvalue() == expected
