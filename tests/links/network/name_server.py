"""A name server on a real socket (RFC 1035), as far as tests need one."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Mapping, Sequence
from ipaddress import ip_address

NXDOMAIN, SERVFAIL, REFUSED = 3, 2, 5
Records = int | None | Sequence[str]


class NameServer(asyncio.DatagramProtocol):
    """Answers by name: addresses (``=name`` for an alias before them), an error code, an empty
    answer, or silence (None)."""

    def __init__(self, names: Mapping[str, Records]) -> None:
        self.names = names
        self.asked: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        name, at = _name(data, 12)
        (kind,) = struct.unpack_from("!H", data, at)
        self.asked.append(name)
        found = self.names.get(name, NXDOMAIN)
        if found is None:
            return
        code = found if isinstance(found, int) else 0
        records = []
        for text in () if isinstance(found, int) else found:
            if text.startswith("="):
                data_of = b"".join(
                    bytes([len(part)]) + part.encode() for part in text[1:].split(".")
                )
                alias = data_of + b"\0"
                records.append(struct.pack("!HHHIH", 0xC00C, 5, 1, 60, len(alias)) + alias)
                continue
            packed = ip_address(text).packed
            if kind == (1 if len(packed) == 4 else 28):
                records.append(struct.pack("!HHHIH", 0xC00C, kind, 1, 60, len(packed)) + packed)
        head = struct.pack("!2sHHHHH", data[:2], 0x8180 | code, 1, len(records), 0, 0)
        self.transport.sendto(head + data[12 : at + 4] + b"".join(records), addr)  # type: ignore[attr-defined]


def _name(data: bytes, at: int) -> tuple[str, int]:
    labels = []
    while length := data[at]:
        labels.append(data[at + 1 : at + 1 + length].decode())
        at += length + 1
    return ".".join(labels).lower(), at + 1


@contextlib.asynccontextmanager
async def name_server(names: Mapping[str, Records]) -> AsyncIterator[tuple[NameServer, int]]:
    """Serve the names on 127.0.0.1; gives the server and its port."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        lambda: NameServer(names), local_addr=("127.0.0.1", 0)
    )
    try:
        yield protocol, transport.get_extra_info("sockname")[1]
    finally:
        transport.close()
