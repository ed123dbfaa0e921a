"""What was likely meant, and how long that may take in all."""

from __future__ import annotations

import time
from pathlib import Path

from linters.links.checker import LinkChecker
from linters.util.suggestions import Likeness, by_case
from tests.running import check


def test_the_closest_name_is_found() -> None:
    assert Likeness().closest("instal.md", ["b.md", "install.md"]) == ["install.md"]
    assert Likeness().closest("zzz", ["install.md"]) == []


def test_nothing_is_suggested_after_many_comparisons() -> None:
    likeness = Likeness()
    names = [f"{number}-install.md" for number in range(2000)]
    found = [bool(likeness.closest("1-instal.md", names)) for _ in range(30)]
    assert found == [True] * 25 + [False] * 5


def test_names_by_case_are_the_first_of_their_kind() -> None:
    assert by_case(frozenset({"b", "B", "a"})) == {"a": "a", "b": "B"}


def test_thousands_of_broken_links_are_told_soon(tmp_path: Path) -> None:
    files = {f"d/{'x' * 20}{number:05}.md": "# A\n" for number in range(200)}
    links = [f"[a]({'x' * 18}{number:05}y.md) [b](#one-{number}-x)\n" for number in range(200)]
    headings = [f"# One {number} y\n\n" for number in range(200)]
    start = time.process_time()
    text = "".join(headings + links)
    check(tmp_path, {**files, "d/a.md": text}, checkers=(LinkChecker(),))
    assert time.process_time() - start < 20
