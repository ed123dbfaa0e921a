"""What ``--since`` sees of real repositories."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.model.errors import UserError
from linters.repository.changed_lines import touched_lines
from linters.repository.diff_since import find_diff
from tests.git import git
from tests.running import check, shown, write
from tests.steps import no_hang


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    write(
        tmp_path,
        {
            "a.md": "one\ntwo\nthree\n",
            "moved.md": "".join(f"line {n}\n" for n in range(20)),
            "gone.md": "gone\n",
            "same.md": "same\n",
            "æ ø.md": "x\n",
        },
    )
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "base")
    git(tmp_path, "switch", "-q", "-c", "topic")
    return tmp_path


def test_committed_staged_unstaged_and_new(repository: Path) -> None:
    write(repository, {"a.md": "one\nTWO\nthree\n"})
    git(repository, "commit", "-q", "-a", "-m", "committed")
    write(repository, {"a.md": "one\nTWO\nthree\nfour\n", "staged.md": "s\n"})
    git(repository, "add", "-A")
    write(repository, {"a.md": "zero\none\nTWO\nthree\nfour\n", "new.md": "n", "æ ø.md": "y\n"})
    change = find_diff(repository, "main")
    assert {path: set(lines) for path, lines in change.lines.items()} == {
        "a.md": {1, 3, 5},
        "staged.md": {1, 2},
        "new.md": {1},
        "æ ø.md": {1},
    }
    assert change.bases == {"a.md": "one\ntwo\nthree\n", "æ ø.md": "x\n"}
    assert not change.removed
    assert not change.renamed


@pytest.mark.parametrize("stage", ["commit", "index", "nothing"])
def test_removed_and_renamed(repository: Path, stage: str) -> None:
    write(repository, {"d/x.md": b""})
    (repository / "moved.md").rename(repository / "d" / "renamed.md")
    file = repository / "d" / "renamed.md"
    file.write_bytes(file.read_bytes().replace(b"line 3\n", b"LINE 3\n"))
    (repository / "gone.md").unlink()
    if stage != "nothing":
        git(repository, "add", "-A")
    if stage == "commit":
        git(repository, "commit", "-q", "-m", "moved")
    change = find_diff(repository, "main")
    assert change.renamed == {"moved.md": "d/renamed.md"}
    assert change.removed == {"gone.md"}
    assert set(change.lines["d/renamed.md"]) == {4}
    assert change.bases["d/renamed.md"].startswith("line 0\n")


def test_from_where_the_branches_parted(repository: Path) -> None:
    write(repository, {"a.md": "one\nTWO\nthree\n"})
    git(repository, "commit", "-q", "-a", "-m", "topic")
    git(repository, "switch", "-q", "main")
    write(repository, {"same.md": "changed on main\n"})
    git(repository, "commit", "-q", "-a", "-m", "main")
    git(repository, "switch", "-q", "topic")
    assert set(find_diff(repository, "main").lines) == {"a.md"}


def test_line_ends_do_not_count(repository: Path) -> None:
    write(repository, {"a.md": "one\r\ntwo\r\nTHREE\r\n"})
    assert set(find_diff(repository, "main").lines["a.md"]) == {3}


@pytest.mark.parametrize("revision", ["-x", "--output=x", "", "nowhere", "a\0b", "main:a.md"])
def test_what_is_no_commit_is_an_error(repository: Path, revision: str) -> None:
    with pytest.raises(UserError, match="--since"):
        find_diff(repository, revision)
    assert not (repository / "x").exists()


def test_without_git_it_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="needs a git repository"):
        find_diff(tmp_path, "main")


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_nothing_that_the_repository_names_is_run(repository: Path) -> None:
    script = repository / "run.sh"
    script.write_text(f"#!/bin/sh\necho x >> '{repository}/ran'\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    hooks = repository / "hooks"
    hooks.mkdir()
    (hooks / "post-index-change").symlink_to(script)
    write(repository, {".gitattributes": "*.md diff=evil filter=evil merge=evil\n"})
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.clean",
        "filter.evil.process",
        "core.sshCommand",
        "core.pager",
    ):
        git(repository, "config", key, str(script))
    git(repository, "config", "core.hooksPath", str(hooks))
    (repository / "ran").unlink(missing_ok=True)
    write(repository, {"a.md": "one\ntwo\nTHREE\n"})
    os.utime(repository / "same.md")
    change = find_diff(repository, "main")
    check(repository, {})
    assert set(change.lines["a.md"]) == {3}
    assert not (repository / "ran").exists()


def test_links_are_not_followed(repository: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("symbolic links need a privilege")
    (repository / "link.md").symlink_to("/etc/passwd")
    assert find_diff(repository, "main").lines["link.md"] == {1}


def test_only_new_problems_are_reported(repository: Path) -> None:
    toc = "- name: {}\n- name: [\n"
    write(
        repository,
        {"a.md": "bad\ntwo\nthree\n", "same.md": "bad\n", "TOC.yml": toc.format("A")},
    )
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "old problems")
    git(repository, "branch", "-f", "main")
    files = {"a.md": "bad\ntwo\nbad\n", "new.md": "odd\n", "TOC.yml": toc.format("B")}
    write(repository, files)
    report = check(repository, {}, change=find_diff(repository, "main"))
    assert shown(report) == ["a.md:3:1 bad-word", "new.md:1:1 odd-word"]


HEADER = "---\ntitle: a\nb: c\n---\n"


@pytest.mark.parametrize(
    ("before", "now", "touched"),
    [
        (f"{HEADER}x\ny\n", f"{HEADER}x\nz\n", {6}),
        (f"{HEADER}x\n", "---\ntitle: a\n---\nx\n", set()),
        (f"{HEADER}x\n", "---\ntitle: a\nb: d\n---\nx\n", {3}),
        (f"{HEADER}x\n", "x\n", {1}),
        ("x\n", f"{HEADER}x\n", {1, 2, 3, 4}),
        ("a\nb\nc\n", "a\nc\n", set()),
        ("a\n", "a", set()),
        (None, "a\nb", {1, 2}),
        ("a\u2028b\n", "a\u2028c\n", {1}),
    ],
)
def test_touched_lines(before: str | None, now: str, touched: set[int]) -> None:
    assert set(touched_lines(before, now)) == touched


LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12)


@given(LINES, LINES)
def test_what_is_not_touched_was_there_in_the_same_order(old: list[str], new: list[str]) -> None:
    touched = touched_lines("\n".join(old), "\n".join(new))
    kept = [
        line for number, line in enumerate("\n".join(new).split("\n"), 1) if number not in touched
    ]
    rest = iter("\n".join(old).split("\n"))
    assert all(line in rest for line in kept)


def test_a_hostile_difference_is_bounded() -> None:
    old = "\n".join(str(n % 90) for n in range(60_000))
    new = "\n".join(str(n % 91) for n in range(60_000))
    with no_hang():
        assert touched_lines(old, new)


def test_bytes_that_stand_for_a_file(repository: Path) -> None:
    overlay = {"a.md": b"one\ntwo\nthree\nfour\n", "unsaved.md": b"u"}
    change = find_diff(repository, "main", overlay)
    lines = {path: set(touched) for path, touched in change.lines.items()}
    assert lines == {"a.md": {4}, "unsaved.md": {1}}
    assert change.bases == {"a.md": "one\ntwo\nthree\n"}


@pytest.mark.parametrize(
    ("before", "now", "touched"),
    [
        ("a\n<!-- articlelint-disable-next-line X -->\nb\nc\n", "a\nb\nc\n", {2}),
        ("a\n<!-- articlelint-disable X -->\nb\nc\n", "a\nb\nc\n", {2, 3, 4}),
        ("a\n<!-- articlelint-disable X -->\nb\n", "a\n<!-- articlelint-disable X -->\nB\n", {3}),
    ],
)
def test_what_a_directive_suppressed_counts_once_it_is_removed(
    before: str, now: str, touched: set[int]
) -> None:
    assert touched_lines(before, now) == touched


def test_a_new_file_that_is_not_text_counts(repository: Path) -> None:
    write(repository, {"new.md": b"\xff\xfe\0"})
    assert find_diff(repository, "main").lines["new.md"] == {1}
