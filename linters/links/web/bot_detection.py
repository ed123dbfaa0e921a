"""Bot detection: answers that are about the client, not about the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linters.links.web.head import Head
from linters.util.shorten import shorten

if TYPE_CHECKING:
    from linters.links.web.html_scan import Shape

CHALLENGE = "a challenge page"
_ACTIONS = ("challenge", "captcha", "block")
_TITLES = re.compile(
    r"just a moment|attention required|checking your browser|are you (a )?(human|robot)|"
    r"making sure you.{0,3}re not a bot|verify(ing)? (that )?you are (a )?human|"
    r"access denied|ddos.guard|please wait|security check|robot check|bot verification|"
    r"human verification|one moment, please|pardon our interruption|captcha",
    re.IGNORECASE,
)
_FEW_WORDS = 120


def bot_wall_of(head: Head) -> str | None:
    """What in the headers shows that bot detection answered; None where nothing does."""
    mitigated = head.get("cf-mitigated")
    if mitigated is not None:
        return f"cf-mitigated: {shorten(mitigated, 40)}"
    action = (head.get("x-amzn-waf-action") or "").lower()
    if action in _ACTIONS:
        return f"x-amzn-waf-action: {action}"
    if head.status < 400:
        return None
    if head.status in (403, 405, 429) and head.get("x-datadome") is not None:
        return "DataDome"
    if head.get("x-sucuri-block") is not None:
        return "Sucuri"
    if head.status == 429 and (head.get("x-vercel-mitigated") or "") in ("challenge", "deny"):
        return "Vercel"
    return None


def is_bot_wall(shape: Shape, head: Head) -> bool:
    """Whether a page is a challenge, whatever its status says."""
    if bot_wall_of(head) is not None:
        return True
    titled = _TITLES.search(shape.title) is not None
    if titled and shape.challenge:
        return True
    bare = shape.tags.isdisjoint({"h2", "h3", "article"})
    return shape.words < _FEW_WORDS and (titled or (shape.challenge and bare))
