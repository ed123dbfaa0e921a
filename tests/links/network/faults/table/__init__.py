"""The table: every behaviour with the verdict that the contract wants.

Expected values come from the verdict table of the interface and from the standards, never
from what the prober does.
"""

from __future__ import annotations

from tests.links.network.faults.fault import Fault
from tests.links.network.faults.table import contents, names, redirects, statuses, wire

FAULTS: tuple[Fault, ...] = (
    *statuses.FAULTS,
    *redirects.FAULTS,
    *wire.FAULTS,
    *contents.FAULTS,
    *names.FAULTS,
)
