"""A summary in Markdown, for a pull request's comment or the summary page of a CI run.

It fits in a comment on GitHub (65,536 characters): what does not is counted. It contains
no time, so that the comment of an unchanged run stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from linters.model.finding import Finding, Severity
from linters.model.link import LinkRecord, Verdict
from linters.model.report import Report
from linters.reports.markdown_text import markdown_text
from linters.reports.severities import LEVELS, most_severe_first, severity_of
from linters.reports.statistics import most_severe_rules
from linters.reports.summary import plural
from linters.util.shorten import shorten

MAX_CHARACTERS = 60_000

_LONGEST = 300
_MOST_RULES = 25
_MOST_PLACES = 5
_MOST_INFOS = 20
_LIST = 25
_ICONS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}
_SHOWN_VERDICTS = (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.BLOCKED)


def render(report: Report, *, color: bool = False) -> str:
    """Headline, findings by rule, findings by file, links that need a look."""
    if report.audit is not None:
        from linters.reports import audit_markdown

        return audit_markdown.render(report)
    head = [f"## articlelint: {_headline(report)}", "", *_details(report), *_rules(report)]
    text = "\n".join(head) + "\n"
    for title, blocks in (
        ("### Findings", list(_files(report))),
        ("### Links", list(_links(report))),
        ("### Notes", list(_notes(report))),
    ):
        text = _append(text, title, blocks)
    return text


def _append(text: str, title: str, blocks: list[str]) -> str:
    """The text with as many of the blocks as there is room for, the rest counted."""
    if not blocks:
        return text
    text += f"\n{title}\n"
    for number, block in enumerate(blocks):
        if len(text) + len(block) > MAX_CHARACTERS:
            left = plural(len(blocks) - number, "more list")
            return f"{text}\n{left} left out for length: see the whole report.\n"
        text += f"\n{block}\n"
    return text


def _headline(report: Report) -> str:
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
    counts = [
        plural(count, nouns[level]) for level in LEVELS if (count := report.count(level))
    ] or ["no findings"]
    icon = "✅" if not report.count(Severity.ERROR) else _ICONS[Severity.ERROR]
    return f"{', '.join(counts)} in {plural(report.articles, 'article')} {icon}"


def _details(report: Report) -> Iterator[str]:
    if report.interrupted:
        yield from ("**Interrupted: this report is not complete.**", "")
    for error in report.errors:
        yield from (f"**Error:** {markdown_text(shorten(error, _LONGEST))}", "")
    hidden = [
        f"{count:,} {words}"
        for count, words in ((report.suppressed, "suppressed"), (report.baselined, "in baseline"))
        if count
    ]
    if hidden:
        yield from (f"Not shown: {', '.join(hidden)}.", "")
    if report.new_suppressions:
        yield from (f"**{plural(report.new_suppressions, 'new suppression')}.**", "")
    counts = report.link_counts()
    if any(counts.values()):
        verdicts = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in Verdict)
        yield from (f"{plural(sum(counts.values()), 'link')}: {verdicts}.", "")


def _rules(report: Report) -> Iterator[str]:
    rows = most_severe_rules(report)
    if not rows:
        return
    yield from ("| | rule | findings | files |", "|---|---|--:|--:|")
    for row in rows[:_MOST_RULES]:
        rule = f"`{row.rule.code}` {row.rule.name}"
        yield f"| {_ICONS[row.worst]} | {rule} | {row.count:,} | {row.files:,} |"
    if len(rows) > _MOST_RULES:
        yield f"| | {plural(len(rows) - _MOST_RULES, 'more rule')} | | |"


def _files(report: Report) -> Iterator[str]:
    """A block per file: those with the most severe findings first; many infos are counted."""
    ordered = most_severe_first(report.findings)
    infos = report.count(Severity.INFO)
    if infos > _MOST_INFOS:
        ordered = ordered[: len(ordered) - infos]
    rank = {path: number for number, path in reversed(list(enumerate(f.path for f in ordered)))}
    by_file = sorted(ordered, key=lambda finding: rank[finding.path])
    for path, findings in groupby(by_file, key=lambda finding: finding.path):
        yield from _lists(markdown_text(path), list(map(_item, findings)))
    if infos > _MOST_INFOS:
        yield f"{infos:,} infos are in the whole report."


def _lists(title: str, items: list[str]) -> Iterator[str]:
    """The items as a list with a title; a long one as several, so that some of it has room."""
    for start in range(0, len(items), _LIST):
        continued = ", continued" if start else ""
        yield "\n".join([f"**{title}**{continued}", "", *items[start : start + _LIST]])


def _item(finding: Finding) -> str:
    line, column = finding.range.start
    text = markdown_text(shorten(finding.message, _LONGEST))
    if finding.help:
        text += f" – {markdown_text(shorten(finding.help, _LONGEST))}"
    icon = _ICONS.get(severity_of(finding), "")
    return f"- {icon} {line}:{column} `{finding.rule.code}` {finding.rule.name}: {text}"


def _links(report: Report) -> Iterator[str]:
    """A block per verdict that needs a look, its links as a list."""
    groups: dict[Verdict, list[LinkRecord]] = {verdict: [] for verdict in _SHOWN_VERDICTS}
    for link in report.links:
        if link.outcome.verdict in groups:
            groups[link.outcome.verdict].append(link)
    for verdict, links in groups.items():
        yield from _lists(f"{verdict} ({len(links):,})", list(map(_link, links)))


def _notes(report: Report) -> Iterator[str]:
    for start in range(0, len(report.notes), _LIST):
        notes = report.notes[start : start + _LIST]
        yield "\n".join(f"- {markdown_text(shorten(str(note), _LONGEST))}" for note in notes)


def _link(link: LinkRecord) -> str:
    text = f"- {markdown_text(shorten(link.url, _LONGEST))}"
    if link.outcome.reason:
        text += f": {markdown_text(shorten(link.outcome.reason, _LONGEST))}"
    return f"{text} ({_places(link)})"


def _places(link: LinkRecord) -> str:
    shown: Iterable[str] = (
        markdown_text(f"{place.path}:{place.range.start.line}")
        for place in link.places[:_MOST_PLACES]
    )
    more = len(link.places) - _MOST_PLACES
    return ", ".join([*shown, *([f"{more:,} more"] if more > 0 else [])])
