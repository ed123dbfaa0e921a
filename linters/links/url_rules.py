"""The rules that speak of what servers answered."""

from __future__ import annotations

from linters.model.finding import Rule, Severity

LINK_BROKEN = Rule(
    "LINK010", "link-broken", Severity.ERROR, "A link that leads nowhere.", network=True
)
FRAGMENT_NOT_FOUND = Rule(
    "LINK011",
    "fragment-not-found",
    Severity.ERROR,
    "A link to a part of a web page that the page does not have.",
    network=True,
)
LINK_REDIRECTED = Rule(
    "LINK012",
    "link-redirected",
    Severity.WARNING,
    "A link to a page that has moved for good.",
    network=True,
)
LINK_UNKNOWN = Rule(
    "LINK013",
    "link-unknown",
    Severity.WARNING,
    "A link of which it cannot be told now whether it works.",
    network=True,
)
LINK_BLOCKED = Rule(
    "LINK014",
    "link-blocked",
    Severity.WARNING,
    "A link to an address that is not public.",
    network=True,
)
NETWORK_RULES = (LINK_BROKEN, FRAGMENT_NOT_FOUND, LINK_REDIRECTED, LINK_UNKNOWN, LINK_BLOCKED)
