"""Runs one checker so that its failure stops nobody else, and is never passed over.

A checker that raises, or gives findings that are not its own, becomes a message in
``Report.errors``: the command prints the findings of the others, then the message, and
exits with 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Any

from linters.article import Article
from linters.checker import Checker, Context, Resolution, Run
from linters.errors import UserError
from linters.finding import Finding


@dataclass(frozen=True, slots=True)
class Checked:
    """What one checker gave for one article; ``error`` says how it failed."""

    findings: tuple[Finding, ...] = ()
    facts: Any = None
    error: str | None = None


def check(checker: Checker, article: Article, context: Context) -> Checked:
    """The findings and facts of one article."""
    try:
        findings = tuple(checker.check(article, context))
        _refuse_foreign(checker, findings)
        return Checked(findings, checker.collect(article, context))
    except Exception as error:  # noqa: BLE001 - whatever a plug-in raises
        return Checked(error=describe(checker, f"on {article.path}", error))


async def resolve(
    checker: Checker, facts: Mapping[str, Any], run: Run
) -> tuple[Resolution, str | None]:
    """The resolution of one checker, and how it failed."""
    try:
        resolution = await checker.resolve(facts, run)
        if not isinstance(resolution, Resolution):
            raise TypeError(f"resolve gave {type(resolution).__name__}, not a Resolution")
        _refuse_foreign(checker, resolution.findings)
    except Exception as error:  # noqa: BLE001 - whatever a plug-in raises
        return Resolution(), describe(checker, "while resolving", error)
    return resolution, None


def is_own(checker: Checker) -> bool:
    """Whether a checker is built in."""
    return type(checker).__module__.startswith("linters.")


def describe(checker: Checker, where: str, error: BaseException) -> str:
    """One line: who failed, where, how, and in which line of code; what a user can mend as is."""
    if isinstance(error, UserError) and is_own(checker):
        return str(error)
    who = f"checker {checker.name}"
    if not is_own(checker):
        who = f"plug-in {checker.name} ({type(checker).__module__})"
    frames = extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"{who} failed {where}: {type(error).__name__}: {error}{place}"


def _refuse_foreign(checker: Checker, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if not isinstance(finding, Finding):
            raise TypeError(f"{type(finding).__name__} given for a Finding")
        if finding.rule not in checker.rules:
            raise ValueError(f"{finding.rule.name} is not among the checker's rules")
