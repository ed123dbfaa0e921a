"""The whole way: paths → files → articles → findings and facts → report.

paths ──discover──▶ files ──read──▶ Article ──check──▶ findings ─┐
                                       │                         ├─▶ build_report ─▶ Report
                                       └─collect──▶ facts ──resolve──▶ findings, links
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from linters.checker import (
    Checker,
    Context,
    Dependencies,
    Diff,
    NetworkOptions,
    ProgressListener,
    ResolveContext,
)
from linters.facts.outlines import OutlineCollector
from linters.facts.repository_facts import Facts
from linters.findings.baseline import Baseline
from linters.findings.build_report import ReportContext, build_report, rules_of
from linters.findings.kept import FindingsByPath
from linters.findings.rule_settings import RuleSelection, RuleTable
from linters.findings.source_lines import with_lines
from linters.model.finding import Finding
from linters.model.note import Note
from linters.model.report import Report, sorted_notes
from linters.pipeline import run_checker
from linters.pipeline.check_articles import ArticleChecks
from linters.pipeline.check_stage import CheckStage
from linters.pipeline.collected import Collected
from linters.pipeline.estimated_progress import EstimatedProgress
from linters.pipeline.event_loop import complete
from linters.pipeline.later_findings import LaterFindings
from linters.pipeline.plugin_output import output_to_stderr
from linters.pipeline.resolve_stage import Offers, Resolved, resolve_all
from linters.repository.contextual_severity import ContextualSeverity
from linters.repository.decisions import Decisions
from linters.repository.owners import Owners
from linters.repository.repository import Repository
from linters.repository.source_tree import SourceTree
from linters.util import signals

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from linters.pipeline.article_cache import ArticleCache
    from linters.pipeline.last_run import LastRun


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
    ``last`` is the last run of the same command, and keeps this one; only for runs offline
    without a diff and a baseline.
    """

    repository: Repository
    reported: Sequence[str]
    checkers: Sequence[Checker]
    options: Options
    covers: Callable[[str], bool] = lambda _path: True
    last: LastRun | None = None


def run(given: RunInput, executor: Executor | None = None) -> Report:
    """Check the reported articles of one repository.

    With a diff, only what it touches is checked. An interrupt ends the stage that it
    arrives in; the report says that it is not complete. What plug-ins print goes to standard
    error.
    """
    has_plugins = not all(map(run_checker.is_built_in, given.checkers))
    with output_to_stderr(has_plugins):
        if given.last is None or has_plugins:
            return _Run(given, executor).report()
        return _rerun(given, given.last, executor)


def _rerun(given: RunInput, last: LastRun, executor: Executor | None) -> Report:
    """Check only what may have other findings than in the last run."""
    from linters.pipeline.last_run import Rerun

    options = replace(given.options, keeps_hidden=True)

    def run_on(reported: Sequence[str]) -> tuple[Report, Dependencies | None]:
        part = _Run(replace(given, reported=reported, options=options), executor)
        report = part.report()
        return report, part.dependencies()

    reported = tuple(sorted(given.reported))
    return Rerun(last, given.repository, reported, rules_of(given.checkers), run_on).report()


