"""The fault server: every behaviour of the table on loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Self

from tests.links.network.faults.certificates import contexts
from tests.links.network.faults.dns import NameServer, Zone
from tests.links.network.faults.exchange import Behaviour, Exchange, answer
from tests.links.network.faults.fault import Fault
from tests.steps import HANG

_LARGEST_REQUEST = 256 * 1024


class FaultServer:
    """Serves faults by the first label of the Host; ``ports`` are by name.

    ``on_accept`` are ports with a behaviour of their own, before any request is read.
    """

    def __init__(
        self,
        faults: Iterable[Fault],
        zones: Mapping[str, Zone],
        on_accept: Mapping[str, Behaviour],
    ) -> None:
        self.ports: dict[str, int] = {}
        self.requests: Counter[str] = Counter()
        self.targets: list[tuple[str, str, str, Mapping[str, str]]] = []
        self.connections = 0
        self._open = 0
        self.names = NameServer(zones)
        self._behaviours = {fault.hostname.lower(): fault.behaviour for fault in faults}
        self._on_accept = on_accept
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fault server", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen: Counter[tuple[str, str]] = Counter()
        self._stop: asyncio.Event | None = None
        self._closed = socket.socket()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(HANG)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(HANG)
        self._closed.close()

    @property
    def nameservers(self) -> tuple[tuple[str, int], ...]:
        """What the prober takes for the system's name servers."""
        return (("127.0.0.1", self.names.port),)

    def wait_until_idle(self) -> None:
        """Wait until all connections that were made so far are accepted and closed."""
        with socket.create_connection(("127.0.0.1", self.ports["http"])) as last:
            last.sendall(b"GET / HTTP/1.1\r\nHost: last\r\n\r\n")
            while last.recv(65536):
                pass
        while self._open:
            time.sleep(0.001)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _serve(self) -> None:
        self._loop.set_exception_handler(lambda loop, context: None)
        self._stop = asyncio.Event()
        await self.names.start()
        servers = [await asyncio.start_server(self._plain, "127.0.0.1", 0)]
        self._name(servers[-1], "http")
        try:
            port = self.ports["http"]
            servers.append(await asyncio.start_server(self._plain, "::1", port))
        except OSError:
            pass  # a machine without IPv6
        servers.append(await asyncio.start_server(self._plain, "127.0.0.1", 0))
        self._name(servers[-1], "ipv4-only")
        for name, context in contexts().items():
            servers.append(await asyncio.start_server(self._plain, "127.0.0.1", 0, ssl=context))
            self._name(servers[-1], name)
        for name, behaviour in self._on_accept.items():
            servers.append(await asyncio.start_server(self._accepting(behaviour), "127.0.0.1", 0))
            self._name(servers[-1], name)
        self._closed.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        self.ports["closed"] = self.ports["tls-nobody"] = self._closed.getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        for server in servers:
            server.close()
        await self.names.stop()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _name(self, server: asyncio.Server, name: str) -> None:
        self.ports[name] = server.sockets[0].getsockname()[1]

    def _accepting(self, behaviour: Behaviour):  # type: ignore[no-untyped-def]
        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._behave(behaviour, Exchange("", "", {}, 1, self.ports, reader, writer))

        return accept

    async def _plain(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open += 1
        try:
            await self._answer(reader, writer)
        finally:
            self._open -= 1

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            writer.close()
            return
        line, *fields = head.decode("latin-1").split("\r\n")
        method, _, rest = line.partition(" ")
        target = rest.rpartition(" ")[0]
        headers = {
            name.lower(): value.strip()
            for name, colon, value in (field.partition(":") for field in fields)
            if colon
        }
        host = headers.get("host", "").rpartition(":")[0].lower()
        self.requests[host] += 1
        self._seen[host, target] += 1
        self.targets.append((host, method, target, headers))
        count = self._seen[host, target]
        exchange = Exchange(method, target, headers, count, self.ports, reader, writer)
        await self._behave(self._behaviours.get(host, answer()), exchange)

    async def _behave(self, behaviour: Behaviour, exchange: Exchange) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await behaviour(exchange)
        except OSError:
            pass
        finally:
            self._tasks.discard(task)
            exchange.writer.close()
