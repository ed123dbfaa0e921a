"""Fixes are exact, whole or not at all, and leave everything else alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import Article
from linters.fixes.apply import Fixed, apply, diff, fix_all, fix_bytes, write
from linters.model.errors import UserError
from linters.model.finding import Edit, Fix, Position
from linters.model.report import Report
from tests.steps import no_hang
from tests.toy import ToyChecker

TEXTS = st.text(st.sampled_from("ab \n\ré\U0001f600"), max_size=30)


def edit(start: tuple[int, int], end: tuple[int, int], text: str) -> Edit:
    return Edit(Position(*start), Position(*end), text)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), TEXTS), max_size=5))
def test_edits_replace_what_they_name_and_nothing_else(
    text: str, wanted: list[tuple[int, int, str]]
) -> None:
    article = Article("a.md", text)
    fixes = []
    for start, end, new in wanted:
        low, high = sorted((min(start, len(text)), min(end, len(text))))
        positions = article.lines.position(low), article.lines.position(high)
        fixes.append(Fix(True, (Edit(*positions, new.replace("\n", "").replace("\r", "")),)))
    fixed, count = apply(article, fixes)
    # Done by hand, from the end: those that do not meet one taken before.
    taken: list[tuple[int, int, str]] = []
    for fix in fixes:
        (one,) = fix.edits
        low, high = article.lines.offset(one.start), article.lines.offset(one.end)
        if all(low != a and (high <= a or b <= low) for a, b, _ in taken):
            taken.append((low, high, one.text))
    by_hand = text
    for low, high, new in sorted(taken, reverse=True):
        by_hand = by_hand[:low] + new + by_hand[high:]
    assert (fixed, count) == (by_hand, len(taken))


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    article = Article("a.md", "one two three")
    first = Fix(True, (edit((1, 5), (1, 8), "2"),))
    second = Fix(True, (edit((1, 1), (1, 4), "1"), edit((1, 6), (1, 9), "x")))
    assert apply(article, [first, second]) == ("one 2 three", 1)
    nowhere = Fix(True, (edit((1, 1), (1, 4), "1"), edit((2, 1), (2, 2), "x")))
    assert apply(article, [nowhere]) == ("one two three", 0)
    clashing = Fix(True, (edit((1, 1), (1, 4), "1"), edit((1, 2), (1, 3), "x")))
    assert apply(article, [clashing]) == ("one two three", 0)
    surrogate = Fix(True, (edit((1, 1), (1, 4), "\ud800"),))
    assert apply(article, [surrogate]) == ("one two three", 0)


@pytest.mark.parametrize(("end", "new"), [("\n", "x\ny"), ("\r\n", "x\r\ny"), ("\r", "x\ry")])
def test_new_lines_end_as_the_others_do(end: str, new: str) -> None:
    article = Article("a.md", f"one{end}two{end}")
    assert apply(article, [Fix(True, (edit((2, 1), (2, 4), "x\ny"),))])[0] == f"one{end}{new}{end}"


def findings(data: bytes) -> list[object]:
    return list(ToyChecker().check(Article.from_bytes("a.md", data), None))  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfbad\r\nbad", b"bad\n", b"\xef\xbb\xbfbad\r"])
def test_bom_line_ends_and_a_missing_last_one_are_kept(data: bytes) -> None:
    fixed, _ = fix_bytes(data, findings(data), unsafe=False)  # type: ignore[arg-type]
    assert fixed == data.replace(b"bad", b"good")


def test_unsafe_fixes_are_asked_for() -> None:
    data = b"bad odd\n"
    assert fix_bytes(data, findings(data), unsafe=False)[0] == b"good odd\n"  # type: ignore[arg-type]
    assert fix_bytes(data, findings(data), unsafe=True)[0] == b"good good\n"  # type: ignore[arg-type]


def test_many_fixes_in_one_file_take_no_time() -> None:
    data = b"bad " * 20_000
    with no_hang():
        fixed, count = fix_bytes(data, findings(data), unsafe=False)  # type: ignore[arg-type]
        assert (fixed, count) == (b"good " * 20_000, 20_000)


def report(data: bytes) -> Report:
    return Report(articles=1, findings=tuple(findings(data)), links=())  # type: ignore[arg-type]


def test_rounds_go_on_until_nothing_is_left() -> None:
    rounds: list[Mapping[str, bytes]] = []

    def check(files: Mapping[str, bytes]) -> Report:
        rounds.append(dict(files))
        return report(files["a.md"])

    data = b"bad odd"
    fixed = fix_all(
        check, lambda _: data, unsafe=True, first=report(data), paths=frozenset({"a.md"})
    )
    assert fixed == Fixed({"a.md": b"good good"}, {"a.md": data}, 2)
    assert rounds == [{"a.md": b"good good"}]


def test_fixes_that_chase_one_another_come_to_an_end() -> None:
    swap = {b"bad\n": b"good", b"good\n": b"bad"}

    def check(files: Mapping[str, bytes]) -> Report:
        data = files["a.md"]
        finding = next(iter(ToyChecker().check(Article("a.md", "bad"), None)))  # type: ignore[arg-type]
        end = Position(1, len(data))
        fix = Fix(True, (Edit(Position(1, 1), end, swap[data].decode()),))
        from dataclasses import replace

        return Report(articles=1, findings=(replace(finding, fix=fix),), links=())

    start = b"bad\n"
    fixed = fix_all(
        check,
        lambda _: start,
        unsafe=False,
        first=check({"a.md": start}),
        paths=frozenset({"a.md"}),
    )
    assert fixed.files == {}


def test_files_that_are_not_named_are_left_alone() -> None:
    fixed = fix_all(
        lambda _: report(b"bad"),
        lambda _: b"bad",
        unsafe=False,
        first=report(b"bad"),
        paths=frozenset(),
    )
    assert fixed.files == {}


def test_git_applies_the_diff(tmp_path: Path) -> None:
    before = {"a.md": b"one\r\ntwo\r\nbad", "d/b.md": b"x\n" * 20 + b"bad\n"}
    after = {path: data.replace(b"bad", b"good\n") for path, data in before.items()}
    for path, data in before.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    text = diff(Fixed(after, before, 2))
    assert "\\ No newline at end of file" in text
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=tmp_path,
        input=text.encode(),
        check=True,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
    )
    assert {path: (tmp_path / path).read_bytes() for path in after} == after


def test_writing_keeps_permissions_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"bad")
    file.chmod(0o640)
    link = tmp_path / "b.md"
    if sys.platform != "win32":
        link.symlink_to("a.md")
    name = "b.md" if link.exists() else "a.md"
    write(tmp_path, Fixed({name: b"good"}, {name: b"bad"}))
    assert file.read_bytes() == b"good"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
        assert link.is_symlink()
    assert {path.name for path in tmp_path.iterdir()} <= {"a.md", "b.md"}


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"other")
    with pytest.raises(UserError, match=r"a\.md: changed while it was checked"):
        write(tmp_path, Fixed({"a.md": b"good"}, {"a.md": b"bad"}))
    assert (tmp_path / "a.md").read_bytes() == b"other"


RANGES = st.tuples(st.integers(0, 12), st.integers(0, 4), st.sampled_from(["", "X", "YY"]))


@given(st.lists(st.lists(RANGES, min_size=1, max_size=3), max_size=6))
def test_of_fixes_that_overlap_the_first_are_applied_whole(fixes: list[list[Any]]) -> None:
    text = "abcdefghijkl"
    article = Article("a.md", text)
    made = [
        Fix(
            True,
            tuple(
                Edit(Position(1, start + 1), Position(1, min(start + length, 12) + 1), new)
                for start, length, new in edits
            ),
        )
        for edits in fixes
    ]
    taken: list[tuple[int, int, str]] = []
    count = 0
    for fix in made:
        edits = [(edit.start.column - 1, edit.end.column - 1, edit.text) for edit in fix.edits]
        if not any(_meet(edit, other) for edit in edits for other in taken) and not any(
            _meet(edit, other) for number, edit in enumerate(edits) for other in edits[:number]
        ):
            taken += edits
            count += 1
    expected = text
    for start, end, new in sorted(taken, reverse=True):
        expected = expected[:start] + new + expected[end:]
    assert apply(article, made) == (expected, count)


def _meet(edit: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits begin at one place or share a character."""
    return edit[0] == other[0] or (edit[0] < other[1] and other[0] < edit[1])
