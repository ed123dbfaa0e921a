"""A process of its own that checks links and prints the verdicts; to be killed by tests.

Arguments: the cache folder, the port of the server, the port of its name server, how many
hosts and how many links. Every answer taken adds a byte to a file next to the folder.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from ipaddress import ip_network
from pathlib import Path

from linters.checker import NetworkOptions
from linters.model.settings import LinkSettings
from tests.links.network.server import check

CONCURRENCY = 64


def links(port: int, hosts: int, count: int) -> list[str]:
    """That many links, spread over the hosts."""
    return [f"http://load-{n % hosts}.test:{port}/{n}" for n in range(count)]


def void(_: object) -> None:
    """Nothing."""


def main() -> None:
    """Check and print."""
    folder, port, names, hosts, count = sys.argv[1], *map(int, sys.argv[2:6])
    network = NetworkOptions(
        allow_network=(ip_network("127.0.0.0/8"), ip_network("::1/128")), cache_dir=Path(folder)
    )
    log = os.open(Path(folder).with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    checking = check(
        links(port, hosts, count),
        LinkSettings(timeout=10.0, concurrency=CONCURRENCY),
        network,
        nameservers=(("127.0.0.1", names),),
        on_answer=lambda *_: void(os.write(log, b".")),
    )
    result = asyncio.run(checking)
    print(json.dumps({url: outcome.verdict for url, outcome in result.outcomes.items()}))


if __name__ == "__main__":
    main()
