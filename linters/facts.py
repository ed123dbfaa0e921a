"""Facts of all articles of a repository, collected when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linters.article import UnreadableError
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

    def __getitem__(self, path: str) -> Any:
        if path not in self._known:
            if path not in self._repository.files:
                raise KeyError(path)
            try:
                article = self._repository.read(path)
            except UnreadableError:
                raise KeyError(path) from None
            self._known[path] = self._checker.collect(article, self._context_of(path))
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
