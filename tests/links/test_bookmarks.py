"""Slugs as GitHub and Learn's build make them, and pages with their includes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.links.running import check, shown
from tests.running import write


@pytest.mark.parametrize(
    ("heading", "bookmark"),
    [
        ("Step 1 - Install", "step-1---install"),
        ("C# & F#", "c--f"),
        ("What's new?", "whats-new"),
        ("`snake_case` *it*", "snake_case-it"),
        ("Ünïcode Überschrift", "ünïcode-überschrift"),
        ("Ünïcode", "%C3%BCn%C3%AFcode"),
        ("हिन्दी", "हिन्दी"),
        ("हिन्दी", "हनद"),
        ("日本語 見出し", "日本語-見出し"),
        ("[Link](x.test) text", "link-text"),
        ("![alt](x.png) text", "-text"),
        ("![alt](x.png) text", "alt-text"),
        ("A &amp; B", "a--b"),
        ("Custom {#own}", "own"),
        ('<a id="x"></a>Named', "x"),
        ('<a id="x"></a>Named', "named"),
        ("!!!", "section"),
        ("Same\n\n## Same", "same-1"),
    ],
)
def test_slugs(tmp_path: Path, heading: str, bookmark: str) -> None:
    write(tmp_path, {"a.md": f"## {heading}\n", "b.md": f"[b](a.md#{bookmark})\n", "x.png": ""})
    assert [line for line in shown(check(tmp_path, ["b.md"])) if "bookmark" in line] == []


def test_repeated_headings_are_numbered_across_includes(tmp_path: Path) -> None:
    files = {
        "a.md": "## Same\n\n[!INCLUDE [i](i.md)]\n\n## Same\n\n"
        "[1](#same-1) [2](#same-2) [3](#same-3)\n",
        "i.md": "## Same\n",
    }
    write(tmp_path, files)
    assert shown(check(tmp_path)) == [
        "a.md:7 bookmark-not-found: a.md has no heading or anchor same-3"
    ]


def test_circles_end_and_are_reported_once(tmp_path: Path) -> None:
    files = {f"includes/{n}.md": f"[!INCLUDE [n]({(n + 1) % 200}.md)]\n" for n in range(200)}
    write(tmp_path, {**files, "a.md": "[!INCLUDE [0](includes/0.md)] [x](#nowhere)\n"})
    names = [finding.rule.name for finding in check(tmp_path).findings]
    assert sorted(names) == ["bookmark-not-found", "circular-reference"]


def test_findings_in_includes_name_their_includers(tmp_path: Path) -> None:
    files = {"includes/i.md": "[x](gone.md)\n", "a.md": "\n[!INCLUDE [i](includes/i.md)]\n"}
    write(tmp_path, files)
    for named in (
        [
            ".",
        ],
        ["includes/i.md"],
    ):
        (finding,) = check(tmp_path, named).findings
        assert finding.path == "includes/i.md"
        assert [(item.path, item.line) for item in finding.related] == [("a.md", 2)]
