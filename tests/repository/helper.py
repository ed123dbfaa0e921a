"""Makes repositories of a test, and the decisions on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from linters.config.nearest import Configurations
from linters.facts.outlines import OutlineCollector
from linters.facts.repository_facts import Facts
from linters.repository.decisions import Decisions
from linters.repository.discovery import select
from linters.repository.repository import Repository
from tests.running import write


def make(root: Path, files: Mapping[str, str | bytes]) -> Repository:
    """The repository of some files."""
    write(root, files)
    return select(root, [root], Configurations(root)).repository


def decide(root: Path, files: Mapping[str, str | bytes]) -> Decisions:
    """The decisions on the repository of some files, nothing read beforehand."""
    repository = make(root, files)
    collector = OutlineCollector()
    outlines = Facts(collector, {}, repository, collector.context_of)
    return Decisions(repository, outlines, outlines.mentioning)
