"""Runs the one asynchronous stage."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def complete(coroutine: Coroutine[Any, Any, T], *, waits: bool) -> T:
    """The result of a coroutine.

    One that never waits needs no event loop; importing asyncio is a third of what an
    offline check of one article takes.
    """
    if waits:
        try:
            import asyncio

            with asyncio.Runner(loop_factory=_loop_factory()) as runner:
                return runner.run(coroutine)
        finally:
            coroutine.close()  # an interrupt may come before it runs
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("a coroutine that should never wait has waited")


def _loop_factory() -> Callable[[], Any] | None:
    """uvloop's event loop where it is installed; None for asyncio's own."""
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], Any] = uvloop.new_event_loop
    return factory
