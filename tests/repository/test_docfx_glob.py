"""docfx's globs, hostile ones included."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.repository.docfx_glob import DocfxGlobs, docfx_glob
from linters.util.patterns import PatternError


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("*.md", "a.md", "b/a.md"),
        ("**/*.md", "b/c/a.md", "a.yml"),
        ("**/*.md", "a.md", "a.mdx"),
        ("**.md", "b/a.md", "a.yml"),
        ("**/**.md", "b/c/a.md", "b/c/a.yml"),
        ("docs/**", "docs/b/a.md", "other/a.md"),
        ("docs/**.md", "docs/b/a.md", "docs/b/a.yml"),
        ("docs/", "docs/b/a.md", "docs"),
        ("docs", "docs", "docs/a.md"),
        ("a/**/b/*.md", "a/b/c.md", "a/c.md"),
        ("a**b/c.md", "ax/y/zb/c.md", "ax/c.md"),
        ("a**", "ab/c.md", "b/a.md"),
        ("x**/y.md", "xa/b/y.md", "a/y.md"),
        ("*.{md,yml}", "a.yml", "a.txt"),
        ("{a,b}/{c,d}.md", "b/c.md", "c/b.md"),
        ("[ab].md", "B.md", "c.md"),
        ("[!a].md", "b.md", "a.md"),
        ("a?.md", "ab.md", "a.md"),
        ("./a.md", "a.md", "b.md"),
        ("a\\*.md", "a/b.md", "a*.md"),
    ],
)
def test_globs_are_docfx_own(pattern: str, matching: str, other: str) -> None:
    assert docfx_glob(pattern).match(matching)
    assert not docfx_glob(pattern).match(other)


@pytest.mark.parametrize("pattern", ["{a,b}" * 8, "a**b" * 30, "x" * 5000])
def test_a_glob_that_is_too_complex_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        docfx_glob(pattern)


@pytest.mark.parametrize("pattern", ["**/" * 500 + "b", "*a" * 500 + "b", "**/*a*a/" * 200 + "b"])
def test_hostile_globs_match_or_not_but_never_hang(pattern: str) -> None:
    assert not docfx_glob(pattern).match("a" * 2000 + "/" + "x/" * 500 + "a" * 2000)


def _naive(pattern: str) -> re.Pattern[str]:
    """``*`` and ``**`` as in the documentation, which backtracks."""
    tokens = re.findall(r"(?<![^/])\*\*+/|\*\*+|\*|\?|.", pattern)
    parts = {"*": "[^/]*", "?": "[^/]"}
    text = "".join(
        "(?:[^/]+/)*" if re.fullmatch(r"\*\*+/", token) else
        ".*" if token.startswith("**") else parts.get(token, re.escape(token))
        for token in tokens
    )  # fmt: skip
    return re.compile(text + r"\Z")


@given(
    pattern=st.from_regex(r"[ab*?]{1,4}(/[ab*?]{1,4}){0,2}", fullmatch=True),
    paths=st.lists(st.from_regex(r"[ab]{1,3}(/[ab]{1,3}){0,3}", fullmatch=True), min_size=1),
)
def test_any_glob_matches_what_the_documentation_says(pattern: str, paths: list[str]) -> None:
    globs = DocfxGlobs([pattern])
    for path in paths:
        assert globs.match(path) == (_naive(pattern).match(path) is not None), path
