"""What servers answered for one URL, as it is stored; verdicts are derived from it.

Frozen values that msgspec encodes. An answer belongs to a URL without its fragment: the page's
ids serve every fragment that points into it.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from linters.links.web.fragments import Page

NO_NAMES = "no name could be looked up, the network seems to be down"
"""The reason of outcomes that say nothing about their links; a report says it once."""


class FailureKind(StrEnum):
    """Why a request got no final answer."""

    NAME_ABSENT = "name-absent"
    NAME_FAILED = "name-failed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RESET = "reset"
    TIMEOUT = "timeout"
    CUT_OFF = "cut-off"
    CERTIFICATE = "certificate"
    TLS = "tls"
    TLS_UNDECIDED = "tls-undecided"
    PROTOCOL = "protocol"
    GARBLED = "garbled"
    TOO_LARGE = "too-large"
    RATE_LIMITED = "rate-limited"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_LIMIT = "redirect-limit"
    REDIRECT_INVALID = "redirect-invalid"
    NOT_PUBLIC = "not-public"
    INVALID_URL = "invalid-url"
    EXCLUDED = "excluded"
    DEADLINE = "deadline"
    INTERRUPTED = "interrupted"
    INTERNAL = "internal"


# Not what a server said: a changed setting, or merely a later run, may give another answer.
_OURS = frozenset(
    {
        FailureKind.NOT_PUBLIC,
        FailureKind.INVALID_URL,
        FailureKind.EXCLUDED,
        FailureKind.INTERNAL,
    }
)
_NOT_ASKED = frozenset({FailureKind.DEADLINE, FailureKind.INTERRUPTED, FailureKind.CUT_OFF})


class Failure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What went wrong at the last URL asked, in words; ``CUT_OFF``: the deadline came first."""

    kind: FailureKind
    reason: str
    url: str


class RequestError(Exception):
    """No answer: the kind of failure, and a reason in words.

    ``connecting`` says that the server was not even reached, so the method is not to blame.
    """

    def __init__(
        self, kind: FailureKind, reason: str, url: str = "", *, connecting: bool = False
    ) -> None:
        super().__init__(reason)
        self.failure = Failure(kind, reason, url)
        self.connecting = connecting


class Step(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One request that was answered.

    ``address`` is the IP address that was connected to (None through a proxy); ``headers``
    are those that matter, with lower-case names; ``milliseconds`` is the time to the headers.
    ``body`` says whether any content came with the answer (None: not looked at), ``bot_wall``
    how bot detection shows.
    """

    url: str
    status: int
    method: str = "GET"
    phrase: str = ""
    location: str | None = None
    address: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    milliseconds: int = 0
    body: bool | None = None
    bot_wall: str | None = None

    @property
    def redirects(self) -> bool:
        """Whether a browser follows this answer's Location (Fetch: redirect status)."""
        return self.status in (301, 302, 303, 307, 308)


class Answer(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that servers said about one URL.

    ``url`` has no fragment. ``steps`` are the requests of the chain that were answered, in
    order; without ``failure`` the last one is the final answer. ``fragment`` is the one that
    the last Location to bring any brought (None: the link's own is inherited). ``asked`` is
    seconds since the epoch. ``conditions`` is a digest of the settings that shaped the
    requests: an answer obtained under others does not serve. ``page`` is None where no
    fragment needed it.
    """

    url: str
    asked: float
    steps: tuple[Step, ...] = ()
    failure: Failure | None = None
    fragment: str | None = None
    page: Page | None = None
    etag: str | None = None
    last_modified: str | None = None
    conditions: str = ""
    tries: int = 1

    @property
    def storable(self) -> bool:
        """Whether a later run may use it: a server said it, not we ourselves."""
        return self.was_asked and (self.failure is None or self.failure.kind not in _OURS)

    @property
    def was_asked(self) -> bool:
        """Whether the URL was asked, and nothing of ours ended that."""
        return self.failure is None or self.failure.kind not in _NOT_ASKED

    @property
    def final_url(self) -> str:
        """The URL of the last request, answered or not; without a fragment."""
        if self.failure is not None:
            return self.failure.url
        return self.steps[-1].url if self.steps else self.url
