"""The six keys that the localization pipeline writes, last in the header and in order.

What they look like was counted over 100,000 articles in more than 20 locales: hashes of 40
hexadecimal digits, or of 64 (handoffs of August 2021); dates always with leading zeros; ids
always quoted. Nobody but the pipeline writes them, and a new hand-back changes the hash, the
commit, the date and the id together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linters.finding import Extent, Severity
from linters.metadata import rules
from linters.metadata.document import Entry
from linters.metadata.header import Header
from linters.metadata.known_keys import LOCALIZATION
from linters.metadata.locale import TAG, same_locale
from linters.metadata.places import Found
from linters.metadata.schema.dates import parse_exact

HANDED_BACK = ("ms.openlocfilehash", "ms.sourcegitcommit", "ms.lasthandoff", "ms.locfileid")
"""The keys that every hand-back changes."""

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_ID = re.compile(r"[0-9]+")
_TYPES = frozenset(
    ("Human Translation", "Machine Translation", "HT", "MT", "MTE", "MTE75", "MTE95")
)


def block_of(header: Header) -> dict[str, Entry]:
    """The keys of the block that the header has."""
    return {entry.key: entry for entry in header.entries if entry.key in LOCALIZATION}


def missing(header: Header, base: Mapping[str, Any]) -> Iterator[Found]:
    """One finding for all keys that are not there; those that --since saw go are ``edited``."""
    present = block_of(header)
    absent = [key for key in LOCALIZATION if key not in present and key not in base]
    if not absent:
        return
    everything = len(absent) == len(LOCALIZATION)
    what = "all six keys of the localization block are" if everything else ", ".join(absent)
    verb = "" if everything else (" is" if len(absent) == 1 else " are")
    yield Found(
        rules.LOCALIZATION_ATTRIBUTE_MISSING,
        Extent(header.content.start, header.content.start),
        f"{what}{verb} missing",
        severity=Severity.ERROR if everything else None,
        help="the localization pipeline writes these keys; restore them from its last hand-back",
        data={"missing": absent},
    )


def order(header: Header) -> Iterator[Found]:
    """The first key that is out of place."""
    keys = [entry.key for entry in header.entries]
    block = [entry for entry in header.entries if entry.key in LOCALIZATION]
    if len(block) < 2:
        return
    ranks = [LOCALIZATION.index(entry.key) for entry in block]
    wrong = next((i for i in range(1, len(ranks)) if ranks[i] < ranks[i - 1]), None)
    first = keys.index(block[0].key)
    stranger = next((one for one in header.entries[first:] if one.key not in LOCALIZATION), None)
    if wrong is not None:
        entry = block[wrong]
        message = f"{entry.key} stands behind {block[wrong - 1].key}, the pipeline writes it before"
    elif stranger is not None:
        entry = stranger
        message = f"{entry.key} stands in or behind the localization block, which comes last"
    else:
        return
    yield Found(
        rules.LOCALIZATION_ATTRIBUTE_ORDER,
        entry.node.extent,
        message,
        help=f"the order is {', '.join(LOCALIZATION)}",
        data={"key": entry.key},
    )


def invalid(header: Header) -> Iterator[Found]:
    """Every value that is malformed."""
    for key, entry in block_of(header).items():
        wanted = _complaint(key, entry)
        if wanted is not None:
            yield Found(
                rules.LOCALIZATION_ATTRIBUTE_INVALID,
                entry.node.extent,
                f"{key} {wanted}",
                help="the localization pipeline writes this value; restore it, do not edit it",
                data={"key": key},
            )


def _complaint(key: str, entry: Entry) -> str | None:
    value = entry.node.value
    if key == "ms.locfileid":
        if isinstance(value, str) and not entry.node.plain and _ID.fullmatch(value):
            return None
        return "must be digits in quotes"
    text = value if isinstance(value, str) else ""
    if key == "ms.openlocfilehash":
        return None if _HASH.fullmatch(text) else "must be 40 or 64 hexadecimal digits"
    if key == "ms.sourcegitcommit":
        return None if _COMMIT.fullmatch(text) else "must be 40 hexadecimal digits"
    if key == "ms.translationtype":
        return None if text in _TYPES else f"must be one of {', '.join(sorted(_TYPES))}"
    if key == "ms.contentlocale":
        return None if TAG.fullmatch(text) else "must be a language tag such as nb-NO"
    return None if parse_exact(text, "MM/dd/yyyy") else "must be a date of the form MM/DD/YYYY"


def mismatch(header: Header, locale: str | None) -> Iterator[Found]:
    """A locale that is not the repository's or the configuration's."""
    entry = block_of(header).get("ms.contentlocale")
    if entry is None or locale is None or not isinstance(entry.node.value, str):
        return
    value = entry.node.value
    if TAG.fullmatch(value) and not same_locale(value, locale):
        yield Found(
            rules.LOCALE_MISMATCH,
            entry.node.extent,
            f"the article is in {value}, the repository in {locale}",
            data={"key": entry.key, "locale": value, "expected": locale},
        )


def edited(header: Header, base: Mapping[str, Any]) -> Iterator[Found]:
    """Values that differ from the base revision, unless a hand-back changed the whole block."""
    present = block_of(header)
    now = {key: entry.node.value for key, entry in present.items()}
    before = {key: base[key] for key in LOCALIZATION if key in base}
    if not before or all(key in now and now[key] != before.get(key) for key in HANDED_BACK):
        return
    for key, value in before.items():
        if key in now and now[key] == value:
            continue
        entry = present.get(key)
        start = header.content.start
        extent = entry.node.extent if entry else Extent(start, start)
        verb = "was changed" if entry else "was deleted"
        yield Found(
            rules.LOCALIZATION_ATTRIBUTE_EDITED,
            extent,
            f"{key} {verb}; it was {value!r}",
            help="only the pipeline changes this block, and then all of it",
            data={"key": key, "before": value, "after": now.get(key)},
            by_change=True,
        )
