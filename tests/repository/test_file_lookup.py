"""Files looked up by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.repository.file_lookup import Files
from linters.repository.repository import Repository
from linters.util.suggestions import MAX_QUESTIONS


def _files(root: Path, *names: str) -> Files:
    return Files(Repository(root, frozenset(names)))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("docs/a.md", "docs/A.md"),
        ("DOCS/A.MD", "docs/A.md"),
        ("caf\u00e9.md", "cafe\u0301.md"),
        ("docs/b.md", None),
    ],
)
def test_case_and_composition_do_not_count(tmp_path: Path, path: str, found: str | None) -> None:
    assert _files(tmp_path, "docs/A.md", "cafe\u0301.md").other_case(path) == found


def test_the_index_of_a_folder_is_the_first_name(tmp_path: Path) -> None:
    files = _files(tmp_path, "x/README.md", "x/Index.md", "index.md")
    assert files.index("x", ("index.md", "README.md")) == "x/Index.md"
    assert files.index("", ("index.md",)) == "index.md"
    assert files.index("y", ("index.md",)) is None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("docs/nope.md", []),
        ("docs/indx.md", ["docs/index.md"]),
        ("docs/remove-printer.md", ["docs/add-printer.md"]),
        ("docs/print.png", []),
    ],
)
def test_a_shared_extension_makes_no_names_similar(
    tmp_path: Path, path: str, found: list[str]
) -> None:
    assert _files(tmp_path, "docs/index.md", "docs/add-printer.md").nearest(path) == found


def test_many_files_of_one_name_are_compared_only_so_often(tmp_path: Path) -> None:
    files = _files(tmp_path, *(f"d{n}/index.md" for n in range(5000)))
    files._suggestions.questions = MAX_QUESTIONS - 25
    found = [bool(files.nearest(f"e{n}/index.md")) for n in range(40)]
    assert found == [True] * 25 + [False] * 15
