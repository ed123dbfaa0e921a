"""Connections of aiohttp's connector, and what is known of each request on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import TCPConnector

from linters.links.network.head_meter import HeadMeter

Observer = Callable[[str, int, asyncio.BaseTransport], None]


@dataclass(slots=True)
class Call:
    """What is known of the connection of one request under way."""

    direct: bool
    reached: bool = False
    reused: bool = False
    address: str | None = None
    meter: HeadMeter | None = None
    expired: bool = False

    def expire(self, task: asyncio.Task[Any]) -> None:
        """End the request: its time is up."""
        self.expired = True
        task.cancel()

    @property
    def refused(self) -> str | None:
        """Why the head of the answer was refused; None where it was not."""
        return self.meter.refused if self.meter is not None else None


class SecondConnectionError(Exception):
    """aiohttp repeats a request whose connection was closed, on a new one; that helps only
    where the first was an idle one that the server had given up."""


class Connector(TCPConnector):
    """aiohttp's connector, which notes what each request is sent on."""

    def __init__(self, calls: dict[Any, Call], observe: Observer | None, **options: Any) -> None:
        super().__init__(**options)
        self._noted_calls = calls
        self._observe = observe

    async def connect(self, *arguments: Any, **options: Any) -> Any:
        """As TCPConnector's."""
        call = self._noted_calls.get(asyncio.current_task())
        if call is not None and call.reached and not call.reused:
            raise SecondConnectionError
        connection = await super().connect(*arguments, **options)
        transport = connection.transport
        if call is None or transport is None:
            return connection
        protocol = transport.get_protocol()
        call.reached = True
        if isinstance(protocol, HeadMeter):
            call.reused, meter = True, protocol
        else:
            call.reused, meter = False, HeadMeter(transport)
            if self._observe is not None:
                self._observe(arguments[0].url.host, arguments[0].url.port, transport)
        meter.expect(call)
        call.meter = meter
        if call.direct:
            call.address = meter.address
        return connection
