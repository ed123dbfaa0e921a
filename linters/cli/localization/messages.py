"""What the commands that write texts report: unreadable files and notes, in any format."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from linters.checker import NetworkOptions
from linters.cli.inputs import Input
from linters.cli.output import print_error, print_note, print_report
from linters.cli.run_all import run_all
from linters.findings.core_rules import UNREADABLE_FILE
from linters.model.note import Note
from linters.model.report import Report, sorted_notes
from linters.pipeline.run import Options
from linters.reports.formats import TEXT_FORMATS, renderer


class Messages:
    """Notes and unreadable files of one command.

    In the text formats each goes to standard error at once. In the others they are one report:
    on standard output, or on standard error where that is for the text itself.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._notes: list[Note] = []
        self._unreadable: set[str] = set()
        self.failed = False

    def error(self, message: str) -> None:
        """Report something because of which the output is not complete."""
        print_error(message)
        self.failed = True

    def unreadable(self, path: str, reason: str) -> None:
        """Report a file once; ``path`` is as in a report."""
        if path not in self._unreadable and self._name in TEXT_FORMATS:
            print_error(f"{path}: {reason}")
        self._unreadable.add(path)
        self.failed = True

    def note(self, note: Note) -> None:
        """Report something that was ignored or left alone."""
        if self._name in TEXT_FORMATS:
            print_note(str(note))
        self._notes.append(note)

    def close(self, inputs: Sequence[Input], *, output_is_free: bool) -> None:
        """Print the report of the formats for programs."""
        if self._name not in TEXT_FORMATS:
            text = renderer(self._name)(self._report(inputs))
            if output_is_free:
                print_report(text, self._name)
            else:
                sys.stderr.write(text)

    def _report(self, inputs: Sequence[Input]) -> Report:
        """The unreadable files as ``check`` reports them."""
        report = run_all(inputs, (), Options(network=NetworkOptions(offline=True)))
        findings = [found for found in report.findings if found.rule == UNREADABLE_FILE]
        notes = sorted_notes((*report.notes, *self._notes))
        return replace(report, findings=tuple(findings), suppressed=0, notes=notes)
