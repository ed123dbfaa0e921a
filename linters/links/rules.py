"""The rules of the links room that need no network."""

from __future__ import annotations

from linters.model.finding import Rule, Severity

FILE_NOT_FOUND = Rule(
    "LINK001", "file-not-found", Severity.ERROR, "A link to a file that does not exist."
)
FILE_CASE_MISMATCH = Rule(
    "LINK002",
    "file-case-mismatch",
    Severity.ERROR,
    "A link whose upper and lower case differ from the file's.",
)
BOOKMARK_NOT_FOUND = Rule(
    "LINK003",
    "bookmark-not-found",
    Severity.ERROR,
    "A link to a heading or anchor that the page does not have.",
)
INCLUDE_NOT_FOUND = Rule(
    "LINK004", "include-not-found", Severity.ERROR, "An included file that does not exist."
)
CIRCULAR_REFERENCE = Rule(
    "LINK005", "circular-reference", Severity.ERROR, "A file that ends up including itself."
)
LINK_OUT_OF_SCOPE = Rule(
    "LINK006", "link-out-of-scope", Severity.WARNING, "A link that leaves the repository."
)
LOCAL_FILE_PATH = Rule(
    "LINK007",
    "local-file-path",
    Severity.ERROR,
    "A link to a path on the author's own machine.",
)
LINK_INVALID = Rule(
    "LINK008", "link-invalid", Severity.ERROR, "A link whose destination is no URL."
)
OUTDATED_HOST = Rule(
    "LINK020", "outdated-host", Severity.WARNING, "A link to a host that has a new name."
)
LOCALE_IN_LINK = Rule(
    "LINK021",
    "locale-in-link",
    Severity.WARNING,
    "A link that pins the reader to one language.",
)
INSECURE_LINK = Rule(
    "LINK022", "insecure-link", Severity.OFF, "A link over http where https could be used."
)
LOCAL_RULES = (
    FILE_NOT_FOUND,
    FILE_CASE_MISMATCH,
    BOOKMARK_NOT_FOUND,
    INCLUDE_NOT_FOUND,
    CIRCULAR_REFERENCE,
    LINK_OUT_OF_SCOPE,
    LOCAL_FILE_PATH,
    LINK_INVALID,
    OUTDATED_HOST,
    LOCALE_IN_LINK,
    INSECURE_LINK,
)
