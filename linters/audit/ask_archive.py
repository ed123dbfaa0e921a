"""Asks an archive for copies, through the guarded client of the links check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from linters.audit.archive import DEFAULT_ARCHIVE, find_copies
from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkCheck
from linters.model.errors import UserError
from linters.model.settings import LinkSettings

_MAX_ANSWER = 64 * 1024
_AT_ONCE = 16


def ask_archive(
    settings: LinkSettings, network: NetworkOptions, base: str | None, urls: Sequence[str]
) -> Mapping[str, str]:
    """The copies that an archive has of some pages, by URL; none without the network.

    ``base`` is the archive's URL (None: the Wayback Machine); UserError where it is not one.
    """
    base = base or DEFAULT_ARCHIVE
    if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
        raise UserError(f"--archive: expected the URL of an archive, got {base!r}")
    if network.offline or not urls:
        return {}
    import asyncio

    plain = replace(network, cache_dir=None)
    return asyncio.run(_ask(settings, plain, base, urls))


async def _ask(
    settings: LinkSettings, network: NetworkOptions, base: str, urls: Sequence[str]
) -> Mapping[str, str]:
    import asyncio

    check = NetworkCheck(settings, network)

    async def fetch(url: str) -> bytes | None:
        with suppress(ValueError):  # not a URL after all
            answer = await check.get(url, _MAX_ANSWER)
            return answer.body if answer is not None and answer.status == 200 else None
        return None

    try:
        shares = [urls[start::_AT_ONCE] for start in range(min(_AT_ONCE, len(urls)))]
        found = await asyncio.gather(*(find_copies(share, fetch, base) for share in shares))
    finally:
        await check.close()
    return {url: copy for share in found for url, copy in share.items()}
