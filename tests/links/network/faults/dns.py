"""A name server on loopback (UDP and TCP) that can misbehave."""

from __future__ import annotations

import asyncio
import struct
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast

A, CNAME, AAAA = 1, 5, 28
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED = range(6)


@dataclass(frozen=True, slots=True)
class Zone:
    """What the server says of one name.

    ``addresses`` are both A and AAAA; ``alias`` is a CNAME (its target's zone is added).
    ``silent`` gives no reply, ``truncated`` makes UDP say: ask by TCP, ``garbage`` replies
    with bytes that are not a message. ``failures`` SERVFAILs come before the first good reply.
    """

    addresses: tuple[str, ...] = ()
    alias: str | None = None
    code: int = NOERROR
    silent: bool = False
    truncated: bool = False
    garbage: bool = False
    failures: int = 0
    then: tuple[str, ...] | None = None


DEFAULT = Zone(("127.0.0.1",))


class NameServer:
    """Answers from ``zones``; names not in it resolve to 127.0.0.1."""

    def __init__(self, zones: Mapping[str, Zone]) -> None:
        self.port = 0
        self.asked: Counter[tuple[str, int]] = Counter()
        self._zones = zones
        self._transport: asyncio.DatagramTransport | None = None
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on the same port of 127.0.0.1 by UDP and TCP."""
        loop = asyncio.get_running_loop()
        self._server = await asyncio.start_server(self._stream, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self.reply), local_addr=("127.0.0.1", self.port)
        )

    async def stop(self) -> None:
        """Listen no more."""
        if self._transport is not None:
            self._transport.close()
        if self._server is not None:
            self._server.close()

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                data = self.reply(await reader.readexactly(length), False)
                if data is not None:
                    writer.write(struct.pack("!H", len(data)) + data)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def reply(self, message: bytes, datagram: bool) -> bytes | None:
        """The reply to one query; None for silence."""
        number, _, questions, *_ = struct.unpack("!6H", message[:12])
        if questions != 1:
            return None
        labels, at = [], 12
        while message[at]:
            labels.append(message[at + 1 : at + 1 + message[at]].decode("latin-1"))
            at += 1 + message[at]
        name = ".".join(labels).lower()
        (kind,) = struct.unpack("!H", message[at + 1 : at + 3])
        question = message[12 : at + 5]
        self.asked[name, kind] += 1
        zone = self._zones.get(name, DEFAULT)
        if zone.silent:
            return None
        if zone.garbage:
            return message[:2] + b"\xff" * 40
        code = zone.code
        if self.asked[name, kind] <= zone.failures:
            code = SERVFAIL
        records = [] if code in (SERVFAIL, FORMERR, REFUSED, NOTIMP) else self._records(name, kind)
        if zone.alias is not None and code == NOERROR:
            code = self._end_of(zone.alias).code
        truncated = zone.truncated and datagram
        flags = 0x8180 | (0x0200 if truncated else 0) | code
        count = 0 if truncated else len(records)
        header = struct.pack("!6H", number, flags, 1, count, 0, 0)
        return header + question + b"".join(records[:count])

    def _end_of(self, name: str) -> Zone:
        zone = self._zones.get(name, DEFAULT)
        for _ in range(8):
            if zone.alias is None:
                break
            zone = self._zones.get(zone.alias, DEFAULT)
        return zone

    def _records(self, name: str, kind: int) -> list[bytes]:
        records = []
        zone = self._zones.get(name, DEFAULT)
        owner = name
        for _ in range(8):
            if zone.alias is None:
                break
            records.append(_record(owner, CNAME, _encoded(zone.alias)))
            owner, zone = zone.alias, self._zones.get(zone.alias, DEFAULT)
        if zone.silent or zone.code:
            return records
        addresses = zone.addresses
        if zone.then is not None and self.asked[name, kind] > 1:
            addresses = zone.then
        version = {A: 4, AAAA: 6}.get(kind)
        found = [entry for entry in map(ip_address, addresses) if entry.version == version]
        return records + [_record(owner, kind, entry.packed) for entry in found]


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, reply: Callable[[bytes, bool], bytes | None]) -> None:
        self._reply = reply
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, address: tuple[str | object, int]) -> None:
        reply = self._reply(data, True)
        if reply is not None and self._transport is not None:
            self._transport.sendto(reply, address)


def _encoded(name: str) -> bytes:
    labels = name.split(".")
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


def _record(owner: str, kind: int, data: bytes) -> bytes:
    return _encoded(owner) + struct.pack("!HHIH", kind, 1, 0, len(data)) + data
