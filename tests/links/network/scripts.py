"""Servers that misbehave, as functions for ``tests.links.network.server.serving``."""

from __future__ import annotations

import asyncio
import socket
import struct

from tests.links.network.server import Asked, Script, answer

PAGE = (
    "<!doctype html><title>A page</title><h1 id='setup'>Set up</h1>"
    + "<p>Some words of text in a paragraph that is long enough. </p>" * 20
    + "<a name='old'>Old</a>"
)


async def hang(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """Say nothing until the server ends."""
    await asyncio.Event().wait()


def abort(writer: asyncio.StreamWriter) -> None:
    """Reset the connection."""
    plain = writer.get_extra_info("socket")
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def reset(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """Reset every connection."""
    abort(writer)


async def close(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """Close every connection without a word."""


async def head_hangs(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """Answer GET alone."""
    if asked.method == "HEAD":
        await asyncio.Event().wait()
    writer.write(answer("200 OK", PAGE))


async def head_resets(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """Answer GET, reset HEAD."""
    if asked.method == "HEAD":
        abort(writer)
    else:
        writer.write(answer("200 OK", PAGE))


async def no_head(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """Answer GET, refuse HEAD."""
    head = asked.method == "HEAD"
    writer.write(answer("405 Method Not Allowed") if head else answer("200 OK", PAGE))


async def header_drip(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """A header a byte at a time, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    await drip(writer, b"a")


async def body_drip(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """A page a few bytes at a time, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    await drip(writer, b"<p>")


async def drip(writer: asyncio.StreamWriter, data: bytes) -> None:
    """The same bytes again and again, slowly."""
    while not writer.transport.is_closing():
        writer.write(data)
        await asyncio.sleep(0.02)


async def interim_flood(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """Interim answers without end."""
    await flood(writer, b"HTTP/1.1 100 Continue\r\n\r\n")


async def endless(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """A page with an id at its beginning and no end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body id=begin>")
    await flood(writer, b"<p>words and words" * 500)


async def flood(writer: asyncio.StreamWriter, data: bytes) -> None:
    """The same bytes again and again, as fast as they are taken."""
    while not writer.transport.is_closing():
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(0.001)  # the client shares the event loop


async def cookie_gate(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
    """A page for who brings the cookie, the way to it for who does not."""
    if asked.headers.get("cookie") == "seen=1":
        writer.write(answer("200 OK", PAGE))
    else:
        writer.write(answer("302 Found", "", "Location: /cookie", "Set-Cookie: seen=1; Path=/"))


def raw(data: bytes | str) -> Script:
    """These bytes, then the end of the connection."""
    sent = data.encode() if isinstance(data, str) else data

    async def write(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        await writer.drain()

    return write
