"""One request to one server: aiohttp's client with our resolver and our sockets."""

from __future__ import annotations

import asyncio
import errno
import inspect
import socket
import ssl
from collections.abc import Mapping
from typing import Any

from aiohttp import (
    BasicAuth,
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorSSLError,
    ClientError,
    ClientHttpProxyError,
    ClientProxyConnectionError,
    ClientResponseError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    ServerDisconnectedError,
)
from multidict import CIMultiDict
from yarl import URL

from linters.links.network.address import IPNetwork, allowed, is_localhost, localhost_addresses
from linters.links.network.answer import FailureKind, RequestError
from linters.links.network.certificates import (
    Shown,
    client_context,
    judge_certificate,
    judge_handshake,
    look,
)
from linters.links.network.connector import (
    CALL,
    MAX_HEAD,
    Call,
    Connector,
    Observer,
    SecondConnectionError,
)
from linters.links.network.lenient import LenientReply, content_length
from linters.links.network.proxies import proxies_from
from linters.links.network.replies import ClientReply, Reply
from linters.links.network.resolver import (
    NameAbsentError,
    NameFailedError,
    NotPublicError,
    Resolver,
)
from linters.links.web.head import Head, text_of
from linters.links.web.urls import Target

_LOOK_SECONDS = 5.0
_READ_BUFFER = 16 * 1024
_MAX_FIELDS = 4096
_NO_LIMIT = ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None)

Headers = CIMultiDict[str]


