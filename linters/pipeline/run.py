"""The whole way: paths → files → articles → findings and facts → report.

paths ──discover──▶ files ──read──▶ Article ──check──▶ findings ─┐
                                       │                         ├─▶ build_report ─▶ Report
                                       └─collect──▶ facts ──resolve──▶ findings, links
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from linters.checker import (
    Checker,
    Context,
    Diff,
    NetworkOptions,
    ProgressListener,
    Resolution,
    ResolveContext,
)
from linters.facts.outlines import OutlineCollector
from linters.facts.repository_facts import Facts
from linters.findings.baseline import Baseline
from linters.findings.build_report import ReportContext, build_report, rules_of
from linters.findings.rule_settings import RuleSelection, RuleTable
from linters.findings.source_lines import with_lines
from linters.model.finding import Finding
from linters.model.note import Note
from linters.model.report import Report, sorted_notes
from linters.pipeline import run_checker
from linters.pipeline.check_articles import ArticleResult, CheckStage, check_articles, marked
from linters.pipeline.event_loop import complete
from linters.pipeline.plugin_output import output_to_stderr
from linters.pipeline.run_checker import Failure
from linters.repository.contextual_severity import ContextualSeverity
from linters.repository.decisions import Decisions
from linters.repository.owners import Owners
from linters.repository.repository import Repository
from linters.repository.source_tree import SourceTree

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line adds to the settings of one run.

    With ``lines`` the report contains the text of the lines that findings are in. ``notes``
    are those of the stages before, which the report repeats. ``keeps_hidden``: the report
    has the suppressed and baselined findings. ``source`` is the repository that the articles
    are translated from.
    """

    choice: RuleSelection = field(default_factory=RuleSelection)
    network: NetworkOptions = field(default_factory=NetworkOptions)
    change: Diff | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    progress: ProgressListener | None = None
    lines: bool = False
    notes: tuple[Note, ...] = ()
    baseline: Baseline = field(default_factory=Baseline)
    keeps_hidden: bool = False
    source: SourceTree | None = None


@dataclass(frozen=True, slots=True)
class RunInput:
    """What one run is about: a repository, the paths to report on, the checkers, options.

    ``covers(path)`` says whether the command line covers a file that need not be an article.
    """

    repository: Repository
    reported: Sequence[str]
    checkers: Sequence[Checker]
    options: Options
    covers: Callable[[str], bool] = lambda _path: True


def run(given: RunInput, executor: Executor | None = None) -> Report:
    """The report of one repository (see ``_run``); what plug-ins print is kept out of it."""
    has_plugins = not all(map(run_checker.is_built_in, given.checkers))
    with output_to_stderr(has_plugins):
        return _run(given, executor)


def _run(given: RunInput, executor: Executor | None) -> Report:
    """Check the reported articles of one repository.

    With a diff, only what it touches is checked. An interrupt ends the stage that it
    arrives in; the report says that it is not complete.
    """
    repository, checkers, options = given.repository, given.checkers, given.options
    reported = frozenset(_touched(given.reported, options.change))
    rules = rules_of(checkers)
    table = RuleTable(repository.settings_of, options.choice, rules)
    results: list[ArticleResult] = []
    resolved = _Resolved()
    interrupted = False
    try:
        prepared, failures = run_checker.prepare_all(checkers, repository)
        resolved.failures += failures
        working = [checker for checker in checkers if checker.name in prepared]
        stage = CheckStage(repository.root, tuple(working), prepared)
        context_of = partial(_context, repository, options)
        results += check_articles(stage, repository, sorted(reported), context_of, executor)
        outlines = resolved.outlines = _outlines(results, repository, options)
        context = ResolveContext(
            repository=repository,
            settings=repository.settings_of(""),
            context_of=context_of,
            reported=reported,
            now=options.now,
            network=options.network,
            change=options.change,
            progress=options.progress,
            is_enabled=table.is_enabled,
            decisions=Decisions(repository, outlines, partial(_may_name, outlines)),
            covers=given.covers,
            source=options.source,
        )
        resolved.contextual = ContextualSeverity(context.decisions)
        _resolve(stage, results, context, resolved)
        interrupted = any(resolution.interrupted for resolution in resolved.resolutions)
    except KeyboardInterrupt:
        interrupted = True
    summaries = {result.path: result.summary for result in results}
    findings = [
        revised
        for result in results
        for finding in result.findings
        if (revised := resolved.revise(finding)) is not None
    ]
    later = [finding for resolution in resolved.resolutions for finding in resolution.findings]
    findings += marked(map(resolved.in_context, later), repository, summaries, options.change)
    resolved.save()
    links = [link for resolution in resolved.resolutions for link in resolution.links]
    report = build_report(
        findings,
        links,
        ReportContext(
            rules=rules,
            table=table,
            reported=reported,
            articles=frozenset(repository.articles),
            offline=options.network.offline,
            change=options.change,
            baseline=options.baseline,
            today=options.now.date(),
            owner=Owners(repository).owner,
            exists=repository.files.__contains__,
            keeps_hidden=options.keeps_hidden,
        ),
        summaries,
        interrupted=interrupted,
    )
    failures = [failure for result in results for failure in result.failures]
    failures = list(dict.fromkeys((*failures, *resolved.failures)))
    notes = [note for resolution in resolved.resolutions for note in resolution.notes]
    notes += [note for path in sorted(summaries) for note in summaries[path].notes(path)]
    report = replace(
        report,
        errors=tuple(dict.fromkeys(failure.message for failure in failures)),
        tracebacks=tuple(failure.traceback for failure in failures if failure.traceback),
        notes=sorted_notes((*options.notes, *notes, *report.notes, *repository.build.notes)),
    )
    return with_lines(report, repository.read) if options.lines else report


