"""What the first bytes of content say about it."""

from __future__ import annotations

import pytest
from multidict import CIMultiDict

from linters.links.web.head import Head
from linters.links.web.page import is_html


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b" <!-- a --> <!-- b -->\n<HTML>", True),
        (b"\xef\xbb\xbf<!doctype  html>", True),
        (b"<!-- a <html> --> <p>", False),
        (b"<!---->" * 300, False),
        (b"<!-- " * 400, False),
        (b" " * 2048, False),
    ],
)
def test_content_without_a_type_is_looked_at(start: bytes, *, expected: bool) -> None:
    assert is_html(Head(200, "OK", CIMultiDict()), start) is expected
