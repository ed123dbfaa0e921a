"""Runs one checker so that its failure does not stop the others, and is always reported.

A checker that raises, or gives findings that are not its own, becomes a message in
``Report.errors``: the command prints the findings of the others, then the message, and
exits with 2.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from traceback import extract_tb, format_exception
from typing import Any

from linters.article.article import Article
from linters.checker import Checker, Context, Resolution, ResolveContext
from linters.model.errors import UserError
from linters.model.finding import Finding, Severity
from linters.model.link import LinkRecord
from linters.repository.repository import Repository


@dataclass(frozen=True, slots=True)
class CheckerFailure:
    """One line on how a checker failed, and the traceback for ``-v`` ("" for a user's error)."""

    message: str
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class CheckerResult:
    """What one checker gave for one article; ``failure`` says how it failed."""

    findings: tuple[Finding, ...] = ()
    facts: Any = None
    failure: CheckerFailure | None = None


def prepare_all(
    checkers: Iterable[Checker], repository: Repository
) -> tuple[dict[str, Any], list[CheckerFailure]]:
    """What each checker's ``prepare`` returned, by name, and how some failed.

    A checker without ``prepare`` has None; one that failed is not in the mapping and takes
    no part in the run.
    """
    prepared: dict[str, Any] = {}
    failures: list[CheckerFailure] = []
    for checker in checkers:
        prepare = getattr(checker, "prepare", None)
        try:
            value = None if prepare is None else prepare(repository)
            if not is_built_in(checker):
                pickle.dumps(value)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plug-in raises
            failures.append(describe(checker, "while preparing", error))
        else:
            prepared[checker.name] = value
    return prepared, failures


def own_context(checker: Checker, context: Context, prepared: Any) -> Context:
    """An article's context for one checker, with its prepared value and its settings."""
    options = context.settings.plugins.get(checker.name, {})
    return replace(context, prepared=prepared, options=options)


def own_resolve_context(checker: Checker, context: ResolveContext, prepared: Any) -> ResolveContext:
    """The context of ``resolve`` for one checker, with its prepared value and its settings."""
    return replace(
        context,
        prepared=prepared,
        options=context.settings.plugins.get(checker.name, {}),
        context_of=partial(_own_context_of, checker, context.context_of, prepared),
    )


def _own_context_of(
    checker: Checker, context_of: Callable[[str], Context], prepared: Any, path: str
) -> Context:
    return own_context(checker, context_of(path), prepared)


def check(checker: Checker, article: Article, context: Context) -> CheckerResult:
    """The findings and facts of one article."""
    try:
        findings = tuple(checker.check(article, context))
        facts = checker.collect(article, context)
        if not is_built_in(checker):
            _refuse_malformed(checker, findings)
            pickle.dumps(facts)  # they may have to come from another process
        return CheckerResult(findings, facts)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plug-in raises
        return CheckerResult(failure=describe(checker, f"on {article.path}", error))


async def offer(checker: Checker, path: str, facts: Any, context: ResolveContext) -> bool:
    """Offer the facts of one article; False where the checker takes no more of them.

    A failure here is not reported: ``resolve`` asks again, and fails in the same way.
    """
    take = getattr(checker, "offer", None)
    if take is None:
        return False
    try:
        return bool(await take(path, facts, context))
    except (Exception, SystemExit):  # noqa: BLE001 - whatever a plug-in raises
        return False


async def resolve(
    checker: Checker, facts: Mapping[str, Any], run: ResolveContext
) -> tuple[Resolution, CheckerFailure | None]:
    """The resolution of one checker, and how it failed."""
    try:
        resolution = await checker.resolve(facts, run)
        if not isinstance(resolution, Resolution):
            raise TypeError(f"resolve returned {type(resolution).__name__}, expected a Resolution")
        if not is_built_in(checker):
            findings, links = tuple(resolution.findings), tuple(resolution.links)
            resolution = replace(resolution, findings=findings, links=links)
            _refuse_malformed(checker, findings)
            if not all(isinstance(link, LinkRecord) for link in links):
                raise TypeError("links must be LinkRecords")
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plug-in raises
        return Resolution(), describe(checker, "while resolving", error)
    return resolution, None


def is_built_in(checker: Checker) -> bool:
    return type(checker).__module__.startswith("linters.")


def describe(checker: Checker, where: str, error: BaseException) -> CheckerFailure:
    """Which checker failed, at what, how, and in which line of code; a user's error as it is."""
    if isinstance(error, UserError) and is_built_in(checker):
        return CheckerFailure(str(error))
    who = f"checker {checker.name}"
    if not is_built_in(checker):
        who = f"plug-in {checker.name} ({type(checker).__module__})"
    frames = extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    message = f"{who} failed {where}: {type(error).__name__}: {error}{place}"
    return CheckerFailure(message, "".join(format_exception(error)))


def _refuse_malformed(checker: Checker, findings: Iterable[Finding]) -> None:
    """TypeError or ValueError for findings that are not the checker's own, or that no reporter
    could print."""
    for finding in findings:
        if not isinstance(finding, Finding):
            raise TypeError(f"expected a Finding, got {type(finding).__name__}")
        if finding.rule not in checker.rules:
            raise ValueError(f"{finding.rule.name} is not among the checker's rules")
        if finding.severity is not None and not isinstance(finding.severity, Severity):
            raise TypeError(f"severity {finding.severity!r} is not a Severity")
        if not isinstance(finding.path, str) or not isinstance(finding.message, str):
            raise TypeError("path and message must be strings")
        (line, column), end = finding.range
        if line < 1 or column < 1 or end < (line, column):
            raise ValueError(f"{finding.range} is not a range; lines and columns count from 1")
        json.dumps(dict(finding.data), allow_nan=False)
