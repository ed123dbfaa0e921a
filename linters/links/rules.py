"""The rules of the links checker."""

from __future__ import annotations

from linters.model.finding import Group, Inheritance, Precedence, Rule, Severity

_E, _W, _OFF = Severity.ERROR, Severity.WARNING, Severity.OFF


def _rule(
    code: str,
    name: str,
    severity: Severity,
    summary: str,
    *,
    rank: int | None = None,
    network: bool = False,
    style: bool = False,
) -> Rule:
    """A rule about links, all of which a translation may have from its source.

    One URL at one place has one finding, that of the lowest ``rank``. ``style``: the rule is
    about the way a link is written, which is an info where the source has it as well.
    """
    return Rule(
        code,
        name,
        severity,
        summary,
        network=network,
        precedence=None if rank is None else Precedence(Group.URL, rank),
        inheritance=Inheritance.STYLE if style else Inheritance.LINK,
    )


FILE_NOT_FOUND = _rule("LINK001", "file-not-found", _E, "A link to a file that does not exist.")
FILE_CASE_MISMATCH = _rule(
    "LINK002",
    "file-case-mismatch",
    _E,
    "A link that differs from the file's name in case.",
    style=True,
)
BOOKMARK_NOT_FOUND = _rule(
    "LINK003", "bookmark-not-found", _E, "A link to an anchor that the page does not have."
)
INCLUDE_NOT_FOUND = _rule("LINK004", "include-not-found", _E, "An include of a missing file.")
CIRCULAR_REFERENCE = _rule("LINK005", "circular-reference", _E, "A file that includes itself.")
LINK_OUT_OF_SCOPE = _rule(
    "LINK006", "link-out-of-scope", _W, "A link that points outside the repository."
)
LOCAL_FILE_PATH = _rule("LINK007", "local-file-path", _E, "A link to a path on one machine.")
LINK_INVALID = _rule("LINK008", "link-invalid", _E, "A link without a valid destination.", rank=0)
BACKSLASH_IN_LINK = _rule(
    "LINK009", "backslash-in-link", _W, "A link with backslashes as path separators.", style=True
)
LINK_BROKEN = _rule(
    "LINK010", "link-broken", _E, "A link that does not work.", rank=1, network=True
)
FRAGMENT_NOT_FOUND = _rule(
    "LINK011",
    "fragment-not-found",
    _E,
    "A link to an anchor that the web page does not have.",
    rank=2,
    network=True,
)
LINK_REDIRECTED = _rule(
    "LINK012",
    "link-redirected",
    _W,
    "A link to a page that has moved permanently.",
    rank=6,
    network=True,
    style=True,
)
LINK_UNKNOWN = _rule(
    "LINK013", "link-unknown", _W, "A link that could not be checked.", rank=7, network=True
)
LINK_BLOCKED = _rule(
    "LINK014", "link-blocked", _W, "A link to an address that is not public.", rank=3, network=True
)
OUTDATED_HOST = _rule(
    "LINK020", "outdated-host", _W, "A link to a host that has a new name.", rank=4, style=True
)
LOCALE_IN_LINK = _rule(
    "LINK021",
    "locale-in-link",
    _W,
    "A link that sends every reader to one language.",
    rank=5,
    style=True,
)
INSECURE_LINK = _rule(
    "LINK022",
    "insecure-link",
    _OFF,
    "A link over http where https could be used.",
    rank=8,
)

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
