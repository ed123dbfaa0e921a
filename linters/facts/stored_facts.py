"""Facts of one checker out of the cache, and into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linters.article.article import Article
from linters.checker import Checker, Context
from linters.facts import codec
from linters.facts.code_version import code_version
from linters.store.cache import Cache, content_key
from linters.util.stable_digest import stable_digest

_KIND = "facts"


class StoredFacts:
    """The facts of unchanged files; those of others are collected and kept in the cache."""

    def __init__(self, checker: Checker, cache: Cache) -> None:
        self._checker = checker
        self._cache = cache
        self._seeds: dict[tuple[int, int], tuple[Context, bytes]] = {}
        self._code = (checker.name, code_version(type(checker).__module__))
        self._is_usable = True
        try:
            codec.decoder(checker.facts_type)  # type: ignore[arg-type]
        except TypeError:
            self._is_usable = False

    def get(
        self, path: str, data: bytes, context: Context, collect: Callable[[Article], Any]
    ) -> Any:
        """The facts of a file with this content; UnreadableError where it is not an article."""
        key = self.key(path, data, context)
        if key is not None:
            found = self.find(key)
            if found is not None:
                return codec.decode(self._checker.facts_type, found)  # type: ignore[arg-type]
        facts = collect(Article.from_bytes(path, data))
        if key is not None and facts is not None:
            self.keep(key, codec.encode(facts))
        return facts

    def key(self, path: str, data: bytes, context: Context) -> bytes | None:
        """The key of the facts of a file with this content; None where none are kept."""
        if not self._is_usable:
            return None
        try:
            return content_key(self._seed(context), path, data)
        except TypeError:  # prepared by a plug-in, with state that cannot be seen
            self._is_usable = False
            return None

    def find(self, key: bytes) -> bytes | None:
        """The encoded facts under a key; None where there are none, or what is there is not."""
        entry = self._cache.get(_KIND, key)
        if entry is None:
            return None
        try:
            codec.decode(self._checker.facts_type, entry.value)  # type: ignore[arg-type]
        except ValueError:
            return None
        return entry.value

    def keep(self, key: bytes, encoded: bytes) -> None:
        """Keep encoded facts under a key."""
        self._cache.put(_KIND, key, encoded)

    def _seed(self, context: Context) -> bytes:
        """What facts depend on, apart from the file: code, settings, and what was prepared."""
        key = (id(context.settings), id(context.prepared))
        if key not in self._seeds:
            seed = stable_digest(self._code, context.settings, context.prepared)
            self._seeds[key] = (context, seed)
        return self._seeds[key][1]
