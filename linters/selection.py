"""From raw findings to the report: select, suppress, sort."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from linters.checker import Checker, Run
from linters.finding import Finding, Rule, Severity
from linters.links.record import LinkRecord
from linters.report import Report
from linters.rules import CORE_RULES


@dataclass(frozen=True, slots=True)
class Choice:
    """``--select``, ``--ignore`` and ``--extend-select``; None: as configured."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


def matches(word: str, rule: Rule) -> bool:
    """Whether a word of CODES (code, prefix, name or ALL) names a rule."""
    return word == "ALL" or word == rule.name or rule.code.startswith(word)


def finish(
    findings: Iterable[Finding],
    links: Iterable[LinkRecord],
    run: Run,
    checkers: Sequence[Checker],
    choice: Choice,
    *,
    interrupted: bool = False,
) -> Report:
    """The report of one repository."""
    rules = (*CORE_RULES, *(rule for checker in checkers for rule in checker.rules))
    severities = {rule.code: _severity(rule, run, choice) for rule in rules}
    kept = []
    for finding in findings:
        severity = severities[finding.rule.code]
        if severity is Severity.OFF or finding.path not in run.reported:
            continue
        kept.append(replace(finding, severity=finding.severity or severity))
    kept.sort(key=sort_key)
    return Report(
        articles=len(run.reported),
        findings=tuple(_fingerprinted(kept)),
        links=tuple(sorted(links, key=lambda link: (link.url, link.target))),
        interrupted=interrupted,
    )


def sort_key(finding: Finding) -> tuple[object, ...]:
    """The total order of findings."""
    return (finding.path, finding.range, finding.rule.code, finding.message)


def _severity(rule: Rule, run: Run, choice: Choice) -> Severity:
    select = choice.select or run.settings.select
    named = any(word != "ALL" and matches(word, rule) for word in (*select, *choice.extend_select))
    if not named and not any(matches(word, rule) for word in select):
        return Severity.OFF
    if any(matches(word, rule) for word in (*run.settings.ignore, *choice.ignore)):
        return Severity.OFF
    if rule.severity is Severity.OFF:
        return Severity.WARNING if named else Severity.OFF
    return run.settings.severity.get(rule.name, rule.severity)


def _fingerprinted(findings: Sequence[Finding]) -> Iterable[Finding]:
    seen: Counter[str] = Counter()
    for finding in findings:
        key = "\0".join((finding.rule.code, finding.path, finding.message))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="surrogatepass")).hexdigest()
        yield replace(finding, fingerprint=digest[:32])
