"""A report out of a warm cache is, byte for byte, the report of a cold run."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.checker import Article, Checker, Context, NetworkOptions
from linters.config.nearest import Configurations
from linters.facts import code_version
from linters.finding import Finding
from linters.pipeline.plugins import BUILT_IN
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput, run
from linters.reports.json_report import render
from linters.repository.discovery import select
from tests.pipeline.test_plugins import OWN, Good
from tests.running import write
from tests.sizes import size

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
HEADER = "---\ntitle: {}\nms.date: {}\nms.author: someone\n---\n# {}\n\n{}\n"
TEXTS = (
    "",
    "# No header\n",
    "---\ntitle: [\n---\n",
    HEADER.format("A", "01/01/2026", "A", "[b](b.md#a) [gone](gone.md)"),
    HEADER.format("A", "02/13/2030", "B", "<!-- articlelint-disable LINK -->\n[gone](gone.md)"),
    HEADER.format("x" * 90, "13/13/2025", "A", "[a](a.md#b) ![](i.png)"),
    HEADER.format("Æ", "1/1/2020", "A", '<span data-ttu-id="a-101">x</span>'),
    "\ufeff# A {#a}\r\n",
)
CONFIGURATIONS = (
    "",
    "ignore = ['META']",
    "extend-select = ['rare-value', 'insecure-link']\nseverity = { missing-attribute = 'info' }",
    "[[metadata.schemas]]\nfiles = ['*.md']\nschema = 'own.json'",
    "[metadata]\nglobal = { 'ms.topic' = 'how-to' }\nurl-keys = ['title']",
)
SCHEMAS = (
    '{"type": "object", "required": ["ms.prod"]}',
    '{"properties": {"ms.date": {"format": "date", "relativeMaxDate": "30:00:00:00"}}}',
)
DOCFX = ("", '{"build": {"globalMetadata": {"description": "x", "ms.prod": 3}}}', "{")
_ARTICLES = ("a.md", "b.md", "docs/a.md", "docs/toc.yml")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(_ARTICLES), st.sampled_from(TEXTS)),
        st.tuples(st.just("articlelint.toml"), st.sampled_from(CONFIGURATIONS)),
        st.tuples(st.just("docs/articlelint.toml"), st.sampled_from(CONFIGURATIONS[:3])),
        st.tuples(st.just("own.json"), st.sampled_from(SCHEMAS)),
        st.tuples(st.sampled_from(("docfx.json", "docs/docfx.json")), st.sampled_from(DOCFX)),
        st.tuples(st.just("days"), st.integers(0, 400)),
    ),
    min_size=1,
    max_size=6,
)


def report(
    root: Path,
    cache: Path | None,
    *,
    now: datetime = NOW,
    jobs: int = 1,
    checkers: Iterable[Checker] | None = None,
) -> str:
    """The JSON report of a folder."""
    selection = select(root, [root], Configurations(root))
    options = Options(network=NetworkOptions(offline=True, cache_dir=cache), now=now)
    every = [make() for make in BUILT_IN] if checkers is None else list(checkers)
    with pool(jobs, len(selection.reported)) as executor:
        return render(
            run(RunInput(selection.repository, selection.reported, every, options), executor)
        )


@settings(max_examples=size(15, 200), suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES)
def test_warm_is_cold(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("warm")
    root, cache = folder / "root", folder / "cache"
    write(root, {"a.md": TEXTS[3], "b.md": TEXTS[4], "own.json": SCHEMAS[0]})
    now = NOW
    for path, value in (("days", 0), *changes):
        if path == "days":
            now = NOW + timedelta(days=int(str(value)))
        else:
            write(root, {path: str(value)})
        cold = report(root, None, now=now)
        assert report(root, cache, now=now) == cold
        assert report(root, cache, now=now) == cold


def test_several_processes_give_and_keep_the_same(tmp_path: Path) -> None:
    root, cache = tmp_path / "root", tmp_path / "cache"
    write(root, {f"{n}.md": TEXTS[n % len(TEXTS)] for n in range(40)})
    cold = report(root, None)
    assert report(root, cache, jobs=2) == cold
    assert report(root, cache, jobs=2) == cold
    assert report(root, cache) == cold


class Counts(Good):
    """Counts the articles that it checks."""

    seen = 0

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """A finding in each."""
        type(self).seen += 1
        yield article.finding(OWN, (0, 0), f"number of characters: {len(article.text)}")


def test_only_what_changed_is_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cache = tmp_path / "root", tmp_path / "cache"
    write(root, {f"{n}.md": "x" * n for n in range(5)})

    def checked(now: datetime = NOW) -> int:
        Counts.seen = 0
        report(root, cache, checkers=[Counts()], now=now)
        return Counts.seen

    assert [checked(), checked()] == [5, 0]
    os.utime(root / "1.md", (0, 0))
    assert checked() == 0
    write(root, {"1.md": "changed"})
    assert checked() == 1
    assert checked(NOW + timedelta(days=1)) == 0  # no rule of it uses the date
    write(root, {"articlelint.toml": "[plugins.todo]\nx = 1"})
    assert checked() == 5
    monkeypatch.setattr(code_version, "__version__", "9.9.9")
    code_version.code_version.cache_clear()
    assert checked() == 5
    code_version.code_version.cache_clear()


def test_a_planted_result_of_another_shape_is_not_taken(tmp_path: Path) -> None:
    root, cache = tmp_path / "root", tmp_path / "cache"
    write(root, {"a.md": TEXTS[3]})
    cold = report(root, cache)
    with sqlite3.connect(next(cache.glob("*.sqlite3"))) as connection:
        (table,) = connection.execute(
            "SELECT name FROM sqlite_master WHERE type='table'"
        ).fetchone()
        connection.execute(f"UPDATE {table} SET value = '[1, 2]'")
    connection.close()
    assert report(root, cache) == cold
