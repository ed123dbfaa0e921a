"""The links checker for ``articlelint why``: takes known outcomes and sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linters.checker import ResolveContext
from linters.links.checker import OFFLINE, LinkChecker
from linters.links.facts import LinkFacts
from linters.model.link import Outcome


class KnownOutcomes(LinkChecker):
    """As the links checker, with the outcomes given by URL (user info masked); every other
    link of the network is skipped."""

    def __init__(self, outcomes: Mapping[str, Outcome]) -> None:
        super().__init__()
        self._outcomes = dict(outcomes)

    def __getstate__(self) -> dict[str, Any]:
        """With the outcomes: they are few."""
        return super().__getstate__() | {"_outcomes": self._outcomes}

    async def offer(self, path: str, facts: LinkFacts, run: ResolveContext) -> bool:
        """False: nothing is sent."""
        return False

    async def ask(
        self, urls: Iterator[str], run: ResolveContext
    ) -> tuple[Callable[[str], Outcome], bool]:
        """The given outcomes."""
        from linters.util.redact import masked

        return lambda url: self._outcomes.get(masked(url), OFFLINE), False
