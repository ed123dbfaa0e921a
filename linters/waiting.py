"""Runs the one asynchronous stage."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def complete(coroutine: Coroutine[Any, Any, T], *, waits: bool) -> T:
    """The result of a coroutine.

    One that never waits needs no event loop; importing asyncio is a third of what an
    offline check of one article takes.
    """
    if waits:
        import asyncio

        return asyncio.run(coroutine)
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("a coroutine that should never wait has waited")
