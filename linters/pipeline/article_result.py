"""What checking one article gives; encoded, because it travels between processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from linters.findings.fingerprints import ArticleSummary
from linters.pipeline.run_checker import CheckerFailure


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The result of one article.

    ``findings`` are the bytes of a FindingCodec. ``facts`` are by the collector's name: bytes
    where its type can be encoded, else the object, or None.
    """

    path: str
    findings: bytes
    facts: tuple[tuple[str, Any], ...] = ()
    failures: tuple[CheckerFailure, ...] = ()
    summary: ArticleSummary = field(default_factory=ArticleSummary)
