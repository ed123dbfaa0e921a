"""The wall clock of the whole process.

``ARTICLELINT_NOW`` (RFC 3339; for tests) stops it at one instant. Time-outs and deadlines use
the monotonic clock, which nothing stops.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

from linters.model.errors import UserError

VARIABLE = "ARTICLELINT_NOW"
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)  # journals keep seconds since then


def now() -> datetime:
    """The present instant in UTC; UserError if ``ARTICLELINT_NOW`` is not RFC 3339 from 1970 on."""
    text = os.environ.get(VARIABLE)
    if not text:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{VARIABLE}: {text!r} is not an RFC 3339 date and time") from error
    if instant.tzinfo is None:
        raise UserError(f"{VARIABLE}: {text!r} has no UTC offset; expected one such as Z")
    try:
        instant = instant.astimezone(UTC)
    except OverflowError:
        instant = _FIRST - timedelta(1)
    if instant < _FIRST:
        raise UserError(f"{VARIABLE}: {text!r} is not a date between 1970 and 9999")
    return instant


def timestamp() -> float:
    """The present instant as seconds since the epoch."""
    return now().timestamp() if os.environ.get(VARIABLE) else time.time()


def rfc3339(instant: datetime) -> str:
    """An instant as RFC 3339 in UTC, to the second: ``2026-01-15T12:00:00Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
