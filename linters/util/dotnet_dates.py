"""Dates as .NET reads them: custom format patterns, time spans, and the three ``format``s.

The patterns are those of .NET's "custom date and time format strings" in the invariant
culture, as ``DateTime.TryParseExact`` takes them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

_TOKEN = re.compile(
    r"'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|\\(?P<escape>.)|%(?=.)"
    r"|(?P<run>d+|M+|y+|h+|H+|m+|s+|f+|F+|t+|z+|g+|K)|(?P<literal>.)",
    re.DOTALL,
)
_OFFSET = r"[+-]\d{1,2}(?::?\d{2})?"
_RUNS = {
    "d": r"(?P<day>\d{1,2})",
    "dd": r"(?P<day>\d{2})",
    "ddd": f"(?P<weekday_short>{'|'.join(day[:3] for day in DAYS)})",
    "M": r"(?P<month>\d{1,2})",
    "MM": r"(?P<month>\d{2})",
    "MMM": f"(?P<month_short>{'|'.join(month[:3] for month in MONTHS)})",
    "y": r"(?P<year_short>\d{1,2})",
    "yy": r"(?P<year_short>\d{2})",
    "yyy": r"(?P<year>\d{3,5})",
    "h": r"(?P<hour12>\d{1,2})",
    "hh": r"(?P<hour12>\d{2})",
    "H": r"(?P<hour>\d{1,2})",
    "HH": r"(?P<hour>\d{2})",
    "m": r"(?P<minute>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "s": r"(?P<second>\d{1,2})",
    "ss": r"(?P<second>\d{2})",
    "t": r"(?P<half>[AP])",
    "tt": r"(?P<half>[AP]M)",
    "K": f"(?P<zone>Z|{_OFFSET}|)",
}
_LONG_RUNS = {
    "d": f"(?P<weekday>{'|'.join(DAYS)})",
    "M": f"(?P<month_name>{'|'.join(MONTHS)})",
    "h": r"(?P<hour12>\d{2})",
    "H": r"(?P<hour>\d{2})",
    "m": r"(?P<minute>\d{2})",
    "s": r"(?P<second>\d{2})",
    "t": r"(?P<half>[AP]M)",
    "z": f"(?P<zone>{_OFFSET})",
    "g": r"A\.?D\.?",
}


_STANDARD = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "m": "MMMM dd",
    "M": "MMMM dd",
    "o": "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    "O": "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    "r": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "s": "yyyy-MM-dd'T'HH:mm:ss",
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "u": "yyyy-MM-dd HH:mm:ss'Z'",
    "y": "yyyy MMMM",
    "Y": "yyyy MMMM",
}
""".NET's standard formats, of one letter, in the invariant culture."""


class FormatError(ValueError):
    """The text is not a date format or time span."""


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    """The regular expression of a .NET pattern; linear, as it has no nested repeats."""
    parts: list[str] = []
    seen: set[str] = set()
    for token in _TOKEN.finditer(pattern):
        run = token["run"]
        if run is None:
            literal = token["single"] or token["double"] or token["escape"] or token["literal"]
            parts.append(re.escape(literal or ""))
            continue
        part = _part(run)
        name = re.match(r"\(\?P<(\w+)>", part)
        if name and name[1] in seen:
            part = f"(?P={name[1]})"
        elif name:
            seen.add(name[1])
        parts.append(part)
    if not seen:
        raise FormatError(f"{pattern!r} is not a date format")
    return re.compile("".join(parts), re.IGNORECASE | re.ASCII)


def _part(run: str) -> str:
    letter, length = run[0], len(run)
    if letter == "f":
        return rf"\d{{{min(length, 7)}}}"
    if letter == "F":
        return rf"\d{{0,{min(length, 7)}}}"
    if letter == "y" and length > 3:
        return rf"(?P<year>\d{{{length}}})"
    return _RUNS.get(run) or _LONG_RUNS[letter]


def parse_exact(text: str, pattern: str) -> datetime | None:
    """The moment that a text denotes in a .NET pattern, in UTC; None where it does not match.

    FormatError if the pattern is not a date format.
    """
    match = _expression(_STANDARD.get(pattern, pattern)).fullmatch(text)
    if match is None:
        return None
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    try:
        moment = datetime(
            _year(found), _month(found), int(found.get("day", 1)), *_time(found), tzinfo=UTC
        )
        if not _is_weekday(found, DAYS[moment.weekday()].lower()):
            return None
        return moment - _zone(found.get("zone", ""))
    except (ValueError, OverflowError):
        return None


