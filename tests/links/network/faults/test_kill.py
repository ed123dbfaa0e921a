"""A run that is killed loses nothing: the next one asks again at most what was in flight."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from linters.store.cache_location import FILE_NAME
from linters.store.database import Database
from tests.links.network.faults.child import CONCURRENCY, links
from tests.links.network.faults.exchange import Exchange, answer
from tests.links.network.faults.fault import ok
from tests.links.network.faults.server import FaultServer
from tests.sizes import size
from tests.steps import HANG

HOSTS = 20
COUNT = size(500, 1500)
ROUNDS = size(4, 20)


class Latency:
    """A server that takes 10 to 60 ms, and counts what it is asked."""

    def __init__(self) -> None:
        self.begun: Counter[str] = Counter()
        self._random = random.Random(7)

    async def __call__(self, exchange: Exchange) -> None:
        self.begun[exchange.target] += 1
        await asyncio.sleep(self._random.uniform(0.01, 0.06))
        await answer()(exchange)


@pytest.mark.slow
def test_kills_lose_nothing(tmp_path: Path) -> None:
    luck = random.Random(20)
    rows = []
    for number in range(ROUNDS):
        share = 0.95 * (number + luck.random()) / ROUNDS
        rows.append(_kill_once(tmp_path / str(number), share))
    print(*rows, sep="\n")
    assert any(row["stored"] > COUNT // 2 for row in rows)
    assert any(0 < row["stored"] < COUNT // 2 for row in rows)


def _kill_once(folder: Path, share: float) -> dict[str, int]:
    """Kill a run after it asked that share of its links, and run it again."""
    latency = Latency()
    faults = [ok(f"load-{n}", latency) for n in range(HOSTS)]
    with FaultServer(faults, {}, {}) as server:
        command = [sys.executable, "-m", "tests.links.network.faults.child", str(folder)]
        command += [str(server.ports["http"]), str(server.names.port), str(HOSTS), str(COUNT)]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        limit = time.monotonic() + HANG
        while len(latency.begun) < share * COUNT:
            assert child.poll() is None
            assert time.monotonic() < limit
            time.sleep(0.001)
        child.kill()
        child.wait(timeout=HANG)
        taken = folder.with_suffix(".log").stat().st_size
        database = Database(folder / FILE_NAME)
        stored = int(database._connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        assert database._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()
        server.wait_until_idle()  # requests of the killed process may still be arriving
        asked = len(latency.begun)
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=HANG).stdout
        verdicts = json.loads(output.splitlines()[-1])
        assert set(verdicts) == set(links(server.ports["http"], HOSTS, COUNT))
        assert set(verdicts.values()) == {"ok"}
        repeated = latency.begun.total() - COUNT
        assert len(latency.begun) == COUNT
        assert repeated == asked - stored  # nothing that was stored is asked again
        assert repeated <= CONCURRENCY
        return {"asked": asked, "taken": taken, "stored": stored, "repeated": repeated}
