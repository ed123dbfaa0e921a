"""Plain scalars as YAML 1.2's core schema reads them (YAML 1.2.2, 10.3.2).

``no``, ``12:30`` and dates are text; ``0777`` is 777. Numbers beyond a double stay text.
"""

from __future__ import annotations

import math
import re

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {word: word[0] in "tT" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|(?P<octal>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<infinity>[-+]?\.(?:inf|Inf|INF))|(?P<nan>\.(?:nan|NaN|NAN))"
)
_MAX_DIGITS = 18
"""Integers of more digits become doubles, as in docfx, whose integers have 64 bits."""

Scalar = str | int | float | bool | None


def resolve_scalar(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar."""
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in "0123456789+-.":
        return text
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    kind = match.lastgroup
    if kind == "infinity":
        return -math.inf if text[0] == "-" else math.inf
    if kind == "nan":
        return math.nan
    if len(text) > _MAX_DIGITS and kind in ("octal", "hex"):
        return text
    if kind in ("octal", "hex"):
        return int(text, 0)
    if kind == "int" and len(text) <= _MAX_DIGITS:
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else text
