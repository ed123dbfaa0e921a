"""The number of links is estimated while articles are read."""

from __future__ import annotations

from linters.model.link import Verdict
from linters.pipeline.estimated_progress import EstimatedProgress


def test_the_total_is_that_of_all_articles() -> None:
    said: list[tuple[int, int, Verdict | None]] = []

    def listener(done: int, total: int, verdict: Verdict | None = None) -> None:
        said.append((done, total, verdict))

    progress = EstimatedProgress(listener, 4)
    progress(0, 3)
    progress.read = 1
    progress(2, 3, Verdict.OK)
    progress.read = 4
    progress(9, 10, Verdict.BROKEN)
    assert said == [(0, 3, None), (2, 12, Verdict.OK), (9, 10, Verdict.BROKEN)]
