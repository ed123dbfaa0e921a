"""Public: helpers to test checkers, for plug-in authors and for our own rules.

``check_files`` runs checkers over files; ``read_cases`` reads the cases of a rule's Markdown
file (``rules/NAME.md`` in the folder of the checker's module), and ``run_case`` runs one. A
case is a ``###`` title below ``## Cases`` with fenced blocks, distinguished by the info string:

* ``toml``: the configuration;
* ``md PATH``, ``yml PATH``, ``json PATH`` …: a file of the repository. The word ``escaped``
  after the path turns ``\\uXXXX``, ``\\r``, ``\\n``, ``\\t`` and ``\\\\`` into characters, and
  ``{1..N}`` in the path makes N such files;
* ``base PATH``: the file at the base revision (turns ``--since`` on);
* ``expected``: the findings of the rule's family, a line each:
  ``path:line:column-line:column name`` or the same with ``: message``; empty for a good case;
* ``fixed PATH``: the file after all fixes of the rule, unsafe ones included.

Blocks of any other kind that a checker needs are in ``Case.others``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path

from linters.article.text.markdown import parse
from linters.checker import Checker, Diff, NetworkOptions
from linters.config.nearest import Configurations
from linters.findings.build_report import rules_of
from linters.findings.rule_settings import RuleSelection
from linters.fixes.apply import fix_all
from linters.model.finding import Finding
from linters.model.report import Report
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select
from linters.repository.repository import Repository

__all__ = ["NOW", "Case", "check_files", "read_cases", "run_case", "shown"]

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""The time of every run here, unless another is given."""

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[rnt\\])")
_FILE_KINDS = re.compile(r"[a-z][a-z0-9]*")
_OTHER_KINDS = ("published", "english", "compare", "server")


@dataclass
class Case:
    """One case of one rule; the blocks of ``others`` are (kind, words, content)."""

    rule: str
    title: str
    config: str = ""
    files: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    expected: list[str] | None = None
    fixed: dict[str, str] = field(default_factory=dict)
    others: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)


