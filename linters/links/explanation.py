"""``articlelint why`` in words: everything that is known about one link, as lines of text."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from linters.links.inspection import Inspection
from linters.links.network.answer import Answer, Step
from linters.links.rules import (
    FRAGMENT_NOT_FOUND,
    LINK_BLOCKED,
    LINK_BROKEN,
    LINK_REDIRECTED,
    LINK_UNKNOWN,
)
from linters.model.link import Cause, LinkRecord, Outcome, Verdict
from linters.model.report import Report
from linters.model.settings import LinkSettings
from linters.util.redact import masked

_VARIABLE = re.compile(r"(\$\{[A-Za-z_][A-Za-z0-9_]*\})")
_LABEL = 10
_RULES = {
    Verdict.BROKEN: LINK_BROKEN,
    Verdict.REDIRECTED: LINK_REDIRECTED,
    Verdict.UNKNOWN: LINK_UNKNOWN,
    Verdict.BLOCKED: LINK_BLOCKED,
}


def verdict_line(outcome: Outcome) -> str:
    """The verdict with its cause and reason."""
    cause = f" ({outcome.cause})" if outcome.cause else ""
    return f"{outcome.verdict}{cause}" + (f": {outcome.reason}" if outcome.reason else "")


def explain(
    url: str, report: Report, inspection: Inspection | None, settings: LinkSettings
) -> Iterator[str]:
    """The lines, not yet safe for a terminal.

    ``report`` has the link's records and the findings at its places; ``inspection`` is None
    for a link without a network URL.
    """
    yield masked(url)
    outcome = inspection.outcome if inspection is not None else None
    if outcome is None and report.links:
        outcome = report.links[0].outcome
    if outcome is not None:
        yield _line("verdict", verdict_line(outcome))
    yield from _rules(report, outcome)
    yield from _places(report.links)
    if inspection is not None:
        yield from _network(url, inspection, settings)


def _rules(report: Report, outcome: Outcome | None) -> Iterator[str]:
    """The rules with findings at the link's places, else the one that would apply."""
    found = {
        (finding.rule.code, finding.rule.name, finding.severity, finding.message)
        for finding in report.findings
    }
    for code, name, severity, message in sorted(found):
        yield _line("rule", f"{code}[{name}] {severity}: {message}")
    if not found and outcome is not None and outcome.cause is Cause.FRAGMENT_ABSENT:
        yield _line("rule", FRAGMENT_NOT_FOUND.name)
    elif not found and outcome is not None and outcome.verdict in _RULES:
        yield _line("rule", _RULES[outcome.verdict].name)


def _places(records: Sequence[LinkRecord]) -> Iterator[str]:
    count = sum(len(record.places) for record in records)
    yield _line("places", str(count) if count else "none in these articles")
    for record in records:
        for place in record.places:
            line, column = place.range.start
            written = "" if record.url == record.target else f"  {record.url} → {record.target}"
            yield f"  {place.path}:{line}:{column}  {place.syntax}{masked(written)}"


def _network(url: str, inspection: Inspection, settings: LinkSettings) -> Iterator[str]:
    if inspection.asked != url:
        yield _line("asked as", masked(inspection.asked))
    if inspection.fresh is None:
        yield _line("asked", "not now (--offline)")
    elif inspection.answer is None:
        yield _line("asked", "nothing was sent")
    else:
        tries = inspection.answer.tries
        count = "1 try" if tries == 1 else f"{tries} tries"
        yield _line("asked", f"now, {count}, {inspection.seconds * 1000:.0f} ms in total")
        yield from _hops(inspection.answer)
    for connection in inspection.connections:
        yield _line("server", f"{connection.server} is {connection.address}")
        if connection.tls:
            yield _line("tls", connection.tls)
    yield from _stored(inspection)
    yield _line("repeat", " ".join(_curl(url, inspection, settings)))


def _hops(answer: Answer) -> Iterator[str]:
    for number, step in enumerate(answer.steps, 1):
        yield from _hop(number, step)
    if answer.failure is not None:
        yield f"  {len(answer.steps) + 1}. {masked(answer.failure.url)}"
        yield f"     {masked(answer.failure.reason)}"
    if answer.page is not None:
        page = answer.page
        yield _line("page", f"{page.kind}, read: {page.end}, {len(page.ids)} id(s) kept")


def _hop(number: int, step: Step) -> Iterator[str]:
    yield f"  {number}. {step.method} {masked(step.url)}"
    where = f", {step.address}" if step.address else ""
    yield f"     {step.status} {step.phrase}".rstrip() + f"  ({step.milliseconds} ms{where})"
    if step.bot_wall:
        yield f"     bot detection: {step.bot_wall}"
    if step.location is not None:
        yield f"     location: {masked(step.location)}"
    for name, value in step.headers:
        yield f"     {name}: {masked(value)}"


def _stored(inspection: Inspection) -> Iterator[str]:
    stored = inspection.stored
    if stored is None:
        yield _line("stored", "nothing")
        return
    yield _line("stored", f"{_time(stored.answer.asked)}, expires {_time(stored.until)}")
    yield f"  {verdict_line(stored.outcome)}"
    if inspection.fresh is None:
        yield from _hops(stored.answer)
    if stored.answer.etag:
        yield f"  etag: {stored.answer.etag}"
    if stored.answer.last_modified:
        yield f"  last-modified: {stored.answer.last_modified}"


def _time(when: float) -> str:
    try:
        return f"{datetime.fromtimestamp(when, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError, OSError):
        return "no date"


def _curl(url: str, inspection: Inspection, settings: LinkSettings) -> Iterator[str]:
    """The words of a command that asks the same; secrets stay names of variables."""
    from linters.links.network.host_settings import USER_AGENT, entry_for
    from linters.links.web.urls import InvalidUrlError, split_target

    yield "curl --verbose --location --max-redirs 10 --compressed --output /dev/null"
    overrides = None
    with contextlib.suppress(InvalidUrlError):
        overrides = entry_for(split_target(inspection.asked).host, settings.hosts)
    agent = (overrides.user_agent if overrides else None) or settings.user_agent or USER_AGENT
    yield f"--user-agent {shlex.quote(agent)}"
    for name, value in overrides.headers.items() if overrides else ():
        yield f"--header {_quoted(name + ': ', value)}"
    yield shlex.quote(masked(inspection.asked.partition("#")[0]))


def _quoted(start: str, value: str) -> str:
    """A shell word: ``${NAME}`` stays for the shell to expand, all else is literal; a value
    without a variable is itself a secret and is left out."""
    parts = _VARIABLE.split(value)
    if len(parts) == 1:
        return shlex.quote(start + "***")
    words = [shlex.quote(start)]
    words += [f'"{part}"' if at % 2 else shlex.quote(part) for at, part in enumerate(parts) if part]
    return "".join(words)


def _line(label: str, text: str) -> str:
    return f"{label:<{_LABEL}}{text}"
