"""Every behaviour gets the verdict that a reader would give, on one host, in one run."""

from __future__ import annotations

import asyncio

import pytest

from linters.model.link import Outcome
from tests.links.network.behaviours import ANSWERS, EXPECTED
from tests.links.network.server import ask, serving


async def _ask_all() -> dict[str, Outcome]:
    async with serving(ANSWERS) as server:
        return dict(zip(EXPECTED, await ask(server, *EXPECTED), strict=True))


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return asyncio.run(_ask_all())


@pytest.mark.parametrize("path", EXPECTED)
def test_behaviour(path: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[path]
    shown = str(outcome.verdict) + (f" {outcome.cause}" if outcome.cause else "")
    assert shown == EXPECTED[path], outcome.reason
    assert (outcome.reason is None) == (shown == "ok")
