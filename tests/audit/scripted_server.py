"""A server whose pages follow a script of days, on a thread of its own."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Script = Callable[[int], int]
"""The status of a page on a day: 0 says nothing at all, 301 moves to ``/stable``."""

SILENT = 0


@dataclass
class ScriptedServer:
    """What the tests set and read: the day, and how often each path was asked.

    ``after`` is called once so many requests have come.
    """

    pages: Mapping[str, Script]
    port: int = 0
    day: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    released: threading.Event = field(default_factory=threading.Event)
    bodies: dict[str, bytes] = field(default_factory=dict)
    after: tuple[int, Callable[[], object]] | None = None

    def url(self, path: str) -> str:
        """The URL of a path."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def scripted(
    pages: Mapping[str, Script], delay: float = 0.0, host: str = "127.0.0.1"
) -> Iterator[ScriptedServer]:
    """Serve the pages by path, without queries, each after ``delay`` seconds."""
    state = ScriptedServer(pages)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            with suppress(ConnectionError):  # audits are killed, and close what they do not read
                super().handle()

        def do_GET(self) -> None:
            state.asked[self.path] += 1
            state.requests[f"{self.command} {self.path}"] += 1
            after = state.after
            if after is not None and state.asked.total() >= after[0]:
                after[1]()
            time.sleep(delay)
            path = self.path.partition("?")[0]
            body = state.bodies.get(path, b"")
            script = state.pages.get(path)
            status = (200 if body else 404) if script is None else script(state.day)
            if status == SILENT:
                state.released.wait()
                self.close_connection = True
                return
            self.send_response(status)
            if status in (301, 302, 308):
                self.send_header("Location", state.url("/stable"))
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
