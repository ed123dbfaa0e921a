"""From what servers answered to the verdict: pure, so that changed settings are applied to
stored answers."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from linters.checker import NetworkOptions
from linters.links.network.address import allowed
from linters.links.network.answer import Answer, Failure, FailureKind, Step
from linters.links.web.bot_detection import CHALLENGE
from linters.links.web.fragments import PageEnd, PageKind, Presence, presence
from linters.links.web.url_rules import UrlRules
from linters.links.web.urls import fragment_of, with_fragment
from linters.model.link import Cause, Hop, Outcome, Verdict
from linters.model.settings import LinkSettings
from linters.util.redact import masked

_Judged = tuple[Verdict, Cause | None, str | None]
_OK: _Judged = (Verdict.OK, None, None)

_FAILURES: dict[FailureKind, tuple[Verdict, Cause]] = {
    FailureKind.NAME_ABSENT: (Verdict.BROKEN, Cause.DNS),
    FailureKind.NAME_FAILED: (Verdict.UNKNOWN, Cause.DNS),
    FailureKind.REFUSED: (Verdict.BROKEN, Cause.REFUSED),
    FailureKind.UNREACHABLE: (Verdict.UNKNOWN, Cause.TIMEOUT),
    FailureKind.RESET: (Verdict.BROKEN, Cause.RESET),
    FailureKind.TIMEOUT: (Verdict.UNKNOWN, Cause.TIMEOUT),
    FailureKind.CUT_OFF: (Verdict.UNKNOWN, Cause.TIMEOUT),
    FailureKind.CERTIFICATE: (Verdict.BROKEN, Cause.TLS),
    FailureKind.TLS: (Verdict.BROKEN, Cause.TLS),
    FailureKind.TLS_UNDECIDED: (Verdict.UNKNOWN, Cause.TLS),
    FailureKind.PROTOCOL: (Verdict.BROKEN, Cause.PROTOCOL),
    FailureKind.GARBLED: (Verdict.UNKNOWN, Cause.PROTOCOL),
    FailureKind.TOO_LARGE: (Verdict.UNKNOWN, Cause.TOO_LARGE),
    FailureKind.RATE_LIMITED: (Verdict.UNKNOWN, Cause.RATE_LIMITED),
    FailureKind.REDIRECT_LOOP: (Verdict.BROKEN, Cause.REDIRECT_LOOP),
    FailureKind.REDIRECT_LIMIT: (Verdict.BROKEN, Cause.REDIRECT_LIMIT),
    FailureKind.REDIRECT_INVALID: (Verdict.BROKEN, Cause.REDIRECT_INVALID),
    FailureKind.NOT_PUBLIC: (Verdict.BLOCKED, Cause.NOT_PUBLIC),
    FailureKind.INVALID_URL: (Verdict.BROKEN, Cause.INVALID_URL),
    FailureKind.EXCLUDED: (Verdict.SKIPPED, Cause.EXCLUDED),
    FailureKind.DEADLINE: (Verdict.UNKNOWN, Cause.DEADLINE),
    FailureKind.INTERRUPTED: (Verdict.UNKNOWN, Cause.INTERRUPTED),
    FailureKind.INTERNAL: (Verdict.UNKNOWN, Cause.INTERNAL),
}

_UNFINISHED: dict[PageEnd, tuple[Cause, str]] = {
    PageEnd.TOO_LARGE: (Cause.TOO_LARGE, "the page is larger than max-body"),
    PageEnd.BROKEN_OFF: (Cause.RESET, "the page was cut off"),
    PageEnd.GARBLED: (Cause.PROTOCOL, "the page could not be decoded"),
    PageEnd.TIMEOUT: (Cause.TIMEOUT, "the page was not complete within the timeout"),
}

_UNASKED = {
    FailureKind.INTERRUPTED: "interrupted",
    FailureKind.CUT_OFF: "no response before --deadline",
    FailureKind.DEADLINE: "not requested before --deadline",
}
_FORBIDDEN = frozenset({401, 402, 403, 407, 451})
_UNDECIDED = frozenset({406, 408, 425})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges links under the settings of one run; in an audit an outcome says in which second its
    answer was asked for: whole seconds, so that most links share their outcome in memory.

    ``rules`` are the settings' URL patterns, compiled.
    """

    settings: LinkSettings
    network: NetworkOptions
    rules: UrlRules

    def outcome(self, link: str, answer: Answer) -> Outcome:
        """The outcome of a link (fragment included) from the answer to it without fragment."""
        verdict, cause, reason = self._judge(link, answer)
        hops = [step for step in answer.steps if step.redirects and step.location is not None]
        redirects = tuple([Hop(masked(step.url), step.status) for step in hops])
        final = None
        if redirects and (answer.failure is None or answer.failure.url != answer.steps[-1].url):
            final = masked(with_fragment(answer.final_url, _fragment(link, answer)))
        status = answer.steps[-1].status if answer.steps else None
        asked = None
        if self.network.journal is not None and answer.was_asked:
            asked = float(int(answer.asked))
        return Outcome(verdict, cause, reason and masked(reason), status, final, redirects, asked)

    def shown(self, link: str, answer: Answer) -> Outcome | None:
        """The outcome of a link; None where the answer does not decide on its fragment: the page
        was not read, or only as far as another fragment needed."""
        fragment = _fragment(link, answer) if self.settings.fragments else None
        if fragment and answer.failure is None and answer.steps:
            page = answer.page
            if 200 <= answer.steps[-1].status < 300 and (
                page is None
                or (
                    page.end is PageEnd.ENOUGH
                    and presence(fragment, answer.final_url, page) is Presence.ABSENT
                )
            ):
                return None
        return self.outcome(link, answer)

    def unasked(self, kind: FailureKind) -> Outcome:
        """The outcome of a link whose answer was not waited for."""
        return self.outcome("", Answer("", 0.0, failure=Failure(kind, _UNASKED[kind], "")))

    def _judge(self, link: str, answer: Answer) -> _Judged:
        rules = self.rules
        asked = [step.url for step in answer.steps]
        if rules.exclude and any(rules.excluded(url) for url in (answer.url, *asked)):
            return Verdict.SKIPPED, Cause.EXCLUDED, "excluded by configuration"
        for step in answer.steps:
            if step.address is not None and not allowed(step.address, self.network.allow_network):
                reason = f"{step.address} is not a public address"
                return Verdict.BLOCKED, Cause.NOT_PUBLIC, reason
        if missing := _sent_away(answer, asked, rules):
            reason = f"unknown pages are redirected to {masked(missing)}"
            return Verdict.BROKEN, Cause.NOT_FOUND_REDIRECT, reason
        if answer.failure is not None:
            return *_FAILURES[answer.failure.kind], answer.failure.reason
        final = answer.steps[-1]
        if rules.accepted(final.url, final.status):
            return _OK
        judged = _judge_status(final, answer)
        if judged is None and self.settings.fragments:
            judged = _judge_fragment(link, answer)
        return judged or _judge_chain(answer, rules)


