"""Settings, output and tracebacks of plug-ins."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from linters.checker import Article, Context
from linters.cli import main
from linters.config.nearest import Configurations
from linters.finding import Finding
from linters.model.errors import ConfigurationError, UserError
from linters.pipeline import plugins
from linters.pipeline.plugin_settings import check_plugin_settings
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select
from tests.pipeline.test_plugins import OWN, Good
from tests.running import check, write

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string"}, "most": {"type": "integer", "minimum": 0}},
    "additionalProperties": False,
}
REFERENCES = {
    "properties": {"word": {"$ref": "#/$defs/text"}},
    "$defs": {"text": {"type": "string"}},
}


def installed(monkeypatch: pytest.MonkeyPatch, plugin: type) -> None:
    """A plug-in named todo is installed."""
    monkeypatch.setattr(f"{__name__}.PLUGIN", plugin, raising=False)
    points = EntryPoints([EntryPoint("todo", f"{__name__}:PLUGIN", plugins.GROUP)])
    monkeypatch.setattr(plugins, "entry_points", lambda **_: points)


class Counts(Good):
    """Reports a configured word."""

    settings_schema: Any = SCHEMA

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Every place of the word."""
        word = context.options.get("word", "TODO")
        start = article.text.find(word)
        if start >= 0:
            yield article.finding(OWN, (start, start + len(word)), f"found {word}")


class References(Good):
    """Its schema refers to itself."""

    settings_schema: Any = REFERENCES


class Prints(Good):
    """Prints in every way there is."""

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Noise, and one finding."""
        print("noise by print")
        os.write(1, b"noise by descriptor\n")
        if sys.__stdout__ is not None:
            sys.__stdout__.write("noise by original stream\n")
        handler = logging.StreamHandler(sys.stdout)
        handler.emit(logging.makeLogRecord({"msg": "noise by logging"}))
        subprocess.run([sys.executable, "-c", "print('noise by process')"], check=True)
        return super().check(article, context)


class Broken(Good):
    """Fails in every article."""

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """An error."""
        raise ValueError("broken")


def test_the_schema_of_the_configuration_has_the_plug_in_s(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(monkeypatch, References)
    assert main(["config", "--schema"]) == 0
    validator = Draft202012Validator(json.loads(capsys.readouterr().out))
    assert validator.is_valid({"plugins": {"todo": {"word": "x"}, "other": {"a": 1}}})
    assert not validator.is_valid({"plugins": {"todo": {"word": 1}}})


def test_the_nearest_configuration_gives_the_settings(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        {
            "articlelint.toml": "[plugins.todo]\nword = 'FIXME'",
            "docs/articlelint.toml": "[plugins.todo]\nword = 'later'",
            "a.md": "FIXME later\n",
            "docs/a.md": "FIXME later\n",
        },
        checkers=[Counts()],
    )
    assert [finding.message for finding in report.findings] == ["found FIXME", "found later"]


def test_the_schema_of_the_plug_in_validates_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "articlelint.toml": (
                "[plugins.todo]\nword = 3\nmost = -1\nmore = 1\n[plugins.tod]\nx = 1"
            ),
            "a.md": "",
        },
    )
    with pytest.raises(ConfigurationError) as raised:
        check_plugin_settings([Configurations(tmp_path).of("")], [Counts()], {})
    assert [(found.line, found.key, found.message) for found in raised.value.problems] == [
        (2, "plugins.todo.word", "expected text, got 3"),
        (3, "plugins.todo.most", "-1 is less than the minimum of 0"),
        (4, "plugins.todo.more", "unknown key 'more'"),
        (5, "plugins.tod", "no plug-in 'tod' is installed; did you mean 'todo'?"),
    ]


def test_the_schema_validates_the_command_line_as_well(tmp_path: Path) -> None:
    given = Configurations(tmp_path, overrides={"plugins": {"todo": {"wrd": "x"}}})
    with pytest.raises(ConfigurationError) as raised:
        check_plugin_settings([given.of("")], [Counts()], given.overrides)
    expected = "--config: plugins.todo.wrd: unknown key 'wrd'; did you mean 'word'?"
    assert str(raised.value) == expected


def test_a_plug_in_without_a_schema_has_no_settings(tmp_path: Path) -> None:
    write(tmp_path, {"articlelint.toml": "[plugins.todo]\nword = 'x'"})
    with pytest.raises(ConfigurationError, match="'todo' has no settings"):
        check_plugin_settings([Configurations(tmp_path).of("")], [Good()], {})


@pytest.mark.parametrize("schema", [["type"], {"type": "nothing"}])
def test_a_schema_that_is_not_one_is_refused(schema: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Wrong(Good):
        settings_schema = schema

    installed(monkeypatch, Wrong)
    with pytest.raises(UserError, match="is not a checker: settings_schema"):
        plugins.load_checkers()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_plug_in_prints_is_not_in_the_report(
    jobs: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a.md": "x\n", "b.md": "x\n"})
    selection = select(tmp_path, [tmp_path], Configurations(tmp_path))
    print("before")
    with pool(jobs, 2) as executor:
        run(RunInput(selection.repository, selection.reported, [Prints()], Options()), executor)
    print("after")
    output, errors = capfd.readouterr()
    assert output == "before\nafter\n"
    assert errors.count("noise by descriptor") == 2
    assert errors.count("noise by print") == 2
    assert errors.count("noise by process") == 2
    assert errors.count("noise by logging") == 2
    assert errors.count("noise by original stream") == 2


@pytest.mark.parametrize("verbose", [True, False])
def test_only_verbose_prints_the_traceback(
    verbose: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    installed(monkeypatch, Broken)
    write(tmp_path, {"a.md": "x\n"})
    words = ["check", "--offline", "--no-cache", "--select", "TODO", *["-v"] * verbose]
    assert main([*words, str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "failed on a.md: ValueError: broken" in error
    assert ("Traceback (most recent call last)" in error) is verbose
