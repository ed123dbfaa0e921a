"""Our globs match what git's do, and in linear time."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.util.glob_patterns import parse_glob
from linters.util.globs import GlobSet
from tests.steps import at_most, no_hang

CASES = [
    ("*.md", ["a.md", "d/a.md"], ["a.mdx", "md"]),
    ("/a.md", ["a.md"], ["d/a.md"]),
    ("d/*.md", ["d/a.md"], ["a.md", "e/d/a.md", "d/e/a.md"]),
    ("archive/**", ["archive/a.md", "archive/d/a.md"], ["archive", "x/archive/a.md"]),
    ("**/d/*.md", ["d/a.md", "e/f/d/a.md"], ["d/e/a.md"]),
    ("a/**/b", ["a/b", "a/x/b", "a/x/y/b/c"], ["b", "a/bc"]),
    ("d/", ["d/a.md", "x/d/y"], ["d", "x/d"]),
    ("d", ["d", "d/a.md", "x/d/a.md"], ["dd"]),
    ("**", ["a", "a/b"], []),
    ("?/**/", ["a/b/c"], ["a", "a/b"]),
    ("**/", ["a/b"], ["a"]),
    ("[ab]?.md", ["ax.md", "by.md"], ["cx.md", "a/.md", "a.md"]),
    ("[!a-c].md", ["d.md"], ["a.md", "/.md"]),
    (r"\*.md", ["*.md"], ["a.md"]),
    (r"\#a", ["#a"], ["a"]),
    ("#a", [], ["#a"]),
    ("a*b*c", ["abc", "aXbXbXc"], ["ab", "acb"]),
    ("TOC.yml", ["TOC.yml", "d/TOC.yml"], ["toc.yml"]),
]


@pytest.mark.parametrize(("pattern", "yes", "no"), CASES)
def test_gitignore_patterns(pattern: str, yes: list[str], no: list[str]) -> None:
    matcher = GlobSet([pattern])
    assert [path for path in yes if not matcher.match_file(path)] == []
    assert [path for path in no if matcher.match_file(path)] == []


def test_the_last_pattern_that_matches_decides() -> None:
    matcher = GlobSet(["*.md", "!keep.md"])
    assert matcher.decide("a.md") is True
    assert matcher.decide("keep.md") is False
    assert matcher.decide("a.txt") is None


@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "b", "**/" * 40 + "x/" * 3 + "b", "**/*a*a*a*a/" * 20 + "b"]
)
def test_hostile_patterns_are_linear(pattern: str) -> None:
    with no_hang():
        assert not GlobSet([pattern]).match_file("a" * 250 + "/" + "x/" * 200 + "a" * 250)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("globs")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


@given(
    patterns=st.lists(st.text("ab*?/[]!-", min_size=1, max_size=6), min_size=1, max_size=3),
    paths=st.lists(st.from_regex(r"[ab]{1,3}(/[ab]{1,3}){0,3}", fullmatch=True), min_size=1),
)
def test_git_agrees(repository: Path, patterns: list[str], paths: list[str]) -> None:
    # Pairs of a pattern and its negation follow another rule in git: folders stay out.
    patterns = [pattern.lstrip("!") or "a" for pattern in patterns]
    # A slash inside brackets is not intended by any author; git's reading of it is an accident.
    patterns = [pattern for pattern in patterns if not re.search(r"\[[^\]]*/", pattern)]
    (repository / ".gitignore").write_text("\n".join(patterns) + "\n", encoding="utf-8")
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=repository,
        input="\0".join(paths).encode(),
        capture_output=True,
        check=False,
    )
    ignored = set(done.stdout.decode().split("\0")) - {""}
    matcher = GlobSet(patterns)
    assert {path for path in paths if matcher.match_file(path)} == ignored, patterns


@given(
    patterns=st.lists(st.text("ab*?/[]!", min_size=1, max_size=5), min_size=1, max_size=8),
    paths=st.lists(st.from_regex(r"[ab]{1,3}(/[ab]{1,3}){0,3}/?", fullmatch=True), min_size=1),
)
def test_the_index_and_one_pattern_after_the_other_agree(
    patterns: list[str], paths: list[str]
) -> None:
    several = GlobSet([*patterns, "!never"])  # a negation, so that the index is used
    parsed = [glob for pattern in patterns if (glob := parse_glob(pattern)) is not None]
    for path in paths:
        decisions = [glob.wanted for glob in parsed if re.match(f"(?s){glob.expression}", path)]
        assert several.decide(path) is (decisions[-1] if decisions else None)


def test_a_long_list_compiles_only_what_a_path_may_match() -> None:
    lines = [f"/out/d{n}/" for n in range(25_000)] + [f"name{n}.md" for n in range(25_000)]
    lines += [f"*.x{n}" for n in range(25_000)] + [f"!/s{n}/*/a.md" for n in range(25_000)]
    several = GlobSet(lines)
    index = several._index
    assert index is not None
    assert [several.decide(path) for path in ("out/d7/a", "q/name9.md", "a.x4", "q/a.md")] == [
        *(True, True, True),
        None,
    ]
    assert index._compiled == {}
    assert several.decide("s0/q/a.md") is False
    assert len(index._compiled) == 1


def test_patterns_that_cannot_match_are_not_compiled() -> None:
    patterns = GlobSet(f"a*{number}*b*c" for number in range(1000, 3000))
    with at_most(60_000):
        assert not patterns.match_file("d/a1.md")
    assert patterns.match_file("d/a1999bc")


def test_a_path_is_matched_with_few_of_many_wildcards() -> None:
    lines = [f"docs/*{number}*/a*.md" for number in range(10_000, 50_000)]
    lines += [f"*a*b{number}?" for number in range(10_000, 40_000)]
    patterns = GlobSet(lines)
    with at_most(5_000):
        assert not patterns.match_file("docs/x10/abc.md")
        assert patterns.match_file("docs/x49999/abc.md")
        assert patterns.match_file("q/1a2b30000x")