def _fragment(url: str, answer: Answer) -> str | None:
    return fragment_of(url) if answer.fragment is None else answer.fragment


def _sent_away(answer: Answer, asked: list[str], rules: UrlRules) -> str | None:
    """The general page that an unknown id was sent to, whether or not that page works."""
    failure = answer.failure
    if failure is not None and failure.kind in (FailureKind.NOT_PUBLIC, FailureKind.EXCLUDED):
        return None
    chain = asked if failure is None or failure.url in asked else [*asked, failure.url]
    return rules.not_found(chain) if len(chain) > 1 else None


def _judge_status(final: Step, answer: Answer) -> _Judged | None:
    """What the last status says by itself; None for success."""
    status, wall = final.status, final.bot_wall
    if wall is None and answer.page is not None and answer.page.kind is PageKind.BOT_WALL:
        wall = CHALLENGE
    if wall is None and 200 <= status < 300:
        return None
    said = phrase(status, final.phrase)
    if wall is not None:
        return Verdict.UNKNOWN, Cause.BOT_WALL, f"{said}: bot detection ({wall})"
    if status == 304 or status in _UNDECIDED:
        cause = Cause.TIMEOUT if status == 408 else Cause.STATUS
        return Verdict.UNKNOWN, cause, said
    if 300 <= status < 400:
        return None if final.body else (Verdict.BROKEN, Cause.STATUS, f"{said} without content")
    if status in _FORBIDDEN:
        return Verdict.UNKNOWN, Cause.FORBIDDEN, said
    if status == 429:
        return Verdict.UNKNOWN, Cause.RATE_LIMITED, said
    if status == 999:
        return Verdict.UNKNOWN, Cause.BOT_WALL, f"{said}: bot detection"
    if 400 <= status < 500:
        return Verdict.BROKEN, Cause.STATUS, said
    if 100 <= status < 200:
        return Verdict.BROKEN, Cause.PROTOCOL, f"{said} without a final response"
    return Verdict.UNKNOWN, Cause.SERVER_ERROR, said


def _judge_fragment(url: str, answer: Answer) -> _Judged | None:
    fragment = _fragment(url, answer)
    if not fragment or not fragment_of(url) or answer.page is None:
        return None
    found = presence(fragment, answer.final_url, answer.page)
    if found is Presence.PRESENT:
        return None
    if found is Presence.UNKNOWABLE:
        reason = f"scripts render the page, so #{fragment} may exist"
        return Verdict.UNKNOWN, Cause.FRAGMENT_UNKNOWABLE, reason
    if answer.page.end in _UNFINISHED:
        cause, reason = _UNFINISHED[answer.page.end]
        return Verdict.UNKNOWN, cause, f"{reason} before #{fragment} was found"
    return Verdict.BROKEN, Cause.FRAGMENT_ABSENT, f"#{fragment} is not on the page"


def _judge_chain(answer: Answer, rules: UrlRules) -> _Judged:
    hops = answer.steps[:-1]
    if not hops or rules.is_short(answer.url):
        return _OK
    if any(step.status not in _PERMANENT for step in hops):
        return _OK
    return Verdict.REDIRECTED, Cause.STATUS, f"moved permanently to {masked(answer.final_url)}"


def phrase(status: int, said: str = "") -> str:
    """``404 Not Found``: the registered phrase, else what the server said, printable."""
    try:
        text = HTTPStatus(status).phrase
    except ValueError:
        text = "".join(character for character in said[:60] if character.isprintable()).strip()
    return f"{status} {text}".strip()
