"""A server with a fixed answer for each path, such as rules' cases talk to."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_HEADER = re.compile(r"([A-Za-z][A-Za-z-]*): (\S.*)")


@dataclass(frozen=True)
class Answer:
    """What one path is answered with."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def read_answers(lines: Sequence[str]) -> dict[str, Answer]:
    """Lines ``PATH STATUS [Header: value | …] [body]`` as answers by path."""
    answers = {}
    for line in filter(None, lines):
        path, status, *rest = line.split(" ", 2)
        headers = {}
        parts = rest[0].split(" | ") if rest else []
        while parts and (match := _HEADER.fullmatch(parts[0])):
            headers[match[1]] = match[2]
            parts.pop(0)
        answers[path] = Answer(int(status), headers, " | ".join(parts))
    return answers


@contextlib.contextmanager
def serving(lines: Sequence[str]) -> Iterator[int]:
    """Answer on 127.0.0.1 while the block runs; gives the port."""
    answers = read_answers(lines)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, Answer(404))
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
