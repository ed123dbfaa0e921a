"""One run: URLs in, outcomes out."""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linters.checker import NetworkOptions, ProgressListener
from linters.links.network.answer import Answer, Failure, FailureKind
from linters.links.network.answer_cache import Memory, validators
from linters.links.network.chain import Chain, ChainError
from linters.links.network.fetch import Exchange, Request, visit
from linters.links.network.fragments import wanted
from linters.links.network.host_queue import Lane
from linters.links.network.host_settings import manners_for
from linters.links.network.interrupts import on_interrupt
from linters.links.network.matching import UrlRules
from linters.links.network.schedule import Schedule
from linters.links.network.transport import Transport
from linters.links.network.url_groups import Gathering
from linters.links.network.urls import split_target
from linters.links.network.verdict import judge, knows
from linters.model.link import Outcome
from linters.model.settings import LinkSettings
from linters.util import signals

_log = logging.getLogger("articlelint")
_BACK_OFF = 0.25
_OF_THE_ORIGIN = frozenset(
    {FailureKind.NAME_ABSENT, FailureKind.NAME_FAILED, FailureKind.CERTIFICATE}
)


@dataclass(slots=True, eq=False)
class Errand:
    """One request to make, and the chains that wait for its answer.

    ``expires`` and ``due`` (when it was ready to be made) are times of the event loop: waiting
    for its lane does not count against a link. ``old`` is the stored answer that a conditional
    request may confirm.
    """

    key: tuple[str, str]
    request: Request
    expires: float
    waiting: list[Chain] = field(default_factory=list)
    due: float = 0.0
    tries: int = 0
    old: Answer | None = None


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """One outcome for every URL given; ``interrupted`` by Ctrl-C or SIGTERM."""

    outcomes: Mapping[str, Outcome]
    interrupted: bool = False


