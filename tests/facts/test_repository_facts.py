"""Facts are collected when asked for, and once for the same content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from linters.article.article import Article
from linters.checker import Checker, Context, Resolution, ResolveContext
from linters.facts.repository_facts import Facts
from linters.model.finding import Finding, Rule
from linters.model.settings import MetadataSettings, Settings
from linters.repository.repository import Repository
from linters.store.cache_location import FILE_NAME

CONTEXT = Context(Settings(), datetime(2026, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Length:
    """How long a text is."""

    characters: int


@dataclass
class Counting:
    """Collects lengths and notes whose."""

    name: str = "counting"
    rules: tuple[Rule, ...] = ()
    facts_type: type[Any] | None = Length
    seen: list[str] = field(default_factory=list)

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Nothing."""
        return ()

    def collect(self, article: Article, context: Context) -> Length:
        """The length."""
        self.seen.append(article.path)
        return Length(len(article.text))

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Nothing."""
        return Resolution()


def open_facts(
    root: Path,
    checker: Checker,
    cache: Path | None = None,
    context: Context = CONTEXT,
    collected: Mapping[str, Any] | None = None,
) -> Facts:
    """The facts of all files below a root."""
    paths = tuple(sorted(path.name for path in root.glob("*.md")))
    repository = Repository(root, frozenset(paths), paths)
    return Facts(checker, collected or {}, repository, lambda _: context, cache)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three articles, one of them unreadable."""
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "a.md").write_text("Alpha beta", encoding="utf-8")
    (folder / "b.md").write_text("Gamma", encoding="utf-8")
    (folder / "c.md").write_bytes(b"\xff\xfe")
    return folder


def test_only_what_is_asked_for_is_read(root: Path) -> None:
    checker = Counting()
    facts = open_facts(root, checker, collected={"b.md": Length(0)})
    assert facts["b.md"] == Length(0)
    assert checker.seen == []
    assert facts["a.md"] == facts["a.md"] == Length(10)
    assert checker.seen == ["a.md"]
    assert "c.md" not in facts
    assert "d.md" not in facts
    assert dict(facts) == {"a.md": Length(10), "b.md": Length(0)}


def test_mentions_are_found_without_collecting(root: Path) -> None:
    checker = Counting()
    facts = open_facts(root, checker)
    assert list(facts.mentioning(["x/BETA.md"])) == ["a.md"]
    assert list(facts.mentioning(["x/ü.md"])) == ["a.md", "b.md", "c.md"]
    assert checker.seen == []


def test_unchanged_files_are_not_collected_again(root: Path, tmp_path: Path) -> None:
    checker = Counting()
    for _ in range(2):
        facts = open_facts(root, checker, tmp_path / "cache")
        assert facts["a.md"] == Length(10)
        facts.save()
    assert checker.seen == ["a.md"]


def test_changed_content_and_settings_are(root: Path, tmp_path: Path) -> None:
    checker = Counting()
    other = Context(Settings(metadata=MetadataSettings(url_keys=("x",))), CONTEXT.now)
    for context, text in ((CONTEXT, "a"), (CONTEXT, "bc"), (other, "bc"), (other, "bc")):
        (root / "a.md").write_text(text, encoding="utf-8")
        facts = open_facts(root, checker, tmp_path / "cache", context)
        assert facts["a.md"] == Length(len(text))
        facts.save()
    assert checker.seen == ["a.md"] * 3


def damage(file: Path) -> None:
    """Not a database."""
    file.write_bytes(b"SQLite format 3\0 but not quite" * 100)


def plant(file: Path) -> None:
    """A database whose values are not facts."""
    import sqlite3

    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE entries SET value = x'91a178'")
    connection.close()


def empty(file: Path) -> None:
    """A database without anything in it."""
    file.write_bytes(b"")


def block(file: Path) -> None:
    """A folder where the file should be."""
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("harm", [damage, plant, block])
def test_a_hostile_cache_is_an_empty_one(
    root: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    cache = tmp_path / "cache"
    checker = Counting()
    facts = open_facts(root, checker, cache)
    assert facts["a.md"] == Length(10)
    facts.save()
    harm(cache / FILE_NAME)
    facts = open_facts(root, checker, cache)
    assert facts["a.md"] == Length(10)
    facts.save()
    assert checker.seen == ["a.md"] * 2


@pytest.mark.parametrize("harm", [damage, plant, empty])
def test_a_damaged_cache_mends_itself(
    root: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    cache = tmp_path / "cache"
    checker = Counting()
    for turn in range(5):
        facts = open_facts(root, checker, cache)
        assert facts["a.md"] == Length(10)
        facts.save()
        if turn == 0:
            harm(cache / FILE_NAME)
    assert len(checker.seen) <= 3
