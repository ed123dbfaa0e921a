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

from linters.article.header import Header
from linters.article.yaml_nodes import Entry
from linters.metadata import rules
from linters.metadata.found import Found
from linters.metadata.known_keys import LOCALIZATION
from linters.model.finding import Extent, Severity
from linters.repository.locale import TAG, same_locale
from linters.util.dotnet_dates import parse_exact

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


def missing(
    header: Header, base: Mapping[str, Any], misspelt: Mapping[str, str]
) -> Iterator[Found]:
    """One finding for all keys that are not there.

    Those that --since saw go are ``edited``; of ``misspelt`` ones, key to the key that was
    meant, another rule speaks.
    """
    present = {*block_of(header), *misspelt.values()}
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


def order(header: Header, misspelt: Mapping[str, str]) -> Iterator[Found]:
    """The first key that is out of place; duplicates and misspelt keys have rules of their own."""
    firsts: dict[str, Entry] = {}
    for entry in header.entries:
        firsts.setdefault(entry.key, entry)
    entries = [one for one in firsts.values() if misspelt.get(one.key) not in LOCALIZATION]
    keys = [entry.key for entry in entries]
    block = [entry for entry in entries if entry.key in LOCALIZATION]
    if len(block) < 2:
        return
    ranks = [LOCALIZATION.index(entry.key) for entry in block]
    wrong = next((i for i in range(1, len(ranks)) if ranks[i] < ranks[i - 1]), None)
    first = keys.index(block[0].key)
    stranger = next((one for one in entries[first:] if one.key not in LOCALIZATION), None)
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
        wanted = _complaint(key, entry, _text(header, entry))
        if wanted is not None:
            yield Found(
                rules.LOCALIZATION_ATTRIBUTE_INVALID,
                entry.node.extent,
                f"{key} {wanted}",
                help="the localization pipeline writes this value; restore it, do not edit it",
                data={"key": key},
            )


def _text(header: Header, entry: Entry) -> str:
    """The value as text: a hash of nothing but digits is no number."""
    node = entry.node
    if isinstance(node.value, str):
        return node.value
    if not node.plain:
        return ""
    start = header.content.start
    return header.text[node.extent.start - start : node.extent.end - start]


def _complaint(key: str, entry: Entry, text: str) -> str | None:
    if key == "ms.locfileid":
        quoted = isinstance(entry.node.value, str) and not entry.node.plain
        return None if quoted and _ID.fullmatch(text) else "must be digits in quotes"
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
    deleted = [key for key in before if key not in now]
    if deleted:
        many = len(deleted) > 1
        verb = "were deleted" if many else f"was deleted; it was {before[deleted[0]]!r}"
        place = Extent(header.content.start, header.content.start)
        values = {key: before[key] for key in deleted}
        data = {"key": deleted[0], "missing": deleted, "before": values}
        yield _edited(place, f"{', '.join(deleted)} {verb}", data)
    for key, value in before.items():
        if key in now and now[key] != value:
            data = {"key": key, "before": value, "after": now[key]}
            place = present[key].node.extent
            yield _edited(place, f"{key} was changed; it was {value!r}", data)


def _edited(place: Extent, message: str, data: Mapping[str, Any]) -> Found:
    return Found(
        rules.LOCALIZATION_ATTRIBUTE_EDITED,
        place,
        message,
        help="only the pipeline changes this block, and then all of it",
        data=data,
        by_change=True,
    )
