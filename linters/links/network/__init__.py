"""The network part of the links checker: every http(s) URL gets one verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from linters.checker import Network
from linters.model.link import Outcome
from linters.model.settings import LinkSettings


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """One outcome for every URL given; ``interrupted`` by Ctrl-C or SIGTERM."""

    outcomes: Mapping[str, Outcome]
    interrupted: bool = False


async def probe(
    urls: Sequence[str],
    settings: LinkSettings,
    network: Network,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> ProbeResult:
    """Ask every URL (absolute, http or https, fragment included) and judge the answers.

    ``progress`` is called with (done, total) URLs. Never raises for what a URL or a server
    is like: that is its outcome.
    """
    from linters.links.network.prober import Prober  # aiohttp is slow to import

    return await Prober(settings, network, progress).run(urls)
