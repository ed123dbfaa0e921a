"""Findings from the answers of servers, one at each place of a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from linters.links.link_finding import link_finding
from linters.links.network.answer import NO_NAMES
from linters.links.rules import (
    FRAGMENT_NOT_FOUND,
    LINK_BLOCKED,
    LINK_BROKEN,
    LINK_REDIRECTED,
    LINK_UNKNOWN,
)
from linters.model.finding import Finding, Rule
from linters.model.link import Cause, Kind, LinkRecord, Place, Syntax, Verdict
from linters.model.settings import LinkSettings
from linters.repository.url_locale import is_locale
from linters.util.pattern_set import PatternSet

_RULES = {
    Verdict.BROKEN: LINK_BROKEN,
    Verdict.UNKNOWN: LINK_UNKNOWN,
    Verdict.BLOCKED: LINK_BLOCKED,
}
_NOT_ASKED = (Cause.DEADLINE, Cause.INTERRUPTED, Cause.OFFLINE)
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")


def network_findings(record: LinkRecord, settings: LinkSettings) -> Iterator[Finding]:
    """The findings of one link, at each of its places; none for one that works."""
    rule = _rule(record)
    if rule is None:
        return
    outcome = record.outcome
    data = {
        "url": record.url,
        "target": record.target,
        "cause": outcome.cause,
        "status": outcome.status,
        "final_url": outcome.final_url,
    }
    moved = rule is LINK_REDIRECTED
    for place in record.places:
        yield link_finding(
            rule,
            place.path,
            place.range,
            _message(record, rule),
            help="link to the new URL" if moved else None,
            replacement=_replacement(record, place, settings) if moved else None,
            safe=False,
            data=data,
        )


def _rule(record: LinkRecord) -> Rule | None:
    if not record.target.lower().startswith(("http:", "https:")):
        return None  # findings about files are made where files are resolved
    outcome = record.outcome
    if outcome.reason == NO_NAMES:
        return None  # a note says so once
    if outcome.cause in _NOT_ASKED:
        return None  # the summary counts them
    if outcome.cause is Cause.FRAGMENT_ABSENT:
        return FRAGMENT_NOT_FOUND
    if outcome.verdict is Verdict.REDIRECTED:
        return None if _only_adds_locale(record) else LINK_REDIRECTED
    return _RULES.get(outcome.verdict)


def _message(record: LinkRecord, rule: Rule) -> str:
    """What is wrong with the URL, and where its redirects ended."""
    outcome = record.outcome
    url, reason = record.url, outcome.reason or outcome.cause
    at = f" (redirected to {outcome.final_url})" if outcome.final_url else ""
    if rule is LINK_REDIRECTED:
        return f"{url} has moved permanently to {outcome.final_url}"
    if rule is LINK_UNKNOWN:
        return f"could not check {url}: {reason}{at}"
    if rule is LINK_BLOCKED:
        return f"{url} is not checked: {reason}{at}"
    if outcome.cause is Cause.STATUS and outcome.status is not None:
        return f"{url} returns {reason}{at}"
    return f"{url} does not work: {reason}{at}"


def _replacement(record: LinkRecord, place: Place, settings: LinkSettings) -> str | None:
    """The final URL in place of the link; unsafe, because the new page may be a different one.

    None where that would add a locale, or name a preview site that ``remap`` points to.
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
    return _written(final, place.syntax)


def _written(url: str, syntax: Syntax) -> str:
    """A URL, escaped for the syntax of its place."""
    if syntax in (Syntax.INLINE, Syntax.REFERENCE, Syntax.IMAGE, Syntax.BARE, Syntax.INCLUDE):
        url = url.replace("(", "%28").replace(")", "%29")
    if syntax in (Syntax.HTML, Syntax.INLINE, Syntax.REFERENCE, Syntax.IMAGE, Syntax.BARE):
        url = _ENTITY.sub("&amp;", url)
    if syntax is Syntax.HTML:
        url = url.replace('"', "%22").replace("'", "%27")
    return url.replace("|", "%7C").replace("`", "%60")


def _only_adds_locale(record: LinkRecord) -> bool:
    """Whether the redirect only adds the reader's language, so that the link is right."""
    final = record.outcome.final_url or ""
    added = _locale(final)
    if added is None or _locale(record.target) is not None:
        return False
    plain = final.replace(f"/{added}/", "/", 1)
    return _same(plain, record.target)


def _same(*urls: str) -> bool:
    return len({url.partition("://")[2].rstrip("/").lower() for url in urls}) == 1


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
    return bool(settings.remap) and _patterns(tuple(settings.remap)).first(url) is not None


@lru_cache(maxsize=1)
def _patterns(texts: tuple[str, ...]) -> PatternSet:
    return PatternSet(texts)
