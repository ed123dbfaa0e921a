r"""Regular expressions of schemas: ECMA-262's, as JSON Schema asks, in the syntax of ``regex``.

``\d``, ``\w`` and ``\b`` know ASCII only, and ``$`` is the very end (JSON Schema draft 7, 4.3;
ECMA-262, 22.2.2). What only .NET has, and docfx takes for that reason, stays as it is: ``(?i)``,
``\A``, ``\z``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linters.util.patterns import MAX_LENGTH, Pattern, PatternError, compile_pattern
from linters.util.shorten import shorten

_WORD = "0-9A-Z_a-z"
_CLASSES = {
    "d": "0-9",
    "D": r"\x00-/:-\U0010ffff",
    "w": _WORD,
    "W": r"\x00-/:-@\[-\^`{-\U0010ffff",
    "s": r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff",
    "S": r"\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e"
    r"\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff",
}
_ANCHORS = {
    "b": rf"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))",
    "B": rf"(?:(?<=[{_WORD}])(?=[{_WORD}])|(?<![{_WORD}])(?![{_WORD}]))",
    "z": r"\Z",
}
_ANY = r"[\x00-\U0010ffff]"
_TOKEN = re.compile(
    r"""
    \\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})
  | \\u\{(?P<code>[0-9a-fA-F]{1,6})\} | \\c(?P<control>[A-Za-z])
  | \\k<(?P<group>\w+)> | (?P<property>\\[pP]\{[^{}]*\}) | \\(?P<escape>.)
  | (?P<empty>\[\^?\](?![^\[\]]*\])) | (?P<open>\[\^?\]?)
  | (?P<count>\{\d+(?:,\d*)?\}) | (?P<plain>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MANY_LINES = re.compile(r"\(\?[a-z]*m")


def schema_pattern(text: str) -> Pattern:
    """The pattern of a schema's ``pattern``; PatternError for an invalid one."""
    translated = text if len(text) > MAX_LENGTH else translate(text)
    try:
        return compile_pattern(translated)
    except PatternError as error:
        if translated == text:
            raise
        raise PatternError(f"{shorten(text)!r}: not a regular expression ({error})") from error


@lru_cache(maxsize=1024)
def translate(text: str) -> str:
    """What ``regex`` must be given so that it means what ECMA-262 says."""
    end = "$" if _MANY_LINES.search(text) else r"\Z"
    parts: list[str] = []
    within = False
    for token in _TOKEN.finditer(text):
        kind, part = token.lastgroup, token[0]
        if kind == "plain":
            parts.append(_plain(part, end, within=within))
            within = within and part != "]"
        elif kind == "empty" and not within:
            parts.append(_ANY if "^" in part else "(?!)")
        elif kind in ("open", "empty"):
            parts.append("\\" + part if within else part)
            within = not (within and part.endswith("]"))
        elif kind in ("count", "property"):
            parts.append(part)
        else:
            parts.append(_escape(token, within=within))
    return "".join(parts)


def _plain(character: str, end: str, *, within: bool) -> str:
    if within:
        return character
    if character in "{}":
        return "\\" + character
    return end if character == "$" else character


def _escape(token: re.Match[str], *, within: bool) -> str:
    if token["high"]:
        offset = (int(token["high"], 16) - 0xD800) * 0x400 + int(token["low"], 16) - 0xDC00
        return f"\\U{0x10000 + offset:08x}"
    if token["code"]:
        return f"\\U{int(token['code'], 16):08x}"
    if token["control"]:
        return f"\\x{ord(token['control']) % 32:02x}"
    if token["group"]:
        return f"(?P={token['group']})"
    letter = token["escape"]
    if letter in _CLASSES:
        return _CLASSES[letter] if within else f"[{_CLASSES[letter]}]"
    if letter in _ANCHORS and not within:
        return _ANCHORS[letter]
    return token[0]
