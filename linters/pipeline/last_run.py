"""Checks again only what may have other findings than in the last run of the same command.

The caller knows which files have changed since, of all that the run read. Where these are
articles, they are checked and resolved as if only they were named, which gives the same findings
as a run over everything, and the stored report says the rest. Other articles are checked again if
they depend on a part of a changed one that is not as it was (``linters.checker.Dependencies``);
all are where a part has changed that any may depend on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from linters.checker import Dependencies
from linters.model.finding import Rule
from linters.model.report import Report
from linters.pipeline.stored_report import StoredReport
from linters.repository.repository import Repository
from linters.util.stable_digest import stable_digest

_MOST = 1000
"""Articles that are checked again; more may as well be a whole run."""

_MOST_RECORDS = 100_000
"""Findings and links of a report that is kept: it is in memory as a whole."""

RunOn = Callable[[Sequence[str]], tuple[Report, Dependencies | None]]
"""Runs the pipeline on some articles: the report with its hidden findings, and what it depends on
(None: it cannot be known)."""


@dataclass(slots=True)
class LastRun:
    """What the last run of the same command kept, and what has changed since.

    ``data`` is empty where there was none. ``changed`` are absolute paths of files and folders,
    all else that the run depends on is as it was. ``kept`` is what this run keeps, ``is_used``
    whether it took over what has not changed.
    """

    data: bytes = b""
    changed: frozenset[str] = frozenset()
    kept: bytes = b""
    is_used: bool = False


class _Kept(msgspec.Struct, frozen=True):
    """A report, what it depends on, and a digest of the paths of all files."""

    files: bytes
    uses: dict[str, tuple[str, ...]]
    shared: dict[str, bytes]
    common: dict[str, bytes]
    report: StoredReport


@dataclass(frozen=True, slots=True)
class Rerun:
    """One run, after a last one."""

    last: LastRun
    repository: Repository
    reported: tuple[str, ...]
    rules: Sequence[Rule]
    run_on: RunOn

    def report(self) -> Report:
        """The report on all articles; keeps it for the next run."""
        before = self._before()
        after = None if before is None else self._updated(before)
        if after is not None:
            self.last.is_used = True
            report = after.report.report(self.rules)
        else:
            report, dependencies = self.run_on(self.reported)
            if dependencies is not None and _is_complete(report, self.reported):
                uses, shared, common = _as_kept(dependencies)
                stored = StoredReport.of(report, self.reported, self.rules)
                after = _Kept(self._files, uses, shared, common, stored)
        if after is not None and after.report.is_portable:
            self.last.kept = msgspec.msgpack.encode(after)
        return replace(report, hidden=())

    @property
    def _files(self) -> bytes:
        return stable_digest("\0".join(sorted(self.repository.files)))

    def _before(self) -> _Kept | None:
        """What the last run kept, if it was about the same files."""
        try:
            kept = msgspec.msgpack.decode(self.last.data, type=_Kept) if self.last.data else None
        except (msgspec.DecodeError, RecursionError):
            return None
        if kept is None or not kept.report.is_portable:
            return None
        same = kept.files == self._files and kept.report.reported == self.reported
        return kept if same else None

    def _updated(self, before: _Kept) -> _Kept | None:
        """The last run with what has changed; None where all articles have to be checked."""
        changed = self._changed_articles()
        if changed is None:
            return None
        again = changed | before.report.next_places(changed)
        while len(again) <= _MOST:
            report, dependencies = self.run_on(sorted(again))
            if dependencies is None or not _is_complete(report, again):
                return None
            uses, shared, common = _as_kept(dependencies)
            if any(common.get(path) != before.common.get(path) for path in changed):
                return None
            moved = {path for path in changed if shared.get(path) != before.shared.get(path)}
            users = {path for path, used in before.uses.items() if not moved.isdisjoint(used)}
            if users <= again:
                part = frozenset(again)
                return _Kept(
                    before.files,
                    _replaced(before.uses, uses, part),
                    _replaced(before.shared, shared, part),
                    _replaced(before.common, common, part),
                    before.report.updated(report, part, self.rules),
                )
            again |= users | before.report.next_places(users)
        return None

    def _changed_articles(self) -> set[str] | None:
        """The articles that have changed; None where something else has.

        Folders and git's index only say which files there are, and these are compared.
        """
        root = f"{self.repository.root}{os.sep}"
        reported = frozenset(self.reported)
        found = set()
        for name in self.last.changed:
            path = name.removeprefix(root).replace(os.sep, "/")
            if path in reported:
                found.add(path)
            elif path != ".git/index" and not Path(name).is_dir():
                return None
        return found


def combined(every: Iterable[Dependencies | None]) -> Dependencies | None:
    """The dependencies of several checkers; None where those of one are None."""
    uses: dict[str, frozenset[str]] = {}
    parts: tuple[dict[str, bytes], dict[str, bytes]] = {}, {}
    for found in every:
        if found is None:
            return None
        for path, used in found.uses.items():
            uses[path] = uses.get(path, frozenset()) | used
        for part, digests in zip(parts, (found.shared, found.common), strict=True):
            for path, digest in digests.items():
                part[path] = part.get(path, b"") + digest
    return Dependencies(uses, *parts)


def _is_complete(report: Report, reported: Sequence[str] | set[str]) -> bool:
    """Whether every finding is in an article that was checked, and nothing is missing."""
    if report.errors or report.interrupted:
        return False
    if len(report.findings) + len(report.links) > _MOST_RECORDS:
        return False
    every = frozenset(reported)
    return all(found.path in every for found in report.findings)


def _as_kept(
    found: Dependencies,
) -> tuple[dict[str, tuple[str, ...]], dict[str, bytes], dict[str, bytes]]:
    uses = {path: tuple(used) for path, used in found.uses.items() if used}
    return uses, dict(found.shared), dict(found.common)


def _replaced(older: Mapping, newer: Mapping, again: frozenset[str]) -> dict:  # type: ignore[type-arg]
    return {**{path: value for path, value in older.items() if path not in again}, **newer}
