"""The whole way: paths → files → articles → findings and facts → report.

paths ──discover──▶ files ──read──▶ Article ──check──▶ findings ─┐
                                       │                         ├─▶ select ─▶ Report
                                       └─collect──▶ facts ──resolve──▶ findings, links
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linters import guard
from linters.article import UnreadableError
from linters.background import Background, background, mark
from linters.checker import Change, Checker, Context, Network, Resolution, Run
from linters.excerpts import with_lines
from linters.facts import Facts
from linters.finding import Finding, Position, Range
from linters.report import Report
from linters.repository import Repository
from linters.rules import UNREADABLE_FILE
from linters.selection import Choice, finish, sort_key
from linters.settings import Settings
from linters.waiting import complete

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line adds to the settings of one run.

    With ``lines`` the report brings the text of the lines that findings stand in.
    """

    choice: Choice = field(default_factory=Choice)
    network: Network = field(default_factory=Network)
    change: Change | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    progress: Callable[[int, int], None] | None = None
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """What one article gave: findings, facts by the checker's name, and failures."""

    path: str
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, Any], ...]
    errors: tuple[str, ...] = ()
    background: Background = field(default_factory=Background)


def run(
    repository: Repository,
    reported: Sequence[str],
    settings_of: Callable[[str], Settings],
    checkers: Sequence[Checker],
    options: Options,
    executor: Executor | None = None,
) -> Report:
    """Check the reported articles of one repository."""
    context_of = partial(_context, settings_of, options)
    examined = _examine_all(repository, reported, checkers, context_of, executor)
    world = Run(
        repository=repository,
        settings=settings_of(""),
        settings_of=settings_of,
        reported=frozenset(reported),
        now=options.now,
        network=options.network,
        change=options.change,
        progress=options.progress,
    )
    resolutions, failed = complete(
        _resolve_all(checkers, examined, world, context_of),
        waits=not options.network.offline or not all(map(guard.is_own, checkers)),
    )
    findings = [finding for one in examined for finding in one.findings]
    resolved = [finding for one in resolutions for finding in one.findings]
    backgrounds = {one.path: one.background for one in examined}
    findings += _marked(resolved, repository, backgrounds)
    links = [link for one in resolutions for link in one.links]
    interrupted = any(one.interrupted for one in resolutions)
    report = finish(
        findings, links, world, checkers, options.choice, backgrounds, interrupted=interrupted
    )
    errors = [error for one in examined for error in one.errors]
    report = replace(report, errors=(*errors, *failed))
    return with_lines(report, repository.read) if options.lines else report


def _context(settings_of: Callable[[str], Settings], options: Options, path: str) -> Context:
    base = options.change.bases.get(path) if options.change else None
    return Context(settings=settings_of(path), now=options.now, base=base)


def _examine_all(
    repository: Repository,
    paths: Sequence[str],
    checkers: Sequence[Checker],
    context_of: Callable[[str], Context],
    executor: Executor | None,
) -> list[Examined]:
    work: Iterable[tuple[str, Context]] = ((path, context_of(path)) for path in paths)
    task = partial(examine, repository.root, tuple(checkers))
    if executor is None:
        return [task(item) for item in work]
    return list(executor.map(task, work, chunksize=16))


def examine(root: Path, checkers: Sequence[Checker], item: tuple[str, Context]) -> Examined:
    """Read one article, check it and collect its facts; runs in any process."""
    path, context = item
    repository = Repository(root, frozenset())
    try:
        article = repository.read(path)
    except UnreadableError as error:
        place = Range(Position(1, 1), Position(1, 1))
        finding = Finding(rule=UNREADABLE_FILE, path=path, range=place, message=str(error))
        return Examined(path, (finding,), ())
    findings: list[Finding] = []
    facts: list[tuple[str, Any]] = []
    errors: list[str] = []
    for checker in checkers:
        checked = guard.check(checker, article, context)
        findings += checked.findings
        facts.append((checker.name, checked.facts))
        if checked.error is not None:
            errors.append(checked.error)
    marked = tuple(mark(article, finding) for finding in findings)
    return Examined(path, marked, tuple(facts), tuple(errors), background(article))


def _marked(
    findings: Iterable[Finding], repository: Repository, backgrounds: dict[str, Background]
) -> Iterator[Finding]:
    """Findings of ``resolve``, marked; brings the background of articles not examined."""
    for path, group in groupby(sorted(findings, key=sort_key), key=lambda one: one.path):
        try:
            article = repository.read(path)
        except UnreadableError:
            yield from group
            continue
        if path not in backgrounds and path in repository.articles:
            backgrounds[path] = background(article)
        yield from (mark(article, finding) for finding in group)


async def _resolve_all(
    checkers: Sequence[Checker],
    examined: Sequence[Examined],
    world: Run,
    context_of: Callable[[str], Context],
) -> tuple[list[Resolution], list[str]]:
    resolutions: list[Resolution] = []
    errors: list[str] = []
    for checker in checkers:
        collected = {
            one.path: facts for one in examined for name, facts in one.facts if name == checker.name
        }
        facts = Facts(checker, collected, world.repository, context_of)
        resolution, error = await guard.resolve(checker, facts, world)
        resolutions.append(resolution)
        if error is not None:
            errors.append(error)
    return resolutions, errors
