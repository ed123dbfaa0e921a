"""The first stage of the pipeline: each article read once, then cached, checked here, or sent
to the processes of an executor."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from linters.article.article import UnreadableError
from linters.checker import Context
from linters.pipeline.article_result import ArticleResult
from linters.pipeline.check_stage import ArticleTask, CheckStage
from linters.repository.repository import Repository

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from linters.pipeline.article_cache import ArticleCache

_CHUNK = 16
_CHUNK_BYTES = 1024 * 1024
_IN_FLIGHT = 4
"""Chunks per processor that wait or are worked on: enough to keep every process busy, and a
bound on the articles in memory."""

Results = Sequence[ArticleResult]


class ArticleChecks:
    """Checks articles; ``cache`` is None where nothing may be taken from it."""

    def __init__(
        self,
        stage: CheckStage,
        repository: Repository,
        context_of: Callable[[str], Context],
        cache: ArticleCache | None,
    ) -> None:
        self._stage = stage
        self._repository = repository
        self._context_of = context_of
        self._cache = cache
        self._sent: dict[str, ArticleTask] = {}

    def run(self, paths: Sequence[str], executor: Executor | None) -> Iterator[Pending]:
        """The results of the paths, each ready or to come."""
        if executor is None:
            for path in paths:
                found = self._known(path)
                if isinstance(found, ArticleTask):
                    self._sent[path] = found
                    found = self._stage.check(found)
                yield Pending([found])
            return
        with _SharedStage(self._stage) as shared:
            yield from self._send(paths, shared, executor)

    def take(self, results: Results) -> Results:
        """Results that were waited for; keeps the new ones in the cache."""
        for result in results:
            task = self._sent.pop(result.path, None)
            if task is not None and self._cache is not None:
                self._cache.keep(result, task.data, task.context)
        return results

    def _known(self, path: str) -> ArticleResult | ArticleTask:
        """The result of an article that need not be checked; else the task to check it."""
        try:
            data = self._repository.read_bytes(path)
        except UnreadableError as error:
            return self._stage.unreadable(path, error)
        context = self._context_of(path)
        known = self._cache.find(path, data, context) if self._cache is not None else None
        return known or ArticleTask(path, data, context)

    def _send(
        self, paths: Sequence[str], shared: _SharedStage, executor: Executor
    ) -> Iterator[Pending]:
        flight: deque[Pending] = deque()
        most = _IN_FLIGHT * (os.cpu_count() or 1)
        chunk: list[ArticleTask] = []
        size = 0
        for path in paths:
            found = self._known(path)
            if not isinstance(found, ArticleTask):
                yield Pending([found])
                continue
            self._sent[path] = found
            chunk.append(found)
            size += len(found.data)
            if len(chunk) == _CHUNK or size > _CHUNK_BYTES:
                flight.append(Pending(executor.submit(_check_chunk, shared.file, tuple(chunk))))
                chunk, size = [], 0
            if len(flight) > most:
                yield flight.popleft()
        if chunk:
            flight.append(Pending(executor.submit(_check_chunk, shared.file, tuple(chunk))))
        yield from flight


class Pending:
    """Results that are ready, or come from another process."""

    def __init__(self, results: Results | Future[Results]) -> None:
        self._results = results

    @property
    def future(self) -> Future[Results] | None:
        """What gives the results later; None where they are ready."""
        return self._results if isinstance(self._results, Future) else None

    def results(self) -> Results:
        """The results; waits for them."""
        return self._results.result() if isinstance(self._results, Future) else self._results


_NUMBERS = count()


class _SharedStage:
    """The stage in a file, which each process reads once, instead of with every chunk."""

    def __init__(self, stage: CheckStage) -> None:
        self._stage = stage
        self._folder = TemporaryDirectory(prefix="articlelint-")
        self.file = str(Path(self._folder.name) / f"stage-{next(_NUMBERS)}")

    def __enter__(self) -> _SharedStage:
        Path(self.file).write_bytes(pickle.dumps(self._stage))
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


@lru_cache(maxsize=2)
def _stage(file: str) -> CheckStage:
    stage: CheckStage = pickle.loads(Path(file).read_bytes())  # noqa: S301 - our own file
    return stage


def _check_chunk(file: str, tasks: Sequence[ArticleTask]) -> Results:
    stage = _stage(file)
    return [stage.check(task) for task in tasks]