@dataclass(slots=True)
class _Resolved:
    """What the checkers resolved so far, and how they failed."""

    resolutions: list[Resolution] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    outlines: Facts | None = None
    contextual: ContextualSeverity | None = None

    def revise(self, finding: Any) -> Any:
        """A finding of ``check`` as the checkers see it once the whole repository is known."""
        for resolution in self.resolutions:
            if finding is not None and resolution.revise is not None:
                finding = resolution.revise(finding)
        return finding and self.in_context(finding)

    def in_context(self, finding: Finding) -> Finding:
        """A finding with the severity that it has in its file."""
        return self.contextual.revise(finding) if self.contextual else finding

    def save(self) -> None:
        """Keep the outlines that the findings needed for the next run."""
        if self.outlines is not None:
            self.outlines.save()


def _may_name(outlines: Facts, paths: Iterable[str]) -> Sequence[str]:
    """The articles that may name one of these files; outlines at hand are cheap to look into."""
    return (*outlines.known(), *outlines.mentioning(paths))


def _touched(reported: Sequence[str], change: Diff | None) -> Sequence[str]:
    """The paths that the diff touches; all of them without one."""
    if change is None:
        return reported
    return [path for path in reported if path in change.lines or path in change.bases]


def _context(repository: Repository, options: Options, path: str) -> Context:
    return Context(
        settings=repository.settings_of(path),
        now=options.now,
        base=options.change.bases.get(path) if options.change else None,
    )


def _outlines(results: Iterable[ArticleResult], repository: Repository, options: Options) -> Facts:
    """The outlines of all articles; those of the checked ones are at hand."""
    collector = OutlineCollector()
    return Facts(
        collector,
        _collected(results, collector.name),
        repository,
        collector.context_of,
        options.network.cache_dir,
    )


def _collected(results: Iterable[ArticleResult], name: str) -> dict[str, Any]:
    return {
        result.path: facts
        for result in results
        for collector, facts in result.facts
        if collector == name
    }


def _resolve(
    stage: CheckStage,
    results: Sequence[ArticleResult],
    context: ResolveContext,
    resolved: _Resolved,
) -> None:
    """Resolve all checkers; after an interrupt, the built-in ones once more without network."""
    checkers = stage.checkers
    own = [checker for checker in checkers if run_checker.is_built_in(checker)]
    waits = not context.network.offline or len(own) < len(checkers)
    done = _Resolved()
    try:
        complete(_resolve_all(checkers, stage.prepared, results, context, done), waits=waits)
    except KeyboardInterrupt:
        done = _Resolved()
        context = replace(context, network=replace(context.network, interrupted=True))
        complete(_resolve_all(own, stage.prepared, results, context, done), waits=False)
    resolved.resolutions += done.resolutions
    resolved.failures += done.failures


async def _resolve_all(
    checkers: Sequence[Checker],
    prepared: Mapping[str, Any],
    results: Sequence[ArticleResult],
    context: ResolveContext,
    resolved: _Resolved,
) -> None:
    for checker in checkers:
        own = run_checker.own_resolve_context(checker, context, prepared[checker.name])
        collected = _collected(results, checker.name)
        facts = Facts(checker, collected, own.repository, own.context_of, own.network.cache_dir)
        resolution, failure = await run_checker.resolve(checker, facts, own)
        facts.save()
        resolved.resolutions.append(resolution)
        if failure is not None:
            resolved.failures.append(failure)