def check_files(
    folder: Path,
    files: Mapping[str, str | bytes],
    checkers: Sequence[Checker],
    *,
    extend_select: Iterable[str] = (),
    bases: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> Report:
    """Write files below a folder, check them offline, and return the report.

    ``files`` are contents by path; ``articlelint.toml`` configures. ``bases`` are the texts at
    a base revision, as with ``--since``. Nothing outside of the folder is read.
    """
    _write(folder, files)
    return _run(folder, checkers, _options(extend_select, bases, now))


def read_cases(path: Path) -> Iterator[Case]:
    """The cases in the Markdown file of one rule; ValueError for a block without a path."""
    reader = _CaseReader(path.stem)
    for event in parse(path.read_text(encoding="utf-8")):
        if event.kind == "start" and event.tag == "Heading":
            reader.begin_heading(str(event.value["level"]))
        elif event.kind == "end" and event.tag == "Heading":
            yield from reader.end_heading()
        elif event.kind == "start" and event.tag == "CodeBlock":
            fenced = isinstance(event.value, dict)
            reader.begin_block(str(event.value["Fenced"]) if fenced else "")
        elif event.kind == "end" and event.tag == "CodeBlock":
            reader.end_block()
        elif event.kind in ("text", "code"):
            reader.content.append(str(event.value))
    yield from reader.end()


def run_case(case: Case, checkers: Sequence[Checker], folder: Path) -> None:
    """Run a case in an empty folder; AssertionError where it does not give what it promises."""
    if case.expected is None:
        raise AssertionError(f"{case.rule}: {case.title}: no expected block")
    _write(folder, {"articlelint.toml": case.config, **case.files})
    options = _options((case.rule,), case.bases, NOW)
    report = _run(folder, checkers, options)
    if report.errors:
        raise AssertionError("\n".join(report.errors))
    family = _family(case.rule, checkers)
    findings = [finding for finding in report.findings if finding.rule.code.startswith(family)]
    _assert_equal(shown(findings, case.expected), case.expected)
    if case.fixed:
        _assert_fixed(case, checkers, folder, options)


def shown(findings: Sequence[Finding], expected: Sequence[str] = ()) -> list[str]:
    """The findings as ``path:line:column-line:column name``, with the message where the
    expected line at the same index has one, or does not exist."""
    lines = []
    for index, finding in enumerate(findings):
        (line, column), (end_line, end_column) = finding.range
        place = f"{finding.path}:{line}:{column}-{end_line}:{end_column} {finding.rule.name}"
        plain = index < len(expected) and ": " not in expected[index]
        lines.append(place if plain else f"{place}: {finding.message}")
    return lines


class _CaseReader:
    """Builds the cases of one file from headings and code blocks."""

    def __init__(self, rule: str) -> None:
        self.content: list[str] = []
        self._rule = rule
        self._case: Case | None = None
        self._level: str | None = None
        self._info: str | None = None

    def begin_heading(self, level: str) -> None:
        self._level = level
        self.content = []

    def end_heading(self) -> Iterator[Case]:
        yield from self.end()
        self._case = Case(self._rule, "".join(self.content)) if self._level == "H3" else None

    def begin_block(self, info: str) -> None:
        self._info = info
        self.content = []

    def end_block(self) -> None:
        if self._case is not None and self._info:
            _add_block(self._case, self._info.split(), "".join(self.content))
        self._info = None

    def end(self) -> Iterator[Case]:
        if self._case is not None:
            yield self._case


def _add_block(case: Case, info: Sequence[str], content: str) -> None:
    kind, *words = info
    if "escaped" in words[1:]:
        content = _ESCAPE.sub(_unescape, content)
    if kind == "toml" and not words:
        case.config = content
    elif kind == "expected":
        case.expected = content.splitlines()
    elif kind in _OTHER_KINDS:
        case.others.append((kind, tuple(words), content))
    elif not words or not _FILE_KINDS.fullmatch(kind):
        raise ValueError(f"{case.rule}: {case.title}: a block without a path: {' '.join(info)}")
    elif kind == "base":
        case.bases[words[0]] = content
    elif kind == "fixed":
        case.fixed[words[0]] = content
    else:
        case.files.update(dict.fromkeys(_paths(words[0]), content))


def _paths(path: str) -> list[str]:
    """The path itself, or as many as ``{1..N}`` in it says."""
    match = re.search(r"\{1\.\.(\d+)\}", path)
    if match is None:
        return [path]
    return [path.replace(match[0], str(number)) for number in range(1, int(match[1]) + 1)]


def _unescape(match: re.Match[str]) -> str:
    word = match[1]
    if word.startswith("u"):
        return chr(int(word[1:], 16))
    return {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}[word]


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        file.write_bytes(data)


def _options(
    extend_select: Iterable[str], bases: Mapping[str, str] | None, now: datetime
) -> Options:
    return Options(
        choice=RuleSelection(extend_select=tuple(extend_select)),
        network=NetworkOptions(offline=True),
        change=Diff("BASE", bases=bases) if bases else None,
        now=now,
    )


def _run(
    folder: Path,
    checkers: Sequence[Checker],
    options: Options,
    overlay: Mapping[str, bytes] | None = None,
) -> Report:
    selection = select(folder, [folder], Configurations(folder), overlay=overlay)
    return run(RunInput(selection.repository, selection.reported, checkers, options))


def _assert_equal(found: list[str], expected: list[str]) -> None:
    if found != expected:
        lines = unified_diff(expected, found, "expected", "found", lineterm="")
        raise AssertionError("\n".join(lines))


def _family(rule: str, checkers: Sequence[Checker]) -> str:
    """The letters of a rule's code; "" (every rule) where the rule is not the checkers' own."""
    codes = {found.name: found.code for found in rules_of(checkers)}
    return codes.get(rule, "").rstrip("0123456789")


def _assert_fixed(case: Case, checkers: Sequence[Checker], folder: Path, options: Options) -> None:
    repository = Repository(folder, frozenset())

    def check(files: Mapping[str, bytes]) -> Report:
        report = _run(folder, checkers, options, files)
        own = tuple(found for found in report.findings if found.rule.name == case.rule)
        return replace(report, findings=own)

    fixed = fix_all(
        check, repository.read_bytes, unsafe=True, first=check({}), paths=frozenset(case.files)
    )
    after = {path: data.decode() for path, data in fixed.files.items()}
    for path in sorted({*after, *case.fixed}):
        _assert_equal(
            after.get(path, "").splitlines(keepends=True),
            case.fixed.get(path, "").splitlines(keepends=True),
        )
