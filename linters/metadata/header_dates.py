"""Checks dates where no schema does: under any key, and empty ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linters.article.article import Article
from linters.article.header import Header
from linters.metadata import rules
from linters.metadata.candidate import Candidate
from linters.metadata.known_keys import LOCALIZATION
from linters.metadata.schema.values import show
from linters.util.dotnet_dates import parse_exact

_DATE_KEY = re.compile(r"(?:.*[._-])?(?:\w*date|validfrom|lasthandoff)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:\d{4}([/.-])\d{1,2}\1\d{1,2}|\d{1,2}([/.-])\d{1,2}\2\d{4})", re.ASCII)
_READINGS = ("yyyy-M-d", "M-d-yyyy", "d-M-yyyy")


def invalid_dates(article: Article, header: Header) -> Iterator[Candidate]:
    """Dates that do not exist in any order of day and month, and empty values of ``ms.date``.

    The localization block has a rule of its own.
    """
    for entry in header.entries:
        if entry.key in LOCALIZATION or not is_date_key(entry.key):
            continue
        node = entry.node
        if entry.key == "ms.date" and not node.items and node.value in (None, ""):
            message = "ms.date is empty"
        elif isinstance(node.value, str) and is_impossible(node.value):
            message = f"{entry.key}: {show(node.value)} is not a valid date"
        else:
            continue
        finding = article.finding(
            rules.DATE_FORMAT_INVALID, node.extent, message, data={"attribute": entry.key}
        )
        yield Candidate(finding, (entry.key,), fallback=True)


def is_date_key(key: str) -> bool:
    """Whether a key's name says that its value is a date."""
    return _DATE_KEY.fullmatch(key) is not None


def is_impossible(text: str) -> bool:
    """Whether a text looks like a date in numbers that is in no calendar."""
    text = text.strip()
    if _NUMBERS.fullmatch(text) is None:
        return False
    dashed = re.sub(r"[/.]", "-", text)
    return all(parse_exact(dashed, pattern) is None for pattern in _READINGS)
