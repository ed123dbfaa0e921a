"""Facts of one checker out of the cache, and into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from linters.article.article import Article
from linters.checker import Checker, Context
from linters.facts import codec
from linters.facts.code_version import code_version
from linters.store.facts_table import FactsCache, content_key


class StoredFacts:
    """The facts of unchanged files; those of others are collected and kept."""

    def __init__(self, checker: Checker, folder: Path) -> None:
        self._checker = checker
        self._cache: FactsCache | None = FactsCache(folder)
        self._new: dict[bytes, str] = {}
        self._seeds: dict[tuple[int, int], tuple[Context, bytes]] = {}
        self._code = (checker.name, code_version(type(checker).__module__))
        try:
            codec.decoder(checker.facts_type)
        except TypeError:
            self._cache = None

    def get(
        self, path: str, data: bytes, context: Context, collect: Callable[[Article], Any]
    ) -> Any:
        """The facts of a file with this content; UnreadableError where it is no article."""
        if self._cache is None or self._checker.facts_type is None:
            return collect(Article.from_bytes(path, data))
        key = content_key(self._seed(context), path, data)
        text = self._cache.get(key)
        if text is not None:
            try:
                return codec.decode(self._checker.facts_type, text)
            except ValueError:
                pass
        facts = collect(Article.from_bytes(path, data))
        if facts is not None:
            self._new[key] = codec.encode(facts)
        return facts

    def save(self) -> None:
        """Write what is new, and let go of the cache."""
        if self._cache is not None:
            self._cache.put(self._new)
            self._cache.close()

    def _seed(self, context: Context) -> bytes:
        """What facts depend on besides the file: code, settings, and what was prepared."""
        key = (id(context.settings), id(context.prepared))
        if key not in self._seeds:
            seed = repr((self._code, context.settings, context.prepared))
            self._seeds[key] = (context, seed.encode("utf-8", "backslashreplace"))
        return self._seeds[key][1]
