"""Walls against bots: answers that are about the asker, not about the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linters.links.network.head import Head

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

CHALLENGE = "a challenge page"
_ACTIONS = ("challenge", "captcha", "block")
_TITLES = re.compile(
    r"just a moment|attention required|checking your browser|are you (a )?(human|robot)|"
    r"making sure you.{0,3}re not a bot|verify(ing)? (that )?you are (a )?human|"
    r"access denied|ddos.guard|please wait|security check|robot check|bot verification|"
    r"human verification|one moment, please|pardon our interruption|captcha",
    re.IGNORECASE,
)
_MARKS = (
    "#challenge-form, #challenge-running, #cf-challenge-running, #challenge-error-text, "
    "#anubis_challenge, #anubis_version, #px-captcha, [class*=g-recaptcha], [class*=h-captcha], "
    "[class*=cf-turnstile], script[src*='/cdn-cgi/challenge-platform/'], "
    "script[src*='captcha-delivery.com'], script[src*='/.within.website/x/cmd/anubis'], "
    "script[src*='awswaf.com'][src*='challenge']"
)


def wall_of(head: Head) -> str | None:
    """What shows in the headers that a wall answered; None where nothing does."""
    if head.status < 400 and head.get("cf-mitigated") is None and not head.get("x-amzn-waf-action"):
        return None  # most answers
    mitigated = head.get("cf-mitigated")
    if mitigated is not None:
        return f"cf-mitigated: {mitigated[:40]}"
    action = (head.get("x-amzn-waf-action") or "").lower()
    if action in _ACTIONS:
        return f"x-amzn-waf-action: {action}"
    if head.status in (403, 405, 429) and head.get("x-datadome") is not None:
        return "DataDome"
    if head.status >= 400 and head.get("x-sucuri-block") is not None:
        return "Sucuri"
    if head.status == 429 and (head.get("x-vercel-mitigated") or "") in ("challenge", "deny"):
        return "Vercel"
    return None


def is_wall(tree: LexborHTMLParser, head: Head) -> bool:
    """Whether a page is a challenge, whatever its status says."""
    if wall_of(head) is not None:
        return True
    title = tree.css_first("title")
    titled = title is not None and _TITLES.search(title.text() or "") is not None
    marked = tree.css_first(_MARKS) is not None
    if titled and marked:
        return True
    body = tree.body
    short = body is None or len((body.text(separator=" ") or "").split()) < 120
    return short and (titled or (marked and tree.css_first("h2, h3, article") is None))
