"""The wall clock can be stopped by the environment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linters.model.errors import UserError
from linters.util import clock


def test_the_environment_stops_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-01-15T13:00:00+01:00")
    assert clock.now() == datetime(2026, 1, 15, 12, tzinfo=UTC)
    assert clock.rfc3339(clock.now()) == "2026-01-15T12:00:00Z"
    assert clock.timestamp() == clock.now().timestamp()


def test_without_it_the_clock_runs_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        *("yesterday", "2026-01-15T12:00:00", "1969-12-31T23:59:59Z"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_bad_instant_is_a_user_error(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, text)
    with pytest.raises(UserError, match=clock.VARIABLE):
        clock.now()
