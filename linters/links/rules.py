"""The rules of the links checker."""

from __future__ import annotations

from linters.model.finding import Group, Precedence, Rule, Severity

_E, _W, _OFF = Severity.ERROR, Severity.WARNING, Severity.OFF


def _style(rank: int, code: str, name: str, severity: Severity, summary: str) -> Rule:
    """A rule about a URL; one URL at one place has one finding, that of the lowest rank."""
    return Rule(code, name, severity, summary, precedence=Precedence(Group.URL, rank))


def _network(rank: int, code: str, name: str, severity: Severity, summary: str) -> Rule:
    """A rule about the answer of a server."""
    precedence = Precedence(Group.URL, rank)
    return Rule(code, name, severity, summary, network=True, precedence=precedence)


FILE_NOT_FOUND = Rule("LINK001", "file-not-found", _E, "A link to a file that does not exist.")
FILE_CASE_MISMATCH = Rule(
    "LINK002", "file-case-mismatch", _E, "A link that differs from the file's name in case."
)
BOOKMARK_NOT_FOUND = Rule(
    "LINK003", "bookmark-not-found", _E, "A link to an anchor that the page does not have."
)
INCLUDE_NOT_FOUND = Rule("LINK004", "include-not-found", _E, "An include of a missing file.")
CIRCULAR_REFERENCE = Rule("LINK005", "circular-reference", _E, "A file that includes itself.")
LINK_OUT_OF_SCOPE = Rule(
    "LINK006", "link-out-of-scope", _W, "A link that points outside the repository."
)
LOCAL_FILE_PATH = Rule("LINK007", "local-file-path", _E, "A link to a path on one machine.")
LINK_INVALID = _style(0, "LINK008", "link-invalid", _E, "A link without a valid destination.")
BACKSLASH_IN_LINK = Rule(
    "LINK009", "backslash-in-link", _W, "A link with backslashes as path separators."
)
LINK_BROKEN = _network(1, "LINK010", "link-broken", _E, "A link that does not work.")
FRAGMENT_NOT_FOUND = _network(
    2, "LINK011", "fragment-not-found", _E, "A link to an anchor that the web page does not have."
)
LINK_REDIRECTED = _network(
    6, "LINK012", "link-redirected", _W, "A link to a page that has moved permanently."
)
LINK_UNKNOWN = _network(7, "LINK013", "link-unknown", _W, "A link that could not be checked.")
LINK_BLOCKED = _network(
    3, "LINK014", "link-blocked", _W, "A link to an address that is not public."
)
OUTDATED_HOST = _style(4, "LINK020", "outdated-host", _W, "A link to a host that has a new name.")
LOCALE_IN_LINK = _style(
    5, "LINK021", "locale-in-link", _W, "A link that sends every reader to one language."
)
INSECURE_LINK = _style(
    8, "LINK022", "insecure-link", _OFF, "A link over http where https could be used."
)

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
