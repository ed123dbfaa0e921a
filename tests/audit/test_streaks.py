"""Streaks: what a run's outcome means for the verdict of the audit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.audit.streaks import DAY, Effect, LinkState, advance, effect_of, is_flapping
from linters.model.link import Cause, Outcome, Verdict
from linters.model.settings import AuditSettings

SETTINGS = AuditSettings()
OK = Outcome(Verdict.OK, status=200)
GONE = Outcome(Verdict.BROKEN, Cause.STATUS, "404 Not Found", 404)
TIMEOUT = Outcome(Verdict.UNKNOWN, Cause.TIMEOUT, "no answer within 20 s")
REFUSED = Outcome(Verdict.BROKEN, Cause.REFUSED, "connection refused")
FORBIDDEN = Outcome(Verdict.UNKNOWN, Cause.FORBIDDEN, "403 Forbidden", 403)
DEADLINE = Outcome(Verdict.UNKNOWN, Cause.DEADLINE, "not requested before --deadline")
NXDOMAIN = Outcome(Verdict.BROKEN, Cause.DNS, "no such host")
SERVFAIL = Outcome(Verdict.UNKNOWN, Cause.DNS, "the name server failed")


@pytest.mark.parametrize(
    ("outcome", "effect"),
    [
        (OK, Effect.SUCCESS),
        (GONE, Effect.IMMEDIATE),
        (NXDOMAIN, Effect.IMMEDIATE),
        (SERVFAIL, Effect.COUNTED),
        (TIMEOUT, Effect.COUNTED),
        (REFUSED, Effect.COUNTED),
        (Outcome(Verdict.BROKEN, Cause.TLS), Effect.COUNTED),
        (Outcome(Verdict.BROKEN, Cause.FRAGMENT_ABSENT), Effect.IMMEDIATE),
        (Outcome(Verdict.BROKEN, Cause.REDIRECT_LOOP), Effect.IMMEDIATE),
        (FORBIDDEN, Effect.NEUTRAL),
        (Outcome(Verdict.UNKNOWN, Cause.BOT_WALL), Effect.NEUTRAL),
        (Outcome(Verdict.SKIPPED, Cause.EXCLUDED), Effect.NEUTRAL),
        (DEADLINE, Effect.NOT_ASKED),
        (Outcome(Verdict.UNKNOWN, Cause.INTERRUPTED), Effect.NOT_ASKED),
    ],
)
def test_effects(outcome: Outcome, effect: Effect) -> None:
    assert effect_of(outcome) is effect


def _verdicts(*daily: Outcome, settings: AuditSettings = SETTINGS) -> list[str]:
    """The verdict of the audit after each day's run."""
    state: LinkState | None = None
    found = []
    for day, outcome in enumerate(daily):
        state = advance(state, outcome, day * DAY, settings)
        found.append(str(state.outcome.verdict) if state.outcome else "none")
    return found


def test_an_immediate_failure_is_broken_at_once() -> None:
    assert _verdicts(OK, GONE, OK) == ["ok", "broken", "ok"]


def test_a_counted_failure_is_broken_after_runs_and_days() -> None:
    assert _verdicts(OK, *[TIMEOUT] * 4) == ["ok", "unknown", "unknown", "broken", "broken"]
    assert _verdicts(*[TIMEOUT] * 5) == ["unknown"] * 3 + ["broken"] * 2
    assert _verdicts(OK, *[REFUSED] * 3) == ["ok", "unknown", "unknown", "broken"]


def test_days_count_as_well_as_runs() -> None:
    hourly: LinkState | None = None
    for hour in range(24):
        hourly = advance(hourly, TIMEOUT, hour * 3600.0, SETTINGS)
    assert hourly is not None
    assert hourly.outcome is not None
    assert (hourly.failures, hourly.outcome.verdict) == (24, "unknown")


def test_one_success_clears_the_streak() -> None:
    assert _verdicts(OK, TIMEOUT, TIMEOUT, OK, TIMEOUT, TIMEOUT, TIMEOUT)[-3:] == [
        "unknown",
        "unknown",
        "broken",
    ]


def test_neutral_outcomes_never_escalate_and_keep_the_streak() -> None:
    assert _verdicts(*[FORBIDDEN] * 9) == ["unknown"] * 9
    assert _verdicts(OK, TIMEOUT, FORBIDDEN, TIMEOUT, TIMEOUT)[-1] == "broken"


def test_a_run_that_did_not_ask_changes_nothing() -> None:
    before = advance(None, OK, 0.0, SETTINGS)
    assert advance(before, DEADLINE, DAY, SETTINGS) == before
    assert advance(None, DEADLINE, DAY, SETTINGS) == LinkState(DAY)


def test_flapping_is_more_changes_than_allowed_in_30_days() -> None:
    state: LinkState | None = None
    for day in range(5):
        state = advance(state, OK if day % 2 else GONE, day * DAY, SETTINGS)
    assert state is not None
    assert is_flapping(state, 4 * DAY, SETTINGS)
    assert not is_flapping(state, 32 * DAY, SETTINGS)


def test_since_is_when_the_present_verdict_began() -> None:
    state = advance(None, OK, 0.0, SETTINGS)
    state = advance(state, GONE, DAY, SETTINGS)
    state = advance(state, GONE, 2 * DAY, SETTINGS)
    assert (state.first_seen, state.since, state.last_ok, state.failures) == (0.0, DAY, 0.0, 2)


@given(st.lists(st.sampled_from([OK, GONE, TIMEOUT, REFUSED, FORBIDDEN, DEADLINE, SERVFAIL])))
def test_invariants(daily: list[Outcome]) -> None:
    state: LinkState | None = None
    for day, outcome in enumerate(daily):
        state = advance(state, outcome, day * DAY, SETTINGS)
        asked = outcome is not DEADLINE
        assert state.first_seen == 0.0
        assert not asked or state.outcome is not None
        if outcome is OK:
            assert (state.failures, state.last_ok) == (0, day * DAY)
        if asked and outcome is not OK and state.outcome and state.outcome.verdict == "broken":
            assert outcome is GONE or state.failures >= SETTINGS.runs