class Prober:
    """Asks URLs under one set of settings; one instance serves one run.

    ``nameservers`` are (address, port) pairs, empty for the system's; ``on_answer`` is called
    with every answer; ``answers`` are those of this run by URL and conditions.
    """

    def __init__(
        self,
        settings: LinkSettings,
        network: NetworkOptions,
        progress: ProgressListener | None = None,
        *,
        nameservers: tuple[tuple[str, int], ...] = (),
        on_answer: Callable[[Answer], None] | None = None,
        answers: dict[tuple[str, str], Answer] | None = None,
    ) -> None:
        self._answers = {} if answers is None else answers
        self._nameservers = nameservers
        self._on_answer = on_answer
        self._settings = settings
        self._network = network
        self._progress = progress
        self._rules = UrlRules.of(settings)
        self._lanes: dict[str, Lane[int | Errand]] = {}
        self._known: dict[tuple[str, str], Exchange | Errand] = {}
        self._origins: dict[tuple[str, str, int], Failure] = {}
        self._interrupted = False

    async def run(self, urls: Sequence[str]) -> ProbeResult:
        """One outcome per URL, whatever happens on the way."""
        self._loop = asyncio.get_running_loop()
        self._expires = float("inf")
        if self._network.deadline is not None:
            started = self._network.started
            passed = 0.0 if started is None else time.monotonic() - started
            self._expires = self._loop.time() + max(0.0, self._network.deadline - passed)
        self._done: asyncio.Future[None] = self._loop.create_future()
        self._links = Gathering(urls, self._rules, self._progress)
        self._schedule = Schedule[int | Errand, Errand](
            self._settings.concurrency, self._open, self._perform
        )
        self._memory = Memory(self._network.cache_dir, self._settings.fresh)
        self._transport = Transport(
            self._network.allow_network, self._settings.ca_files, nameservers=self._nameservers
        )
        try:
            with on_interrupt(self._loop, self._interrupt):
                await self._ask_all()
        finally:
            await self._tidy_up()
        return ProbeResult(self._links.outcomes(), self._interrupted)

    async def _ask_all(self) -> None:
        timer = None
        if self._network.deadline is not None:
            timer = self._loop.call_at(self._expires, self._stop, FailureKind.DEADLINE)
        for place, host in self._links.to_ask():
            self._lane(host).queue.append(place)
        for lane in self._lanes.values():
            self._schedule.list(lane)
        self._schedule.pump()
        if self._links.left:
            await self._done
        if timer is not None:
            timer.cancel()

    async def _tidy_up(self) -> None:
        await self._schedule.stop()
        for lane in self._lanes.values():
            if lane.latency:
                self._memory.keep_host(lane.host, lane.learnt())
        self._memory.close()
        await self._transport.close()

    def _interrupt(self) -> None:
        self._interrupted = True
        signals.note()
        self._stop(FailureKind.INTERRUPTED)

    def _stop(self, kind: FailureKind) -> None:
        """What has no outcome now gets this one."""
        reason = "interrupted" if kind is FailureKind.INTERRUPTED else "not asked before --deadline"
        answer = Answer("", 0.0, failure=Failure(kind, reason, ""))
        self._links.settle_rest(judge("", answer, self._settings, (), self._rules))
        self._finish()

    def _finish(self) -> None:
        if not self._links.left and not self._done.done():
            self._done.set_result(None)

    def _lane(self, host: str) -> Lane[int | Errand]:
        lane = self._lanes.get(host)
        if lane is None:
            manners = manners_for(host, self._settings, self._network.allow_env)
            lane = self._lanes[host] = Lane(host, manners)
            lane.recall(self._memory.host(host))
        return lane

    # A chain's way: opened from its place, sent to a lane hop by hop, resumed with answers.

    def _open(self, item: int | Errand, lane: Lane[int | Errand]) -> Errand | None:
        """The errand that an item of a lane's queue means; None where nothing is to be asked."""
        try:
            errand = item if isinstance(item, Errand) else self._begin(item, lane)
            if errand is None:
                return None
            origin = self._origins.get(errand.request.target.origin)
            if origin is not None:
                failure = replace(origin, url=errand.request.target.url)
                self._settle(errand, Exchange(failure=failure, connecting=True))
                return None
            if lane.closed and errand.tries == 0:
                reason = "the host asks to be left alone for longer than max-wait"
                failure = Failure(FailureKind.RATE_LIMITED, reason, errand.request.target.url)
                self._settle(errand, Exchange(failure=failure))
                return None
        except Exception as error:  # noqa: BLE001 - one link's trouble is never the run's
            self._give_up(item, error)
            return None
        return errand

    def _begin(self, place: int, lane: Lane[int | Errand]) -> Errand | None:
        base, links = self._links.at(place)
        manners = lane.manners
        heard = self._answers.get((base, manners.conditions))
        if heard is not None and all(self._judge(link, heard) is not None for link in links):
            self._conclude(place, heard)
            return None
        old = self._memory.recall(base, links, manners.conditions, self._judge)
        if old is not None and old.fresh:
            self._conclude(place, old.answer)
            return None
        own: tuple[str, ...] = ()
        if self._settings.fragments:
            own = tuple(one for link in links if (one := link.partition("#")[2]) and wanted(one))
        target, now = split_target(base), self._loop.time()
        chain = Chain(base, target, own, now, place, manners.conditions, user=target.user)
        chain.old = old.answer if old is not None else None
        return self._send(chain)

    def _judge(self, link: str, answer: Answer) -> Outcome | None:
        if not knows(link, answer, self._settings):
            return None
        return judge(link, answer, self._settings, self._network.allow_network, self._rules)

    def _send(self, chain: Chain) -> Errand | None:
        """The errand for the chain's next hop; None where it waits for one, or has been
        resumed with an answer that is there already."""
        while True:
            target = chain.target
            lane = self._lane(target.host)
            fields = chain.fields(lane.manners)
            key = (target.url, fields)
            known = self._known.get(key)
            if isinstance(known, Errand):
                known.waiting.append(chain)
                return None
            if known is None or not chain.served_by(known):
                break
            if not self._resume(chain, known):
                return None
        request = Request(
            target, lane.manners.general + fields, chain.fragments or None, lane.manners.max_body
        )
        now = self._loop.time()
        errand = Errand(key, request, chain.started + lane.manners.max_wait, [chain], now)
        old = chain.old
        extra = validators(old) if old is not None and old.final_url == target.url else {}
        if old is not None and extra and _serves(old, chain):
            lines = "".join(f"{name}: {value}\r\n" for name, value in extra.items())
            errand.request = replace(request, fields=request.fields + lines, conditional=True)
            errand.old = old
        self._known[key] = errand
        return errand

    def _resume(self, chain: Chain, exchange: Exchange) -> bool:
        """Take the answer to the chain's hop; True when there is a next hop to send."""
        chain.tries += exchange.tries
        try:
            if exchange.failure is None and chain.follow(exchange, self._rules):
                return True
        except ChainError as error:
            exchange = Exchange(failure=error.failure)
        answer = chain.answer(time.time(), exchange)
        self._memory.keep(answer)
        if answer.storable:
            self._answers[answer.url, answer.conditions] = answer
        self._conclude(chain.place, answer)
        return False

    def _conclude(self, place: int, answer: Answer) -> None:
        if self._on_answer is not None:
            self._on_answer(answer)
        _, links = self._links.at(place)
        allow = self._network.allow_network
        for link in links:
            self._links.settle(link, judge(link, answer, self._settings, allow, self._rules))
        self._finish()

    def _settle(self, errand: Errand, exchange: Exchange) -> None:
        """The errand's answer is final: resume every chain that waits for it."""
        _, fields = errand.key
        if fields:
            self._known.pop(errand.key, None)
        else:
            self._known[errand.key] = exchange
        for chain in errand.waiting:
            try:
                if chain.served_by(exchange) and not self._resume(chain, exchange):
                    continue
                following = self._send(chain)
                if following is not None:
                    lane = self._lane(following.request.target.host)
                    self._schedule.put(lane, following, first=True)
            except Exception as error:  # noqa: BLE001 - one link's trouble is never the run's
                self._give_up(chain.place, error)

    def _give_up(self, item: int | Errand, error: Exception) -> None:
        _log.debug("a probe failed", exc_info=error)
        places = [item] if isinstance(item, int) else [chain.place for chain in item.waiting]
        reason = f"{type(error).__name__}: {error}"
        for place in places:
            base, _ = self._links.at(place)
            failure = Failure(FailureKind.INTERNAL, reason, base)
            self._conclude(place, Answer(base, time.time(), failure=failure))

    # An errand's way: asked, asked again where that may help, settled.

    async def _perform(self, errand: Errand, lane: Lane[int | Errand], number: int) -> None:
        try:
            exchange = await self._try(errand, lane)
            now = self._loop.time()
            again = self._again(errand, lane, exchange, now)
            self._tell(lane, number, exchange, now, meets=again is not None)
            if again is not None:
                errand.due = again
                self._schedule.put_later(lane, errand, again)
            else:
                if errand.tries > 1:
                    exchange = replace(exchange, tries=errand.tries)
                self._settle(errand, exchange)
        except Exception as error:  # noqa: BLE001 - one link's trouble is never the run's
            self._known.pop(errand.key, None)
            self._give_up(errand, error)

    async def _try(self, errand: Errand, lane: Lane[int | Errand]) -> Exchange:
        errand.tries += 1
        now = self._loop.time()
        errand.expires += max(0.0, now - errand.due)
        left = min(errand.expires, self._expires) - now
        head = lane.head and errand.tries == 1
        request = errand.request if head else replace(errand.request, head=False)
        seconds = max(0.01, min(lane.manners.timeout, left))
        exchange = await visit(self._transport, request, seconds, keep=lambda: bool(lane.queue))
        step = exchange.step
        if step is not None and request.fragments is None and 200 <= step.status < 300:
            lane.head_failures = 0 if step.method == "HEAD" else lane.head_failures + head
        if errand.old is not None and step is not None and step.status == 304:
            return Exchange(step=errand.old.steps[-1], page=errand.old.page)
        return exchange

    def _again(
        self, errand: Errand, lane: Lane[int | Errand], exchange: Exchange, now: float
    ) -> float | None:
        """When to try again; None when not, or not before the time is up."""
        if not exchange.transient or errand.tries > lane.manners.retries:
            self._remember_origin(errand, exchange)
            return None
        spread = zlib.crc32(errand.key[0].encode("utf-8", "replace")) / 2**32
        delay: float = _BACK_OFF * 2 ** (errand.tries - 1) * (0.75 + 0.5 * spread)
        when = now + max(delay, exchange.wait or 0.0)
        if when >= min(errand.expires, self._expires):
            self._remember_origin(errand, exchange)
            return None
        return when

    def _remember_origin(self, errand: Errand, exchange: Exchange) -> None:
        """What failed at every try before the server was reached holds for all its URLs."""
        failure = exchange.failure
        if (
            failure is not None
            and exchange.connecting
            and (failure.kind in _OF_THE_ORIGIN or failure.kind is FailureKind.TIMEOUT)
        ):
            self._origins[errand.request.target.origin] = failure

    def _tell(
        self,
        lane: Lane[int | Errand],
        number: int,
        exchange: Exchange,
        now: float,
        *,
        meets: bool,
    ) -> None:
        """Let the lane learn from an answer."""
        if exchange.clean:
            lane.succeed(number, now)
        elif exchange.step is not None:
            lane.overload(number, now, exchange.wait if meets else None)
            if exchange.wait and not meets and exchange.wait > lane.manners.timeout:
                lane.refusals += 1
        else:
            lane.fail(number)


def _serves(old: Answer, chain: Chain) -> bool:
    """Whether a stored answer, once confirmed, tells all that a chain needs."""
    if old.failure is not None or not old.steps:
        return False
    return chain.served_by(Exchange(step=old.steps[-1], page=old.page))
