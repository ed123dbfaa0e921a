"""Coroutines run with and without an event loop."""

from __future__ import annotations

import asyncio

import pytest

from linters.pipeline.event_loop import complete


async def _double(number: int) -> int:
    return number * 2


async def _outer(number: int) -> int:
    return await _double(number) + 1


async def _sleeps() -> int:
    await asyncio.sleep(0)
    return 1


@pytest.mark.parametrize("waits", [True, False])
def test_what_never_waits(waits: bool) -> None:
    assert complete(_outer(3), waits=waits) == 7


def test_what_waits_needs_a_loop() -> None:
    assert complete(_sleeps(), waits=True) == 1
    with pytest.raises(RuntimeError, match="has waited"):
        complete(_sleeps(), waits=False)


def test_errors_pass_through() -> None:
    async def fails() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        complete(fails(), waits=False)
