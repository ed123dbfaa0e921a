"""The baseline: known findings that a gate does not fail on.

A text file with one JSON array a line, sorted, so that git merges it line by line:
``[rule, path, text digest, n, {"owner": …, "reason": …, "expires": …}]``. The rule is a
code, the path relative to the root, the digest that of the line's text, and n counts the
findings with the same three, from 1. ``expires`` is the last day (YYYY-MM-DD) on which the
entry hides its finding.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from linters.model.errors import UserError
from linters.model.finding import Finding, FindingKey

MAX_BYTES = 64 * 1024 * 1024
_KEYS = ("owner", "reason", "expires")


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """One line of the file."""

    key: FindingKey
    owner: str | None = None
    reason: str | None = None
    expires: date | None = None

    def is_valid(self, today: date) -> bool:
        """Whether the entry still hides its finding."""
        return self.expires is None or today <= self.expires

    def line(self) -> str:
        """The entry as the file has it, without the line end."""
        details = {name: getattr(self, name) for name in _KEYS}
        if self.expires is not None:
            details["expires"] = self.expires.isoformat()
        present = {name: value for name, value in details.items() if value is not None}
        return json.dumps([*self.key, present], ensure_ascii=True)


@dataclass(frozen=True)
class Baseline:
    """The entries of a file, by key; ``source`` names the file in messages."""

    source: str = ""
    entries: Mapping[FindingKey, BaselineEntry] = field(default_factory=dict)

    def with_renames(self, renames: Mapping[str, str]) -> Baseline:
        """The baseline with the new paths of renamed files."""
        return self._moved({path: renames.get(path, path) for path in self.paths()})

    def below(self, prefix: str) -> Baseline:
        """The entries of one of several roots, their paths relative to it."""
        inner = (path for path in self.paths() if path.startswith(prefix))
        return self._moved({path: path.removeprefix(prefix) for path in inner})

    def _moved(self, paths: Mapping[str, str]) -> Baseline:
        """The entries of some paths with their new paths."""
        moved: dict[FindingKey, BaselineEntry] = {}
        for key, entry in self.entries.items():
            if key.path in paths:
                new = key._replace(path=paths[key.path])
                moved[new] = replace(entry, key=new)
        return Baseline(self.source, moved)

    def paths(self) -> frozenset[str]:
        """The paths that entries name."""
        return frozenset(key.path for key in self.entries)


def read_baseline(data: bytes, source: str) -> Baseline:
    """The baseline in a file's bytes; UserError names the line that is not an entry."""
    entries: dict[FindingKey, BaselineEntry] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = _entry(json.loads(line))
        except (ValueError, RecursionError) as error:
            reason = str(error)
            if isinstance(error, json.JSONDecodeError):
                reason = f"not JSON from column {error.colno} on"
            raise UserError(f"{source}:{number}: not a baseline entry: {reason}") from error
        entries[entry.key] = entry
    return Baseline(source, entries)


def write_baseline(entries: Iterable[BaselineEntry]) -> bytes:
    """The bytes of a baseline file, sorted."""
    lines = {entry.key: entry.line() for entry in entries}
    return "".join(f"{lines[key]}\n" for key in sorted(lines)).encode()


def updated_entries(
    old: Baseline, findings: Iterable[Finding], stale: Collection[FindingKey], today: date
) -> tuple[BaselineEntry, ...]:
    """The entries of all findings, and those old ones that are not stale.

    Reason and expiry of an entry stay with it. An expired one loses its date: whoever writes
    a baseline accepts what is in it.
    """
    entries = {key: entry for key, entry in old.entries.items() if key not in stale}
    for finding in findings:
        known = entries.get(finding.key, BaselineEntry(finding.key))
        expires = known.expires if known.is_valid(today) else None
        entries[finding.key] = replace(known, owner=finding.owner or known.owner, expires=expires)
    return tuple(entries.values())


def _entry(value: Any) -> BaselineEntry:
    """The entry in a JSON value; ValueError says what is wrong with it."""
    if not isinstance(value, list) or len(value) not in (4, 5):
        raise ValueError("expected [rule, path, text digest, n, {…}]")
    rule, path, digest, occurrence, details = (*value, {})[:5]
    if not all(isinstance(text, str) and text for text in (rule, path, digest)):
        raise ValueError("expected text as rule, path and digest")
    if type(occurrence) is not int or occurrence < 1:
        raise ValueError(f"expected a number from 1, got {occurrence!r}")
    if not isinstance(details, dict):
        raise ValueError("expected an object as the fifth value")
    unknown = details.keys() - set(_KEYS)
    if unknown:
        raise ValueError(f"unknown key {min(unknown)!r}, expected one of {', '.join(_KEYS)}")
    for name, text in details.items():
        if text is not None and not isinstance(text, str):
            raise ValueError(f"expected text as {name}, got {text!r}")
    return BaselineEntry(
        FindingKey(rule, path, digest, occurrence),
        details.get("owner"),
        details.get("reason"),
        _day(details.get("expires")),
    )


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"expected a date such as 2027-01-31 as expires, got {text!r}") from None
