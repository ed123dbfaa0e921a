"""What depends on the CI service that runs us: above all the summary on the page of a run."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from linters.cli.output import print_note, print_report
from linters.model.report import Report
from linters.reports.formats import renderer
from linters.util.files import write_whole

SUMMARY_NAME = "articlelint-summary.md"


def show_ci_summary(report: Report, formats: Collection[str]) -> None:
    """Write the summary for GitHub Actions (format ``github``) or Azure Pipelines (``azure``).

    GitHub names a file to append to; Azure's agent takes the path of a file in its temporary
    folder. Without them, on another machine, nothing happens.
    """
    github = os.environ.get("GITHUB_STEP_SUMMARY")
    azure = os.environ.get("AGENT_TEMPDIRECTORY") if os.environ.get("TF_BUILD") else None
    try:
        if github and "github" in formats:
            with Path(github).open("ab") as file:
                file.write(_summary(report))
        elif azure and "azure" in formats:
            path = Path(azure).absolute() / SUMMARY_NAME
            write_whole(path, [_summary(report)])
            print_report(f"##vso[task.uploadsummary]{path}\n", "azure")
    except OSError as error:
        print_note(f"the summary of this run cannot be written: {error.strerror}")


def runs_on_github() -> bool:
    """Whether this is a run of GitHub Actions.

    GitHub's code scanning does not read SARIF's ``suppressions``: it would open an alert for
    every finding that a directive or the baseline hides. So those are left out there.
    """
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _summary(report: Report) -> bytes:
    return renderer("markdown")(report).encode("utf-8", "backslashreplace")
