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
from linters.util.stable_digest import stable_digest

_BATCH = 500


class StoredFacts:
    """The facts of unchanged files; those of others are collected and kept."""

    def __init__(self, checker: Checker, folder: Path) -> None:
        self._checker = checker
        self._cache: FactsCache | None = FactsCache(folder)
        self._new: dict[bytes, str] = {}
        self._seeds: dict[tuple[int, int], tuple[Context, bytes]] = {}
        self._code = (checker.name, code_version(type(checker).__module__))
        try:
            codec.decoder(checker.facts_type)  # type: ignore[arg-type]
        except TypeError:
            self._cache = None

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
        if self._cache is None:
            return None
        try:
            return content_key(self._seed(context), path, data)
        except TypeError:  # prepared by a plug-in, with state that cannot be seen
            self._cache = None
            return None

    def find(self, key: bytes) -> bytes | None:
        """The encoded facts under a key; None where there are none, or what is there is not."""
        text = self._cache.get(key) if self._cache is not None else None
        if text is None:
            return None
        data = text.encode("utf-8", "replace")
        try:
            codec.decode(self._checker.facts_type, data)  # type: ignore[arg-type]
        except ValueError:
            return None
        return data

    def keep(self, key: bytes, encoded: bytes) -> None:
        """Keep encoded facts under a key."""
        self._new[key] = encoded.decode()
        if len(self._new) >= _BATCH:
            self._write()

    def save(self) -> None:
        """Write what is new, and let go of the cache."""
        if self._cache is not None:
            self._write()
            self._cache.close()

    def _write(self) -> None:
        if self._cache is not None:
            self._cache.put(self._new)
        self._new = {}

    def _seed(self, context: Context) -> bytes:
        """What facts depend on besides the file: code, settings, and what was prepared."""
        key = (id(context.settings), id(context.prepared))
        if key not in self._seeds:
            seed = stable_digest(self._code, context.settings, context.prepared)
            self._seeds[key] = (context, seed)
        return self._seeds[key][1]
