"""Digests that are the same in every process.

``repr`` of a frozen value is not: the order of a set of strings differs from process to process.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from operator import itemgetter
from pathlib import PurePath
from typing import Any

_PLAIN = (str, int, float, bool, type(None), date, PurePath)


def stable_digest(*values: Any) -> bytes:
    """The digest of dataclasses, containers and plain values, by type and content.

    TypeError for a value of another type, which may have state that cannot be seen.
    """
    digest = hashlib.blake2b(digest_size=20)
    _feed(digest, values)
    return digest.digest()


def text_digest(text: str, length: int) -> str:
    """The first hexadecimal digits of a text's SHA-256; lone surrogates count as well."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _feed(digest: Any, value: Any) -> None:
    kind = type(value)
    if isinstance(value, bytes):
        digest.update(b"b%d\0" % len(value))
        digest.update(value)
    elif isinstance(value, (Enum, *_PLAIN)):
        text = f"{kind.__name__} {value!r}".encode("utf-8", "backslashreplace")
        digest.update(b"p%d\0" % len(text))
        digest.update(text)
    elif is_dataclass(value):
        digest.update(f"d{kind.__qualname__}\0".encode())
        for field in fields(value):
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, Mapping):
        digest.update(b"m%d\0" % len(value))
        for key, item in sorted(
            ((stable_digest(key), item) for key, item in value.items()), key=itemgetter(0)
        ):
            digest.update(key)
            _feed(digest, item)
    elif isinstance(value, Set):
        digest.update(b"s%d\0" % len(value))
        for item in sorted(map(stable_digest, value)):
            digest.update(item)
    elif isinstance(value, (tuple, list)):
        digest.update(b"l%d\0" % len(value))
        for item in value:
            _feed(digest, item)
    elif isinstance(value, re.Pattern):
        _feed(digest, (value.pattern, value.flags))
    else:
        raise TypeError(f"no stable digest of a {kind.__qualname__}")
