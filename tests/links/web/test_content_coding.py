"""Compressed answers of servers that want to keep a core busy."""

from __future__ import annotations

import gzip
import sys

import pytest

from linters.links.web.content_coding import CodingError, decode, decoders_for
from tests.steps import at_most

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.mark.parametrize(
    ("coding", "part"),
    [("gzip", gzip.compress(b"")), ("zstd", zstd.compress(b""))],
    ids=["gzip", "zstd"],
)
def test_the_parts_of_a_body_are_counted(coding: str, part: bytes) -> None:
    assert b"".join(decode(decoders_for([coding]), part * 900)) == b""
    with at_most(30_000), pytest.raises(CodingError, match="too many parts"):
        list(decode(decoders_for([coding]), part * 9000))
