"""The engine of the network check: URLs in, outcomes out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import msgspec

from linters.checker import NetworkOptions, ProgressListener
from linters.links.network.answer import NO_NAMES, Answer, Failure, FailureKind, RequestError
from linters.links.network.answer_cache import AnswerCache, validators
from linters.links.network.chain import Chain
from linters.links.network.client import Client
from linters.links.network.connector import Observer
from linters.links.network.exchange import Exchange, ExchangeMemory, Fetcher, Memory, Request
from linters.links.network.fetch import LocalFetcher
from linters.links.network.host_queue import HostQueue
from linters.links.network.host_settings import settings_for
from linters.links.network.jobs import BodyJob, ContentRequests, Item, Job, JobKey
from linters.links.network.scheduler import Scheduler
from linters.links.network.url_groups import UrlGroups
from linters.links.network.verdict import Judge
from linters.links.web.fragments import wanted
from linters.links.web.url_rules import UrlRules
from linters.links.web.urls import InvalidUrlError, split_target
from linters.model.errors import UserError
from linters.model.link import Outcome
from linters.model.settings import LinkSettings
from linters.store.entry import StoreError
from linters.util import signals

_log = logging.getLogger("articlelint")
_TURN = 0.05  # seconds after which the event loop has its turn
_FEW_DOMAINS = 5
_IDLE_CONNECTIONS = 256  # well below the usual limit of open files
_OF_THE_NAME = frozenset({FailureKind.NAME_ABSENT, FailureKind.NAME_FAILED})
_OF_THE_ORIGIN = _OF_THE_NAME | {FailureKind.CERTIFICATE, FailureKind.TIMEOUT}


class Engine:
    """Asks URLs under one set of settings, inside a running event loop; ``contents`` gets pages.

    ``nameservers`` are (address, port) pairs, empty for the system's; ``on_answer`` is called
    with every answer and whether the store gave it; ``observe`` as for ``Client``; ``fetcher``
    sends the requests, by default from here.
    """

    def __init__(
        self,
        settings: LinkSettings,
        network: NetworkOptions,
        *,
        roots: Iterable[Path] = (),
        progress: ProgressListener | None = None,
        memory: Memory | None = None,
        nameservers: tuple[tuple[str, int], ...] = (),
        on_answer: Callable[[Answer, bool], None] | None = None,
        observe: Observer | None = None,
        fetcher: Fetcher | None = None,
    ) -> None:
        self._settings = settings
        self._network = network
        self._on_answer = on_answer
        self._rules = UrlRules.of(settings)
        self._judge = Judge(settings, network, self._rules)
        self._groups = UrlGroups(self._rules, progress)
        self._queues: dict[str, HostQueue[Item]] = {}
        self._memory = ExchangeMemory({} if memory is None else memory)
        self._jobs: dict[JobKey, Job] = {}
        self._held: list[tuple[Job, Exchange]] = []
        self._origins: dict[tuple[str, str, int], Failure] = {}
        self._stopped: FailureKind | None = None
        self._finishing = False
        self._fatal: Exception | None = None
        self._loop = asyncio.get_running_loop()
        self._done: asyncio.Future[None] = self._loop.create_future()
        self._cache = AnswerCache(network, settings.fresh, roots, self._fail)
        self._fetcher: Fetcher = fetcher or LocalFetcher(
            Client(
                network.allow_network, settings.ca_files, nameservers=nameservers, observe=observe
            )
        )
        self._scheduler = Scheduler[Item, Job | BodyJob](
            settings.concurrency, self._open, self._perform, self._became_idle
        )
        self.contents = ContentRequests(self._queue, self._scheduler, self._rules)
        self._expires = float("inf")
        self._resources = ExitStack()
        if network.deadline is not None:
            passed = 0.0 if network.started is None else time.monotonic() - network.started
            self._expires = self._loop.time() + max(0.0, network.deadline - passed)
            timer = self._loop.call_at(self._expires, self._stop, FailureKind.DEADLINE)
            self._resources.callback(timer.cancel)
        self._resources.enter_context(
            signals.in_event_loop(self._loop, lambda: self._stop(FailureKind.INTERRUPTED))
        )

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C or SIGTERM ended the asking."""
        return self._stopped is FailureKind.INTERRUPTED

    async def add(self, urls: Iterable[str]) -> None:
        """Take URLs, and start asking them.

        A URL is compared with every pattern of the configuration, which may take its time: the
        event loop has its turn in between, so that deadlines and signals are kept.
        """
        turn = self._loop.time() + _TURN
        for url in urls:
            if self._fatal is not None:
                return
            now = self._loop.time()
            if now >= self._expires:
                self._stop(FailureKind.DEADLINE)
            elif now > turn:
                await asyncio.sleep(0)
                turn = self._loop.time() + _TURN
            try:
                group = self._groups.add(url, compares=self._stopped is None)
            except UserError as error:
                self._fail(error)
                return
            if group is not None:
                self._take(group)
        self._scheduler.pump()
        await asyncio.sleep(0)

    def _take(self, group: int) -> None:
        if self._stopped is not None:
            self._settle_unasked(group, self._stopped)
            return
        base, _ = self._groups.at(group)
        try:
            host = split_target(base).host
        except InvalidUrlError as error:
            failure = Failure(FailureKind.INVALID_URL, str(error), base)
            self._conclude(group, Answer(base, 0.0, failure=failure), stored=False)
            return
        self._scheduler.put(self._queue(host), group)

    async def finish(self) -> Mapping[str, Outcome]:
        """The outcome of every URL, once each has one; UserError for what the configuration
        makes impossible, StoreError for a journal that fails."""
        self._finishing = True
        try:
            if self._scheduler.is_idle:
                self._became_idle()
            if self._groups.left and self._fatal is None:
                await self._done
        finally:
            await self.close()
        if self._fatal is not None:
            raise self._fatal
        return self._groups.outcomes()

    async def close(self) -> None:
        """End all that is under way, and write what is left."""
        await self._scheduler.stop()
        self.contents.cancel()
        try:
            self._cache.close()
        except StoreError as error:
            self._fatal = self._fatal or error
        await self._fetcher.close()
        if self._fatal is None and not self._groups.left:
            signals.hold()
        self._resources.close()

    def _fail(self, error: Exception) -> None:
        """What ends the run: the rest would be wrong."""
        self._fatal = self._fatal or error
        if not self._done.done():
            self._done.set_result(None)

    def _check_done(self) -> None:
        if self._finishing and not self._groups.left and not self._done.done():
            self._done.set_result(None)

    def _queue(self, host: str) -> HostQueue[Item]:
        queue = self._queues.get(host)
        if queue is None:
            settings = settings_for(host, self._settings, self._network.allow_env)
            queue = self._queues[host] = HostQueue(host, settings)
        return queue

    def _stop(self, kind: FailureKind) -> None:
        """End the asking: by the deadline, or by an interrupt."""
        if self._stopped is not None:
            return
        self._stopped = kind
        if kind is FailureKind.INTERRUPTED:
            signals.note()
        else:
            for job in (*self._jobs.values(), *(job for job, _ in self._held)):
                for chain in job.waiting:
                    if job.tries or chain.steps:
                        self._settle_unasked(chain.group, FailureKind.CUT_OFF)
        for group in self._groups.unsettled():
            self._settle_unasked(group, kind)
        self.contents.cancel()
        self._check_done()

    def _settle_unasked(self, group: int, kind: FailureKind) -> None:
        self._groups.settle_group(group, lambda _: self._judge.unasked(kind))

    def _became_idle(self) -> None:
        """Nothing is under way: decide on names that were not found, if that was all."""
        if not self._finishing or not self._held:
            return
        held, self._held = self._held, []
        fetcher = self._fetcher
        if fetcher.any_name_found or fetcher.domains < _FEW_DOMAINS:
            for job, exchange in held:
                self._settle(job, exchange)
            self._scheduler.pump()
            return
        for job, _ in held:
            failure = Failure(FailureKind.NAME_FAILED, NO_NAMES, job.request.target.url)
            for chain in job.waiting:
                self._conclude(chain.group, chain.answer(Exchange(failure=failure)), stored=False)

    def _open(self, item: Item, queue: HostQueue[Item]) -> Job | BodyJob | None:
        """The job that an item of a queue means; None where nothing is to be asked."""
        if isinstance(item, BodyJob) or self._stopped is not None:
            return item if isinstance(item, BodyJob) else None
        try:
            job = item if isinstance(item, Job) else self._begin(item, queue)
            if job is None:
                return None
            failure = self._origins.get(job.request.target.origin)
            if failure is None and queue.closed and job.tries == 0:
                reason = "the host requires a longer wait than max-wait"
                failure = Failure(FailureKind.RATE_LIMITED, reason, "")
            if failure is None:
                return job
            failure = msgspec.structs.replace(failure, url=job.request.target.url)
            self._settle(job, Exchange(failure=failure, connecting=True))
        except Exception as error:  # noqa: BLE001 - a fault in one link must not end the run
            self._give_up([item] if isinstance(item, int) else item.groups, error)
        return None

    def _begin(self, group: int, queue: HostQueue[Item]) -> Job | None:
        base, links = self._groups.open(group)
        conditions = queue.settings.conditions
        old = self._cache.recall(base, links, conditions, self._judge.shown)
        if old is not None and old.fresh:
            self._conclude(group, old.answer, stored=True)
            return None
        own: tuple[str, ...] = ()
        if self._settings.fragments:
            own = tuple(part for link in links if (part := link.partition("#")[2]) and wanted(part))
        chain = Chain(base, split_target(base), own, self._loop.time(), group, conditions)
        chain.old = old.answer if old is not None else None
        return self._send(chain)

    def _send(self, chain: Chain) -> Job | None:
        """The job for the chain's next hop; None where it waits for another one, or has been
        resumed with an answer that is there already."""
        while True:
            target = chain.target
            settings = self._queue(target.host).settings
            fields = chain.fields(settings)
            key = (target.url, fields)
            job = self._jobs.get(key)
            if job is not None:
                job.waiting.append(chain)
                return None
            known = None if fields else self._memory.find(settings.conditions, target.url)
            if known is None or not chain.served_by(known):
                break
            if not self._resume(chain, known):
                return None
        headers = settings.general
        extra = validators(chain.old) if chain.old is not None and chain.may_renew else ()
        if fields or extra:
            headers = headers.copy()
            headers.extend((*fields, *extra))
        request = Request(
            target, headers, chain.fragments or None, settings.max_body,
            settings.timeout, f"timeout ({settings.timeout:g}s)", conditional=bool(extra),
        )  # fmt: skip
        expires = chain.started + settings.max_wait
        job = Job(key, request, settings, expires, [chain], self._loop.time())
        job.old = chain.old if extra else None
        self._jobs[key] = job
        return job

    def _resume(self, chain: Chain, exchange: Exchange) -> bool:
        """Take the answer to the chain's hop; True when there is a next hop to send."""
        chain.tries += exchange.tries
        try:
            if exchange.failure is None and chain.follow(exchange, self._rules):
                return True
        except RequestError as error:
            exchange = Exchange(failure=error.failure)
        answer = chain.answer(exchange)
        self._cache.keep(answer)
        self._conclude(chain.group, answer, stored=False)
        return False

    def _conclude(self, group: int, answer: Answer, *, stored: bool) -> None:
        if self._on_answer is not None:
            self._on_answer(answer, stored)
        self._groups.settle_group(group, lambda link: self._judge.outcome(link, answer))
        self._check_done()

    def _settle(self, job: Job, exchange: Exchange) -> None:
        """The job's answer is final: resume every chain that waits for it."""
        failure, fetcher = exchange.failure, self._fetcher
        unfound = failure is not None and failure.kind in _OF_THE_NAME
        decided = fetcher.any_name_found or (self._finishing and self._scheduler.is_idle)
        if unfound and not decided:
            self._held.append((job, exchange))  # the network may be down
            return
        url, fields = job.key
        self._jobs.pop(job.key, None)
        if not fields:
            self._memory.keep(job.settings.conditions, url, exchange)
        for chain in job.waiting:
            try:
                if chain.served_by(exchange) and not self._resume(chain, exchange):
                    continue
                following = self._send(chain)
                if following is not None:
                    queue = self._queue(following.request.target.host)
                    self._scheduler.put(queue, following, first=True)
            except Exception as error:  # noqa: BLE001 - a fault in one link must not end the run
                self._give_up([chain.group], error)
        if self._held and fetcher.any_name_found:
            held, self._held = self._held, []
            for earlier in held:
                self._settle(*earlier)

    def _give_up(self, groups: Iterable[int], error: Exception) -> None:
        if isinstance(error, UserError | StoreError):
            self._fail(error)
            return
        _log.debug("a link could not be checked", exc_info=error)
        for group in groups:
            failure = Failure(FailureKind.INTERNAL, f"{type(error).__name__}: {error}", "")
            self._conclude(group, Answer("", 0.0, failure=failure), stored=False)

    async def _perform(self, job: Job | BodyJob, queue: HostQueue[Item], number: int) -> None:
        if isinstance(job, BodyJob):
            exchange = await self._fetcher.fetch(job.request, keep=lambda: queue.keeps(False))
            queue.adapt(number, exchange, self._loop.time(), repeated=False)
            job.settle(exchange)
            return
        try:
            exchange = await self._try(job, queue)
            now = self._loop.time()
            again = self._again(job, exchange, now)
            queue.adapt(number, exchange, now, repeated=again is not None)
            if again is not None:
                job.due = again
                self._scheduler.put_later(queue, job, again)
                return
            if job.tries > 1:
                exchange = msgspec.structs.replace(exchange, tries=job.tries)
            self._settle(job, exchange)
        except Exception as error:  # noqa: BLE001 - a fault in one link must not end the run
            self._jobs.pop(job.key, None)
            self._give_up(job.groups, error)

    async def _try(self, job: Job, queue: HostQueue[Item]) -> Exchange:
        job.tries += 1
        now = self._loop.time()
        job.expires += max(0.0, now - job.due)
        request = job.request
        head = queue.head and job.tries == 1
        seconds = max(0.01, min(request.seconds, job.expires - now))
        if head != request.head or seconds != request.seconds:
            request = msgspec.structs.replace(request, head=head, seconds=seconds)
        more = not self._finishing and len(self._queues) <= _IDLE_CONNECTIONS
        exchange = await self._fetcher.fetch(request, keep=lambda: queue.keeps(more))
        step = exchange.step
        if step is not None and request.fragments is None and 200 <= step.status < 300:
            queue.head_failures = 0 if step.method == "HEAD" else queue.head_failures + head
        if job.old is not None and step is not None and step.status == 304:
            return Exchange(step=job.old.steps[-1], page=job.old.page)
        return exchange

    def _again(self, job: Job, exchange: Exchange, now: float) -> float | None:
        """When to try again; None when not, or not before the time is up."""
        delay = job.delay(exchange)
        if delay is not None and now + delay < min(job.expires, self._expires):
            return now + delay
        failure = exchange.failure
        if failure is not None and exchange.connecting and failure.kind in _OF_THE_ORIGIN:
            # What failed at every try before the server was reached fails for all its URLs.
            self._origins[job.request.target.origin] = failure
        return None
