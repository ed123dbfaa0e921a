"""Dates and delays in headers."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from linters.util import clock


def seconds_until(text: str, now: float | None = None) -> float | None:
    """Seconds from now (seconds since the epoch) to an HTTP date; None where it is not one."""
    try:
        when = parsedate_to_datetime(text.replace("-", " ") if text.count("-") == 2 else text)
        return when.timestamp() - (clock.timestamp() if now is None else now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after(text: str | None, now: float | None = None) -> float | None:
    """The seconds that a Retry-After (RFC 9110 §10.2.3) asks for; None where it says nothing."""
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text[:15])
    left = seconds_until(text, now)
    return None if left is None else max(0.0, left)
