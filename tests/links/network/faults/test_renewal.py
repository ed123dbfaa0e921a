"""What is stored is used while it is fresh, renewed cheaply after that, and judged again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from types import MappingProxyType

import pytest

from linters.checker import NetworkOptions
from linters.model.link import Outcome, Verdict
from linters.model.settings import FreshSettings, LinkSettings
from tests.links.network.faults.exchange import (
    Behaviour,
    answer,
    by_target,
    hang,
    if_header,
    in_turn,
    page,
    redirect,
)
from tests.links.network.faults.fault import ok
from tests.links.network.faults.server import FaultServer
from tests.links.network.server import check

STALE = FreshSettings(ok=0.0, redirected=0.0, broken=0.0, unknown=0.0)
_LONG = page("early") + b"<p>text</p>" * 30_000 + b"<p id=late>"
_DATE = "Wed, 01 Nov 2023 00:00:00 GMT"


def _changing(validator: str, field: str, value: str) -> Behaviour:
    return if_header(
        field,
        lambda sent: sent == value,
        answer(304, f"{validator}: {value}"),
        answer(200, f"{validator}: {value}", body=page("here")),
    )


@pytest.fixture
def local() -> Iterator[FaultServer]:
    """A server on 127.0.0.1."""
    pages = {
        "/etag": _changing("ETag", "if-none-match", '"v1"'),
        "/date": _changing("Last-Modified", "if-modified-since", _DATE),
        "/long": if_header(
            "if-none-match",
            bool,
            answer(304),
            answer(200, 'ETag: "long"', body=_LONG),
        ),
        "/start": redirect("/etag", 301),
        "/forbidden": answer(403),
        "/changed": in_turn(
            answer(200, 'ETag: "a"', body=page("here")), answer(200, 'ETag: "b"', body=page("new"))
        ),
        "/hangs": in_turn(answer(404), answer(404), hang),
    }
    with FaultServer([ok("local", by_target(pages), host="127.0.0.1")], {}, {}) as server:
        yield server


class Runner:
    """Runs checks over one cache."""

    def __init__(self, server: FaultServer, folder: Path) -> None:
        self.server = server
        self._network = NetworkOptions(allow_network=(ip_network("127.0.0.0/8"),), cache_dir=folder)

    def __call__(self, settings: LinkSettings, *paths: str) -> list[Outcome]:
        origin = f"http://127.0.0.1:{self.server.ports['http']}"
        links = [origin + path for path in paths]
        outcomes = asyncio.run(check(links, settings, self._network)).outcomes
        return [outcomes[link] for link in links]

    def requests(self) -> list[tuple[str, bool]]:
        """The targets asked since the last call, and whether only if changed."""
        found = [
            (target, "if-none-match" in fields or "if-modified-since" in fields)
            for _, _, target, fields in self.server.targets
        ]
        self.server.targets.clear()
        return found


@pytest.fixture
def run(local: FaultServer, tmp_path: Path) -> Runner:
    """A runner with an empty store."""
    return Runner(local, tmp_path / "cache")


SETTINGS = LinkSettings(timeout=5.0, retries=0)
STALE_SETTINGS = replace(SETTINGS, fresh=STALE)


def test_what_is_fresh_is_not_asked(run: Runner) -> None:
    paths = ("/etag#here", "/etag", "/start", "/forbidden", "/nowhere")
    first = run(SETTINGS, *paths)
    run.requests()
    assert run(SETTINGS, *paths) == first
    assert run.requests() == []
    verdicts = [outcome.verdict.value for outcome in first]
    assert verdicts == ["ok", "ok", "redirected", "unknown", "broken"]


def test_a_new_fragment_of_a_page_read_before_is_known(run: Runner) -> None:
    run(SETTINGS, "/etag#here")
    run.requests()
    run(SETTINGS, "/etag#here", "/etag#other")
    assert len(run.requests()) <= 1


@pytest.mark.parametrize("path", ["/etag#here", "/date#here", "/start#here"])
def test_renewal_asks_only_for_changes(run: Runner, path: str) -> None:
    (first,) = run(SETTINGS, path)
    run.requests()
    assert run(STALE_SETTINGS, path) == [first]
    asked = run.requests()
    assert asked[-1][1]
    assert len(asked) == (2 if path.startswith("/start") else 1)
    assert run(SETTINGS, path) == [first]  # renewed: fresh again
    assert run.requests() == []


def test_a_page_not_read_to_its_end_is_read_on_for_another_fragment(run: Runner) -> None:
    assert run(SETTINGS, "/long#early")[0].verdict is Verdict.OK
    assert run(SETTINGS, "/long#late")[0].verdict is Verdict.OK
    assert run(STALE_SETTINGS, "/long#early")[0].verdict is Verdict.OK
    assert run(STALE_SETTINGS, "/long#late", "/long#early")[0].verdict is Verdict.OK
    assert run(STALE_SETTINGS, "/long#none")[0].verdict is Verdict.BROKEN


def test_a_page_that_has_changed_is_read_anew(run: Runner) -> None:
    assert run(SETTINGS, "/changed#here")[0].verdict is Verdict.OK
    assert run(STALE_SETTINGS, "/changed#here")[0].verdict is Verdict.BROKEN
    assert run(SETTINGS, "/changed#new")[0].verdict is Verdict.OK


def test_a_changed_setting_judges_the_stored_answer(run: Runner) -> None:
    assert run(SETTINGS, "/forbidden")[0].verdict is Verdict.UNKNOWN
    run.requests()
    accepting = replace(SETTINGS, accept=MappingProxyType({"127.0.0.1": (403,)}))
    assert run(accepting, "/forbidden")[0].verdict is Verdict.OK
    excluding = replace(SETTINGS, exclude=("forbidden",))
    assert run(excluding, "/forbidden")[0].verdict is Verdict.SKIPPED
    assert run.requests() == []


def test_stored_answers_are_no_way_round_the_address_guard(run: Runner) -> None:
    assert run(SETTINGS, "/etag")[0].verdict is Verdict.OK
    run.requests()
    run._network = replace(run._network, allow_network=())
    assert run(SETTINGS, "/etag")[0].verdict is Verdict.BLOCKED
    assert run.requests() == []


def test_without_the_store_everything_is_asked(run: Runner) -> None:
    run(SETTINGS, "/etag")
    run.requests()
    run._network = replace(run._network, cache_dir=None)
    run(SETTINGS, "/etag")
    assert [target for target, _ in run.requests()] == ["/etag"]
