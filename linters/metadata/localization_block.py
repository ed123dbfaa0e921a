"""The six keys that the localization pipeline writes, last in the header and in order.

Formats were counted over 100,000 articles in more than 20 locales: hashes of 40 hexadecimal
digits, or of 64 (handoffs of August 2021); dates always with leading zeros; ids always quoted.
Only the pipeline writes these keys, and a new hand-back changes the hash, the commit, the date
and the id together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linters.article.article import Article
from linters.article.header import Header
from linters.article.yaml_nodes import Entry
from linters.metadata import rules
from linters.metadata.known_keys import EXPECTED, LOCALIZATION
from linters.model.finding import Extent, Finding, Severity
from linters.repository.locale import TAG, same_locale
from linters.util.dotnet_dates import parse_exact

HANDED_BACK = ("ms.openlocfilehash", "ms.sourcegitcommit", "ms.lasthandoff", "ms.locfileid")
"""The keys that every hand-back changes."""

_OLD_FORMAT = 2018
"""The last year of hand-offs without ms.locfileid and in another order."""
_TYPES_COMPLETE = 2020
"""The last year of hand-offs that may lack ms.translationtype."""
_AUTHORS = EXPECTED - {*LOCALIZATION, "ms.custom"}
"""Keys that authors write, before the block."""

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_ID = re.compile(r"[0-9]+")
_TYPES = ("HT", "Human Translation", "MT", "MTE", "MTE75", "MTE95", "Machine Translation")


def is_localized(article: Article, header: Header) -> bool:
    """Whether an article came out of the localization pipeline."""
    return bool(block_of(header)) or bool(article.segments)


def block_of(header: Header) -> dict[str, Entry]:
    """The keys of the block that the header has."""
    return {entry.key: entry for entry in header.entries if entry.key in LOCALIZATION}


def missing(
    article: Article, header: Header, base: Mapping[str, Any], misspelt: Mapping[str, str]
) -> Iterator[Finding]:
    """One finding for all keys of the block that are not set.

    Other rules report those that a change deleted (in ``base``) and misspelt ones
    (``misspelt`` maps a key to the key that was meant).
    """
    present = {*block_of(header), *misspelt.values()}
    absent = [key for key in LOCALIZATION if key not in present and key not in base]
    if not absent or (set(absent) <= _not_written_before(header)):
        return
    everything = len(absent) == len(LOCALIZATION)
    what = "all six keys of the localization block are" if everything else ", ".join(absent)
    verb = "" if everything else (" is" if len(absent) == 1 else " are")
    yield article.finding(
        rules.LOCALIZATION_ATTRIBUTE_MISSING,
        (header.content.start, header.content.start),
        f"{what}{verb} missing",
        severity=Severity.ERROR if everything else None,
        help="the localization pipeline writes these keys; restore them from its last hand-back",
        data={"missing": absent},
    )


def _not_written_before(header: Header) -> set[str]:
    """The keys that the pipeline did not write at the time of a block's hand-off."""
    year = _hand_off_year(header)
    if year is None or year > _TYPES_COMPLETE:
        return set()
    keys = {"ms.translationtype"}
    return keys | {"ms.locfileid"} if year <= _OLD_FORMAT else keys


def _hand_off_year(header: Header) -> int | None:
    entry = block_of(header).get("ms.lasthandoff")
    text = str(entry.node.value) if entry is not None else ""
    return int(text[-4:]) if re.fullmatch(r"\d\d/\d\d/\d{4}", text, re.ASCII) else None


