"""Defects to plant in a header, each of which any owner would call a defect.

A defect changes the lines of a header; it does not apply (None) where the header lacks the line
that it damages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Lines = list[str]
"""The lines of an article from the opening ``---`` on, without line ends."""


@dataclass(frozen=True)
class Defect:
    """One kind of damage, and the rules of which one has to find it."""

    name: str
    rules: frozenset[str]
    plant: Callable[[Lines], Lines | None]


HEADER = frozenset(("header-unreadable", "yaml-header-syntax-error", "yaml-header-not-object"))
MISSPELT = frozenset(("misspelt-attribute",))
PLACEHOLDER = frozenset(("placeholder-value",))
DATE = frozenset(("date-format-invalid", "missing-attribute"))

MISSPELLINGS = {
    "title": ("titel", "tite", "Title", "tilte", "tittel", "título", "titre"),
    "description": ("desription", "descripton", "Description", "decsription", "beskrivelse"),
    "author": ("auhtor", "autor", "athor", "Author"),
    "ms.author": ("ms.auhtor", "ms-author", "ms.auther", "ms,author", "MS.Author", "mss.author"),
    "ms.date": ("ms.dat", "ms.dtae", "ms..date", "mms.date", "ms. date", "ms.dato", "ms_date"),
    "ms.topic": ("ms.topoc", "ms-topic", "ms.tpoic", "ms.topics.", "ms.tema", "m.topic"),
    "ms.service": ("ms.sevice", "ms-service", "ms.servcie", "ms.servce"),
    "ms.prod": ("ms.porduct", "ms-prod", "ems.prod", "ms. prod"),
    "ms.reviewer": ("ms.review", "mw.reviewer", "ms.reviwer", "msreviewer", "ms.reviever"),
    "ms.custom": ("ms,.custom", "ms-custom", "custom.ms", "ms:custom", "\\ms.custom", "ms.cutsom"),
    "ms.assetid": ("ms.asseti", "ms.assestid", "ms-assetid"),
    "ms.search.keywords": ("ms. search.keywords", "ms.search.keyword", "ms.serch.keywords"),
    "ms.search.form": ("ms.search. form", "ms.saerch.form", "m.search.form"),
    "ms.search.region": ("ms.serch.region", "ms.search.regoin", "ms.search.Region"),
    "ms.search.validFrom": ("ms.search.validfrom", "ms.search.valdFrom"),
    "ms.technology": ("ms.technolgy", "ms.tecnology"),
    "ms.tgt_pltfrm": ("ms.tgt.pltfrm", "ms.tgt_pltform"),
    "manager": ("manger", "managr"),
    "ms.openlocfilehash": ("ms.openlocfilehsh", "ms.openlocfilhash"),
    "ms.sourcegitcommit": ("ms.sourcegitcomit",),
    "ms.translationtype": ("ms.translationtyp", "ms.translatiotype"),
    "ms.contentlocale": ("ms.contentlocal", "ms.contentlocael"),
    "ms.lasthandoff": ("ms.lasthandof", "ms.lasthandoof"),
    "ms.locfileid": ("ms.locfielid", "ms.locfilid"),
}
PLACEHOLDERS = {
    "title": ("TBD", "{{title}}", "<your title>", "[Insert title]", "Title goes here"),
    "description": (
        *("TODO", "{{description}}", "[Insert description here]", "Lorem ipsum dolor sit amet"),
        *("<Description>", "Enter a description"),
    ),
    "author": ("myGitHubHandle", "{github-id}", "<GitHub-alias>", "your-github-id", "<Alias>"),
    "ms.author": (
        *("MyMSFTAlias", "<Alias>", "{{ms-alias}}", "your-alias", "TBD", "Your alias"),
        "MyMSFTAlias (if I work there)",
    ),
    "ms.reviewer": ("TBD", "<reviewer>", "{reviewer-alias}"),
    "ms.date": ("yyyy-mm-dd", "mm/dd/yyyy", "MM/DD/YYYY", "{{date}}", "TBD"),
    "ms.assetid": ("<needs new guid>", "(guid of old soc version if any)", "TODO"),
    "ms.search.validFrom": ("yyyy-mm-dd", "in format yyyy-mm-dd"),
    "ms.service": ("<service>", "{{service}}", "[Insert service]"),
}
DATES = {
    "ms.date": (
        *("02/30/2021", "13/02/2021", "2021-02-30", "11/31/2020", "00/10/2021", "4/31/2022"),
        *("02/29/2021", "2021/13/01", "32/01/2021", "''", '""', "next week", "01/05/20211"),
    ),
    "ms.search.validFrom": ("2021-29-11", "2021-02-30", "2019-6-31", "2020-13-01"),
    "ms.reviewdate": ("02/30/2021", "2021-11-31"),
    "ms.lasthandoff": ("02/30/2021", "2021-01-28", "1/28/2021", "13/01/2021"),
}
BLOCK_VALUES = {
    "ms.openlocfilehash": ("abc", "eed5886e5de391a203882f373f7ba8a71830b0dg", "''"),
    "ms.sourcegitcommit": ("28a79ef2", "z" * 40),
    "ms.translationtype": ("mt", "Maskinoversettelse", "MTX"),
    "ms.contentlocale": ("norsk bokmål", "nb_NO", "''"),
    "ms.locfileid": ("50036029", '"5003602x"'),
}
BLOCK = (
    *("ms.openlocfilehash", "ms.sourcegitcommit", "ms.translationtype", "ms.contentlocale"),
    *("ms.lasthandoff", "ms.locfileid"),
)
_STRUCTURE: dict[str, tuple[frozenset[str], Callable[[Lines], Lines | None]]] = {}


def defects() -> Iterator[Defect]:
    """All defects."""
    for key, names in MISSPELLINGS.items():
        for name in names:
            yield Defect(f"key {name}", MISSPELT, _renaming(key, name))
    for key, values in PLACEHOLDERS.items():
        for value in values:
            found = PLACEHOLDER | (DATE if key == "ms.date" else frozenset())
            yield Defect(f"{key}: {value}", found, _setting(key, value))
    for key, values in DATES.items():
        for value in values:
            found = DATE | {"localization-attribute-invalid"}
            yield Defect(f"{key}: {value}", found, _setting(key, value))
    for key, values in BLOCK_VALUES.items():
        for value in values:
            found = frozenset(("localization-attribute-invalid",))
            yield Defect(f"{key}: {value}", found, _setting(key, value))
    for key in BLOCK:
        found = frozenset(("localization-attribute-missing",))
        yield Defect(f"without {key}", found, _deleting(key))
    for name, (found, plant) in _STRUCTURE.items():
        yield Defect(name, found, plant)


def line_of(lines: Lines, key: str) -> int | None:
    """The index of the line of a top-level key with a value on the same line."""
    end = next((i for i in range(1, len(lines)) if lines[i] in ("---", "...")), 0)
    pattern = re.compile(rf"{re.escape(key)}:[ ]+[^\s|>&*\[{{].*")
    for index in range(1, end):
        if pattern.fullmatch(lines[index]) and not lines[index + 1].startswith((" ", "-\t", "- ")):
            return index
    return None


def _changing(key: str, change: Callable[[Lines, int], Lines]) -> Callable[[Lines], Lines | None]:
    def plant(lines: Lines) -> Lines | None:
        index = line_of(lines, key)
        return None if index is None else change(list(lines), index)

    return plant


def _renaming(key: str, name: str) -> Callable[[Lines], Lines | None]:
    def change(lines: Lines, index: int) -> Lines:
        lines[index] = name + lines[index][len(key) :]
        return lines

    return _changing(key, change)


def _setting(key: str, value: str) -> Callable[[Lines], Lines | None]:
    def change(lines: Lines, index: int) -> Lines:
        quoted = value if value[0] not in "{[<" else f"'{value}'"
        lines[index] = f"{key}: {quoted}"
        return lines

    return _changing(key, change)


def _deleting(key: str) -> Callable[[Lines], Lines | None]:
    return _changing(key, lambda lines, index: lines[:index] + lines[index + 1 :])


def _structure(name: str, *rules: str) -> Callable[[Callable[[Lines], Lines | None]], None]:
    def register(plant: Callable[[Lines], Lines | None]) -> None:
        _STRUCTURE[name] = (frozenset(rules), plant)

    return register


def _close(lines: Lines) -> int:
    return next(i for i in range(1, len(lines)) if lines[i] in ("---", "..."))


for _name, _first in {
    "blank line above": ["", "---"],
    "opener indented": [" ---"],
    "opener of four hyphens": ["----"],
    "opener of dashes": ["———"],
    "text after the opener": ["--- yaml"],
    "no opener": [],
    "fenced": ["```yaml", "---"],
    "merge conflict above": ["<<<<<<< HEAD", "---"],
    "second byte order mark": ["\ufeff\ufeff---"],
    "delimiter of plus signs": ["+++"],
    "heading above": ["# Heading", "", "---"],
    "zero width space above": ["\u200b---"],
}.items():

    def _opened(lines: Lines, first: Lines = _first) -> Lines:
        return [*first, *lines[1:]]

    _structure(_name, "header-unreadable")(_opened)


@_structure("not closed", "header-unreadable")
def _unclosed(lines: Lines) -> Lines | None:
    end = _close(lines)
    if any(line.strip() in ("---", "...") for line in lines[end + 1 :]):
        return None
    return lines[:end] + lines[end + 1 :]


@_structure("merge conflict inside", "header-unreadable")
def _conflict(lines: Lines) -> Lines:
    return [lines[0], "<<<<<<< HEAD", *lines[1:3], "=======", *lines[1:3], ">>>>>>> x", *lines[3:]]


@_structure("all below one key", "header-unreadable", "misspelt-attribute")
def _below(lines: Lines) -> Lines:
    end = _close(lines)
    return [lines[0], "metadata:", *(f"  {line}" for line in lines[1:end]), *lines[end:]]


@_structure("a list", "yaml-header-not-object")
def _as_list(lines: Lines) -> Lines | None:
    end = _close(lines)
    simple = all(re.fullmatch(r"[\w.]+: [^:#'\"\[{]+", line) for line in lines[1:end])
    return [lines[0], *(f"- {line}" for line in lines[1:end]), *lines[end:]] if simple else None


@_structure("an open quote", *HEADER)
def _quote(lines: Lines) -> Lines:
    return [lines[0], "title: 'An open quote", *lines[2:]]


@_structure("a colon in the title", *HEADER)
def _colon(lines: Lines) -> Lines:
    return [lines[0], "title: Fix it: now", *lines[2:]]


@_structure("a tab for the indent", *HEADER)
def _tab(lines: Lines) -> Lines:
    return [*lines[:2], "\tms.custom: x", *lines[2:]]


@_structure("no blank after the colon", *HEADER, "misspelt-attribute")
def _no_blank(lines: Lines) -> Lines | None:
    index = line_of(lines, "ms.topic") or line_of(lines, "ms.date")
    if index is None:
        return None
    return [*lines[:index], lines[index].replace(": ", ":", 1), *lines[index + 1 :]]


@_structure("a key twice", "yaml-duplicate-key")
def _twice(lines: Lines) -> Lines:
    return [*lines[:2], "title: Another title", *lines[2:]]


@_structure("a key indented below an empty one", "misspelt-attribute", *HEADER)
def _indented(lines: Lines) -> Lines | None:
    index = line_of(lines, "ms.topic") or line_of(lines, "ms.date")
    if index is None:
        return None
    return [*lines[:index], "ms.workload:", f"  {lines[index]}", *lines[index + 1 :]]


@_structure("two keys indented", "misspelt-attribute", *HEADER)
def _two_indented(lines: Lines) -> Lines:
    return [*lines[:2], "ms.workload:", "  ms.suite: office", "  ms.devlang: c", *lines[2:]]


@_structure("an indented key after a value", *HEADER)
def _indented_after(lines: Lines) -> Lines:
    return [*lines[:2], "  ms.custom: x", *lines[2:]]


for _name, _title, _rules in (
    ("a title of blanks", "title: '  '", ("missing-attribute",)),
    ("an empty title", "title:", ("missing-attribute",)),
    ("a list for the title", "title: [a, b]", ("unexpected-type",)),
    ("a number for the title", "title: 365", ("unexpected-type",)),
    ("a mapping for the title", "title: {a: b}", ("unexpected-type",)),
    ("a zero width space in the title", "title: Peel\u200b an orange", ("invisible-character",)),
    ("an override in the title", "title: Peel \u202ean orange", ("invisible-character",)),
    ("a soft hyphen in the title", "title: Peel an oran\u00adge", ("invisible-character",)),
    ("a placeholder title", "title: '[Add title]'", ("placeholder-value",)),
):

    def _titled(lines: Lines, title: str = _title) -> Lines | None:
        index = line_of(lines, "title")
        return None if index is None else [*lines[:index], title, *lines[index + 1 :]]

    _structure(_name, *_rules)(_titled)

_structure("without title", "missing-attribute")(_deleting("title"))


@_structure("a zero width space in a key", "invisible-character")
def _invisible_key(lines: Lines) -> Lines | None:
    index = line_of(lines, "title")
    if index is None:
        return None
    return [*lines[:index], f"ti\u200btle{lines[index][5:]}", *lines[index + 1 :]]


for _topic in ("Artcle", "How-To", "tutorials", "concept article", "refrence", "quick-start"):
    _structure(f"ms.topic: {_topic}", "invalid-value")(_setting("ms.topic", _topic))
for _value in ("NOINDEX; NOFOLLOW", "no index", "hidden"):

    def _robots(lines: Lines, value: str = _value) -> Lines:
        return [lines[0], f"ROBOTS: {value}", *lines[1:]]

    _structure(f"ROBOTS: {_value}", "format-invalid")(_robots)
for _key in ("wordCount", "document_id", "gitcommit", "toc_rel", "canonical_url"):

    def _reserved(lines: Lines, key: str = _key) -> Lines:
        return [lines[0], f"{key}: x", *lines[1:]]

    _structure(f"reserved {_key}", "attribute-reserved")(_reserved)


@_structure("spans around a value", "span-in-header")
def _spans(lines: Lines) -> Lines | None:
    index = line_of(lines, "title")
    if index is None:
        return None
    value = lines[index][7:].strip("'\"")
    if '"' in value or ": " in value:
        return None
    lines = list(lines)
    lines[index] = (
        f"title: <span data-ttu-id='1f0a9-101'>{value}</span><span class='sxs-lookup'>"
        f"<span data-stu-id='1f0a9-101'>{value}</span></span>"
    )
    return lines


@_structure("the block reversed", "localization-attribute-order")
def _reversed(lines: Lines) -> Lines | None:
    places = [line_of(lines, key) for key in BLOCK]
    if None in places:
        return None
    first, second = places[0] or 0, places[1] or 0
    lines = list(lines)
    lines[first], lines[second] = lines[second], lines[first]
    return lines


@_structure("a title after the block", "localization-attribute-order", "yaml-duplicate-key")
def _after_block(lines: Lines) -> Lines | None:
    index, last = line_of(lines, "ms.author"), line_of(lines, "ms.locfileid")
    if index is None or last is None or last < index:
        return None
    return [*lines[:index], *lines[index + 1 : last + 1], lines[index], *lines[last + 1 :]]


@_structure("another locale", "locale-mismatch")
def _locale(lines: Lines) -> Lines | None:
    return _setting("ms.contentlocale", "fi-FI")(lines)


@_structure("an alias with a domain", "format-invalid")
def _domain(lines: Lines) -> Lines | None:
    return _setting("ms.author", "octocat@microsoft.com")(lines)


@_structure("a product and a service", "precluded-attributes", "attribute-deprecated")
def _product(lines: Lines) -> Lines | None:
    keys = {line.partition(":")[0] for line in lines}
    if not {"ms.service"} <= keys or keys & {"ms.prod", "ms.openlocfilehash"}:
        return None
    return [lines[0], "ms.prod: windows", *lines[1:]]


@_structure("a subservice without service", "missing-paired-attribute")
def _subservice(lines: Lines) -> Lines | None:
    if any(line.startswith(("ms.service:", "ms.subservice:", "ms.prod:")) for line in lines):
        return None
    return [lines[0], "ms.subservice: vm", *lines[1:]]
