"""How far the links of a run are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from linters.model.link import Verdict


class ProgressState:
    """How many links have an answer, with which verdicts, and how fast they come."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._started = clock()
        self.done = 0
        self.total = 0
        self.verdicts: Counter[Verdict] = Counter()

    @property
    def rate(self) -> float:
        """Links per second since the start."""
        elapsed = self._clock() - self._started
        return self.done / elapsed if elapsed > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this rate; None while nothing is known."""
        return (self.total - self.done) / self.rate if self.rate else None

    def text(self) -> str:
        """``20 of 100 links, 5/s, 0:16 left, 18 ok, 2 broken``."""
        parts = [f"{self.done:,} of {self.total:,} links", f"{self.rate:.0f}/s"]
        if self.seconds_left is not None:
            minutes, seconds = divmod(round(self.seconds_left), 60)
            parts.append(f"{minutes}:{seconds:02} left")
        return ", ".join([*parts, *self.verdict_parts()])

    def verdict_parts(self) -> list[str]:
        """The number of links by verdict, as far as verdicts are known."""
        return [f"{self.verdicts[v]:,} {v}" for v in Verdict if self.verdicts[v]]
