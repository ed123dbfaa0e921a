"""Findings from what servers answered: one at each place of a link that needs attention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from linters.links.rules import (
    FRAGMENT_NOT_FOUND,
    LINK_BLOCKED,
    LINK_BROKEN,
    LINK_REDIRECTED,
    LINK_UNKNOWN,
)
from linters.model.finding import Edit, Finding, Fix, Rule
from linters.model.link import Cause, Kind, LinkRecord, Outcome, Place, Syntax, Verdict
from linters.model.settings import LinkSettings
from linters.repository.url_locale import is_locale
from linters.util.patterns import PatternError, PatternTimeout, compile_pattern

_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")
_RULES = {
    Verdict.BROKEN: (LINK_BROKEN, "the link is broken"),
    Verdict.UNKNOWN: (LINK_UNKNOWN, "it cannot be told whether the link works"),
    Verdict.BLOCKED: (LINK_BLOCKED, "the link was not followed"),
}


def findings_for(record: LinkRecord, settings: LinkSettings) -> Iterator[Finding]:
    """The findings of one link, at each of its places; none for one that works."""
    told = _told(record, settings)
    if told is None:
        return
    rule, message, help_text = told
    outcome = record.outcome
    data = {
        "url": record.url,
        "target": record.target,
        "cause": outcome.cause,
        "status": outcome.status,
        "final_url": outcome.final_url,
    }
    for place in record.places:
        yield Finding(
            rule=rule,
            path=place.path,
            range=place.range,
            message=message,
            help=help_text,
            data=data,
            fix=_fix(record, place, settings) if rule is LINK_REDIRECTED else None,
        )


def _told(record: LinkRecord, settings: LinkSettings) -> tuple[Rule, str, str | None] | None:
    outcome = record.outcome
    if not record.target.lower().startswith(("http:", "https:")):
        return None  # the links checker itself says what is wrong with files
    if outcome.cause is Cause.FRAGMENT_ABSENT:
        return (
            FRAGMENT_NOT_FOUND,
            f"the fragment was not found: {outcome.reason}{_at(outcome)}",
            None,
        )
    if outcome.verdict is Verdict.REDIRECTED:
        final = outcome.final_url or ""
        if _only_adds_locale(record):
            return None
        return LINK_REDIRECTED, f"the page has moved to {final}", "link to where it is now"
    known = _RULES.get(outcome.verdict)
    if known is None:
        return None
    rule, message = known
    return rule, f"{message}: {outcome.reason or outcome.cause}{_at(outcome)}", None


def _at(outcome: Outcome) -> str:
    """Where the redirects ended, where there were any."""
    return f" (redirected to {outcome.final_url})" if outcome.final_url else ""


def _fix(record: LinkRecord, place: Place, settings: LinkSettings) -> Fix | None:
    """The final URL in place of the link; unsafe, because another page may have come there.

    None where that would add a locale, or name a preview site that ``remap`` leads to.
    """
    final = record.outcome.final_url
    if final is None or "***" in final or _remapped(record.target, settings):
        return None
    added = _locale(final)
    if added is not None and _locale(record.target) is None:
        if _host(final) not in settings.locale_free_hosts:
            return None
        final = final.replace(f"/{added}/", "/", 1)
    if record.kind is Kind.SITE and final.startswith(settings.site.rstrip("/") + "/"):
        final = final[len(settings.site.rstrip("/")) :]
    return Fix(False, (Edit(*place.range, _written(final, place.syntax)),))


def _written(url: str, syntax: Syntax) -> str:
    """A URL so that it is read as itself at its place."""
    if syntax in (Syntax.INLINE, Syntax.REFERENCE, Syntax.IMAGE, Syntax.BARE, Syntax.INCLUDE):
        url = url.replace("(", "%28").replace(")", "%29")
    if syntax in (Syntax.HTML, Syntax.INLINE, Syntax.REFERENCE, Syntax.IMAGE, Syntax.BARE):
        url = _ENTITY.sub("&amp;", url)
    if syntax is Syntax.HTML:
        url = url.replace('"', "%22").replace("'", "%27")
    return url.replace("|", "%7C").replace("`", "%60")


def _only_adds_locale(record: LinkRecord) -> bool:
    """Whether the redirect shows the same page in the reader's language: nothing to mend."""
    final = record.outcome.final_url or ""
    added = _locale(final)
    if added is None or _locale(record.target) is not None:
        return False
    plain = final.replace(f"/{added}/", "/", 1)
    return _same(plain, record.target)


def _same(one: str, other: str) -> bool:
    return (
        one.partition("://")[2].rstrip("/").lower() == other.partition("://")[2].rstrip("/").lower()
    )


def _locale(url: str) -> str | None:
    """The locale that a URL's path begins with."""
    first = urlsplit(url).path[1:].partition("/")
    return first[0] if first[1] and is_locale(first[0]) else None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _remapped(url: str, settings: LinkSettings) -> bool:
    for text in settings.remap:
        try:
            if compile_pattern(text).search(url):
                return True
        except (PatternError, PatternTimeout):
            continue
    return False
