"""``--baseline`` and ``--write-baseline``: the file of known findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from linters.cli.inputs import Input
from linters.cli.options import absolute
from linters.cli.output import print_note
from linters.cli.policy import Policy
from linters.findings.baseline import (
    MAX_BYTES,
    Baseline,
    read_baseline,
    updated_entries,
    write_baseline,
)
from linters.model.diff import Diff
from linters.model.errors import UserError
from linters.model.report import Report
from linters.repository.diff_since import find_renames
from linters.util import clock
from linters.util.files import FileError
from linters.util.safe_paths import write_output


def open_baseline(
    name: str | None, written: str | None, inputs: Sequence[Input], policy: Policy
) -> Baseline:
    """The baseline of ``--baseline``, else the one that ``--write-baseline`` will replace.

    One that the revision of ``--config-from`` does not have is empty, and so is one that is
    yet to be written. UserError where the file is absent or damaged.
    """
    source = name or written
    if source is None:
        return Baseline()
    roots = [entry.selection.repository.root for entry in inputs]
    try:
        data = policy.read(absolute(source), roots, MAX_BYTES)
    except FileError as error:
        raise UserError(f"--baseline {source}: {error}") from error
    if data is None:
        if name is not None and name != written and not policy.is_revision:
            raise UserError(f"--baseline {source}: no such file; --write-baseline writes it")
        return Baseline(source)
    return read_baseline(data, source)


def baseline_of(baseline: Baseline, entry: Input, change: Diff | None) -> Baseline:
    """The entries of one root, with the paths that renamed files have now."""
    own = baseline.below(entry.prefix) if entry.prefix else baseline
    repository = entry.selection.repository
    lost = own.paths() - repository.files
    if not lost:
        return own
    renames = dict(change.renamed) if change is not None else {}
    if not lost <= renames.keys():
        file = absolute(baseline.source)
        path = file.relative_to(repository.root).as_posix() if _is_in(file, entry) else None
        renames = {**find_renames(repository.root, path, lost), **renames}
    return own.with_renames(renames)


def save_baseline(name: str, report: Report, baseline: Baseline) -> Report:
    """Write the baseline with the findings of a report, which then has none that are new."""
    entries = updated_entries(
        baseline, report.findings, frozenset(report.stale), clock.now().date()
    )
    write_output(absolute(name), [write_baseline(entries)], f"--write-baseline {name}")
    added, pruned = len(report.findings), len(report.stale)
    print_note(f"{name}: {len(entries):,} entries, {added:,} of them new, {pruned:,} pruned")
    return replace(report, findings=(), baselined=report.baselined + added, lines=())


def _is_in(file: Path, entry: Input) -> bool:
    return file.is_relative_to(entry.selection.repository.root)
