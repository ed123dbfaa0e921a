"""Paths that files write, from the root."""

from __future__ import annotations

import pytest

from linters.util.paths import join_path


@pytest.mark.parametrize(
    ("folder", "written", "path"),
    [
        ("", "a.md", "a.md"),
        ("docs/sub", "../b.md", "docs/b.md"),
        ("docs", ".\\img\\c.png", "docs/img/c.png"),
        ("docs", "/d//e/./f.md", "docs/d/e/f.md"),
        ("docs", "..", ""),
        ("docs", "..x/g.md", "docs/..x/g.md"),
        ("docs", "../../out.md", None),
    ],
)
def test_a_written_path_from_the_root(folder: str, written: str, path: str | None) -> None:
    assert join_path(folder, written) == path
