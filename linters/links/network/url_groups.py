"""The URLs of a run: which are asked together, and what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from linters.checker import ProgressListener
from linters.links.network.address import InvalidUrlError
from linters.links.network.matching import UrlRules
from linters.links.network.urls import split_target
from linters.model.link import Cause, Outcome, Verdict
from linters.util.redact import masked

_EXCLUDED = Outcome(Verdict.SKIPPED, Cause.EXCLUDED, "excluded by configuration")


class Gathering:
    """URLs by their base (all but the fragment), each asked once however often it is given.

    A place is the number of a base. ``progress`` is called for every answer.
    """

    def __init__(
        self,
        urls: Sequence[str],
        rules: UrlRules,
        progress: ProgressListener | None,
    ) -> None:
        self._rules = rules
        self._progress = progress
        self._asked: dict[str, str] = {}  # as given → as asked
        self._outcomes: dict[str, Outcome] = {}  # as asked
        self._plain: dict[int | None, Outcome] = {}  # one for all that simply work
        self._bases: list[str] = []
        self._links: list[tuple[str, ...]] = []
        places: dict[str, int] = {}
        for url in dict.fromkeys(urls):
            asked = rules.remapped(url)
            self._asked[url] = asked
            if asked in self._outcomes:
                continue
            if rules.excluded(url) or rules.excluded(asked):
                self._outcomes[asked] = _EXCLUDED
                continue
            base = asked.partition("#")[0]
            place = places.setdefault(base, len(self._bases))
            if place == len(self._bases):
                self._bases.append(base)
                self._links.append((asked,))
            elif asked not in self._links[place]:
                self._links[place] += (asked,)
        self._total = len({*self._asked.values()})
        self._report()

    @property
    def left(self) -> int:
        """How many URLs have no outcome yet."""
        return self._total - len(self._outcomes)

    def to_ask(self) -> Iterator[tuple[int, str]]:
        """The places with their hosts; what is no URL is settled on the way."""
        for place, base in enumerate(self._bases):
            try:
                yield place, split_target(base).host
            except InvalidUrlError as error:
                outcome = Outcome(Verdict.BROKEN, Cause.INVALID_URL, masked(str(error)))
                for link in self._links[place]:
                    self.settle(link, outcome)

    def at(self, place: int) -> tuple[str, tuple[str, ...]]:
        """The base at a place, and its URLs."""
        return self._bases[place], self._links[place]

    def settle(self, asked: str, outcome: Outcome) -> None:
        """The outcome of a URL; the first one stays."""
        if asked not in self._outcomes:
            if outcome.cause is None and not outcome.redirects:
                outcome = self._plain.setdefault(outcome.status, outcome)
            self._outcomes[asked] = outcome
            self._report(outcome.verdict)

    def settle_rest(self, outcome: Outcome) -> None:
        """The outcome of all that have none."""
        for asked in self._asked.values():
            self._outcomes.setdefault(asked, outcome)
        self._report()

    def outcomes(self) -> Mapping[str, Outcome]:
        """The outcome of every URL as it was given."""
        return {url: self._outcomes[asked] for url, asked in self._asked.items()}

    def _report(self, verdict: Verdict | None = None) -> None:
        if self._progress is not None:
            self._progress(len(self._outcomes), self._total, verdict)
