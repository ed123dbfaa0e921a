"""Patterns of a configuration take their time; deadlines and signals are kept all the same."""

from __future__ import annotations

import asyncio
import time

import pytest

from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkCheck
from linters.links.web.url_rules import UrlRules
from linters.model.link import Cause
from linters.model.settings import LinkSettings

URLS = [f"https://example.com/{number}" for number in range(5)]
SETTINGS = LinkSettings(exclude=("x",), remap={"x": "y"})


def test_nothing_is_compared_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def excluded(_rules: UrlRules, url: str) -> bool:
        compared.append(url)
        return False

    monkeypatch.setattr(UrlRules, "excluded", excluded)

    async def run() -> set[Cause | None]:
        check = NetworkCheck(SETTINGS, NetworkOptions(deadline=0.0))
        await check.offer(URLS)
        outcomes = (await check.finish()).outcomes
        return {outcomes[url].cause for url in URLS}

    assert asyncio.run(run()) == {Cause.DEADLINE}
    assert not set(compared) & set(URLS)


def test_the_event_loop_has_its_turn_between_slow_comparisons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def excluded(_rules: UrlRules, _url: str) -> bool:
        time.sleep(0.06)
        return True

    monkeypatch.setattr(UrlRules, "excluded", excluded)

    async def run() -> int:
        turns = 0

        async def count() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        counting = asyncio.create_task(count())
        check = NetworkCheck(SETTINGS, NetworkOptions())
        await check.offer(URLS)
        counting.cancel()
        await check.finish()
        return turns

    assert asyncio.run(run()) >= len(URLS) - 1
