"""Recognizes template placeholders that were not replaced."""

from __future__ import annotations

import re

_WORDS = (
    r"(?:your|my|the|an?|insert|add|enter|put|replace|fill|change|name|alias|id|title|author|date"
    r"|description|github|git-?hub|microsoft|ms|article|page|topic|service|product|here|text|user"
    r"|username|account|reviewer|manager|keyword|keywords|value|todo|tbd|short|summary)"
)
_INSIDE = rf"@?[\w.@/ -]*\b{_WORDS}\b[\w.@/ -]*"
_PLACEHOLDER = re.compile(
    rf"""
      \{{\s*{_INSIDE}\s*\}}                     # {{github-id}}
    | \{{\{{\s*[\w.@ -]+\s*\}}\}}               # {{{{title}}}}
    | \$\{{\s*[\w.@ -]+\s*\}} | %[A-Z_]+%
    | <\s*{_INSIDE}\s*>                         # <your title>
    | \[\s*(?:insert|add|enter|your|replace|todo)\b[^\]]*\]
    | (?:todo|tbd|fixme|xxx+|lorem\ ipsum.*|placeholder|insert\ .{{1,40}}\ here)
    | your[ -](?:title|alias|name|github|microsoft|ms|description)[\w .-]*
    | (?:github|microsoft|ms|git)[ -](?:alias|id|user[ -]?name|account)
    | (?:mm?/dd?/yyyy|dd?/mm?/yyyy|yyyy-mm-dd|mm?-dd?-yyyy)
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAX_LENGTH = 200


def is_placeholder(source: str) -> bool:
    """Whether the whole source text of a value, without quotes, is a placeholder."""
    text = source.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    return 0 < len(text) <= MAX_LENGTH and _PLACEHOLDER.fullmatch(text) is not None
