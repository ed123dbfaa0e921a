"""Third-party checkers: invalid ones are refused by name, and failures are always reported."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from linters.article.article import Article
from linters.checker import Checker, Context, NetworkOptions, Resolution, ResolveContext
from linters.model.errors import UserError
from linters.model.finding import Finding, Position, Range, Rule, Severity
from linters.model.report import Report
from linters.pipeline import plugins
from linters.pipeline.run import Options, RunInput, run
from linters.repository.repository import Repository

OWN = Rule("TODO001", "todo-left", Severity.WARNING, "A TODO is left.")
OTHER = Rule("ZZZ001", "never-said", Severity.ERROR, "A rule of nobody.")


class Good:
    """A checker that finds something in every article."""

    name = "todo"
    rules: tuple[Rule, ...] = (OWN,)
    facts_type: type[Any] | None = None

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """One finding at the beginning."""
        place = Range(Position(1, 1), Position(1, 1))
        yield Finding(rule=OWN, path=article.path, range=place, message="found")

    def collect(self, article: Article, context: Context) -> Any:
        """Nothing."""
        return None

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Nothing."""
        return Resolution()


class Raises(Good):
    """Raises in the middle of its findings."""

    name = "raises"

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """One finding, then an error."""
        yield from super().check(article, context)
        raise RecursionError("too deep")


class RaisesCollecting(Good):
    """Raises while collecting."""

    name = "raises-collecting"

    def collect(self, article: Article, context: Context) -> Any:
        """An error."""
        raise KeyError("missing")


class RaisesResolving(Good):
    """Raises while resolving."""

    name = "raises-resolving"

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """An error."""
        raise OSError("disk")


class GivesNothing(Good):
    """Resolves to None."""

    name = "gives-nothing"

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Not a Resolution."""
        return None  # type: ignore[return-value]


class GivesForeign(Good):
    """Gives a finding of a rule that it has not announced."""

    name = "gives-foreign"

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """A finding of another rule."""
        place = Range(Position(1, 1), Position(1, 1))
        yield Finding(rule=OTHER, path=article.path, range=place, message="found")


class GivesText(Good):
    """Gives text for findings."""

    name = "gives-text"

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Text."""
        return ["found"]  # type: ignore[list-item]


class Exits(Good):
    """Ends the program, content."""

    name = "exits"

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """No finding, and no run."""
        raise SystemExit(0)


class CollectsFunction(Good):
    """Collects what cannot come from another process."""

    name = "collects-function"

    def collect(self, article: Article, context: Context) -> Any:
        """A function."""
        return lambda: article


