"""Every behaviour of the table, asked in one run, has the verdict that the contract wants."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from types import MappingProxyType
from typing import Any

import pytest

from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkResult
from linters.model.link import Cause, Outcome, Verdict
from linters.model.settings import LinkSettings
from tests.links.network.faults.fault import Fault
from tests.links.network.faults.server import FaultServer
from tests.links.network.faults.table import FAULTS
from tests.links.network.faults.table.names import GARBAGE, GUARDED, IPV6
from tests.links.network.server import check

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def settings_with(ca_file: str = "", **changes: object) -> LinkSettings:
    """Settings with times short enough for a test, and long enough for a busy machine."""
    known: dict[str, object] = {
        "timeout": 6.0,
        "retries": 2,
        "max_body": 1024 * 1024,
        "max_wait": 27.0,
        "concurrency": 64,
        "exclude": (r"//excluded\.test",),
        "accept": MappingProxyType({"accepted-by-config.test": (403,)}),
        "short_links": ("short-link.test",),
        "not_found_redirects": MappingProxyType({"sent-to-the-home-page.test": "home-page.test*"}),
        "ca_files": (ca_file,) if ca_file else (),
    }
    return LinkSettings(**{**known, **changes})  # type: ignore[arg-type]


def run(
    server: FaultServer,
    links: Iterable[str],
    settings: LinkSettings | None = None,
    network: NetworkOptions | None = None,
    **options: Any,
) -> NetworkResult:
    """The result for links, with the server's names."""
    network = network or NetworkOptions(allow_network=LOOPBACK)
    options.setdefault("nameservers", server.nameservers)
    return asyncio.run(check(tuple(links), settings or settings_with(), network, **options))


@dataclass(frozen=True)
class Scores:
    """What one run gave, by the fault's name."""

    outcomes: Mapping[str, Outcome]
    requests: Mapping[str, int]
    seconds: float


@pytest.fixture(scope="module")
def scores(server: FaultServer, faults: tuple[Fault, ...], ca_file: str) -> Scores:
    """One run over the links of all faults."""
    before = dict(server.requests)
    links = {fault.name: fault.link(server.ports) for fault in faults}
    started = time.monotonic()
    result = run(server, links.values(), settings_with(ca_file))
    seconds = time.monotonic() - started
    outcomes = {name: result.outcomes[link] for name, link in links.items()}
    requests = {
        fault.name: server.requests[fault.hostname] - before.get(fault.hostname, 0)
        for fault in faults
    }
    _write_table(faults, outcomes, requests, seconds)
    return Scores(outcomes, requests, seconds)


def right(fault: Fault, outcome: Outcome) -> bool:
    """Whether an outcome is what the table wants."""
    causes: tuple[Cause | None, ...]
    causes = fault.cause if isinstance(fault.cause, tuple) else (fault.cause,)
    if fault.verdict is Verdict.REDIRECTED:
        causes = (*Cause, None)
    return (
        outcome.verdict is fault.verdict
        and outcome.cause in causes
        and (fault.status is None or outcome.status == fault.status)
        and (fault.final is None or (outcome.final_url or "").endswith(fault.final))
        and ((outcome.reason is None) or bool(outcome.reason.strip()))
    )


def _write_table(
    faults: tuple[Fault, ...],
    outcomes: Mapping[str, Outcome],
    requests: Mapping[str, int],
    seconds: float,
) -> None:
    """The score table, where ARTICLELINT_SCORES names a file for it."""
    path = os.environ.get("ARTICLELINT_SCORES")
    if not path:
        return
    rows = [
        {
            "name": fault.name,
            "right": right(fault, outcomes[fault.name]),
            "expected": [fault.verdict, fault.cause],
            "got": [outcomes[fault.name].verdict, outcomes[fault.name].cause],
            "reason": outcomes[fault.name].reason,
            "requests": requests[fault.name],
        }
        for fault in faults
    ]
    good = sum(bool(row["right"]) for row in rows)
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(
            {"right": good, "of": len(rows), "seconds": seconds, "rows": rows}, file, indent=1
        )


@pytest.mark.parametrize("fault", [*FAULTS, *IPV6], ids=lambda fault: fault.name)
def test_the_verdict_is_right(fault: Fault, scores: Scores) -> None:
    if fault.name not in scores.outcomes:
        pytest.skip("this machine has no IPv6")
    outcome = scores.outcomes[fault.name]
    assert right(fault, outcome), f"expected {fault.verdict} {fault.cause}, got {outcome}"
    assert fault.most is None or scores.requests[fault.name] <= fault.most


def test_no_server_is_asked_more_than_its_tries(scores: Scores) -> None:
    many = {name: count for name, count in scores.requests.items() if count > 2 * 11 + 6}
    assert many == {}


def test_the_guard_refuses_every_spelling_of_an_address(server: FaultServer) -> None:
    links = [f"http://{host}:{server.ports['http']}/" for host in GUARDED]
    connections = server.connections
    result = run(server, links, network=NetworkOptions())
    wrong = {
        link: outcome
        for link, outcome in result.outcomes.items()
        if (outcome.verdict, outcome.cause) != (Verdict.BLOCKED, Cause.NOT_PUBLIC)
    }
    assert wrong == {}
    assert server.connections == connections
    assert "secret" not in str(list(result.outcomes.values()))


def test_a_name_server_that_talks_nonsense_decides_nothing(server: FaultServer) -> None:
    link = GARBAGE.link(server.ports)
    assert right(GARBAGE, run(server, (link,)).outcomes[link])


def test_a_name_that_changes_its_address_is_never_followed(server: FaultServer) -> None:
    port = server.ports["http"]
    links = [f"http://rebinding.test:{port}/{number}" for number in range(20)]
    result = run(server, links)
    assert {outcome.verdict for outcome in result.outcomes.values()} <= {
        Verdict.OK,
        Verdict.BLOCKED,
    }
