"""The rules of the links checker."""

from __future__ import annotations

from linters.model.finding import Group, Precedence, Rule, Severity

_E, _W, _OFF = Severity.ERROR, Severity.WARNING, Severity.OFF

FILE_NOT_FOUND = Rule("LINK001", "file-not-found", _E, "A link to a file that does not exist.")
FILE_CASE_MISMATCH = Rule(
    "LINK002", "file-case-mismatch", _E, "A link whose upper and lower case differ from the file's."
)
BOOKMARK_NOT_FOUND = Rule(
    "LINK003",
    "bookmark-not-found",
    _E,
    "A link to a heading or anchor that the page does not have.",
)
INCLUDE_NOT_FOUND = Rule(
    "LINK004", "include-not-found", _E, "An included file that does not exist."
)
CIRCULAR_REFERENCE = Rule(
    "LINK005", "circular-reference", _E, "A file that ends up including itself."
)
LINK_OUT_OF_SCOPE = Rule("LINK006", "link-out-of-scope", _W, "A link that leaves the repository.")
LOCAL_FILE_PATH = Rule(
    "LINK007", "local-file-path", _E, "A link to a path on the author's own machine."
)
LINK_INVALID = Rule(
    "LINK008",
    "link-invalid",
    _E,
    "A link whose destination is no URL.",
    precedence=Precedence(Group.URL, 0),
)
LINK_BROKEN = Rule(
    "LINK010",
    "link-broken",
    _E,
    "A link that leads nowhere.",
    network=True,
    precedence=Precedence(Group.URL, 1),
)
FRAGMENT_NOT_FOUND = Rule(
    "LINK011",
    "fragment-not-found",
    _E,
    "A link to a part of a web page that the page does not have.",
    network=True,
    precedence=Precedence(Group.URL, 2),
)
LINK_REDIRECTED = Rule(
    "LINK012",
    "link-redirected",
    _W,
    "A link to a page that has moved for good.",
    network=True,
    precedence=Precedence(Group.URL, 6),
)
LINK_UNKNOWN = Rule(
    "LINK013",
    "link-unknown",
    _W,
    "A link of which it cannot be told now whether it works.",
    network=True,
    precedence=Precedence(Group.URL, 7),
)
LINK_BLOCKED = Rule(
    "LINK014",
    "link-blocked",
    _W,
    "A link to an address that is not public.",
    network=True,
    precedence=Precedence(Group.URL, 3),
)
OUTDATED_HOST = Rule(
    "LINK020",
    "outdated-host",
    _W,
    "A link to a host that has a new name.",
    precedence=Precedence(Group.URL, 4),
)
LOCALE_IN_LINK = Rule(
    "LINK021",
    "locale-in-link",
    _W,
    "A link that pins the reader to one language.",
    precedence=Precedence(Group.URL, 5),
)
INSECURE_LINK = Rule(
    "LINK022",
    "insecure-link",
    _OFF,
    "A link over http where https could be used.",
    precedence=Precedence(Group.URL, 8),
)

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