def order(article: Article, header: Header, misspelt: Mapping[str, str]) -> Iterator[Finding]:
    """The first key that is out of place; other rules report duplicate and misspelt keys."""
    firsts: dict[str, Entry] = {}
    for entry in header.entries:
        firsts.setdefault(entry.key, entry)
    entries = [e for e in firsts.values() if misspelt.get(e.key) not in LOCALIZATION]
    keys = [entry.key for entry in entries]
    block = [entry for entry in entries if entry.key in LOCALIZATION]
    year = _hand_off_year(header)
    if len(block) < 2 or (year is not None and year <= _OLD_FORMAT):
        return
    ranks = [LOCALIZATION.index(entry.key) for entry in block]
    wrong = next((i for i in range(1, len(ranks)) if ranks[i] < ranks[i - 1]), None)
    first = keys.index(block[0].key)
    last = keys.index(block[-1].key)
    stranger = next((e for e in entries[first:last] if e.key not in LOCALIZATION), None)
    if stranger is None:  # other pipelines write their keys after the block
        stranger = next((e for e in entries[last + 1 :] if e.key in _AUTHORS), None)
    if wrong is not None:
        entry = block[wrong]
        message = f"{entry.key} follows {block[wrong - 1].key}, expected before it"
    elif stranger is not None:
        entry = stranger
        message = f"{entry.key} is in or after the localization block, which comes last"
    else:
        return
    yield article.finding(
        rules.LOCALIZATION_ATTRIBUTE_ORDER,
        entry.node.extent,
        message,
        help=f"the order is {', '.join(LOCALIZATION)}",
        data={"key": entry.key},
    )


def invalid(article: Article, header: Header) -> Iterator[Finding]:
    """Every value that is malformed."""
    for key, entry in block_of(header).items():
        expected = _expected(key, entry, _text(article, entry))
        if expected is not None:
            yield article.finding(
                rules.LOCALIZATION_ATTRIBUTE_INVALID,
                entry.node.extent,
                f"{key} must be {expected}",
                help="the localization pipeline writes this value; restore it, do not edit it",
                data={"key": key},
            )


def _text(article: Article, entry: Entry) -> str:
    """The value as it is written: YAML reads a hash that has only digits as a number."""
    node = entry.node
    if isinstance(node.value, str):
        return node.value
    return article.text[slice(*node.extent)] if node.plain else ""


def _expected(key: str, entry: Entry, text: str) -> str | None:
    """What the value of a key must be; None where it is that."""
    if key == "ms.locfileid":
        quoted = isinstance(entry.node.value, str) and not entry.node.plain
        return None if quoted and _ID.fullmatch(text) else "digits in quotes"
    if key == "ms.openlocfilehash":
        return None if _HASH.fullmatch(text) else "40 or 64 hexadecimal digits"
    if key == "ms.sourcegitcommit":
        return None if _COMMIT.fullmatch(text) else "40 hexadecimal digits"
    if key == "ms.translationtype":
        return None if text in _TYPES else f"one of {', '.join(_TYPES)}"
    if key == "ms.contentlocale":
        return None if TAG.fullmatch(text) else "a language tag such as nb-NO"
    return None if parse_exact(text, "MM/dd/yyyy") else "a valid date in the format MM/DD/YYYY"


def mismatch(article: Article, header: Header, locale: str | None) -> Iterator[Finding]:
    """A locale that is not the repository's or the configuration's."""
    entry = block_of(header).get("ms.contentlocale")
    if entry is None or locale is None or not isinstance(entry.node.value, str):
        return
    value = entry.node.value
    if TAG.fullmatch(value) and not same_locale(value, locale):
        yield article.finding(
            rules.LOCALE_MISMATCH,
            entry.node.extent,
            f"the article's locale is {value}, expected {locale}",
            data={"key": entry.key, "locale": value, "expected": locale},
        )


def edited(article: Article, header: Header, base: Mapping[str, Any]) -> Iterator[Finding]:
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
        yield _edited(article, place, f"{', '.join(deleted)} {verb}", data)
    for key, value in before.items():
        if key in now and now[key] != value:
            data = {"key": key, "before": value, "after": now[key]}
            place = present[key].node.extent
            yield _edited(article, place, f"{key} was changed; it was {value!r}", data)


def _edited(article: Article, place: Extent, message: str, data: Mapping[str, Any]) -> Finding:
    return article.finding(
        rules.LOCALIZATION_ATTRIBUTE_EDITED,
        place,
        message,
        help="only the pipeline changes this block, and always the whole block",
        data=data,
        by_change=True,
    )
