"""The network part of the links checker: every http(s) URL gets one verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linters.checker import NetworkOptions, ProgressListener
from linters.model.settings import LinkSettings

if TYPE_CHECKING:
    from linters.links.network.answer import Answer
    from linters.links.network.prober import ProbeResult


async def probe(
    urls: Sequence[str],
    settings: LinkSettings,
    network: NetworkOptions,
    *,
    progress: ProgressListener | None = None,
    answers: dict[tuple[str, str], Answer] | None = None,
) -> ProbeResult:
    """Ask every URL (absolute, http or https, fragment included) and judge the answers.

    ``progress`` is called with (done, total) URLs. ``answers`` are those of this run by URL
    and conditions: what is there is not asked again, what is new is added. Never raises for
    what a URL or a server is like: that is its outcome.
    """
    from linters.links.network.prober import Prober  # aiohttp is slow to import

    return await Prober(settings, network, progress, answers=answers).run(urls)
