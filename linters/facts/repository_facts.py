"""Facts of all articles of a repository, collected when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linters.article.article import Article, UnreadableError
from linters.checker import Checker, Context
from linters.facts.encoded_facts import EncodedFacts, encodable_type
from linters.repository.repository import Repository
from linters.util.name_prefilter import Mentions

if TYPE_CHECKING:
    from linters.facts.stored_facts import StoredFacts
    from linters.store.cache import Cache


def _encoded(checker: Checker, collected: Mapping[str, Any]) -> EncodedFacts:
    if isinstance(collected, EncodedFacts):
        return collected
    facts = EncodedFacts(encodable_type(checker))
    for path, value in collected.items():
        facts.add(path, value)
    return facts


class Facts(Mapping[str, Any]):
    """Path to what one checker collected there.

    Has what the check stage collected; any other file of the repository is read when its
    facts are asked for. A file that cannot be read, or does not exist, is a KeyError.
    """

    def __init__(
        self,
        checker: Checker,
        collected: Mapping[str, Any],
        repository: Repository,
        context_of: Callable[[str], Context],
        cache_dir: Path | None = None,
    ) -> None:
        self._checker = checker
        self._known = _encoded(checker, collected)
        self._repository = repository
        self._context_of = context_of
        self._unreadable: set[str] = set()
        self._cache_dir = cache_dir if checker.facts_type is not None else None
        self._cache: Cache | None = None
        self._stored: StoredFacts | None = None

    def __getitem__(self, path: str) -> Any:
        if path not in self._known:
            if path not in self._repository.files or path in self._unreadable:
                raise KeyError(path)
            try:
                self._known.add(path, self._find(path))
            except UnreadableError:
                self._unreadable.add(path)
                raise KeyError(path) from None
        return self._known[path]

    def __iter__(self) -> Iterator[str]:
        for path in sorted({*self._repository.articles, *self._known}):
            if path in self:
                yield path

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, path: object) -> bool:
        try:
            self[str(path)]
        except KeyError:
            return False
        return True

    def _find(self, path: str) -> Any:
        if self._cache_dir is None:
            return self._collect(self._repository.read(path))
        if self._stored is None:
            from linters.facts.stored_facts import StoredFacts
            from linters.store.cache import Cache

            self._cache = Cache(self._cache_dir, (self._repository.root,))
            self._stored = StoredFacts(self._checker, self._cache)
        data = self._repository.read_bytes(path)
        context = self._context_of(path)
        return self._stored.get(path, data, context, self._collect)

    def save(self) -> None:
        """Keep for the next run what was collected here."""
        if self._cache is not None:
            self._cache.close()
            self._cache = self._stored = None

    def release(self) -> None:
        """Free the memory of facts that can be decoded again."""
        self._known.release()

    def known(self) -> tuple[str, ...]:
        """The paths whose facts are at hand, sorted."""
        return tuple(sorted(self._known))

    def mentioning(self, paths: Iterable[str]) -> Iterator[str]:
        """The articles not at hand that may name one of these files.

        Reads their bytes, but collects nothing.
        """
        mentions = Mentions(paths)
        for path in self._repository.articles:
            if path in self._known or path in self._unreadable:
                continue
            try:
                data = self._repository.read_bytes(path).lower()
            except UnreadableError:
                continue
            if data in mentions:
                yield path

    def collect(self, path: str, text: str) -> Any:
        """The facts that a file would give with another text."""
        return self._collect(Article(path, text))

    def _collect(self, article: Article) -> Any:
        return self._checker.collect(article, self._context_of(article.path))
