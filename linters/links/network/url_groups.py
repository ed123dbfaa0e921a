"""The URLs of a run: which are asked together, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from linters.checker import ProgressListener
from linters.links.web.url_rules import UrlRules
from linters.model.link import Cause, Outcome, Verdict

_EXCLUDED = Outcome(Verdict.SKIPPED, Cause.EXCLUDED, "excluded by configuration")
_MOST_SHARED = 4096


class UrlGroups:
    """URLs by their base (all but the fragment), each asked once however often it is added.

    A group is the number of a base; links can be added to it until it is opened. ``progress``
    is called for every outcome.
    """

    def __init__(self, rules: UrlRules, progress: ProgressListener | None) -> None:
        self._rules = rules
        self._progress = progress
        self._remapped: dict[str, str] = {}
        self._outcomes: dict[str, Outcome | None] = {}  # by URL as asked
        self._shared: dict[tuple[Outcome, float | None], Outcome] = {}  # one for equal ones
        self._numbers: dict[str, int] = {}  # of groups that are not open yet
        self._groups: dict[int, str | tuple[str, ...]] = {}  # one URL alone needs no tuple
        self._count = 0
        self._done = 0

    @property
    def left(self) -> int:
        """How many URLs have no outcome yet."""
        return len(self._outcomes) - self._done

    def add(self, url: str, *, compares: bool = True) -> int | None:
        """Add a URL as it is written; the number of its group where that is new.

        Without ``compares`` it is not compared with the patterns of the configuration: it will
        not be asked.
        """
        asked = self._rules.remapped(url) if compares else self._remapped.get(url, url)
        if asked != url:
            self._remapped[url] = asked
        if asked in self._outcomes:
            return None
        self._outcomes[asked] = None
        if compares and (
            self._rules.excluded(url) or (asked != url and self._rules.excluded(asked))
        ):
            self.settle(asked, _EXCLUDED)
            return None
        base = asked.partition("#")[0]
        number = self._numbers.get(base)
        if number is not None:
            self._groups[number] = (*self.at(number)[1], asked)
            return None
        self._count += 1
        self._numbers[base] = self._count
        self._groups[self._count] = asked
        return self._count

    def open(self, group: int) -> tuple[str, tuple[str, ...]]:
        """The base of a group and its URLs, to which no more are added."""
        base, links = self.at(group)
        self._numbers.pop(base, None)
        return base, links

    def at(self, group: int) -> tuple[str, tuple[str, ...]]:
        """The base of a group that has no outcome yet, and its URLs."""
        links = self._groups[group]
        links = (links,) if isinstance(links, str) else links
        return links[0].partition("#")[0], links

    def settle_group(self, group: int, judge: Callable[[str], Outcome]) -> None:
        """The outcomes of a group's URLs; the first ones stay."""
        if group not in self._groups:
            return
        _, links = self.open(group)
        del self._groups[group]
        for link in links:
            self.settle(link, judge(link))

    def settle(self, asked: str, outcome: Outcome) -> None:
        """The outcome of a URL; the first one stays."""
        if self._outcomes.get(asked) is not None:
            return
        if outcome.final_url is None:
            if len(self._shared) >= _MOST_SHARED:
                self._shared.clear()
            outcome = self._shared.setdefault((outcome, outcome.asked), outcome)
        self._outcomes[asked] = outcome
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, len(self._outcomes), outcome.verdict)

    def unsettled(self) -> Iterable[int]:
        """The groups that have no outcome yet."""
        return tuple(self._groups)

    def outcomes(self) -> Mapping[str, Outcome]:
        """The outcome of every URL, as it is written."""
        return _Outcomes(self._outcomes, self._remapped)


class _Outcomes(Mapping[str, Outcome]):
    """A view that needs no second table of all URLs."""

    def __init__(self, asked: Mapping[str, Outcome | None], remapped: Mapping[str, str]) -> None:
        self._asked = asked
        self._remapped = remapped

    def __getitem__(self, url: str) -> Outcome:
        outcome = self._asked[self._remapped.get(url, url)]
        if outcome is None:
            raise KeyError(url)
        return outcome

    def __iter__(self) -> Iterator[str]:
        yield from self._remapped
        for url, outcome in self._asked.items():
            if url not in self._remapped and outcome is not None:
                yield url

    def __len__(self) -> int:
        return sum(1 for _ in self)
