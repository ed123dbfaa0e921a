"""From the outcome of one run to the verdict of the audit: streaks, flapping, healing.

A failure is *immediate* (the page does not exist: broken at once), *counted* (it may be a
passing fault: unknown until it has lasted), or *neutral* (the server does not want us: never
more than unknown). Instants are seconds since the epoch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from linters.model.link import Cause, Outcome, Verdict
from linters.model.settings import AuditSettings

DAY = 86400.0
FLAP_WINDOW = 30 * DAY


class Effect(Enum):
    """What an outcome means for the streak of a link."""

    SUCCESS = "success"
    IMMEDIATE = "immediate"
    COUNTED = "counted"
    NEUTRAL = "neutral"
    NOT_ASKED = "not asked"


_COUNTED = frozenset(
    (Cause.TIMEOUT, Cause.SERVER_ERROR, Cause.REFUSED, Cause.RESET, Cause.TLS, Cause.DNS)
)
NOT_ASKED = frozenset((Cause.DEADLINE, Cause.INTERRUPTED, Cause.OFFLINE))


def effect_of(outcome: Outcome) -> Effect:
    """The effect of an outcome. NXDOMAIN (broken, ``dns``) is immediate, SERVFAIL is counted."""
    if outcome.cause in NOT_ASKED:
        return Effect.NOT_ASKED
    if outcome.verdict in (Verdict.OK, Verdict.REDIRECTED):
        return Effect.SUCCESS
    if outcome.cause is Cause.DNS and outcome.verdict is Verdict.BROKEN:
        return Effect.IMMEDIATE
    if outcome.cause in _COUNTED and outcome.verdict in (Verdict.BROKEN, Verdict.UNKNOWN):
        return Effect.COUNTED
    return Effect.IMMEDIATE if outcome.verdict is Verdict.BROKEN else Effect.NEUTRAL


@dataclass(frozen=True, slots=True)
class LinkState:
    """What the journal keeps of one link between runs.

    ``outcome`` is the last one with the audit's verdict (None: never asked), ``changes`` the
    instants at which the verdict changed, oldest first, of the last 30 days.
    """

    first_seen: float
    since: float | None = None
    last_ok: float | None = None
    failures: int = 0
    outcome: Outcome | None = None
    changes: tuple[float, ...] = ()
    asked: float | None = None


def advance(
    before: LinkState | None, outcome: Outcome, run: float, settings: AuditSettings
) -> LinkState:
    """The state after a run that began at the instant ``run`` and gave an outcome.

    The state's outcome has the verdict of the audit: a counted failure is unknown until
    ``settings.runs`` runs in a row failed and ``settings.days`` days have passed since the
    last success or the first sight. A run that did not ask changes nothing. An outcome that
    has the verdict of the audit already gives the same state.
    """
    state = before or LinkState(run)
    effect = effect_of(outcome)
    if effect is Effect.NOT_ASKED:
        return state
    if effect is Effect.SUCCESS:
        state = replace(state, last_ok=run, failures=0)
    elif effect is not Effect.NEUTRAL:
        state = replace(state, failures=state.failures + 1)
    if effect is Effect.COUNTED:
        lasting = run - (state.last_ok if state.last_ok is not None else state.first_seen)
        lasts = state.failures >= settings.runs and lasting >= settings.days * DAY
        outcome = replace(outcome, verdict=Verdict.BROKEN if lasts else Verdict.UNKNOWN)
    changes = tuple(instant for instant in state.changes if instant > run - FLAP_WINDOW)
    since = state.since
    if state.outcome is None or state.outcome.verdict is not outcome.verdict:
        since = run
        if state.outcome is not None:
            changes = (*changes, run)
    return replace(state, since=since, outcome=outcome, changes=changes, asked=outcome.asked)


def is_flapping(state: LinkState, run: float, settings: AuditSettings) -> bool:
    """Whether the verdict changed more than ``settings.flaps`` times in 30 days."""
    return sum(instant > run - FLAP_WINDOW for instant in state.changes) > settings.flaps
