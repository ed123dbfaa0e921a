"""Facts of all articles of a repository, collected when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linters.article import Article, UnreadableError
from linters.checker import Checker, Context
from linters.repository import Repository


class Facts(Mapping[str, Any]):
    """Path to what one checker collected there.

    Holds what the check stage collected; any other file of the repository is read when its
    facts are asked for. A file that cannot be read, or does not exist, is a KeyError.
    """

    def __init__(
        self,
        checker: Checker,
        collected: Mapping[str, Any],
        repository: Repository,
        context_of: Callable[[str], Context],
    ) -> None:
        self._checker = checker
        self._known: dict[str, Any] = dict(collected)
        self._repository = repository
        self._context_of = context_of
        self._unreadable: set[str] = set()

    def __getitem__(self, path: str) -> Any:
        if path not in self._known:
            if path not in self._repository.files or path in self._unreadable:
                raise KeyError(path)
            try:
                article = self._repository.read(path)
            except UnreadableError:
                self._unreadable.add(path)
                raise KeyError(path) from None
            self._known[path] = self._collect(article)
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

    def known(self) -> tuple[str, ...]:
        """The paths whose facts are at hand, sorted."""
        return tuple(sorted(self._known))

    def mentioning(self, words: frozenset[str]) -> Iterator[str]:
        """The articles not at hand that hold one of these ASCII words, in any case.

        Reads their bytes, but collects nothing; an empty word stands in all of them.
        """
        needles = [word.lower().encode("ascii") for word in words]
        for path in self._repository.articles:
            if path in self._known or path in self._unreadable:
                continue
            try:
                data = self._repository.read_bytes(path).lower()
            except UnreadableError:
                continue
            if any(needle in data for needle in needles):
                yield path

    def collect(self, path: str, text: str) -> Any:
        """The facts that a file would give with another text."""
        return self._collect(Article(path, text))

    def _collect(self, article: Article) -> Any:
        return self._checker.collect(article, self._context_of(article.path))
