"""One link on its way: from hop to hop until there is an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from aiohttp import CookieJar
from yarl import URL

from linters.links.network.answer import Answer, FailureKind, RequestError, Step
from linters.links.network.exchange import Exchange
from linters.links.network.host_settings import Fields, HostSettings, credentials
from linters.links.web.fragments import PageEnd, Presence, presence
from linters.links.web.url_rules import UrlRules
from linters.links.web.urls import (
    InvalidUrlError,
    Target,
    fragment_of,
    join,
    scheme_of,
    split_target,
)
from linters.util import clock
from linters.util.shorten import shorten

MAX_HOPS = 10
_MAX_COOKIES = 64
_MAX_COOKIE = 4096


@dataclass(slots=True)
class Chain:
    """The URLs that share everything but the fragment, and how far they have come.

    ``base`` is the URL without fragment, ``own`` the fragments of the links; ``started`` is
    when its first request could begin (the event loop's time), ``group`` the number that the
    run knows it by; ``old`` is a stored answer that may be renewed.
    """

    base: str
    target: Target
    own: tuple[str, ...]
    started: float
    group: int = 0
    conditions: str = ""
    steps: list[Step] = field(default_factory=list)
    jars: dict[tuple[str, int], CookieJar] = field(default_factory=dict)
    fragment: str | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)
    tries: int = 0
    old: Answer | None = None

    @property
    def fragments(self) -> tuple[str, ...]:
        """The fragments in force: the last Location's, else the links' own."""
        if not self.own or self.fragment is None:
            return self.own
        return (self.fragment,) if self.fragment else ()

    def served_by(self, exchange: Exchange) -> bool:
        """Whether an answer shows what the chain needs: where the page was not read, or read
        only as far as another fragment needed, it may not."""
        step = exchange.step
        if step is None or not self.fragments or not 200 <= step.status < 300:
            return True
        page = exchange.page
        if page is None:
            return False
        return page.end is not PageEnd.ENOUGH or all(
            presence(fragment, step.url, page) is not Presence.ABSENT for fragment in self.fragments
        )

    @property
    def may_renew(self) -> bool:
        """Whether the stored answer, once confirmed at the next hop, shows all that the chain
        needs."""
        old = self.old
        if old is None or old.failure is not None or not old.steps:
            return False
        exchange = Exchange(step=old.steps[-1], page=old.page)
        return old.final_url == self.target.url and self.served_by(exchange)

    def fields(self, settings: HostSettings) -> Fields:
        """The header fields that only this chain's next request has: credentials of the URL,
        the host's configured ones, cookies. None of them crosses to another origin."""
        found: list[tuple[str, str]] = []
        if not self.steps:
            found += credentials(self.target.user)
            own = True
        else:
            start = split_target(self.base)
            own = self.target.origin == start.origin
            if own:
                found += credentials(start.user)
        if (settings.own or settings.secret) and (own or self._arrives_safely()):
            found += settings.own_fields(self.target)
        if self.jars and (cookies := self._cookies()):
            found.append(("Cookie", cookies))
        return tuple(found)

    def _arrives_safely(self) -> bool:
        """Whether a redirect came from elsewhere to a host that is asked over TLS."""
        earlier = {split_target(step.url).host for step in self.steps}
        return self.target.scheme == "https" and self.target.host not in earlier

    def _cookies(self) -> str:
        """The Cookie header for the next request: from its own scheme and port only."""
        jar = self.jars.get((self.target.scheme, self.target.port))
        if jar is None:
            return ""
        found = jar.filter_cookies(URL(self.target.url, encoded=True))
        return "; ".join(f"{morsel.key}={morsel.coded_value}" for morsel in found.values())

    def _take_cookies(self, lines: tuple[str, ...]) -> None:
        """Keep what an answer sets (RFC 6265), as aiohttp's jar does; but a domain of a single
        label is never shared."""
        key = (self.target.scheme, self.target.port)
        jar = self.jars.setdefault(key, CookieJar(unsafe=True, quote_cookie=False))
        for line in lines[:_MAX_COOKIES]:
            cookie = SimpleCookie()
            try:
                cookie.load(line[:_MAX_COOKIE])
            except CookieError:
                continue
            for morsel in cookie.values():
                if "." not in morsel["domain"].lstrip("."):
                    morsel["domain"] = ""
            jar.update_cookies(cookie, URL(self.target.url, encoded=True))

    def follow(self, exchange: Exchange, rules: UrlRules) -> bool:
        """Take an exchange's step; True when it redirects and ``target`` is the next hop.

        RequestError when the redirect cannot be followed.
        """
        step = exchange.step
        assert step is not None
        self.steps.append(step)
        if not step.redirects:
            return False
        if step.location is None:
            raise RequestError(
                FailureKind.REDIRECT_INVALID,
                f"{step.status} without a Location header",
                step.url,
            )
        if exchange.cookies:
            self._take_cookies(exchange.cookies)
        self._go(step, rules)
        return True

    def _go(self, step: Step, rules: UrlRules) -> None:
        location = (step.location or "").strip()
        if not location:
            raise RequestError(
                FailureKind.REDIRECT_INVALID, "the Location header is empty", step.url
            )
        try:
            url = join(step.url, location)
            if (scheme := scheme_of(url)) not in ("http", "https"):
                reason = f"redirects to unsupported scheme {shorten(scheme, 20)}:"
                raise RequestError(FailureKind.REDIRECT_INVALID, reason, step.url)
            target = split_target(url)
        except InvalidUrlError as error:
            reason = f"the Location header is {error}"
            raise RequestError(FailureKind.REDIRECT_INVALID, reason, step.url) from error
        if rules.excluded(target.url):
            reason = "redirects to an excluded URL"
            raise RequestError(FailureKind.EXCLUDED, reason, target.url)
        brought = fragment_of(location)
        if brought is not None:
            self.fragment = brought
        self.target = target
        state = (target.url, self._cookies() if self.jars else "")
        self.seen.add((self.steps[0].url, ""))
        if state in self.seen:
            raise RequestError(FailureKind.REDIRECT_LOOP, "redirect loop", target.url)
        self.seen.add(state)
        if len(self.steps) > MAX_HOPS:
            reason = f"more than {MAX_HOPS} redirects"
            raise RequestError(FailureKind.REDIRECT_LIMIT, reason, target.url)

    def answer(self, exchange: Exchange) -> Answer:
        """The answer that the last exchange completes."""
        failure = exchange.failure
        final = self.steps[-1] if self.steps and failure is None else None
        headers = dict(final.headers) if final is not None else {}
        return Answer(
            url=self.base,
            asked=clock.timestamp(),
            steps=tuple(self.steps),
            failure=failure,
            fragment=self.fragment,
            page=exchange.page,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            conditions=self.conditions,
            tries=self.tries,
        )
