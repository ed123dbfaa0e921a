"""One request at the fault server, and the scripts that answer it, down to single bytes."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that was read, and where the answer goes.

    ``count`` is how many requests this one's (host, target) has had, itself included;
    ``headers`` have lower-case names; ``ports`` are the server's, by name.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    count: int
    ports: Mapping[str, int]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """Close with a TCP reset."""
        connection = self.writer.get_extra_info("socket")
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()


Behaviour = Callable[[Exchange], Awaitable[None]]


def head_of(status: int, *headers: str, phrase: str | None = None) -> bytes:
    """Status line and header fields, up to the empty line."""
    if phrase is None:
        known = any(status == entry.value for entry in HTTPStatus)
        phrase = HTTPStatus(status).phrase if known else "Other"
    lines = (f"HTTP/1.1 {status:03} {phrase}", *headers)
    return "".join(line + "\r\n" for line in lines).encode("utf-8") + b"\r\n"


def answer(
    status: int = 200,
    *headers: str,
    body: bytes = b"",
    phrase: str | None = None,
    kind: str | None = "text/html; charset=utf-8",
) -> Behaviour:
    """A well-formed answer, also to HEAD."""

    async def behave(exchange: Exchange) -> None:
        fields = list(headers)
        if kind is not None:
            fields.append(f"Content-Type: {kind}")
        if status not in (204, 304):
            fields.append(f"Content-Length: {len(body)}")
        head = head_of(status, *fields, "Connection: close", phrase=phrase)
        await exchange.send(head if exchange.method == "HEAD" else head + body)

    return behave


def page(*ids: str, before: str = "", title: str = "Page") -> bytes:
    """An HTML page with some text and these ids."""
    sections = "".join(f'<h2 id="{entry}">Section</h2><p>{"Some text. " * 20}</p>' for entry in ids)
    text = f"<p>{'This page says something. ' * 20}</p>"
    return f"<!doctype html><title>{title}</title><body>{before}{text}{sections}".encode()


def redirect(location: str, status: int = 302, *headers: str) -> Behaviour:
    """A redirect; ``{name}`` in the Location is the server's port of that name."""

    async def behave(exchange: Exchange) -> None:
        place = location
        for name, port in exchange.ports.items():
            place = place.replace("{" + name + "}", str(port))
        await answer(status, f"Location: {place}", *headers)(exchange)

    return behave


def raw(data: bytes, then: str = "close", head: bytes | None = None) -> Behaviour:
    """These bytes, then ``close``, ``reset`` or ``hang``; to HEAD only ``head`` if given."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(data if head is None or exchange.method != "HEAD" else head)
        if then == "reset":
            exchange.reset()
        elif then == "hang":
            await asyncio.Event().wait()

    return behave


async def hang(exchange: Exchange) -> None:
    """Never answer."""
    await asyncio.Event().wait()


async def close(exchange: Exchange) -> None:
    """Close without a byte."""


async def reset(exchange: Exchange) -> None:
    """Reset without a byte."""
    exchange.reset()


def by_method(head: Behaviour, get: Behaviour) -> Behaviour:
    """One behaviour for HEAD, another for everything else."""

    async def behave(exchange: Exchange) -> None:
        await (head if exchange.method == "HEAD" else get)(exchange)

    return behave


def by_target(targets: Mapping[str, Behaviour]) -> Behaviour:
    """By the exact request target; 404 for any other."""

    async def behave(exchange: Exchange) -> None:
        await targets.get(exchange.target, answer(404))(exchange)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The first request gets the first behaviour, and so on; the last one stays."""

    async def behave(exchange: Exchange) -> None:
        await behaviours[min(exchange.count, len(behaviours)) - 1](exchange)

    return behave


def failing(times: int, behaviour: Behaviour, then: Behaviour) -> Behaviour:
    """GET fails that many times and HEAD always; then it works."""
    gets = 0

    async def behave(exchange: Exchange) -> None:
        nonlocal gets
        if exchange.method != "HEAD":
            gets += 1
            if gets > times:
                await then(exchange)
                return
        await behaviour(exchange)

    return behave


def if_header(
    name: str, wanted: Callable[[str], bool], then: Behaviour, other: Behaviour
) -> Behaviour:
    """By one request header (empty text where it is missing)."""

    async def behave(exchange: Exchange) -> None:
        await (then if wanted(exchange.headers.get(name, "")) else other)(exchange)

    return behave


def flood(head: bytes, chunk: bytes, pause: float = 0.0) -> Behaviour:
    """A head, then the chunk for ever."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(head)
        if exchange.method == "HEAD" and head.endswith(b"\r\n\r\n"):
            return
        while True:
            await exchange.send(chunk)
            await asyncio.sleep(pause)

    return behave
