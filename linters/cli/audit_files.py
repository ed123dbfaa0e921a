"""The files that an audit writes besides its reports: one per owner, and the patch of redirects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from linters.article.article import UnreadableError
from linters.cli.inputs import Input
from linters.fixes import apply
from linters.links.rules import LINK_REDIRECTED
from linters.model.report import Report
from linters.reports.audit_owner import owner_reports
from linters.util.safe_paths import write_output


def write_owner_reports(report: Report, folder: Path) -> None:
    """Write a Markdown report for each owner into a folder; UserError if one cannot be."""
    for name, text in owner_reports(report).items():
        _write(folder / name, text)


def write_redirects(report: Report, inputs: Sequence[Input], file: Path) -> None:
    """Write the fixes of all permanent redirects as one unified diff for ``git apply``."""
    moved = [finding for finding in report.findings if finding.rule == LINK_REDIRECTED]
    files: dict[str, bytes] = {}
    before: dict[str, bytes] = {}
    for path, findings in groupby(moved, key=lambda finding: finding.path):
        data = _read(path, inputs)
        if data is None:
            continue
        fixed, count = apply.fix_bytes(data, findings, unsafe=True)
        if count:
            before[path], files[path] = data, fixed
    _write(file, apply.diff(apply.Fixed(files, before, len(files))))


def _read(path: str, inputs: Sequence[Input]) -> bytes | None:
    """The bytes of a path of the report, which may have the prefix of its root."""
    for entry in inputs:
        if path.startswith(entry.prefix):
            try:
                return entry.selection.repository.read_bytes(path.removeprefix(entry.prefix))
            except UnreadableError:
                continue
    return None


def _write(file: Path, text: str) -> None:
    write_output(file, [text.encode("utf-8", "backslashreplace")])
