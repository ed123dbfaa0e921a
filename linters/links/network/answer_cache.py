"""What the prober remembers between runs: the store, made harmless.

A store that cannot be used costs requests, never the run: it switches itself off with a
note. Secrets do not enter it: answers to URLs with user info are not kept, nor are headers
that carry credentials or cookies.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from linters.links.network.answer import Answer, Step
from linters.links.network.answer_store import DamagedError, Store, StoreError, open_store
from linters.links.network.freshness import is_fresh
from linters.model.link import Outcome
from linters.model.settings import FreshSettings
from linters.store.cache_location import PlaceError, prepare, set_aside
from linters.util.redact import masked

_log = logging.getLogger("articlelint")

_T = TypeVar("_T")
_PATIENCE = 20
KEEP_SECONDS = 90 * 86400.0
KEEP_ANSWERS = 500_000
_SECRET = frozenset({"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class Recalled:
    """A stored answer; ``fresh`` where it serves as it is, without asking again."""

    answer: Answer
    fresh: bool


class Memory:
    """Answers and hosts' habits, kept between runs; without a folder it keeps nothing.

    The engine calls ``recall`` before and ``keep`` after asking. Every call is synchronous
    and takes microseconds; what is kept within one turn of the event loop is written in one
    transaction at its end, so that a killed process repeats at most what was in flight.
    """

    def __init__(self, folder: Path | None, fresh: FreshSettings) -> None:
        self._fresh = fresh
        self._store: Store | None = None
        self._path: Path | None = None
        self._scheduled = False
        self._failures = 0
        if folder is None:
            return
        try:
            self._path = prepare(folder)
            self._store, note = open_store(self._path)
            if note:
                _log.warning("%s", note)
        except (PlaceError, StoreError) as error:
            _log.warning("nothing is remembered: %s", error)

    def recall(
        self,
        url: str,
        links: Iterable[str],
        conditions: str,
        judge: Callable[[str, Answer], Outcome | None],
    ) -> Recalled | None:
        """The stored answer to a URL without fragment, for the links (fragments included)
        that need it.

        ``judge`` gives a link's outcome from an answer, None where the answer does not tell.
        The answer is fresh when it tells of every link and none of them has expired.
        """
        answer = self.stored(url, conditions)
        if answer is None:
            return None
        now = time.time()
        fresh = all(
            outcome is not None and is_fresh(url, outcome.verdict, answer.when, now, self._fresh)
            for outcome in (judge(link, answer) for link in links)
        )
        return Recalled(answer, fresh)

    def stored(self, url: str, conditions: str) -> Answer | None:
        """The stored answer to a URL without fragment, fresh or not."""
        return self._guarded(lambda store: store.get(url, conditions))

    def keep(self, answer: Answer) -> None:
        """Remember an answer, where a later run may use it."""
        if self._store is None or not answer.storable or masked(answer.url) != answer.url:
            return
        steps = tuple(_without_secrets(step) for step in answer.steps)
        if steps != answer.steps:
            answer = replace(answer, steps=steps)
        self._guarded(lambda store: store.put(answer))
        self._schedule()

    def host(self, name: str) -> Mapping[str, Any]:
        """What was learnt of a host in earlier runs; empty when nothing."""
        return self._guarded(lambda store: store.host(name)) or {}

    def keep_host(self, name: str, memory: Mapping[str, Any]) -> None:
        """Remember what was learnt of a host (JSON values)."""
        self._guarded(lambda store: store.put_host(name, memory, time.time()))
        self._schedule()

    def close(self) -> None:
        """Write what is left and forget what is old."""
        self._guarded(lambda store: store.finish())
        self._guarded(lambda store: store.prune(time.time() - KEEP_SECONDS, KEEP_ANSWERS))
        if self._store is not None:
            self._store.close()
            self._store = None

    def _schedule(self) -> None:
        if self._scheduled or self._store is None:
            return
        import asyncio

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._flush()
            return
        self._scheduled = True
        loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._scheduled = False
        self._guarded(lambda store: store.flush())

    def _guarded(self, action: Callable[[Store], _T]) -> _T | None:
        if self._store is None or self._path is None:
            return None
        try:
            return action(self._store)
        except DamagedError as error:
            self._store.close()
            self._store = None
            self._move_aside(self._path, error)
        except StoreError as error:
            # A writer that is merely busy is tried again with the next batch.
            _log.debug("the store is not written: %s", error)
            self._failures += 1
            if self._failures > _PATIENCE:
                _log.warning("nothing more is remembered: %s", error)
                self._store.close()
                self._store = None
        return None

    @staticmethod
    def _move_aside(path: Path, error: DamagedError) -> None:
        try:
            _log.warning("nothing more is remembered: %s; moved to %s", error, set_aside(path))
        except OSError:
            _log.warning("nothing more is remembered: %s", error)


def validators(answer: Answer) -> dict[str, str]:
    """The headers that ask for the page of a stored answer only if it has changed (RFC 9110
    §13.1); empty where it is not known how, or where there is no page to spare.

    They belong to the request for ``answer.final_url`` alone.
    """
    if answer.failure is not None or not answer.steps or answer.steps[-1].status != 200:
        return {}
    headers = {}
    if answer.etag:
        headers["If-None-Match"] = answer.etag
    if answer.last_modified:
        headers["If-Modified-Since"] = answer.last_modified
    return headers


def _without_secrets(step: Step) -> Step:
    urls = step.url + (step.location or "")
    if "@" not in urls and not any(name in _SECRET for name, _ in step.headers):
        return step
    return replace(
        step,
        url=masked(step.url),
        location=step.location and masked(step.location),
        headers=tuple((name, text) for name, text in step.headers if name not in _SECRET),
    )
