"""A pool of processes for many articles; none for a few."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from linters.model.errors import UserError

if TYPE_CHECKING:
    from concurrent.futures import Executor

ARTICLES_PER_PROCESS = 100
MOST = 16


@contextmanager
def pool(jobs: int | None, articles: int) -> Iterator[Executor | None]:
    """An executor of ``jobs`` processes; None for one, and where processes would not pay.

    Without ``jobs`` there is a process for every hundred articles, up to the processors of
    this machine. They start with the first task.
    """
    count = jobs or min(os.cpu_count() or 1, MOST, articles // ARTICLES_PER_PROCESS)
    if count < 2 or articles < 2:
        yield None
        return
    from concurrent.futures import BrokenExecutor

    from linters.pipeline.late_pool import LatePool

    with _safe_import_path():  # creating one already starts a process: the resource tracker
        executor = LatePool(partial(_processes, min(count, articles)))
        try:
            yield executor
        except BrokenExecutor as error:
            raise UserError("a process that checked articles died; try --jobs 1") from error
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _processes(count: int) -> Executor:
    """A pool of processes, forked where that is safe, else spawned."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    forks = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if forks else "spawn")
    return ProcessPoolExecutor(count, context, _leave_signals_to_parent)


@contextmanager
def _safe_import_path() -> Iterator[None]:
    """Spawned processes do not import from the current folder.

    They start with ``python -c``, which puts it first: a file ``pickle.py`` of a repository
    would be run.
    """
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _leave_signals_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
