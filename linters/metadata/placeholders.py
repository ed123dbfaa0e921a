"""Recognizes template placeholders that were not replaced."""

from __future__ import annotations

import re

MAX_LENGTH = 200

_WORDS = (
    r"(?:your|my|the|an?|insert|add|enter|put|replace|fill|change|name|alias|id|title|author|date"
    r"|description|github|git-?hub|microsoft|ms|article|page|topic|service|product|here|text|user"
    r"|username|account|reviewer|manager|keyword|keywords|value|todo|tbd|short|summary|guid|needs?"
    r"|new|prod|subservice|technology)"
)
_INSIDE = rf"@?[\w.@/ -]*\b{_WORDS}\b[\w.@/ -]*"
_DATE = r"(?:mm?[/.-]dd?[/.-]yyyy|dd?[/.-]mm?[/.-]yyyy|yyyy[/.-]mm?[/.-]dd?)"
_ANYWHERE = re.compile(
    rf"""
      \{{\s*{_INSIDE}\s*\}}                     # {{github-id}}
    | \{{\{{\s*[\w.@ -]+\s*\}}\}}               # {{{{title}}}}
    | \$\{{\s*[\w.@ -]+\s*\}} | %[A-Z_]+%
    | <\s*{_INSIDE}\s*>                         # <your title>
    | \[\s*(?:insert|add|enter|your|replace|todo|tbd)\b[^\]]*\]
    | (?:to\ ?do|tb[dca]|to\ be\ (?:defined|determined|added|done|completed)|fixme|xxx+|\?\?\?+)
    | lorem\ ipsum.* | placeholder | insert\ .{{1,40}}\ here
    | (?:title|description|text|summary|name|alias|date)\ (?:goes\ )?here
    | (?:enter|add|insert|provide)\ (?:an?\ |the\ |your\ )?(?:title|description|summary)
    | your[ -](?:title|alias|name|github|microsoft|ms|description|article|author|date)[\w .-]*
    | (?:github|microsoft|ms|git)[ -]?(?:alias|id|handle|user[ -]?name|account)
    | (?:in\ format\ |format:?\ )?{_DATE}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OF_IDS = re.compile(
    r"""
      (?i:your)\ .*
    | (?i:(?:your|my)[-_ ]?(?:ms|msft|microsoft|git-?hub)?[-_ ]?                # myGitHubHandle
        (?:alias|handle|user[-_ ]?name|name|id|account))\b.*
    | \((?i:if|guid|alias|optional|insert|your|todo)\b[^()]*\)       # (guid of old version if any)
    | <[^<>]*> | \{[^{}]*\} | (?i:alias|username|user-?name|github-?user|guid|none-?yet|n/?a\?)
    """,
    re.VERBOSE,
)
_PROSE = frozenset(("title", "description", "titleSuffix", "ms.search.keywords", "no-loc"))


def is_placeholder(source: str, key: str = "title") -> bool:
    """Whether the whole source text of a key's value, without quotes, is a placeholder.

    Keys of prose have titles such as ``Your account``; for ids and names these are placeholders.
    """
    text = source.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    if not 0 < len(text) <= MAX_LENGTH:
        return False
    if _ANYWHERE.fullmatch(text) is not None:
        return True
    return key not in _PROSE and _OF_IDS.fullmatch(text) is not None
