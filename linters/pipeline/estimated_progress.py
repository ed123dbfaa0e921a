"""Progress of the links while articles are still read."""

from __future__ import annotations

from linters.checker import ProgressListener
from linters.model.link import Verdict


class EstimatedProgress:
    """Passes progress on, with the number of links that all articles may have.

    Links are requested as soon as their article is read, so that those known so far are soon done:
    the time left would be zero all the time. ``read`` is how many of ``articles`` are read.
    """

    def __init__(self, listener: ProgressListener, articles: int) -> None:
        self._listener = listener
        self._articles = articles
        self.read = 0

    def __call__(self, done: int, total: int, verdict: Verdict | None = None) -> None:
        """As ``ProgressListener``; ``total`` counts the links known so far."""
        if 0 < self.read < self._articles:
            total = total * self._articles // self.read
        self._listener(done, total, verdict)