class Gives(Good):
    """Returns the finding that it was made with."""

    def __init__(self, name: str, changes: Mapping[str, Any]) -> None:
        self.name = name
        self.changes = changes

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The finding, changed."""
        return [replace(finding, **self.changes) for finding in super().check(article, context)]


def _variant(**changes: Any) -> type:
    return type("Variant", (Good,), changes)


def _missing(name: str) -> type:
    members = {key: value for key, value in vars(Good).items() if not key.startswith("__")}
    members.pop(name)
    return type("Variant", (), members)


def _fails() -> Checker:
    raise ValueError("cannot be made")


def _exits() -> Checker:
    raise SystemExit(0)


def _rule(code: str, name: str) -> tuple[Rule, ...]:
    return (Rule(code, name, Severity.ERROR, "One."),)


class HoldsLock(Good):
    """Cannot be sent to another process."""

    def __init__(self) -> None:
        self.lock = Lock()


VARIANTS: dict[str, Any] = {
    "holds-lock": HoldsLock,
    "good": Good,
    "twin": _variant(name="twin"),
    "cousin": _variant(name="cousin", rules=_rule("COUSIN001", "todo-left")),
    "constructor": _fails,
    "exits": _exits,
    "named-like-ours": _variant(name="metadata"),
    "code-of-ours": _variant(rules=_rule("CORE001", "something-else")),
    "name-of-ours": _variant(rules=_rule("TODO001", "unreadable-file")),
    "no-rules": _variant(rules=()),
    "rules-list": _variant(rules=[OWN]),
    "rules-text": _variant(rules=("TODO001",)),
    "severity-text": _variant(rules=(Rule("TODO001", "todo-left", "error", "One."),)),  # type: ignore[arg-type]
    "bad-code": _variant(rules=_rule("todo1", "todo-left")),
    "bad-name": _variant(name="To Do"),
    "sync-resolve": _variant(resolve=lambda self, facts, run: Resolution()),
    "check-text": _variant(check="text"),
    **{
        f"without-{rule}": _missing(rule)
        for rule in ("name", "rules", "facts_type", "check", "collect", "resolve")
    },
}


def _install(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    points = EntryPoints(
        EntryPoint(name, f"{__name__}:VARIANTS.{name}", plugins.GROUP) for name in names
    )
    monkeypatch.setattr(EntryPoint, "load", lambda point: VARIANTS[point.name])
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)


def test_a_good_plug_in_stands_behind_the_built_in_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    _install(monkeypatch, "good")
    names = [checker.name for checker in plugins.load_checkers()]
    assert names == ["metadata", "localization", "links", "todo"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("constructor", "cannot be loaded: ValueError: cannot be made"),
        ("exits", "cannot be loaded: SystemExit: 0"),
        ("named-like-ours", "the checker name metadata is already taken by articlelint"),
        ("code-of-ours", "the code CORE001 is already taken by articlelint"),
        ("name-of-ours", "the rule name unreadable-file is already taken by articlelint"),
        ("no-rules", "is not a checker: it has no rules"),
        ("rules-list", "is not a checker: rules must be a tuple"),
        ("rules-text", "is not a checker: not a Rule: 'TODO001'"),
        ("severity-text", "is not a checker: not a Rule: Rule("),
        ("bad-code", "is not a checker: todo1 todo-left: codes are like ABC001"),
        ("bad-name", "is not a checker: name must be lower-case words"),
        ("sync-resolve", "is not a checker: resolve must be an async method"),
        ("check-text", "is not a checker: check and collect must be methods"),
        ("holds-lock", "cannot be sent to other processes: cannot pickle '_thread.lock'"),
        ("without-name", "is not a checker: it has no name"),
        ("without-rules", "is not a checker: it has no rules"),
        ("without-facts_type", "is not a checker: it has no facts_type"),
        ("without-check", "is not a checker: it has no check"),
        ("without-collect", "is not a checker: it has no collect"),
        ("without-resolve", "is not a checker: it has no resolve"),
    ],
)
def test_what_is_no_checker_is_refused_by_name(
    name: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(monkeypatch, name)
    with pytest.raises(UserError) as caught:
        plugins.load_checkers()
    assert f"plug-in {name} (" in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("second", "message"), [("twin", "the code TODO001"), ("cousin", "the rule name todo-left")]
)
def test_two_plug_ins_cannot_share_a_rule(
    second: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(monkeypatch, "good", second)
    with pytest.raises(UserError, match=f"{message} is already taken by plug-in"):
        plugins.load_checkers()


def test_a_module_that_cannot_be_imported_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = EntryPoints([EntryPoint("gone", "no_such_module_at_all:Checker", plugins.GROUP)])
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)
    with pytest.raises(UserError, match=r"plug-in gone .* cannot be loaded: ModuleNotFoundError"):
        plugins.load_checkers()


def _report(folder: Path, *checkers: Checker) -> Report:
    (folder / "a.md").write_text("TODO\n", encoding="utf-8", newline="\n")
    repository = Repository(folder, frozenset({"a.md"}), ("a.md",))
    options = Options(network=NetworkOptions(offline=True))
    return run(RunInput(repository, ["a.md"], checkers, options))


@pytest.mark.parametrize(
    ("checker", "message"),
    [
        (Raises(), "failed on a.md: RecursionError: too deep (test_plugins.py, line "),
        (RaisesCollecting(), "failed on a.md: KeyError: 'missing' (test_plugins.py, line "),
        (RaisesResolving(), "failed while resolving: OSError: disk (test_plugins.py, line "),
        (GivesNothing(), "failed while resolving: TypeError: resolve returned NoneType"),
        (GivesForeign(), "failed on a.md: ValueError: never-said is not among"),
        (GivesText(), "failed on a.md: TypeError: expected a Finding, got str"),
        (Exits(), "failed on a.md: SystemExit: 0"),
        (CollectsFunction(), "failed on a.md: "),
        (Gives("gives-set", {"data": {"x": {1}}}), "failed on a.md: TypeError: Object of type set"),
        (Gives("gives-nan", {"data": {"x": math.nan}}), "failed on a.md: ValueError: "),
        (Gives("gives-level", {"severity": "error"}), "failed on a.md: TypeError: severity"),
        (Gives("gives-number", {"message": 1}), "failed on a.md: TypeError: path and message"),
        (
            Gives("gives-nowhere", {"range": Range(Position(0, 1), Position(0, 1))}),
            "failed on a.md: ValueError: ",
        ),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_checker_that_fails_is_named_and_stops_nobody(
    checker: Checker, message: str, tmp_path: Path
) -> None:
    report = _report(tmp_path, checker, Good())
    assert len(report.errors) == 1
    assert report.errors[0].startswith(
        f"plug-in {checker.name} (tests.pipeline.test_plugins) {message}"
    )
    assert "found" in [finding.message for finding in report.findings]
