"""Includes that multiply, chain or circle: bounded work, and no verdict that may be wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from linters.links import page_anchors
from linters.links.bookmarks import AnchorSet
from linters.links.facts import Anchor, AnchorKind, Link, LinkFacts, Use
from linters.links.include_graph import IncludeGraph
from linters.links.page_anchors import AnchorIndex
from linters.links.resolve_link import LinkResolver
from linters.model.finding import Position, Range
from linters.model.link import Syntax
from linters.model.settings import Settings
from linters.repository.repository import Repository
from tests.links.running import check
from tests.running import write


class CountedGraph(IncludeGraph):
    """Counts how often the facts of a file, and the includes of one, are looked at."""

    def __init__(self, facts: dict[str, LinkFacts]) -> None:
        repository = Repository(Path("/nowhere"), frozenset(facts))
        super().__init__(facts, LinkResolver(repository, Settings()))
        self.looks: Counter[str] = Counter()

    def facts(self, path: str) -> LinkFacts | None:
        self.looks["facts"] += 1
        return super().facts(path)

    def includes(self, path: str) -> tuple[object, ...]:  # type: ignore[override]
        self.looks["includes"] += 1
        return super().includes(path)


def facts(*targets: str, heading: str = "same") -> LinkFacts:
    """The facts of a file with one heading and some includes."""
    place = Range(Position(1, 1), Position(1, 1))
    links = tuple(Link(target, target, Syntax.INCLUDE, Use.INCLUDE, place) for target in targets)
    includes = (Anchor(AnchorKind.INCLUDE, (target,)) for target in targets)
    return LinkFacts(links, (Anchor(AnchorKind.HEADING, (heading,)), *includes))


def test_a_bomb_is_not_put_together() -> None:
    files = {f"{depth}.md": facts(*[f"{depth + 1}.md"] * 10) for depth in range(12)}
    graph = CountedGraph({**files, "12.md": facts(heading="deep")})
    index = AnchorIndex(graph)
    assert index.has("0.md", "deep") is True
    assert index.has("0.md", "never") is False
    assert index.has("0.md", "deep-1") is None
    assert index.has("12.md", "deep-1") is False
    assert sum(graph.looks.values()) < 100_000


def test_files_that_all_include_each_other() -> None:
    names = [f"{number}.md" for number in range(200)]
    graph = CountedGraph({name: facts(*names, heading=f"h{name[:-3]}") for name in names})
    index = AnchorIndex(graph)
    assert all(index.has(name, "h7") for name in names)
    assert not any(index.has(name, "h200") for name in names)
    assert sum(graph.looks.values()) < 5 * len(names) ** 2
    circles = list(graph.circles(names))
    assert 1 <= len(circles) <= 100
    assert sum(graph.looks.values()) < 10 * len(names) ** 2


def test_a_chain_of_two_thousand(tmp_path: Path) -> None:
    files = {f"{n:04}.md": f"# H{n}\n\n[!INCLUDE [n]({n + 1:04}.md)]\n" for n in range(1999)}
    last = {
        "1999.md": "# Last\n",
        "a.md": "[x](0000.md#last) [y](0000.md#lost) [z](0000.md#last-1)",
    }
    write(tmp_path, {**files, **last})
    report = check(tmp_path, ["a.md"])
    verdicts = {link.url: str(link.outcome.verdict) for link in report.links}
    assert verdicts == {
        "0000.md#last": "ok",
        "0000.md#lost": "broken",
        "0000.md#last-1": "broken",
    }


def test_beyond_the_budget_a_numbered_bookmark_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_anchors, "_MAX_PAGE_STEPS", 3)
    files = {
        "i.md": "# A\n\n# A\n",
        "a.md": "[!INCLUDE [i](i.md)]\n\n[!INCLUDE [i](i.md)]\n\n[1](#a-1) [2](#a) [3](#b)\n",
    }
    write(tmp_path, files)
    report = check(tmp_path, ["a.md"])
    verdicts = {link.url: str(link.outcome.verdict) for link in report.links}
    assert verdicts == {"i.md": "ok", "#a-1": "unknown", "#a": "ok", "#b": "broken"}


def test_every_heading_has_an_anchor_of_its_own() -> None:
    anchors = AnchorSet()
    for number in range(20_000):
        anchors.add_heading([f"a-{number}"])
        anchors.add_heading(["a"])
    assert len(anchors.names) == 40_000
