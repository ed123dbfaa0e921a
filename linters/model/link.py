"""What the report says of one link."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from linters.model.finding import Range
from linters.model.history import LinkHistory


class Kind(StrEnum):
    """What a link's target is."""

    EXTERNAL = "external"
    FILE = "file"
    BOOKMARK = "bookmark"
    SITE = "site"
    XREF = "xref"
    MAIL = "mail"
    OTHER = "other"


class Syntax(StrEnum):
    """How a link is written at one place."""

    INLINE = "inline"
    REFERENCE = "reference"
    AUTOLINK = "autolink"
    BARE = "bare"
    HTML = "html"
    IMAGE = "image"
    INCLUDE = "include"
    DIRECTIVE = "directive"
    YAML = "yaml"


class Verdict(StrEnum):
    """What a reader would get."""

    OK = "ok"
    REDIRECTED = "redirected"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


class Cause(StrEnum):
    """Why a verdict is not ``ok``; a closed set."""

    STATUS = "status"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    BOT_WALL = "bot-wall"
    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS = "tls"
    PROTOCOL = "protocol"
    TOO_LARGE = "too-large"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_LIMIT = "redirect-limit"
    REDIRECT_INVALID = "redirect-invalid"
    NOT_FOUND_REDIRECT = "not-found-redirect"
    FRAGMENT_ABSENT = "fragment-absent"
    FRAGMENT_UNKNOWABLE = "fragment-unknowable"
    NOT_PUBLIC = "not-public"
    INVALID_URL = "invalid-url"
    SCHEME = "scheme"
    EXCLUDED = "excluded"
    OFFLINE = "offline"
    DEADLINE = "deadline"
    INTERRUPTED = "interrupted"
    NOT_LOCALIZED = "not-localized"
    FOREIGN_REPOSITORY = "foreign-repository"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Hop:
    """One request on the way to the answer: what was asked, and the status it got."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one URL, and why.

    ``status`` is the last HTTP status, ``final_url`` where the redirects ended (None
    without redirects), ``redirects`` every hop that answered with a redirect. ``asked`` is
    when the server was asked, in seconds since the epoch; in an audit only (None: it was not).
    """

    verdict: Verdict
    cause: Cause | None = None
    reason: str | None = None
    status: int | None = None
    final_url: str | None = None
    redirects: tuple[Hop, ...] = ()
    asked: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One place where a link is written: its destination's range."""

    path: str
    range: Range
    syntax: Syntax


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """One pair (url as written, target as asked) with its verdict and places, sorted.

    ``history`` and ``owners`` (of the places, sorted) are set by an audit; ``archived`` is
    the URL of a copy in an archive, where one was asked for and found.
    """

    url: str
    target: str
    kind: Kind
    outcome: Outcome
    places: tuple[Place, ...]
    history: LinkHistory | None = None
    owners: tuple[str, ...] = ()
    archived: str | None = None
