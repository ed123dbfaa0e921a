"""A close look at one link, for ``articlelint why``: asked anew, and what is stored of it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from linters.checker import NetworkOptions
from linters.links.network.address import InvalidUrlError
from linters.links.network.answer import Answer
from linters.links.network.certificates import client_context
from linters.links.network.freshness import lifetime
from linters.links.network.host_settings import manners_for
from linters.links.network.matching import UrlRules
from linters.links.network.prober import Prober
from linters.links.network.proxies import proxies_from
from linters.links.network.resolver import Resolver
from linters.links.network.urls import Target, split_target
from linters.links.network.verdict import judge
from linters.model.link import Outcome
from linters.model.settings import LinkSettings
from linters.store.cache_location import FILE_NAME

_MAX_ORIGINS = 12
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Origin:
    """One server on the way: its addresses, and what its TLS shows, in words."""

    name: str
    addresses: tuple[str, ...]
    tls: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What an earlier run stored; seconds since the epoch. ``until`` is when it expires."""

    answer: Answer
    outcome: Outcome
    until: float


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that is known of one URL; ``outcome`` and ``answer`` are of asking it now (both
    None offline, the answer also where nothing was to be asked)."""

    asked: str
    outcome: Outcome | None
    answer: Answer | None
    origins: tuple[Origin, ...]
    stored: Stored | None
    seconds: float = 0.0

    @property
    def told(self) -> Outcome | None:
        """The verdict of asking it now, else of what is stored."""
        return self.outcome or (self.stored.outcome if self.stored else None)


def inspect(
    url: str,
    settings: LinkSettings,
    network: NetworkOptions,
    nameservers: tuple[tuple[str, int], ...] = (),
) -> Inspection:
    """Ask a URL without the store, unless offline, and look up what the store has.

    Nothing is stored by it. ``nameservers`` are (address, port); empty for the system's.
    """
    asked = UrlRules.of(settings).remapped(url)
    stored = _stored(asked, settings, network)
    if network.offline:
        return Inspection(asked, None, None, (), stored)
    return asyncio.run(_ask(url, asked, settings, network, stored, nameservers))


async def _ask(
    url: str,
    asked: str,
    settings: LinkSettings,
    network: NetworkOptions,
    stored: Stored | None,
    nameservers: tuple[tuple[str, int], ...],
) -> Inspection:
    answers: list[Answer] = []
    prober = Prober(
        settings,
        replace(network, cache_dir=None),
        nameservers=nameservers,
        on_answer=answers.append,
    )
    loop = asyncio.get_running_loop()
    started = loop.time()
    result = await prober.run((url,))
    seconds = loop.time() - started
    answer = answers[-1] if answers else None
    resolver = Resolver(network.allow_network, nameservers=nameservers)
    try:
        origins = [
            await _origin(target, resolver, settings)
            for target in dict.fromkeys(_targets(answer) if answer else ())
        ]
    finally:
        await resolver.close()
    return Inspection(asked, result.outcomes[url], answer, tuple(origins), stored, seconds)


def _targets(answer: Answer) -> Iterator[Target]:
    """One URL per origin on the way, in order."""
    seen: set[tuple[str, str, int]] = set()
    for url in (*(step.url for step in answer.steps), answer.final_url):
        try:
            target = split_target(url)
        except InvalidUrlError:
            continue
        if target.origin not in seen and len(seen) < _MAX_ORIGINS:
            seen.add(target.origin)
            yield target


async def _origin(target: Target, resolver: Resolver, settings: LinkSettings) -> Origin:
    name = f"{target.host}:{target.port}"
    try:
        async with asyncio.timeout(_SECONDS):
            found = await resolver.addresses(target.host)
    except (OSError, TimeoutError) as error:
        return Origin(name, (), str(error) if isinstance(error, OSError) and str(error) else None)
    addresses = tuple(address for _, address in found)
    tls = None
    if proxies_from()(target.scheme, target.host, target.port) is not None:
        tls = "asked through a proxy"
    elif target.scheme == "https":
        tls = await _handshake(addresses[0], target, settings)
    return Origin(name, addresses, tls)


async def _handshake(address: str, target: Target, settings: LinkSettings) -> str:
    """What a verified handshake shows, or why it fails."""
    try:
        context = client_context(settings.ca_files)
        async with asyncio.timeout(_SECONDS):
            _, writer = await asyncio.open_connection(
                address, target.port, ssl=context, server_hostname=target.host
            )
    except TimeoutError:
        return "no handshake in time"
    except (OSError, ValueError) as error:
        return f"fails: {_reason(error)}"
    connection = writer.get_extra_info("ssl_object")
    writer.transport.abort()
    certificate = connection.getpeercert() or {}
    cipher = connection.cipher()
    return ", ".join(
        filter(
            None,
            (
                connection.version(),
                cipher[0] if cipher else None,
                f"certificate of {_name(certificate.get('subject'))}",
                f"issued by {_name(certificate.get('issuer'))}",
                f"valid until {_until(certificate.get('notAfter'))}",
            ),
        )
    )


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return str(error.verify_message)
    return str(getattr(error, "reason", None) or getattr(error, "strerror", None) or error)


def _name(entries: object) -> str:
    """The common name, or what there is, of a subject or issuer as ``getpeercert`` has it."""
    pairs: dict[str, str] = {}
    if isinstance(entries, tuple):
        pairs = {key: value for entry in entries for key, value in entry}
    for key in ("commonName", "organizationalUnitName", "organizationName"):
        if pairs.get(key):
            return pairs[key]
    return "nobody"


def _until(text: object) -> str:
    if not isinstance(text, str):
        return "?"
    when = datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
    return f"{when:%Y-%m-%d}"


def _stored(asked: str, settings: LinkSettings, network: NetworkOptions) -> Stored | None:
    """What the store has for the URL; reading creates no store."""
    folder = network.cache_dir
    if folder is None or not (Path(folder) / FILE_NAME).exists():
        return None
    from linters.links.network.answer_cache import Memory

    base = asked.partition("#")[0]
    try:
        host = split_target(base).host
    except InvalidUrlError:
        return None
    memory = Memory(folder, settings.fresh)
    try:
        conditions = manners_for(host, settings, network.allow_env).conditions
        answer = memory.stored(base, conditions)
    finally:
        memory.close()
    if answer is None:
        return None
    outcome = judge(asked, answer, settings, network.allow_network)
    return Stored(answer, outcome, answer.when + lifetime(asked, outcome.verdict, settings.fresh))
