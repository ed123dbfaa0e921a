"""Durations and sizes as text (``"20s"``, ``"4MiB"``), and back."""

from __future__ import annotations

import re

from linters.util.shorten import shorten

DURATION = r"^[0-9]{1,9}(\.[0-9]{1,6})?(ms|s|m|h|d)$"
SIZE = r"^[0-9]{1,9}(B|kB|KiB|MB|MiB|GB|GiB)$"
LONGEST = 3650 * 86400.0
"""Seconds of the longest duration."""

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"B": 1, "kB": 10**3, "KiB": 2**10, "MB": 10**6, "MiB": 2**20, "GB": 10**9, "GiB": 2**30}


def seconds(text: str) -> float:
    """A duration (``"20s"``, ``"1.5h"``) in seconds; ValueError if it is not one."""
    match = re.fullmatch(DURATION[1:-1], text)
    if match is None:
        raise ValueError(f'expected a duration such as "20s", "5m" or "3d", got {shorten(text)!r}')
    value = float(text.removesuffix(match[2])) * _SECONDS[match[2]]
    if value > LONGEST:
        raise ValueError(f"expected at most {duration(LONGEST)}, got {text}")
    return value


def duration(value: float) -> str:
    """Seconds as a duration: in days from three days on, else in minutes, seconds or ms."""
    unit = "s" if value < 600 else "m" if value < 3600 else "h" if value < 2 * 86400 else "d"
    unit = "ms" if 0 < value < 1 else unit
    return f"{value / _SECONDS[unit]:g}{unit}"


def byte_count(text: str) -> int:
    """A size (``"64KiB"``) in bytes; ValueError if it is not one."""
    match = re.fullmatch(r"([0-9]{1,9})([A-Za-z]+)", text)
    if match is None or match[2] not in _BYTES:
        raise ValueError(f'expected a size such as "64KiB" or "1MiB", got {shorten(text)!r}')
    return int(match[1]) * _BYTES[match[2]]


def shown_size(value: int) -> str:
    """Bytes as people write them: ``16 MiB``, ``1,000 bytes``."""
    number, unit = _in_largest_unit(value)
    return f"{number:,} {'bytes' if unit == 'B' else unit}"


def size(value: int) -> str:
    """Bytes as a size, in the largest binary unit without a rest."""
    number, unit = _in_largest_unit(value)
    return f"{number}{unit}"


def _in_largest_unit(value: int) -> tuple[int, str]:
    units = [unit for unit in ("GiB", "MiB", "KiB") if value and value % _BYTES[unit] == 0]
    unit = units[0] if units else "B"
    return value // _BYTES[unit], unit