def _is_weekday(found: dict[str, str], day: str) -> bool:
    """Whether a date is on the day of the week that the text names."""
    full, short = found.get("weekday", day), found.get("weekday_short", day[:3])
    return full.lower() == day and short.lower() == day[:3]


def _year(found: dict[str, str]) -> int:
    if "year_short" in found:
        short = int(found["year_short"])
        return short + (2000 if short < 50 else 1900)
    return int(found.get("year", 1))


def _month(found: dict[str, str]) -> int:
    for name, length in (("month_name", 99), ("month_short", 3)):
        if name in found:
            names = [month[:length].lower() for month in MONTHS]
            return names.index(found[name].lower()) + 1
    return int(found.get("month", 1))


def _time(found: dict[str, str]) -> tuple[int, int, int]:
    hour = int(found.get("hour", 0))
    if "hour12" in found:
        hour = int(found["hour12"])
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        if "half" in found:
            hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    return hour, int(found.get("minute", 0)), int(found.get("second", 0))


def _zone(text: str) -> timedelta:
    if text in ("", "z", "Z"):
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0") if len(text) > 3 else text[1:] + "00"
    minutes = int(digits[:-2]) * 60 + int(digits[-2:])
    return timedelta(minutes=-minutes if text[0] == "-" else minutes)


_CLOCK = r"(?P<hours>\d{1,2}):(?P<minutes>\d{1,2})(?::(?P<seconds>\d{1,2})(?:\.\d{1,7})?)?"
_SPANS = (
    re.compile(r"(?P<sign>-?)(?P<days>\d+)", re.ASCII),
    re.compile(rf"(?P<sign>-?)(?:(?P<days>\d+)\.)?{_CLOCK}", re.ASCII),
    re.compile(
        r"(?P<sign>-?)(?P<days>\d+):(?P<hours>\d{1,2}):(?P<minutes>\d{1,2})"
        r":(?P<seconds>\d{1,2})(?:\.\d{1,7})?",
        re.ASCII,
    ),
)


@lru_cache(maxsize=64)
def parse_span(text: str) -> timedelta:
    """A .NET TimeSpan: ``5``, ``2:00:00``, ``5.00:00:00`` or ``5:00:00:00``.

    FormatError if it is not one. Spans are cut to the range of Python's dates.
    """
    matches = (span.fullmatch(text.strip()) for span in _SPANS if len(text) < 64)
    match = next((match for match in matches if match), None)
    if match is None:
        raise FormatError(f"{text!r} is not a time span")
    found = {
        name: int(value) for name, value in match.groupdict().items() if value and name != "sign"
    }
    if found.get("hours", 0) > 23 or any(
        found.get(name, 0) > 59 for name in ("minutes", "seconds")
    ):
        raise FormatError(f"{text!r} is not a time span")
    found["days"] = min(found.get("days", 0), 3_000_000)
    span = timedelta(**found)
    return -span if match["sign"] else span


_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[Tt ](?P<time>.+))?", re.ASCII
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?"
    r"\s?(?P<half>[AaPp][Mm])?\s?(?:[Zz]|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_LENIENT = (
    "M/d/yyyy",
    "yyyy/M/d",
    "M-d-yyyy",
    "d MMM yyyy",
    "MMM d, yyyy",
    "MMM d yyyy",
    "MMMM d, yyyy",
    "d MMMM yyyy",
    "dddd, d MMMM yyyy",
    "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
)


def is_date(text: str) -> bool:
    """``format: date``: ``yyyy-MM-dd``, and a day that exists."""
    return parse_exact(text, "yyyy-MM-dd") is not None


def is_time(text: str) -> bool:
    """``format: time``: a time of the day, with or without an offset, without a date."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return False
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    return (1 <= hour <= 12 if match["half"] else hour <= 23) and minute <= 59 and second <= 59


def is_date_time(text: str) -> bool:
    """``format: date-time``: what ``DateTime.TryParse`` takes in the invariant culture."""
    text = text.strip()
    if len(text) > 100:
        return False
    match = _ISO.fullmatch(text)
    if match is not None:
        day = f"{match['year']}-{match['month']}-{match['day']}"
        return parse_exact(day, "yyyy-M-d") is not None and (
            match["time"] is None or is_time(match["time"])
        )
    if is_time(text) or any(parse_exact(text, pattern) for pattern in _LENIENT):
        return True
    date, _, time = text.partition(" ")
    return parse_exact(date, "M/d/yyyy") is not None and is_time(time)
