"""Run in a network namespace of its own: names that change their minds, and who is connected to.

Prints, as JSON, the connections to a loopback server without and with permission, the verdict of
each link, and how many questions the name server got.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import socket
import struct
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any

from linters.audit.archive import find_copies
from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkCheck
from linters.model.settings import LinkSettings
from tests.links.network.name_server import Records, name_server
from tests.links.network.server import FAST, LOCAL, Server, answer, redirect, serving

PUBLIC = "93.184.216.34"
CHANGING: dict[str, list[list[str]]] = {
    "rebinds.test": [[PUBLIC], ["127.0.0.1"]],
    "alternates.test": [[PUBLIC], ["127.0.0.1"], [PUBLIC], ["127.0.0.1"]],
    "mixed.test": [[PUBLIC, "127.0.0.1"]],
    "mixed-families.test": [[PUBLIC, "::1"]],
    "private.test": [["127.0.0.1"]],
    "alias.test": [["=localhost", "127.0.0.1"]],
    "mapped.test": [["::ffff:127.0.0.1"]],
    "translated.test": [["64:ff9b::127.0.0.1"]],
    "any.test": [["0.0.0.0"]],
}
LITERAL = ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "0")
ANSWERS = {"/": answer(body="reached")}
OTHER = "127.0.0.2"  # a server that may be reached, and redirects to one that may not


class Changing(dict[str, Records]):
    """The records of a name, others with each question for addresses of the first family."""

    def get(self, name: str, default: Records = None) -> Records:  # type: ignore[override]
        """The next answer; the last one again and again."""
        answers = CHANGING.get(name)
        if answers is None:
            return default
        return answers[0] if len(answers) == 1 else answers.pop(0)


async def _attack(server: Server, port: int, network: NetworkOptions) -> Mapping[str, str]:
    hosts = [*CHANGING, *LITERAL]
    urls = [server.url(path, host) for host in hosts for path in ("/", "/again")]
    settings = LinkSettings(timeout=FAST.timeout, retries=1, max_wait=4.0)
    options: dict[str, Any] = {"nameservers": (("127.0.0.1", port),)}
    check = NetworkCheck(settings, network, **options)
    await check.offer(urls)
    outcomes = (await check.finish()).outcomes
    client = NetworkCheck(settings, network, **options)  # as plug-ins and the archive have it

    async def fetch(url: str) -> bytes | None:
        found = await client.get(url)
        return None if found is None else found.body

    for host in hosts:
        await fetch(server.url("/", host))
        await find_copies(["https://e.test/"], fetch, server.url("", host))
    await client.close()
    return {url: outcomes[url].verdict for url in urls}


async def _redirected(server: Server, port: int) -> tuple[int, list[str]]:
    """The requests to the server that redirects, and the verdicts of its links."""
    targets = [server.url("/", host) for host in CHANGING]
    paths = {f"/{number}": redirect(target) for number, target in enumerate(targets)}
    network = NetworkOptions(allow_network=(ip_network(f"{OTHER}/32"),))
    async with serving(paths, host=OTHER) as other:
        check = NetworkCheck(FAST, network, nameservers=(("127.0.0.1", port),))
        await check.offer([other.url(path) for path in paths])
        outcomes = (await check.finish()).outcomes
        return len(other.log), sorted({outcome.verdict for outcome in outcomes.values()})


async def _main() -> None:
    found: dict[str, Any] = {}
    async with name_server(Changing()) as (names, port), serving(ANSWERS) as server:
        verdicts = await _attack(server, port, NetworkOptions())
        found["redirects"], found["redirected"] = await _redirected(server, port)
        found["without"] = server.connections
        await _attack(server, port, LOCAL)
        found["with"] = server.connections
    print(
        json.dumps({**found, "verdicts": sorted(set(verdicts.values())), "asked": len(names.asked)})
    )


def _loopback_up() -> None:
    with socket.socket() as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP


if __name__ == "__main__":
    _loopback_up()
    asyncio.run(_main())
