"""Memory and time of checking many links: ``python benchmarks/link_memory.py LINKS [CACHE]``.

Starts ``link_server.py`` with 100 hosts and no latency, checks that many links in this
process and prints one line of JSON. With a folder, answers are stored there, and the links
are checked a second time, from the store. Not for Windows.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from ipaddress import ip_network
from pathlib import Path

from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkCheck, NetworkResult
from linters.model.link import Verdict
from linters.model.settings import LinkSettings

_HOSTS = 100
_UNIT = 1024 if sys.platform != "darwin" else 1


async def ask(links: list[str], network: NetworkOptions) -> NetworkResult:
    """The result for all links, offered a hundred at a time."""
    check = NetworkCheck(LinkSettings(), network)
    for start in range(0, len(links), 100):
        await check.offer(links[start : start + 100])
    return await check.finish()


def main() -> None:
    """Measure."""
    count = int(sys.argv[1])
    cache = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    server_file = Path(__file__).with_name("link_server.py")
    server = subprocess.Popen(
        [sys.executable, str(server_file), str(_HOSTS), "0", "0"], stdout=subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        links = [f"http://127.0.0.{1 + n % _HOSTS}:{port}/page/{n}" for n in range(count)]
        network = NetworkOptions(allow_network=(ip_network("127.0.0.0/8"),), cache_dir=cache)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
        rows = []
        for _ in range(2 if cache else 1):  # the second time everything is in the store
            started, used = time.monotonic(), time.process_time()
            result = asyncio.run(ask(links, network))
            good = sum(outcome.verdict is Verdict.OK for outcome in result.outcomes.values())
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
            rows.append(
                {
                    "links": count,
                    "ok": good,
                    "seconds": round(time.monotonic() - started, 1),
                    "cpu": round(time.process_time() - used, 1),
                    "peak_mib": round(peak / 2**20, 1),
                    "bytes_per_link": round((peak - before) / count),
                }
            )
        print(json.dumps(rows))
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
