"""JSON text that every strict reader takes, and no CI runner mistakes for a command."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

_SURROGATE = "\\ud"
_COMMAND = re.compile(r"##(?=\w*\[)")


def json_text(data: Any, *, indent: int | None = 2) -> str:
    """The data as ASCII JSON with a final line end; ``##name[`` is broken up."""
    text = _compact(data)
    if indent is not None:  # json's own encoder of indented text takes five times as long
        text = msgspec.json.format(text, indent=indent)
    return _COMMAND.sub(r"#\\u0023", text) + "\n"


def _compact(data: Any) -> str:
    """JSON without white space; ``plain`` only where the data need it."""
    try:
        text = _encode(data)
    except (TypeError, ValueError):  # a key that is not text; NaN
        return _encode(plain(data))
    return _encode(plain(data)) if _SURROGATE in text else text


def plain(value: Any) -> Any:
    """The value in JSON's types, whatever a plug-in put into it.

    Lone surrogates (of file names that are not UTF-8) become ``\\udcNN`` spelt out: strict
    readers refuse the whole report because of a single one. Infinity and NaN become text.
    """
    if isinstance(value, str):
        return str(value).encode("utf-8", "backslashreplace").decode("utf-8")
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {plain(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    return plain(str(value))


_encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False, default=plain).encode
