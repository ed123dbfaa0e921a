"""The history of one link over many audits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkHistory:
    """What the journal knows of one link; all instants are in UTC.

    ``since`` is when the present verdict began (None: never asked), ``last_ok`` the run of
    the last success, ``failures`` the failed runs in a row, ``asked`` when the server was
    asked for the answer that the verdict is derived from (None for local links).
    """

    first_seen: datetime
    since: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    flapping: bool = False
    asked: datetime | None = None
