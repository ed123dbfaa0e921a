"""Names to addresses: absent names are distinguished from failing servers, and only public
addresses are given."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import aiodns
from aiodns import error as codes
from aiohttp.abc import AbstractResolver, ResolveResult

from linters.links.network.address import (
    IPNetwork,
    allowed,
    is_localhost,
    localhost_addresses,
)

_TRIES = 3
_FIRST_WAIT = 2.0
_SYSTEM_WAIT = 5.0
_MAX_ADDRESSES = 64
_FAMILIES = (socket.AF_INET, socket.AF_INET6)


class NameAbsentError(OSError):
    """The name does not exist."""


class NameFailedError(OSError):
    """Whether the name exists, or its address, cannot be found out now."""


class NotPublicError(OSError):
    """The address, or one of the name's, is not public."""


_MEANINGS: dict[int, tuple[type[OSError], str]] = {
    codes.ARES_ENOTFOUND: (NameAbsentError, "the name {} does not exist"),
    codes.ARES_ENONAME: (NameAbsentError, "the name {} does not exist"),
    codes.ARES_ENODATA: (NameFailedError, "the name {} has no address"),
    codes.ARES_ETIMEOUT: (NameFailedError, "name servers did not answer for {}"),
    codes.ARES_EBADNAME: (NameAbsentError, "{} is not a valid name"),
    codes.ARES_ESERVFAIL: (NameFailedError, "the name servers of {} fail"),
}


class Resolver(AbstractResolver):
    """The system's hosts file and name servers, asked by c-ares; once per name and run.

    A name that c-ares does not find is looked up by the system as well, which may know more
    (multicast names, directories). ``networks`` are exceptions from the address guard.
    ``nameservers``, (address, port) pairs, are asked instead of the system's, and alone.
    ``domains`` are those that were looked up, ``any_found`` says whether any name had an address.
    """

    def __init__(
        self,
        networks: tuple[IPNetwork, ...],
        *,
        guarded: bool = True,
        nameservers: tuple[tuple[str, int], ...] = (),
    ) -> None:
        self._nameservers = nameservers
        self._networks = networks
        self._guarded = guarded
        self._lookups: dict[str, asyncio.Task[tuple[tuple[int, str], ...]]] = {}
        self._channel: Any = None
        self.domains: set[str] = set()
        self.any_found = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses to connect to; OSErrors of this module say why there are none."""
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=found,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for found, address in await self.addresses(host)
            if family in (socket.AF_UNSPEC, found)
        ]

    async def addresses(self, host: str) -> tuple[tuple[int, str], ...]:
        """Pairs of family and address; NotPublicError when the guard forbids any of them."""
        if is_localhost(host):
            usable = localhost_addresses(self._networks)
            if self._guarded and not usable:
                raise NotPublicError(f"{host} is not a public address")
            return tuple((_FAMILIES[":" in text], text) for text in usable or ("127.0.0.1",))
        task = self._lookups.get(host)
        if task is None or (task.done() and _failed(task)):
            task = asyncio.ensure_future(self._look_up(host))
            self._lookups[host] = task
        found = await asyncio.shield(task)
        if self._guarded:
            for _, address in found:
                if not allowed(address, self._networks):
                    raise NotPublicError(f"{host} resolves to {address}, not a public address")
        return found

    def is_looking_up(self, host: str) -> bool:
        """Whether a lookup of a name has begun and not ended."""
        task = self._lookups.get(host)
        return task is not None and not task.done()

    async def _look_up(self, host: str) -> tuple[tuple[int, str], ...]:
        self.domains.add(".".join(host.rstrip(".").split(".")[-2:]))
        try:
            found = await self._ask_servers(host)
        except NameAbsentError:
            found = () if self._nameservers else await _ask_system(host)
            if not found:
                raise
        self.any_found = True
        return found

    async def _ask_servers(self, host: str) -> tuple[tuple[int, str], ...]:
        if self._channel is None:
            try:
                self._channel = _channel(self._nameservers)
            except (RuntimeError, aiodns.error.DNSError):  # no socket events on this loop
                return await _ask_system_only(host)
        try:
            result = await self._channel.getaddrinfo(host, type=socket.SOCK_STREAM)
        except aiodns.error.DNSError as error:
            raise _dns_error(host, error.args[0] if error.args else 0) from error
        found = tuple(
            dict.fromkeys(
                (int(node.family), _text(node.addr[0])) for node in result.nodes[:_MAX_ADDRESSES]
            )
        )
        if not found:
            raise NameFailedError(f"{host} has no address")
        return found

    async def close(self) -> None:
        """Cancel the lookups that have not ended."""
        for task in self._lookups.values():
            task.cancel()
        await asyncio.gather(*self._lookups.values(), return_exceptions=True)
        if self._channel is not None:
            with contextlib.suppress(Exception):
                await self._channel.close()


def _channel(nameservers: tuple[tuple[str, int], ...]) -> Any:
    if not nameservers:
        return aiodns.DNSResolver(timeout=_FIRST_WAIT, tries=_TRIES)
    servers = [f"{address}:{port}" for address, port in nameservers]
    return aiodns.DNSResolver(servers, timeout=_FIRST_WAIT / 4, tries=_TRIES)


def _text(address: bytes | str) -> str:
    return address if isinstance(address, str) else address.decode("ascii")


def _failed(task: asyncio.Task[Any]) -> bool:
    """Whether a lookup deserves another try: an absent name does not."""
    if task.cancelled():
        return True
    error = task.exception()
    return error is not None and not isinstance(error, NameAbsentError)


def _dns_error(host: str, code: int) -> OSError:
    kind, reason = _MEANINGS.get(code, (NameFailedError, "the name {} cannot be looked up now"))
    return kind(reason.format(host))


async def _ask_system(host: str) -> tuple[tuple[int, str], ...]:
    """What the system's own lookup finds in a few seconds; empty for nothing."""
    with contextlib.suppress(OSError, TimeoutError):
        return await asyncio.wait_for(_in_thread(host), _SYSTEM_WAIT)
    return ()


async def _ask_system_only(host: str) -> tuple[tuple[int, str], ...]:
    try:
        return await _in_thread(host)
    except socket.gaierror as error:
        absent = {socket.EAI_NONAME, 11001}  # Windows: WSAHOST_NOT_FOUND
        if error.errno in absent:
            raise NameAbsentError(f"the name {host} does not exist") from error
        raise NameFailedError(f"the name {host} cannot be looked up now") from error


def _in_thread(host: str) -> asyncio.Future[tuple[tuple[int, str], ...]]:
    """The system's lookup in a daemon thread: one that hangs does not delay the exit."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[tuple[tuple[int, str], ...]] = loop.create_future()

    def settle(act: Callable[[], None]) -> None:
        if not future.done():
            act()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = tuple(dict.fromkeys((int(row[0]), str(row[4][0])) for row in rows))
            act = partial(future.set_result, found)
        except (OSError, UnicodeError) as error:
            failure = error if isinstance(error, OSError) else NameAbsentError(str(error))
            act = partial(future.set_exception, failure)
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, act)

    threading.Thread(target=look_up, daemon=True, name=f"lookup {host}").start()
    return future
