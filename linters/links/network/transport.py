"""One request to one server, by connections of aiohttp's connector."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from ipaddress import ip_address
from typing import Any

from aiohttp import (
    BasicAuth,
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorSSLError,
    ClientError,
    ClientHttpProxyError,
    ClientProxyConnectionError,
    ClientTimeout,
    TCPConnector,
)
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from yarl import URL

from linters.links.network.address import IPNetwork, allowed
from linters.links.network.answer import FailureKind
from linters.links.network.certificates import (
    Shown,
    client_context,
    judge_certificate,
    judge_handshake,
    look,
)
from linters.links.network.head import Head
from linters.links.network.proxies import proxies_from
from linters.links.network.resolver import (
    NameAbsentError,
    NameFailedError,
    NotPublicError,
    Resolver,
)
from linters.links.network.urls import Target
from linters.links.network.wire import (
    ClosedError,
    GarbledError,
    NotHttpError,
    TooLargeError,
    Wire,
    WireError,
)

_LOOK_SECONDS = 5.0
_NO_LIMIT = ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None)
_WIRE_FAILURES: tuple[tuple[type[WireError], FailureKind], ...] = (
    (ClosedError, FailureKind.RESET),
    (TooLargeError, FailureKind.TOO_LARGE),
    (GarbledError, FailureKind.GARBLED),
    (NotHttpError, FailureKind.PROTOCOL),
)


class AskError(Exception):
    """No answer: the kind of failure and a reason in words.

    ``connecting`` says that the server was not even reached, so the method is not to blame.
    """

    def __init__(self, kind: FailureKind, reason: str, *, connecting: bool = False) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.connecting = connecting


class Reply:
    """An answer's head, and its content on demand; ``close`` in any case."""

    def __init__(self, head: Head, wire: Wire, connection: Connection) -> None:
        self.head = head
        self.address = wire.address
        self._wire = wire
        self._connection = connection

    async def pieces(self) -> AsyncIterator[bytes]:
        """The content as it comes, transfer coding removed; TransferError when it breaks."""
        while piece := await self._wire.more():
            yield piece

    def close(self, *, keep: bool = True) -> None:
        """Give the connection back for another request, or close it."""
        if keep:
            self._connection.release()
        else:
            self._connection.close()


