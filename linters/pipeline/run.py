"""The whole way: paths → files → articles → findings and facts → report.

paths ──discover──▶ files ──read──▶ Article ──check──▶ findings ─┐
                                       │                         ├─▶ select ─▶ Report
                                       └─collect──▶ facts ──resolve──▶ findings, links
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from linters.checker import Change, Checker, Context, Network, Resolution, Run
from linters.facts.repository_facts import Facts
from linters.findings.build_report import finish, rules_of
from linters.findings.rule_settings import Choice, levels
from linters.findings.source_lines import with_lines
from linters.metadata.article_context import SurroundingsReader
from linters.model.finding import Severity
from linters.model.report import Report
from linters.model.settings import Settings
from linters.pipeline import run_checker
from linters.pipeline.check_articles import Examined, examine_all, marked
from linters.pipeline.event_loop import complete
from linters.repository.repository import Repository

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


def run(
    repository: Repository,
    reported: Sequence[str],
    settings_of: Callable[[str], Settings],
    checkers: Sequence[Checker],
    options: Options,
    executor: Executor | None = None,
) -> Report:
    """Check the reported articles of one repository.

    With a change, only what it touches is examined. Ctrl-C ends the stage it falls into;
    the report says that it is not complete.
    """
    if options.change is not None:
        reported = [path for path in reported if _is_touched(path, options.change)]
    context_of = partial(_context, settings_of, options, SurroundingsReader(repository))
    examined: list[Examined] = []
    resolutions: list[Resolution] = []
    failed: list[str] = []
    world = Run(
        repository=repository,
        settings=settings_of(""),
        settings_of=settings_of,
        context_of=context_of,
        reported=frozenset(reported),
        now=options.now,
        network=options.network,
        change=options.change,
        progress=options.progress,
        enabled=_enabled(settings_of(""), options.choice, checkers),
    )
    try:
        examined += examine_all(repository, reported, checkers, context_of, executor)
        resolutions, failed = _resolved(checkers, examined, world, context_of)
        interrupted = any(one.interrupted for one in resolutions)
    except KeyboardInterrupt:
        interrupted = True
    findings = [finding for one in examined for finding in one.findings]
    resolved = [finding for one in resolutions for finding in one.findings]
    backgrounds = {one.path: one.background for one in examined}
    findings += marked(resolved, repository, backgrounds)
    links = [link for one in resolutions for link in one.links]
    report = finish(
        findings, links, world, checkers, options.choice, backgrounds, interrupted=interrupted
    )
    errors = [error for one in examined for error in one.errors]
    report = replace(report, errors=tuple(dict.fromkeys((*errors, *failed))))
    return with_lines(report, repository.read) if options.lines else report


def _is_touched(path: str, change: Change) -> bool:
    return path in change.lines or path in change.bases


def _context(
    settings_of: Callable[[str], Settings],
    options: Options,
    surroundings: SurroundingsReader,
    path: str,
) -> Context:
    settings = settings_of(path)
    around = surroundings.of(path, settings)
    return Context(
        settings=settings,
        now=options.now,
        base=options.change.bases.get(path) if options.change else None,
        content=around.content is not False,
        surroundings=around,
    )


def _enabled(settings: Settings, choice: Choice, checkers: Sequence[Checker]) -> frozenset[str]:
    """The codes of the rules that speak."""
    found = levels(settings, choice, rules_of(checkers))
    return frozenset(code for code, level in found.items() if level.severity is not Severity.OFF)


def _resolved(
    checkers: Sequence[Checker],
    examined: Sequence[Examined],
    world: Run,
    context_of: Callable[[str], Context],
) -> tuple[list[Resolution], list[str]]:
    """What ``_resolve_all`` gives; interrupted before or behind the network, what our own
    checkers know without it."""
    own = [checker for checker in checkers if run_checker.is_own(checker)]
    waits = not world.network.offline or len(own) < len(checkers)
    try:
        return complete(_resolve_all(checkers, examined, world, context_of), waits=waits)
    except KeyboardInterrupt:
        world = replace(world, network=replace(world.network, interrupted=True))
        return complete(_resolve_all(own, examined, world, context_of), waits=False)


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
        cache_dir = world.network.cache_dir
        facts = Facts(checker, collected, world.repository, context_of, cache_dir)
        resolution, error = await run_checker.resolve(checker, facts, world)
        facts.save()
        resolutions.append(resolution)
        if error is not None:
            errors.append(error)
    return resolutions, errors
