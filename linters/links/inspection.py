"""A close look at one link, for ``articlelint why``: asked again, and what is stored about it."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from linters.checker import NetworkOptions
from linters.links.network.answer import Answer
from linters.links.network.answer_cache import AnswerCache, lifetime
from linters.links.network.engine import Engine
from linters.links.network.host_settings import settings_for
from linters.links.network.verdict import Judge
from linters.links.web.url_rules import UrlRules
from linters.links.web.urls import InvalidUrlError, split_target
from linters.model.link import Outcome
from linters.model.settings import LinkSettings
from linters.store.cache import exists


@dataclass(frozen=True, slots=True)
class Connection:
    """One server on the way: its address, and what its TLS shows, in words."""

    server: str
    address: str
    tls: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What an earlier run stored; ``until`` is when it expires (seconds since the epoch)."""

    answer: Answer
    outcome: Outcome
    until: float


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that is known about one URL; ``fresh`` and ``answer`` come from asking it now (both
    None offline, the answer also where nothing was to be asked)."""

    asked: str
    fresh: Outcome | None
    answer: Answer | None
    connections: tuple[Connection, ...]
    stored: Stored | None
    seconds: float = 0.0

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of asking it now, else of what is stored."""
        return self.fresh or (self.stored.outcome if self.stored else None)


def inspect(
    url: str,
    settings: LinkSettings,
    network: NetworkOptions,
    nameservers: tuple[tuple[str, int], ...] = (),
) -> Inspection:
    """Ask a URL past the cache, unless offline, and look up what the cache has.

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
    connections: dict[str, Connection] = {}

    def observe(host: str, port: int, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("peername")
        secure = transport.get_extra_info("ssl_object")
        server = f"{host}:{port}"
        tls = None if secure is None else _tls(secure)
        connections.setdefault(server, Connection(server, str(peer[0]) if peer else "?", tls))

    loop = asyncio.get_running_loop()
    started = loop.time()
    engine = Engine(
        settings,
        replace(network, cache_dir=None),
        nameservers=nameservers,
        on_answer=lambda answer, _: answers.append(answer),
        observe=observe,
    )
    await engine.add([url])
    outcomes = await engine.finish()
    answer = answers[-1] if answers and answers[-1].asked else None
    seconds = loop.time() - started
    found = tuple(connections.values())
    return Inspection(asked, outcomes[url], answer, found, stored, seconds)


def _tls(connection: Any) -> str:
    """What a verified handshake showed."""
    certificate = connection.getpeercert() or {}
    cipher = connection.cipher()
    parts = (
        connection.version(),
        cipher[0] if cipher else None,
        f"certificate of {_name(certificate.get('subject'))}",
        f"issued by {_name(certificate.get('issuer'))}",
        f"valid until {_until(certificate.get('notAfter'))}",
    )
    return ", ".join(filter(None, parts))


def _name(entries: object) -> str:
    """The common name, or what there is, of a subject or issuer as ``getpeercert`` has it."""
    pairs: dict[str, str] = {}
    if isinstance(entries, tuple):
        pairs = {key: value for entry in entries for key, value in entry}
    for key in ("commonName", "organizationalUnitName", "organizationName"):
        if pairs.get(key):
            return pairs[key]
    return "(no name)"


def _until(text: object) -> str:
    if not isinstance(text, str):
        return "?"
    when = datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
    return f"{when:%Y-%m-%d}"


def _stored(asked: str, settings: LinkSettings, network: NetworkOptions) -> Stored | None:
    """What the cache or the journal has for the URL; reading creates neither."""
    journal = network.journal
    if not (journal.path.is_file() if journal is not None else exists(network.cache_dir)):
        return None
    base = asked.partition("#")[0]
    try:
        host = split_target(base).host
    except InvalidUrlError:
        return None
    cache = AnswerCache(network, settings.fresh)
    try:
        answer = cache.stored(base, settings_for(host, settings, network.allow_env).conditions)
    finally:
        cache.close()
    if answer is None:
        return None
    outcome = Judge(settings, network, UrlRules.of(settings)).outcome(asked, answer)
    until = answer.asked + lifetime(asked, outcome.verdict, settings.fresh)
    return Stored(answer, outcome, until)
