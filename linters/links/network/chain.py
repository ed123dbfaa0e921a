"""One link on its way: from hop to hop until there is an answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from linters.links.network.address import InvalidUrlError
from linters.links.network.answer import Answer, Failure, FailureKind, PageEnd, Step
from linters.links.network.cookies import Jar
from linters.links.network.fetch import Exchange
from linters.links.network.fragments import Presence, presence
from linters.links.network.host_settings import Manners, credentials
from linters.links.network.matching import UrlRules
from linters.links.network.urls import (
    Target,
    fragment_of,
    join,
    scheme_of,
    split_target,
)

MAX_HOPS = 10


class ChainError(Exception):
    """The chain cannot go on: why."""

    def __init__(self, kind: FailureKind, reason: str, url: str) -> None:
        super().__init__(reason)
        self.failure = Failure(kind, reason, url)


@dataclass(slots=True)
class Chain:
    """The URLs that share everything but the fragment, and how far they have come.

    ``base`` is the URL without fragment as it stands in the answer, ``own`` the fragments of
    the links; ``started`` is when its first request could begin (the event loop's time),
    ``place`` what the run knows it by;
    ``user`` is the URL's user info; ``old`` a stored answer that may be renewed.
    """

    base: str
    target: Target
    own: tuple[str, ...]
    started: float
    place: int = 0
    conditions: str = ""
    steps: list[Step] = field(default_factory=list)
    jar: Jar | None = None
    fragment: str | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)
    user: str | None = None
    tries: int = 0
    old: Answer | None = None

    @property
    def fragments(self) -> tuple[str, ...]:
        """The fragments in force: the last Location's, else the links' own."""
        if not self.own or self.fragment is None:
            return self.own
        return (self.fragment,) if self.fragment else ()

    def served_by(self, exchange: Exchange) -> bool:
        """Whether an answer tells what the chain needs: where the page was not read, or read
        only as far as another fragment needed, it may not."""
        step = exchange.step
        if step is None or not self.fragments or not 200 <= step.status < 300:
            return True
        page = exchange.page
        if page is None:
            return False
        return page.end is not PageEnd.ENOUGH or all(
            presence(one, step.url, page) is not Presence.ABSENT for one in self.fragments
        )

    def fields(self, manners: Manners) -> str:
        """The header lines that only this chain's next request has: credentials of the URL,
        the host's configured ones, cookies. None of them leaves its origin."""
        target = self.target
        first = not self.steps
        at_home = first or target.origin == split_target(self.steps[0].url).origin
        lines = credentials(self.user) if at_home else ""
        if manners.own and (at_home or self._arrives_safely()):
            lines += manners.own
        cookies = self.jar.header(target) if self.jar is not None else ""
        return lines + (f"Cookie: {cookies}\r\n" if cookies else "")

    def _arrives_safely(self) -> bool:
        """Whether a redirect came from elsewhere to a host that is asked over TLS."""
        earlier = {split_target(step.url).host for step in self.steps}
        return self.target.scheme == "https" and self.target.host not in earlier

    def follow(self, exchange: Exchange, rules: UrlRules) -> bool:
        """Take an exchange's step; True when it redirects and ``target`` is the next hop.

        ChainError when the redirect leads nowhere.
        """
        step = exchange.step
        assert step is not None
        self.steps.append(step)
        if not step.redirects:
            return False
        if step.location is None:
            raise ChainError(
                FailureKind.REDIRECT_INVALID,
                f"{step.status} redirects without saying where to",
                step.url,
            )
        if exchange.cookies:
            if self.jar is None:
                self.jar = Jar()
            self.jar.take(self.target, exchange.cookies)
        self._go(step, rules)
        return True

    def _go(self, step: Step, rules: UrlRules) -> None:
        location = (step.location or "").strip()
        if not location:
            raise ChainError(FailureKind.REDIRECT_INVALID, "the Location is empty", step.url)
        try:
            url = join(step.url, location)
            if (scheme := scheme_of(url)) not in ("http", "https"):
                reason = f"the redirect leads to {scheme[:20]}:, which no page has"
                raise ChainError(FailureKind.REDIRECT_INVALID, reason, step.url)
            target = split_target(url)
        except InvalidUrlError as error:
            reason = f"the Location cannot be followed: {error}"
            raise ChainError(FailureKind.REDIRECT_INVALID, reason, step.url) from error
        if rules.excluded(target.url):
            reason = "a redirect leads to an excluded URL"
            raise ChainError(FailureKind.EXCLUDED, reason, target.url)
        brought = fragment_of(location)
        if brought is not None:
            self.fragment = brought
        cookies = self.jar.header(target) if self.jar is not None else ""
        state = (target.url, cookies)
        self.seen.add((self.steps[0].url, ""))
        if state in self.seen:
            raise ChainError(
                FailureKind.REDIRECT_LOOP, "the redirects go round in circles", target.url
            )
        self.seen.add(state)
        if len(self.steps) > MAX_HOPS:
            reason = f"more than {MAX_HOPS} redirects"
            raise ChainError(FailureKind.REDIRECT_LIMIT, reason, target.url)
        self.target = target

    def answer(self, when: float, exchange: Exchange) -> Answer:
        """The answer that the last exchange completes."""
        failure = exchange.failure
        final = self.steps[-1] if self.steps and failure is None else None
        headers = dict(final.headers) if final is not None else {}
        return Answer(
            url=self.base,
            when=when,
            steps=tuple(self.steps),
            failure=failure,
            fragment=self.fragment,
            page=exchange.page,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            conditions=self.conditions,
            tries=self.tries,
        )
