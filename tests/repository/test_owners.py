"""Whom a file belongs to: header, docfx's metadata, CODEOWNERS."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.config.nearest import Configurations
from linters.repository.codeowners import CodeOwners
from linters.repository.discovery import select
from linters.repository.owners import Owners
from tests.running import check, write

CODE_OWNERS = """\
# Who reviews what.
*            @org/docs   # everybody
[Section] @default
/build/      @org/build @kari
docs/*       ola@example.com
*.txt
apps/\\ a    @space
a!b[c].md    @literal
"""


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("a.md", "@org/docs"),
        ("build/x/y.md", "@org/build @kari"),
        ("sub/build/x.md", "@org/docs"),
        ("docs/a.md", "ola@example.com"),
        ("notes.txt", None),
        ("a!b[c].md", "@literal"),
    ],
)
def test_the_last_pattern_that_matches_decides(path: str, owner: str | None) -> None:
    assert CodeOwners(CODE_OWNERS).owner(path) == owner


def test_the_first_file_counts(tmp_path: Path) -> None:
    write(tmp_path, {"CODEOWNERS": "* @root", ".github/CODEOWNERS": "* @github", "a.md": "bad\n"})
    assert [finding.owner for finding in check(tmp_path, {}).findings] == ["@github"]


def test_the_author_of_the_header_comes_before_docfx_and_code_owners(tmp_path: Path) -> None:
    docfx = '{"build": {"content": [{"files": "**"}], "globalMetadata": {"ms.author": "docfx"}}}'
    files = {
        "set/docfx.json": docfx,
        "set/a.md": "---\nms.author: header\n---\nbad\n",
        "set/b.md": "bad\n",
        "c.md": "bad\n",
        "CODEOWNERS": "*.md @owner",
    }
    report = check(tmp_path, files)
    assert report.owners == {"set/a.md": "header", "set/b.md": "docfx", "c.md": "@owner"}
    assert {finding.path: finding.owner for finding in report.findings} == report.owners


def test_without_any_there_is_no_owner(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "x\n"})
    repository = select(tmp_path, [tmp_path], Configurations(tmp_path)).repository
    assert Owners(repository).owner("a.md") is None
