"""What servers answered for one URL, as it is stored; verdicts are derived from it.

Everything here is frozen and JSON-like: ``Answer.to_json`` and ``Answer.from_json`` are each
other's inverse. An answer belongs to a URL without its fragment: the page's ids serve every
fragment that points into it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class FailureKind(StrEnum):
    """Why there is no final answer."""

    NAME_ABSENT = "name-absent"
    NAME_FAILED = "name-failed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RESET = "reset"
    TIMEOUT = "timeout"
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


class PageKind(StrEnum):
    """What the content can say about fragments."""

    HTML = "html"
    SCRIPTED = "scripted"
    OPAQUE = "opaque"
    WALL = "wall"


class PageEnd(StrEnum):
    """How far the content was read: to its end, as far as needed, or until it went wrong."""

    COMPLETE = "complete"
    ENOUGH = "enough"
    TOO_LARGE = "too-large"
    BROKEN_OFF = "broken-off"
    GARBLED = "garbled"
    TIMEOUT = "timeout"


# Not what a server said: a changed setting, or merely a later run, may tell otherwise.
_OURS = frozenset(
    {
        FailureKind.NOT_PUBLIC,
        FailureKind.INVALID_URL,
        FailureKind.EXCLUDED,
        FailureKind.DEADLINE,
        FailureKind.INTERRUPTED,
        FailureKind.INTERNAL,
    }
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong at the last URL asked, in a person's words."""

    kind: FailureKind
    reason: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One request that was answered.

    ``address`` is the IP address that was connected to (None through a proxy); ``headers``
    are those that matter, with lower-case names; ``milliseconds`` is the time to the headers.
    ``body`` says whether any content came with the answer (None: not looked at).
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
    wall: str | None = None

    @property
    def redirects(self) -> bool:
        """Whether a browser follows this answer's Location (Fetch: redirect status)."""
        return self.status in (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Page:
    """What the final content says about fragments; ``ids`` are those seen, sorted.

    ``scripts`` says whether the page runs any.
    """

    kind: PageKind
    end: PageEnd
    ids: tuple[str, ...] = ()
    scripts: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """All that servers said about one URL.

    ``url`` has no fragment. ``steps`` are the requests of the chain that were answered, in
    order; without ``failure`` the last one is the final answer. ``fragment`` is the one that
    the last Location to bring any brought (None: the link's own is inherited). ``when`` is
    seconds since the epoch. ``conditions`` is a digest of the settings that shaped the
    requests: an answer obtained under others does not serve. ``page`` is None where no
    fragment needed it.
    """

    url: str
    when: float
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
        return self.failure is None or self.failure.kind not in _OURS

    @property
    def final_url(self) -> str:
        """The URL of the last request, answered or not; without a fragment."""
        if self.failure is not None:
            return self.failure.url
        return self.steps[-1].url if self.steps else self.url

    def to_json(self) -> dict[str, Any]:
        """The answer as JSON values."""
        values = {name: getattr(self, name) for name in _FIELDS[Answer]}
        values["steps"] = [_values(step) for step in self.steps]
        values["failure"] = self.failure and _values(self.failure)
        values["page"] = self.page and _values(self.page)
        return values

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Answer:
        """The answer that ``to_json`` turned into ``value``; KeyError, TypeError or
        ValueError when it is none."""
        failure, page = value["failure"], value["page"]
        steps = tuple(
            Step(**{**step, "headers": tuple((name, text) for name, text in step["headers"])})
            for step in value["steps"]
        )
        return cls(
            **{
                **value,
                "steps": steps,
                "failure": failure
                and Failure(FailureKind(failure["kind"]), failure["reason"], failure["url"]),
                "page": page
                and Page(
                    PageKind(page["kind"]),
                    PageEnd(page["end"]),
                    tuple(page["ids"]),
                    page["scripts"],
                ),
            }
        )


# dataclasses.asdict copies deeply, which costs more than a request.
_FIELDS = {one: tuple(field.name for field in fields(one)) for one in (Answer, Step, Failure, Page)}


def _values(one: Step | Failure | Page) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS[type(one)]}
