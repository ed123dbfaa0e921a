"""Fingerprints of many findings cost no more than their lines."""

from __future__ import annotations

import pytest

from linters.article.article import Article
from linters.article.text.lines import LineIndex
from linters.findings.fingerprints import mark
from linters.links.rules import RULES
from linters.model.finding import Finding, Position, Range


def test_a_line_is_read_once_for_all_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article.from_bytes("a.md", b"word " * 1000 + b"\nsecond\n")
    read: list[int] = []
    line = LineIndex.line

    def counted(index: LineIndex, number: int) -> str:
        read.append(number)
        return line(index, number)

    monkeypatch.setattr(LineIndex, "line", counted)
    findings = [
        Finding(
            rule=RULES[0],
            path="a.md",
            range=Range(Position(n, c), Position(n, c + 1)),
            message="message",
        )
        for n in (1, 2)
        for c in range(1, 500)
    ]
    digests = {f.range.start.line: f.text_digest for f in mark(article, findings)}
    assert sorted(read) == [1, 2]
    assert digests[1] != digests[2]
