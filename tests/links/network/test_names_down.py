"""A network without names is said once, and decides on no link."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from linters.checker import NetworkOptions
from linters.links.network.answer import NO_NAMES
from linters.model.link import Outcome
from linters.model.settings import LinkSettings
from linters.store.cache import exists
from tests.links.network.name_server import NXDOMAIN, SERVFAIL, Records, name_server
from tests.links.network.server import check

pytest.importorskip("aiodns")


def outcomes(names: dict[str, Records], cache: Path, *hosts: str) -> list[Outcome]:
    """The outcomes of links to hosts."""

    async def talk() -> list[Outcome]:
        async with name_server(names) as (_, port):
            urls = [f"http://{host}/" for host in hosts]
            result = await check(
                urls,
                LinkSettings(timeout=5.0, retries=0),
                NetworkOptions(cache_dir=cache),
                nameservers=(("127.0.0.1", port),),
            )
            return [result.outcomes[url] for url in urls]

    return asyncio.run(talk())


@pytest.mark.parametrize("records", [NXDOMAIN, SERVFAIL])
def test_five_domains_and_no_name(tmp_path: Path, records: Records) -> None:
    hosts = [f"www.{name}.test" for name in "abcde"]
    found = outcomes(dict.fromkeys(hosts, records), tmp_path, *hosts)
    assert {(outcome.verdict, outcome.cause, outcome.reason) for outcome in found} == {
        ("unknown", "dns", NO_NAMES)
    }
    assert not exists(tmp_path)


def test_four_domains_decide(tmp_path: Path) -> None:
    hosts = [f"www.{name}.test" for name in "abcd"] + ["api.d.test"]
    found = outcomes(dict.fromkeys(hosts, NXDOMAIN), tmp_path, *hosts)
    assert {(outcome.verdict, outcome.cause) for outcome in found} == {("broken", "dns")}


def test_one_name_that_is_found_decides_on_all(tmp_path: Path) -> None:
    hosts = [f"www.{name}.test" for name in "abcdef"]
    names: dict[str, Records] = {**dict.fromkeys(hosts, NXDOMAIN), "found.test": ["10.0.0.1"]}
    found = outcomes(names, tmp_path, *hosts, "found.test")
    assert [outcome.verdict for outcome in found] == ["broken"] * 6 + ["blocked"]
