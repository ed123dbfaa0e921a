"""Answers between runs: what is stored, for how long it serves, and what never is."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.checker import JournalOptions, NetworkOptions
from linters.links.network.answer import Answer, Failure, FailureKind, Step
from linters.links.network.answer_cache import AnswerCache, is_fresh, lifetime, validators
from linters.links.web.fragments import Page, PageEnd, PageKind
from linters.model.link import Outcome, Verdict
from linters.model.settings import FreshSettings
from linters.store.cache_location import prepare
from linters.store.database import Database

URL = "https://host.test/page"
ANSWER = Answer(
    URL,
    1_700_000_000.0,
    (
        Step(URL, 301, location="/next", address="192.0.2.1", headers=(("server", "x"),)),
        Step("https://host.test/next", 200, body=True),
    ),
    page=Page(PageKind.HTML, PageEnd.COMPLETE, ("a", "ü")),
    etag='"e"',
    last_modified="Wed, 01 Nov 2023 00:00:00 GMT",
)
replace = msgspec.structs.replace
texts = st.text(max_size=20)


def fine(link: str, answer: Answer) -> Outcome | None:
    """Every link works."""
    return Outcome(Verdict.OK)


def keep(cache: AnswerCache, *answers: Answer) -> None:
    """Store answers, inside an event loop."""

    async def store() -> None:
        for answer in answers:
            cache.keep(answer)
        await asyncio.sleep(0)

    asyncio.run(store())


@pytest.fixture
def network(tmp_path: Path) -> NetworkOptions:
    return NetworkOptions(cache_dir=tmp_path / "cache")


def test_an_answer_comes_back_under_its_own_conditions(network: NetworkOptions) -> None:
    cache = AnswerCache(network, FreshSettings())
    keep(cache, ANSWER)
    cache.close()
    cache = AnswerCache(network, FreshSettings())
    assert cache.stored(URL, "") == ANSWER
    assert cache.stored(URL, "other settings") is None
    assert cache.stored(URL + "?", "") is None
    cache.close()


@pytest.mark.parametrize("row", [b"", b"\x90", b"null", b"\xff" * 9, b"\xdf" + b"\xff" * 4])
def test_a_row_that_is_not_an_answer_counts_as_absent(network: NetworkOptions, row: bytes) -> None:
    assert network.cache_dir is not None
    path = prepare(network.cache_dir)
    Database(path).close()
    with closing(sqlite3.connect(path)) as database:
        key = f" {URL}".encode()
        database.execute("INSERT INTO entries VALUES ('answer', ?, 0.0, 0, ?)", (key, row))
        database.commit()
    cache = AnswerCache(network, FreshSettings())
    assert cache.stored(URL, "") is None
    cache.close()


def test_no_secrets_are_stored(network: NetworkOptions) -> None:
    cache = AnswerCache(network, FreshSettings())
    step = Step(
        URL, 200, location="https://u:hunter2@x.test/", headers=(("set-cookie", "hunter2"),)
    )
    keep(
        cache,
        replace(ANSWER, url="https://user:hunter2@host.test/"),
        replace(ANSWER, steps=(step,)),
    )
    cache.close()
    assert network.cache_dir is not None
    content = b"".join(file.read_bytes() for file in network.cache_dir.iterdir())
    assert b"hunter2" not in content
    assert b"host.test/page" in content


@pytest.mark.parametrize(
    ("kind", "in_cache", "in_journal"),
    [
        (FailureKind.TIMEOUT, True, True),
        (FailureKind.NOT_PUBLIC, False, True),
        (FailureKind.INTERRUPTED, False, False),
        (FailureKind.DEADLINE, False, False),
        (FailureKind.CUT_OFF, False, False),
    ],
)
def test_what_servers_did_not_say_is_not_stored(
    network: NetworkOptions,
    tmp_path: Path,
    kind: FailureKind,
    *,
    in_cache: bool,
    in_journal: bool,
) -> None:
    journal = NetworkOptions(journal=JournalOptions(tmp_path / "journal", 1))
    for options, expected in ((network, in_cache), (journal, in_journal)):
        cache = AnswerCache(options, FreshSettings())
        keep(cache, replace(ANSWER, failure=Failure(kind, "reason", URL)))
        assert (cache.stored(URL, "") is not None) is expected
        cache.close()


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.BROKEN, Verdict.UNKNOWN])
def test_an_answer_is_fresh_by_its_verdict(
    network: NetworkOptions, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = FreshSettings(ok=1000.0, broken=100.0, unknown=10.0)
    cache = AnswerCache(network, fresh)
    keep(cache, ANSWER)
    limit = lifetime(URL, verdict, fresh)
    for age, expected in ((-400, False), (0, True), (limit - 1, True), (limit + 1, False)):
        now = ANSWER.asked + age
        monkeypatch.setattr("linters.util.clock.timestamp", lambda now=now: now)
        found = cache.recall(URL, (URL,), "", lambda *_: Outcome(verdict))
        assert found is not None
        assert found.fresh is expected
    unread = cache.recall(URL, (URL, URL + "#x"), "", lambda link, _: None)
    assert unread is not None
    assert not unread.fresh
    cache.close()


def test_in_a_journal_an_answer_is_fresh_in_its_run_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for run, expected in ((1, None), (1, True), (2, False)):
        cache = AnswerCache(NetworkOptions(journal=JournalOptions(path, run)), FreshSettings(ok=0))
        found = cache.recall(URL, (URL,), "", fine)
        assert (found and found.fresh) is expected
        if found is None:
            keep(cache, ANSWER)
        cache.close()


@given(url=texts, base=st.floats(1.0, 1e6))
def test_jitter_is_constant_and_within_a_quarter(url: str, base: float) -> None:
    fresh = FreshSettings(ok=base)
    first = lifetime(url, Verdict.OK, fresh)
    assert first == lifetime(url, Verdict.OK, fresh)
    assert 0.75 * base <= first <= base
    assert is_fresh(url, Verdict.SKIPPED, 0.0, 1e9, fresh)


def test_jitter_spreads() -> None:
    lives = sorted(lifetime(f"{URL}/{n}", Verdict.OK, FreshSettings(ok=100.0)) for n in range(100))
    assert lives[0] < 78
    assert lives[-1] > 97


def test_only_a_page_that_was_there_can_be_renewed() -> None:
    assert validators(ANSWER) == (
        ("If-None-Match", '"e"'),
        ("If-Modified-Since", "Wed, 01 Nov 2023 00:00:00 GMT"),
    )
    assert validators(replace(ANSWER, etag=None, last_modified=None)) == ()
    assert validators(replace(ANSWER, steps=(Step(URL, 404),))) == ()
    assert validators(replace(ANSWER, failure=Failure(FailureKind.RESET, "", URL))) == ()
