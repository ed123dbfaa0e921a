"""The closing lines: counts, fixes, what is frequent, and links that were not checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from linters.model.audit_report import AuditSummary, LinkChange
from linters.model.finding import Edit, Fix, Position, Severity
from linters.model.link import Cause, Outcome, Verdict
from linters.reports.display import Display
from linters.reports.statistics import render_statistics, rule_statistics, statistics_data
from linters.reports.summary import summary
from tests.reports.sample import finding, link, report

SAFE = Fix(True, (Edit(Position(1, 1), Position(1, 1), "x"),))


def test_fixes_are_counted() -> None:
    unsafe = replace(SAFE, safe=False)
    shown = summary(
        report(finding(fix=SAFE), finding(fix=SAFE), finding(fix=unsafe), finding()), Display()
    )
    assert "[*] 2 fixable with --fix, 1 more with --unsafe-fixes.\n" in shown


def test_what_is_frequent_is_named() -> None:
    many = [finding("unknown key 'x'", path=f"{n % 4}.md") for n in range(12)]
    shown = summary(report(*many, finding("rare"), articles=5), Display())
    assert shown == (
        "Found 13 errors in 5 articles.\n"
        "Most frequent (all: --statistics):\n"
        "  12 × missing-attribute in 4 files: unknown key 'x'\n"
    )


def test_links_that_were_not_checked_are_counted_by_reason() -> None:
    offline = Outcome(Verdict.SKIPPED, Cause.OFFLINE)
    late = Outcome(Verdict.UNKNOWN, Cause.DEADLINE)
    links = [replace(link(), outcome=outcome) for outcome in (offline, offline, late)]
    shown = summary(report(links=(*links, link())), Display())
    assert "4 links: 1 broken, 1 unknown, 2 skipped.\n" in shown
    assert "Not checked: 3 links (1 deadline reached, 2 offline).\n" in shown


def test_an_audit_says_what_has_changed_since_the_run_before() -> None:
    started = datetime(2026, 2, 1, tzinfo=UTC)
    broken = tuple(
        LinkChange(f"https://example.com/{n}", f"https://example.com/{n}", Verdict.BROKEN, 1)
        for n in range(12)
    )
    audit = AuditSummary(2, started, started, datetime(2026, 1, 1, tzinfo=UTC), broken_new=broken)
    lines = summary(replace(report(), audit=audit), Display()).splitlines()
    assert "Since 2026-01-01: 12 broke, 0 healed, 0 moved." in lines
    assert "  broke: https://example.com/9" in lines
    assert lines[-1] == "  and 2 more"
    first = replace(audit, finished=None, previous=None, broken_new=())
    shown = summary(replace(report(), audit=first), Display())
    assert shown.endswith("Run 2 is not finished; the next audit resumes it.\n")


def test_lines_follow_the_width() -> None:
    many = [finding("word " * 30, severity=Severity.INFO) for _ in range(12)]
    shown = summary(report(*many, links=(link(),)), Display(columns=40))
    assert max(map(len, shown.splitlines())) <= 40


def test_statistics_count_rules_files_and_fixes() -> None:
    given = report(
        finding("a"), finding("a", path="b.md", fix=SAFE), finding("b"), finding("c", path="c.md")
    )
    (entry,) = rule_statistics(given)
    assert (entry.count, entry.files, entry.safe, entry.unsafe) == (4, 3, 1, 0)
    assert statistics_data(given)[0]["causes"] == [
        {"message": "a", "count": 2, "files": 2},
        {"message": "b", "count": 1, "files": 1},
        {"message": "c", "count": 1, "files": 1},
    ]
    assert render_statistics(given, Display()) == (
        "findings   files  fixable  rule\n"
        "       4       3        1  [*] META001[missing-attribute]\n"
        "               2 × a\n"
        "               1 × b\n"
        "               1 × c\n"
    )
    narrow = render_statistics(given, Display(columns=40))
    assert "       4       3        1\n    [*] META001[missing-attribute]\n" in narrow
    assert render_statistics(report(), Display()) == "no findings\n"
