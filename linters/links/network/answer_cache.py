"""Answers between runs: in the cache, or in the audit's journal. No secrets enter either."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import msgspec

from linters.checker import NetworkOptions
from linters.links.network.answer import Answer, Step
from linters.model.link import Outcome, Verdict
from linters.model.settings import FreshSettings
from linters.store.cache import Cache
from linters.store.database import Database
from linters.store.entry import StoredEntry, StoreError
from linters.util import clock
from linters.util.redact import masked

_KIND = "answer"
_SECRET = frozenset({"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization"})
_JITTER = 0.25
_CLOCK_SKEW = 300.0
_DECODER = msgspec.msgpack.Decoder(Answer)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A stored answer; ``fresh`` where it serves as it is, without asking again."""

    answer: Answer
    fresh: bool


class AnswerCache:
    """Stored answers, by URL without fragment and by conditions.

    Every call is synchronous and takes microseconds. What is kept within one turn of the event
    loop is written in one transaction at its end, so that a killed process repeats at most what
    was in flight. In the cache an answer is fresh for as long as the settings say, in a journal
    for the run that stored it. A failing cache costs requests; a failing journal is a StoreError,
    which ``fail`` is called with where it comes up between calls.
    """

    def __init__(
        self,
        network: NetworkOptions,
        fresh: FreshSettings,
        roots: Iterable[Path] = (),
        fail: Callable[[StoreError], None] | None = None,
    ) -> None:
        self._fail = fail
        self._fresh = fresh
        self._run: int | None = None
        self._journal: Database | None = None
        self._cache: Cache | None = None
        self._scheduled = False
        if network.journal is not None:
            self._run = network.journal.run
            self._journal = Database(network.journal.path)
        else:
            self._cache = Cache(network.cache_dir, roots)

    def recall(
        self,
        url: str,
        links: Iterable[str],
        conditions: str,
        judge: Callable[[str, Answer], Outcome | None],
    ) -> StoredAnswer | None:
        """The stored answer to a URL, for the links (fragments included) that need it.

        ``judge`` gives a link's outcome from an answer, None where the answer does not show it.
        The answer is fresh when it shows every link's and none of them has expired.
        """
        entry = self._entry(url, conditions)
        answer = _decoded(entry, url)
        if entry is None or answer is None:
            return None
        now = clock.timestamp()
        outcomes = (judge(link, answer) for link in links)
        if self._run is not None:
            fresh = entry.run == self._run and all(outcome is not None for outcome in outcomes)
        else:
            fresh = all(
                outcome is not None
                and is_fresh(url, outcome.verdict, answer.asked, now, self._fresh)
                for outcome in outcomes
            )
        return StoredAnswer(answer, fresh)

    def stored(self, url: str, conditions: str) -> Answer | None:
        """The stored answer to a URL, fresh or not."""
        return _decoded(self._entry(url, conditions), url)

    def keep(self, answer: Answer) -> None:
        """Store an answer, where a later run may use it; in a journal, whatever was asked."""
        if self._journal is None and not self._cache:
            return
        usable = answer.storable if self._journal is None else answer.was_asked
        if not usable or masked(answer.url) != answer.url:
            return
        key, value = _key(answer.url, answer.conditions), _encoded(answer)
        if self._journal is not None:
            assert self._run is not None
            self._journal.put(_KIND, key, StoredEntry(value, answer.asked, self._run))
        elif self._cache:
            self._cache.put(_KIND, key, value)
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    def close(self) -> None:
        """Write what is left."""
        if self._journal is not None:
            self._journal.finish()
            self._journal.close()
        elif self._cache is not None:
            self._cache.close()

    def _flush(self) -> None:
        self._scheduled = False
        if self._cache is not None:
            self._cache.flush()
            return
        assert self._journal is not None
        try:
            self._journal.flush()
        except StoreError as error:
            if self._fail is None:
                raise
            self._fail(error)

    def _entry(self, url: str, conditions: str) -> StoredEntry | None:
        key = _key(url, conditions)
        if self._journal is not None:
            return self._journal.get(_KIND, key)
        return self._cache.get(_KIND, key) if self._cache else None


def validators(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The header fields that ask for the page of a stored answer only if it has changed (RFC
    9110 §13.1); empty where the answer has none, or no page.

    They belong to the request for ``answer.final_url`` alone.
    """
    if answer.failure is not None or not answer.steps or answer.steps[-1].status != 200:
        return ()
    found = (("If-None-Match", answer.etag), ("If-Modified-Since", answer.last_modified))
    return tuple((name, value) for name, value in found if value)


def lifetime(url: str, verdict: Verdict, fresh: FreshSettings) -> float:
    """Seconds that an answer serves: the setting, less up to a quarter of it.

    How much less depends on the URL alone, so that links checked together do not all expire
    together, and every run decides alike. Infinite where another answer would change nothing
    (excluded, refused by us).
    """
    longest = {
        Verdict.OK: fresh.ok,
        Verdict.REDIRECTED: fresh.redirected,
        Verdict.BROKEN: fresh.broken,
        Verdict.UNKNOWN: fresh.unknown,
    }.get(verdict)
    if longest is None:
        return float("inf")
    digest = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return longest * (1.0 - _JITTER * (int.from_bytes(digest, "big") / 2**64))


def is_fresh(url: str, verdict: Verdict, asked: float, now: float, fresh: FreshSettings) -> bool:
    """Whether an answer obtained at ``asked`` still serves at ``now`` (seconds since the epoch).

    One from the future is not trusted: the clock was wrong.
    """
    return -_CLOCK_SKEW <= now - asked < lifetime(url, verdict, fresh)


def _key(url: str, conditions: str) -> bytes:
    return f"{conditions} {url}".encode("utf-8", "surrogatepass")


def _encoded(answer: Answer) -> bytes:
    """The bytes of an answer, without secrets. Its URL is the key: it is not stored again."""
    steps = tuple(map(_without_secrets, answer.steps))
    steps = tuple(_with_url(step, answer.url, "") for step in steps)
    return msgspec.msgpack.encode(msgspec.structs.replace(answer, url="", steps=steps))


def _decoded(entry: StoredEntry | None, url: str) -> Answer | None:
    if entry is None:
        return None
    try:
        answer = _DECODER.decode(entry.value)
    except msgspec.DecodeError:
        return None
    if answer.url not in ("", url) or (answer.failure is None and not answer.steps):
        return None
    steps = tuple(_with_url(step, "", url) for step in answer.steps)
    return msgspec.structs.replace(answer, url=url, steps=steps)


def _with_url(step: Step, old: str, new: str) -> Step:
    """The step, with another URL if its own is ``old``."""
    return msgspec.structs.replace(step, url=new) if step.url == old else step


def _without_secrets(step: Step) -> Step:
    urls = step.url + (step.location or "")
    if "@" not in urls and not any(name in _SECRET for name, _ in step.headers):
        return step
    return msgspec.structs.replace(
        step,
        url=masked(step.url),
        location=step.location and masked(step.location),
        headers=tuple((name, text) for name, text in step.headers if name not in _SECRET),
    )