class Client:
    """Connections to all servers of a run.

    ``networks`` are the exceptions from the address guard; ``proxies`` as in ``proxies_from``;
    ``observe`` is called with host, port and transport of every new connection. UserError when
    an authority file cannot be read.
    """

    def __init__(
        self,
        networks: tuple[IPNetwork, ...],
        ca_files: tuple[str, ...] = (),
        proxies: Mapping[str, str] | None = None,
        nameservers: tuple[tuple[str, int], ...] = (),
        observe: Observer | None = None,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._networks = networks
        self._ca_files = ca_files
        self._context: ssl.SSLContext | None = None
        if ca_files:
            self._verifying()
        self._proxy = proxies_from(proxies)
        self.resolver = Resolver(networks, nameservers=nameservers)
        self._observe = observe
        self._direct = self._session(self.resolver, self._guarded_socket)
        self._proxied: ClientSession | None = None
        self._options: dict[tuple[str, str, int], dict[str, Any]] = {}
        self._wants: dict[tuple[str, str, int], bool] = {}

    def _session(self, resolver: Resolver, factory: Any) -> ClientSession:
        connector = Connector(
            self._observe,
            resolver=resolver,
            use_dns_cache=False,
            limit=0,
            keepalive_timeout=15,
            socket_factory=factory,
        )
        options: dict[str, Any] = {"max_line_size": MAX_HEAD, "max_field_size": MAX_HEAD}
        if "max_headers" in inspect.signature(ClientSession).parameters:
            options["max_headers"] = _MAX_FIELDS
        return ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=DummyCookieJar(),
            timeout=_NO_LIMIT,
            read_bufsize=_READ_BUFFER,
            **options,
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

    async def ask(
        self, method: str, target: Target, headers: Headers, seconds: float, limit: str
    ) -> Reply:
        """Send one request and read the head of its answer, within some seconds.

        ``limit`` names the setting that they come from. RequestError without an answer.
        """
        options = self._options.get(target.origin)
        if options is None:
            try:
                self._literal(target.host)  # a proxy would look it up on its own
            except NotPublicError as error:
                raise RequestError(FailureKind.NOT_PUBLIC, str(error), connecting=True) from error
            options = self._options[target.origin] = self._options_for(target)
        task = asyncio.current_task(self._loop)
        assert task is not None
        call = Call(task, "proxy" not in options)
        CALL.set(call)
        # As asyncio.timeout, at a third of its cost.
        timer = self._loop.call_later(seconds, call.expire)
        try:
            try:
                return await self._send(method, target, headers, options, call)
            except asyncio.CancelledError:
                if not call.expired or task.uncancel() > 0:
                    raise
                raise TimeoutError from None
            finally:
                timer.cancel()
        except TimeoutError as error:
            if call.reached:
                reason = f"no response within {limit}"
                raise RequestError(FailureKind.TIMEOUT, reason) from error
            if call.direct and self.resolver.is_looking_up(target.host):
                reason = f"name servers did not answer for {target.host}"
                raise RequestError(FailureKind.NAME_FAILED, reason, connecting=True) from error
            reason = f"no connection within {limit}"
            raise RequestError(FailureKind.TIMEOUT, reason, connecting=True) from error
        except (ClientError, OSError, ValueError, SecondConnectionError) as error:
            if call.refused is not None:
                many = "1xx" in call.refused
                kind = FailureKind.GARBLED if many else FailureKind.TOO_LARGE
                raise RequestError(kind, call.refused) from error
            if call.reached and not isinstance(error, ClientConnectorSSLError):
                raise await self._closed(target, error) from error
            kind, reason = await self._explain(target, error)
            raise RequestError(kind, reason, connecting=True) from error

    async def _send(
        self, method: str, target: Target, headers: Headers, options: dict[str, Any], call: Call
    ) -> Reply:
        session = self._direct if call.direct else self._through_proxy()
        url = URL(target.url, encoded=True)
        try:
            response = await session.request(
                method, url, headers=headers, allow_redirects=False, **options
            )
        except ClientHttpProxyError:
            raise
        except ClientResponseError as error:
            if not call.direct:
                reason = f"malformed response: {text_of('', error.message)}"
                raise RequestError(FailureKind.GARBLED, reason) from error
            return await self._ask_leniently(method, target, headers)
        head = Head(response.status, response.reason or "", response.headers)
        try:
            if head.status == 101:
                raise RequestError(FailureKind.PROTOCOL, "unexpected 101 response")
            if len(head.headers.getall("content-length", ())) > 1:
                content_length(head)
        except RequestError:
            response.close()
            raise
        return ClientReply(head, call, response)

    def _through_proxy(self) -> ClientSession:
        if self._proxied is None:
            self._proxied = self._session(Resolver(self._networks, guarded=False), None)
        return self._proxied

    async def _ask_leniently(self, method: str, target: Target, headers: Headers) -> Reply:
        """The same request on a connection of its own, its answer read by ourselves."""
        reader, writer = await self._open(target)
        try:
            lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.authority}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            text = "\r\n".join([*lines, "Connection: close", "", ""])
            writer.write(text.encode("latin-1"))
            reply = LenientReply(reader, writer)
            await reply.read_head()
        except BaseException:
            writer.transport.abort()
            raise
        return reply

    async def _open(self, target: Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the first address that takes it; every one was found allowed."""
        secure: dict[str, Any] = {}
        if target.scheme == "https":
            name = target.host.rstrip(".")
            secure = {"ssl": self._verifying(), "server_hostname": name}
        problem: OSError | None = None
        for address in await self._addresses(target):
            try:
                return await asyncio.open_connection(address, target.port, limit=MAX_HEAD, **secure)
            except OSError as error:
                problem = error
        raise problem or NameFailedError(f"{target.host} has no address")

    def _literal(self, host: str) -> list[str] | None:
        """The allowed addresses of a host that needs no lookup; None for one that does.

        NotPublicError where none is allowed.
        """
        if is_localhost(host):
            found = list(localhost_addresses(self._networks))
        elif ":" in host or host[-1:].isdigit():
            try:
                found = [host] if allowed(host, self._networks) else []
            except ValueError:
                return None
        else:
            return None
        if not found:
            raise NotPublicError(f"{host} is not a public address")
        return found

    def _options_for(self, target: Target) -> dict[str, Any]:
        proxy = self._proxy(target.scheme, target.host, target.port)
        options: dict[str, Any] = {}
        if target.scheme == "https" or (proxy is not None and proxy.startswith("https:")):
            options["ssl"] = self._verifying()
        if proxy is not None:
            address = URL(proxy)
            if address.user:
                options["proxy_auth"] = BasicAuth(address.user, address.password or "")
            options["proxy"] = address.with_user(None)
        return options

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
        literal = self._literal(target.host)
        if literal is not None:
            return literal
        return [address for _, address in await self.resolver.addresses(target.host)]

    async def _closed(self, target: Target, error: Exception) -> RequestError:
        """Why a connection that had been made gave no answer."""
        if isinstance(error, ClientProxyConnectionError | ClientHttpProxyError):
            return RequestError(FailureKind.UNREACHABLE, f"proxy error: {error}", connecting=True)
        if await self.wants_certificate(target):
            reason = "the server requires a client certificate"
            return RequestError(FailureKind.TLS_UNDECIDED, reason)
        reset = isinstance(_cause_of(error), ConnectionResetError)
        said = "closed" if isinstance(error, ServerDisconnectedError) or not reset else "reset"
        return RequestError(FailureKind.RESET, f"connection {said} before the response")

    async def _explain(self, target: Target, error: Exception) -> tuple[FailureKind, str]:
        """Why no connection was made."""
        if isinstance(error, ClientProxyConnectionError | ClientHttpProxyError):
            return FailureKind.UNREACHABLE, f"proxy error: {error}"
        cause = _cause_of(error)
        for kind, known in (
            (NotPublicError, FailureKind.NOT_PUBLIC),
            (NameAbsentError, FailureKind.NAME_ABSENT),
            (NameFailedError, FailureKind.NAME_FAILED),
        ):
            if isinstance(cause, kind):
                return known, str(cause)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return judge_certificate(cause, target.host, await self._look(target))
        closed = isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError | ConnectionError)
        if target.scheme == "https" and closed and not isinstance(cause, ConnectionRefusedError):
            shown = await self._look(target)
            if shown.outdated or shown.wants_certificate:
                return judge_handshake(ssl.SSLError(0, ""), shown)
            return FailureKind.RESET, "connection closed during the TLS handshake"
        if isinstance(cause, ssl.SSLError):
            return judge_handshake(cause, await self._look(target))
        return _explain_socket(cause)

    async def close(self) -> None:
        """Close every connection."""
        await self._direct.close()
        if self._proxied is not None:
            await self._proxied.close()
        await self.resolver.close()


def _cause_of(error: BaseException) -> BaseException:
    """What an error of aiohttp's connector is about."""
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
        return FailureKind.REFUSED, "connection refused"
    if isinstance(cause, ConnectionError):
        return FailureKind.RESET, "connection reset while connecting"
    if isinstance(cause, TimeoutError):
        return FailureKind.TIMEOUT, "connection timed out"
    number = getattr(cause, "errno", None)
    if number in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL):
        return FailureKind.UNREACHABLE, "network unreachable"
    if number in (errno.EACCES, errno.EPERM):
        return FailureKind.UNREACHABLE, "this machine does not allow the connection"
    text = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    kind = FailureKind.REFUSED if "refused" in text.lower() else FailureKind.UNREACHABLE
    return (FailureKind.INVALID_URL if isinstance(cause, ValueError) else kind), text