class Connector(TCPConnector):
    """aiohttp's connector with our protocol on its connections."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._factory: Any = partial(Wire, loop=self._loop)


class Transport:
    """Connections to all servers of a run.

    ``networks`` are the exceptions from the address guard; ``proxies`` as in
    ``proxies_from``. OSError or ssl.SSLError when an authority file cannot be read.
    """

    def __init__(
        self,
        networks: tuple[IPNetwork, ...],
        ca_files: tuple[str, ...] = (),
        proxies: Mapping[str, str] | None = None,
        nameservers: tuple[tuple[str, int], ...] = (),
    ) -> None:
        self._networks = networks
        self._ca_files = ca_files
        self._context: ssl.SSLContext | None = None
        if ca_files:
            self._verifying()
        self._proxy = proxies_from(proxies)
        self._resolver = Resolver(networks, nameservers=nameservers)
        self._direct = self._connector(self._resolver, self._guarded_socket)
        self._proxied = self._connector(Resolver(networks, guarded=False), None)
        self._requests: dict[tuple[str, str, int], tuple[ClientRequest, Connector]] = {}
        self._wants: dict[tuple[str, str, int], bool] = {}

    def _connector(self, resolver: Resolver, factory: Any) -> Connector:
        return Connector(
            resolver=resolver,
            use_dns_cache=False,
            limit=0,
            keepalive_timeout=15,
            socket_factory=factory,
        )

    def _verifying(self) -> ssl.SSLContext:
        """How servers are verified; reading the authorities takes as long as a hundred links."""
        if self._context is None:
            self._context = client_context(self._ca_files)
        return self._context

    def _guarded_socket(self, info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not allowed(str(address[0]), self._networks):
            raise NotPublicError(f"{address[0]} is not a public address")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    def through_proxy(self, target: Target) -> bool:
        """Whether a proxy of the environment is asked for this target."""
        return self._proxy(target.scheme, target.host, target.port) is not None

    async def ask(self, method: str, target: Target, fields: str, seconds: float) -> Reply:
        """Send one request and read the head of its answer, within some seconds.

        ``fields`` are header lines, each ended by CRLF. AskError when there is no answer.
        """
        request, connector = self._request_of(target)
        path = target.path
        if request.proxy is not None and target.scheme == "http":
            path = target.url
            if proxy_auth := request.headers.get("Proxy-Authorization"):
                fields += f"Proxy-Authorization: {proxy_auth}\r\n"
        text = f"{method} {path} HTTP/1.1\r\nHost: {target.authority}\r\n{fields}\r\n"
        reached = False

        def reaching() -> None:
            nonlocal reached
            reached = True

        try:
            async with asyncio.timeout(seconds):
                return await _exchange(connector, request, method, text.encode("latin-1"), reaching)
        except TimeoutError as error:
            if reached:
                raise AskError(FailureKind.TIMEOUT, f"no answer within {seconds:g} s") from error
            if request.proxy is None and self._resolver.is_looking_up(target.host):
                reason = f"no name server answered for {target.host} in time"
                raise AskError(FailureKind.NAME_FAILED, reason, connecting=True) from error
            reason = f"no connection within {seconds:g} s"
            raise AskError(FailureKind.TIMEOUT, reason, connecting=True) from error
        except WireError as error:
            kind = next(kind for type_, kind in _WIRE_FAILURES if isinstance(error, type_))
            if kind is FailureKind.RESET and await self.wants_certificate(target):
                kind = FailureKind.TLS_UNDECIDED
                raise AskError(kind, "the server wants a client certificate") from error
            raise AskError(kind, str(error)) from error
        except (ClientError, OSError, ValueError) as error:
            raise await self._unreached(target, error) from error

    def _judge_literal(self, target: Target) -> None:
        if ":" in target.host or target.host[-1:].isdigit():
            try:
                ip_address(target.host)
            except ValueError:
                return
            if not allowed(target.host, self._networks):
                reason = f"{target.host} is not a public address"
                raise AskError(FailureKind.NOT_PUBLIC, reason, connecting=True)

    def _request_of(self, target: Target) -> tuple[ClientRequest, Connector]:
        known = self._requests.get(target.origin)
        if known is None:
            self._judge_literal(target)
            url = URL(f"{target.scheme}://{target.authority}/", encoded=True)
            proxy = self._proxy(target.scheme, target.host, target.port)
            options: dict[str, Any] = {}
            if target.scheme == "https" or (proxy is not None and proxy.startswith("https:")):
                options["ssl"] = self._verifying()
            if proxy is not None:
                address = URL(proxy)
                if address.user:
                    options["proxy_auth"] = BasicAuth(address.user, address.password or "")
                options["proxy"] = address.with_user(None)
            loop = asyncio.get_running_loop()
            made = ClientRequest("GET", url, loop=loop, **options)
            known = (made, self._direct if proxy is None else self._proxied)
            self._requests[target.origin] = known
        return known

    async def wants_certificate(self, target: Target) -> bool:
        """Whether an https server asks for a client certificate; looked up once."""
        if target.scheme != "https" or self.through_proxy(target):
            return False
        if target.origin not in self._wants:
            self._wants[target.origin] = (await self._look(target)).wants_certificate
        return self._wants[target.origin]

    async def _look(self, target: Target) -> Shown:
        if self.through_proxy(target):
            return Shown()
        try:
            found = await self._addresses(target)
        except OSError:
            return Shown()
        return await look(found[0], target.port, target.host.rstrip("."), _LOOK_SECONDS)

    async def _addresses(self, target: Target) -> list[str]:
        try:
            return [str(ip_address(target.host))]
        except ValueError:
            return [address for _, address in await self._resolver.addresses(target.host)]

    async def _unreached(self, target: Target, error: Exception) -> AskError:
        kind, reason = await self._explain(target, error)
        return AskError(kind, reason, connecting=True)

    async def _explain(self, target: Target, error: Exception) -> tuple[FailureKind, str]:
        if isinstance(error, ClientProxyConnectionError | ClientHttpProxyError):
            return FailureKind.UNREACHABLE, f"the proxy does not help: {error}"
        cause = _cause_of(error)
        if isinstance(cause, NotPublicError):
            return FailureKind.NOT_PUBLIC, str(cause)
        if isinstance(cause, NameAbsentError):
            return FailureKind.NAME_ABSENT, str(cause)
        if isinstance(cause, NameFailedError):
            return FailureKind.NAME_FAILED, str(cause)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return judge_certificate(cause, target.host, await self._look(target))
        closed = isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError | ConnectionError)
        if target.scheme == "https" and closed and not isinstance(cause, ConnectionRefusedError):
            shown = await self._look(target)
            if shown.outdated or shown.wants_certificate:
                return judge_handshake(ssl.SSLError(0, ""), shown)
            return FailureKind.RESET, "the connection was closed during the TLS handshake"
        if isinstance(cause, ssl.SSLError):
            return judge_handshake(cause, await self._look(target))
        return _explain_socket(cause)

    async def close(self) -> None:
        """Close every connection."""
        await self._direct.close()
        await self._proxied.close()
        await self._resolver.close()


async def _exchange(
    connector: Connector,
    request: ClientRequest,
    method: str,
    text: bytes,
    reaching: Callable[[], None],
) -> Reply:
    """Ask on an idle connection or a new one; ``reaching`` is called when one stands."""
    while True:
        connection = await connector.connect(request, [], _NO_LIMIT)
        reaching()
        wire = connection.protocol
        assert isinstance(wire, Wire)
        if request.proxy is not None:
            wire.address = None
        try:
            return Reply(await wire.ask(method, text), wire, connection)
        except (ClosedError, NotHttpError) as error:
            connection.close()
            if wire.uses == 1 or (isinstance(error, ClosedError) and error.started):
                raise
            # else an idle connection that the server had given up, or where the content of an
            # answer to HEAD was still on its way
        except BaseException:
            connection.close()
            raise


def _cause_of(error: Exception) -> BaseException:
    """What lies under an error of aiohttp's connector."""
    if isinstance(error, ClientConnectorCertificateError):
        return error.certificate_error
    if isinstance(error, ClientConnectorDNSError | ClientConnectorSSLError):
        return error.os_error
    if isinstance(error, ClientError) and isinstance(error, OSError):
        cause: BaseException = getattr(error, "os_error", error)
        return cause
    return error


def _explain_socket(cause: BaseException) -> tuple[FailureKind, str]:
    if isinstance(cause, ConnectionRefusedError):
        return FailureKind.REFUSED, "the connection was refused"
    if isinstance(cause, ConnectionError):
        return FailureKind.RESET, "the connection was reset before it stood"
    if isinstance(cause, TimeoutError):
        return FailureKind.TIMEOUT, "no connection in time"
    number = getattr(cause, "errno", None)
    if number in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL):
        return FailureKind.UNREACHABLE, "no way leads to the server from here"
    if number == errno.EACCES or number == errno.EPERM:
        return FailureKind.UNREACHABLE, "this machine does not let the request out"
    text = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    kind = FailureKind.REFUSED if "refused" in text.lower() else FailureKind.UNREACHABLE
    if isinstance(cause, ValueError):
        kind = FailureKind.INVALID_URL
    return kind, text
