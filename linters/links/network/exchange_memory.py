"""What URLs answered in this run: a redirect to one of them, or another root, asks no more."""

from __future__ import annotations

import msgspec

from linters.links.network.fetch import Exchange

Memory = dict[str, dict[str, bytes]]
"""Encoded exchanges by conditions and URL; roots share it."""

_DECODER = msgspec.msgpack.Decoder(Exchange)
_MOST_ENCODINGS = 4096


class ExchangeMemory:
    """Keeps exchanges encoded: a graph of objects would be most of the memory of a run."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._encodings: dict[bytes, bytes] = {}  # many answers of a host are the same

    def find(self, conditions: str, url: str) -> Exchange | None:
        """The exchange of a URL under these conditions."""
        encoded = self._memory.get(conditions, {}).get(url)
        if encoded is None:
            return None
        exchange = _DECODER.decode(encoded)
        if exchange.step is None:
            return exchange
        step = msgspec.structs.replace(exchange.step, url=url)
        return msgspec.structs.replace(exchange, step=step)

    def keep(self, conditions: str, url: str, exchange: Exchange) -> None:
        """Keep an exchange, without what its key says and what is only measured."""
        if exchange.step is not None:
            step = msgspec.structs.replace(exchange.step, url="", milliseconds=0)
            exchange = msgspec.structs.replace(exchange, step=step)
        encoded = msgspec.msgpack.encode(exchange)
        encoded = self._encodings.setdefault(encoded, encoded)
        if len(self._encodings) > _MOST_ENCODINGS:
            self._encodings.clear()
        self._memory.setdefault(conditions, {})[url] = encoded