class _Run:
    """One run, step by step."""

    def __init__(self, given: RunInput, executor: Executor | None) -> None:
        self._given = given
        self._executor = executor
        self._repository = given.repository
        self._options = given.options
        self._reported = frozenset(_touched(given.reported, given.options.change))
        self._rules = rules_of(given.checkers)
        self._table = RuleTable(self._repository.settings_of, self._options.choice, self._rules)
        self._collected = Collected()
        self._resolved = Resolved()
        self._all_checked = False
        listener = given.options.progress
        self._progress: EstimatedProgress | None = None
        if listener is not None:
            self._progress = EstimatedProgress(listener, len(self._reported))

    def report(self) -> Report:
        """Prepare, check, resolve, and build the report."""
        interrupted = False
        try:
            signals.release()
            self._check_and_resolve(self._prepare())
        except KeyboardInterrupt:
            interrupted = True
        signals.hold()
        report = self._build(interrupted=interrupted or self._resolved.interrupted)
        self._resolved.save()
        return with_lines(report, self._repository.read) if self._options.lines else report

    def dependencies(self) -> Dependencies | None:
        """What the report depends on besides each article; outlines decide for all."""
        from linters.pipeline.last_run import combined

        outlines = self._collected.facts(OutlineCollector.name)
        own = Dependencies(common={path: outlines.digest(path) for path in self._reported})
        return combined((own, *(found.dependencies for found in self._resolved.resolutions)))

    def _prepare(self) -> CheckStage:
        prepared, failures = run_checker.prepare_all(self._given.checkers, self._repository)
        self._resolved.failures += failures
        working = tuple(found for found in self._given.checkers if found.name in prepared)
        stage = CheckStage(self._repository.root, working, prepared)
        self._collected.begin(stage)
        return stage

    def _check_and_resolve(self, stage: CheckStage) -> None:
        """Check and resolve; after an interrupt, resolve once more without the network."""
        own = [checker for checker in stage.checkers if run_checker.is_built_in(checker)]
        waits = not self._options.network.offline or len(own) < len(stage.checkers)
        context = self._resolve_context()
        failures = list(self._resolved.failures)
        try:
            complete(self._stages(stage, context), waits=waits)
        except KeyboardInterrupt:
            if not self._all_checked:
                raise
            self._resolved.begin_again(failures)
            context = replace(context, network=replace(context.network, interrupted=True))
            again = resolve_all(own, stage.prepared, self._collected, context, self._resolved)
            complete(again, waits=False)

    async def _stages(self, stage: CheckStage, context: ResolveContext) -> None:
        """The check stage, then the resolve stage.

        Online, the links of an article are offered to the network while others are read.
        """
        cache = self._cache(stage)
        checks = ArticleChecks(stage, self._repository, self._context_of, cache)
        offers = None if context.network.offline else Offers(stage, self._collected, context)
        for pending in checks.run(sorted(self._reported), self._executor):
            if offers is not None and pending.future is not None:
                import asyncio

                waited = asyncio.wrap_future(pending.future)
                await asyncio.wait([waited])
                waited.exception()  # ``results`` raises it; asyncio would print it as well
            for result in checks.take(pending.results()):
                self._collected.add(result)
                if self._progress is not None:
                    self._progress.read += 1
                if offers is not None:
                    await offers.offer(result.path)
        if cache is not None:
            cache.save()
        self._all_checked = True
        await resolve_all(stage.checkers, stage.prepared, self._collected, context, self._resolved)

    def _cache(self, stage: CheckStage) -> ArticleCache | None:
        """The cache of results; None where it is off, and where findings depend on a diff."""
        folder = self._options.network.cache_dir
        if folder is None or self._options.change is not None:
            return None
        from linters.pipeline.article_cache import ArticleCache

        return ArticleCache(stage, folder, self._table.is_enabled)

    def _context_of(self, path: str) -> Context:
        """The context of one article; its time is the day, so that results are valid all day."""
        change = self._options.change
        return Context(
            settings=self._repository.settings_of(path),
            now=self._options.now.replace(hour=0, minute=0, second=0, microsecond=0),
            base=change.bases.get(path) if change else None,
        )

    def _resolve_context(self) -> ResolveContext:
        collector = OutlineCollector()
        outlines = Facts(
            collector,
            self._collected.facts(collector.name),
            self._repository,
            collector.context_of,
            self._options.network.cache_dir,
        )
        # Where a gate takes its rules from a revision, a change does not decide the locale.
        change = self._options.change if self._repository.policy is not None else None
        mentioning = partial(_may_name, outlines)
        decisions = Decisions(self._repository, outlines, mentioning, change)
        self._resolved.outlines = outlines
        self._resolved.contextual = ContextualSeverity(decisions)
        return ResolveContext(
            repository=self._repository,
            settings=self._repository.settings_of(""),
            context_of=self._context_of,
            reported=self._reported,
            now=self._options.now,
            network=self._options.network,
            change=self._options.change,
            progress=self._progress,
            is_enabled=self._table.is_enabled,
            decisions=decisions,
            covers=self._given.covers,
            source=self._options.source,
        )

    def _build(self, *, interrupted: bool) -> Report:
        resolved, collected, options = self._resolved, self._collected, self._options
        summaries = collected.summaries
        context = ReportContext(
            rules=self._rules,
            table=self._table,
            reported=self._reported,
            articles=frozenset(self._repository.articles),
            offline=options.network.offline,
            change=options.change,
            baseline=options.baseline,
            today=options.now.date(),
            owner=Owners(self._repository).owner,
            exists=self._repository.files.__contains__,
            keeps_hidden=options.keeps_hidden,
        )
        report = build_report(
            self._findings(context), resolved.links(), context, summaries, interrupted=interrupted
        )
        failures = list(dict.fromkeys((*collected.failures, *resolved.failures)))
        notes = [*options.notes, *report.notes, *resolved.notes()]
        notes += self._repository.build.notes
        notes += options.change.notes if options.change is not None else ()
        notes += (note for path in summaries for note in summaries[path].notes(path))
        return replace(
            report,
            errors=tuple(dict.fromkeys(failure.message for failure in failures)),
            tracebacks=tuple(failure.traceback for failure in failures if failure.traceback),
            notes=sorted_notes(notes),
        )

    def _findings(self, context: ReportContext) -> Iterator[tuple[str, list[Finding]]]:
        """The marked findings of each path; one path's at a time are objects."""
        collected, resolved = self._collected, self._resolved
        by_path = FindingsByPath(self._rules)
        for path in collected.paths():
            by_path.add(filter(context.is_reported, resolved.revised(collected.findings(path))))
            if collected.summaries[path].directives:
                by_path.add_path(path)  # they may suppress nothing
        by_path.add(filter(context.is_reported, resolved.findings()))
        later = LaterFindings(
            self._repository, collected.summaries, context.articles, context.change
        )
        return ((path, later.marked(path, findings)) for path, findings in by_path)


def _may_name(outlines: Facts, paths: Iterable[str]) -> Sequence[str]:
    """The articles that may name one of these files; outlines at hand are cheap to look into."""
    return (*outlines.known(), *outlines.mentioning(paths))


def _touched(reported: Sequence[str], change: Diff | None) -> Sequence[str]:
    """The paths that the diff touches; all of them without one."""
    if change is None:
        return reported
    return [path for path in reported if path in change.lines or path in change.bases]
