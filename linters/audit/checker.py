"""The links checker with the verdicts of the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from linters.audit.journal import Journal, Run
from linters.audit.streaks import NOT_ASKED, advance
from linters.checker import ResolveContext
from linters.links.checker import OFFLINE, LinkChecker
from linters.links.facts import LinkFacts
from linters.model.link import Cause, Outcome
from linters.model.settings import AuditSettings
from linters.util.redact import masked

if TYPE_CHECKING:
    from linters.links.network.exchange import Fetcher


class AuditLinkChecker(LinkChecker):
    """As the links checker, but a failure that may pass is broken only when it has lasted.

    With ``stored`` nothing is sent: each link has the outcome that the journal has of it. With
    ``executors`` the requests are sent by the workers of a cluster.
    """

    def __init__(
        self,
        journal: Journal,
        run: Run,
        settings: AuditSettings,
        *,
        stored: bool = False,
        executors: Sequence[Executor] = (),
    ) -> None:
        super().__init__()
        self._executors = tuple(executors)
        self._journal: Journal | None = journal
        self._run = run
        self._audit = settings
        self._stored = stored

    def __getstate__(self) -> dict[str, Any]:
        """The journal stays in the process that asks."""
        return {
            **super().__getstate__(),
            "_journal": None,
            "_executors": (),
            "_run": self._run,
            "_audit": self._audit,
            "_stored": self._stored,
        }

    async def offer(self, path: str, facts: LinkFacts, run: ResolveContext) -> bool:
        """As the links checker's; False where nothing is to be sent."""
        return False if self._stored else await super().offer(path, facts, run)

    async def ask(
        self, urls: Iterator[str], run: ResolveContext
    ) -> tuple[Callable[[str], Outcome], bool]:
        """The outcome of each of the URLs with the verdict of the audit."""
        if self._stored:
            return self._last, False
        outcome_of, interrupted = await super().ask(urls, run)
        return lambda url: self._verdict(url, outcome_of(url)), interrupted

    def fetcher(self, run: ResolveContext) -> Fetcher | None:
        """The workers of the cluster, where there is one."""
        if not self._executors:
            return None
        from linters.audit.remote_fetch import RemoteFetcher
        from linters.audit.worker import WorkerOptions

        ca_files = tuple(run.settings.links.ca_files)
        return RemoteFetcher(self._executors, WorkerOptions(run.network.allow_network, ca_files))

    def _last(self, url: str) -> Outcome:
        state = self._journal.links.state(masked(url)) if self._journal is not None else None
        return OFFLINE if state is None or state.outcome is None else state.outcome

    def _verdict(self, url: str, outcome: Outcome) -> Outcome:
        if self._journal is None:
            return outcome
        if outcome.cause is Cause.TIMEOUT and outcome.asked is None:
            # --deadline came while the request was under way: the next audit asks again.
            return replace(outcome, cause=Cause.DEADLINE)
        state = advance(
            self._journal.links.state(masked(url)), outcome, self._run.started, self._audit
        )
        if outcome.cause is not None and outcome.cause in NOT_ASKED:
            return outcome
        return state.outcome or outcome
