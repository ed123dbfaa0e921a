"""What is generated is up to date, and every command of the documentation runs."""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from linters.cli import main
from linters.cli.command_line import parser_for
from linters.findings.core_rules import CORE_RULES
from linters.pipeline.plugins import load_checkers
from tests.documentation import PAGES, ROOT, commands, mentioned, restore, sandbox, words_of

NAMES = [page.name for page in PAGES]
OWN_TEST = ROOT / "docs" / "plugins.md"  # tests/installed builds and runs the plug-in that it shows
ONLY_PARSED = re.compile(r"--executor")  # tests/audit/test_cluster.py starts a cluster


@pytest.mark.slow
def test_the_rule_pages_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "docs" / "build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_there_are_commands() -> None:
    assert sum(len(list(commands(page))) for page in PAGES) > 50


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the repository that the commands run in, and with what is next to it."""
    folder = tmp_path_factory.mktemp("documentation")
    (folder / "repository").mkdir()
    sandbox(folder / "repository")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if p != OWN_TEST], ids=lambda p: p.name)
def test_every_command_runs(
    page: Path,
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")  # nothing leaves this machine
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "repository"
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for command in dict.fromkeys(commands(page)):
        words, source = words_of(command)
        if ONLY_PARSED.search(command):
            parser_for(words).parse_args(words)
            continue
        data = Path(source).read_bytes() if source else b""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        status = main(words)
        errors = capsysbinary.readouterr().err.decode()
        assert status in (0, 1), f"{page.name}: {command}: {status}: {errors}"
        if {"init", "--fix", "--report", "--output"} & set(words):
            restore(folder)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_is_parsed(page: Path) -> None:
    """Those of pipelines, timers and other systems, which cannot run here, are understood."""
    for command in mentioned(page):
        words, _ = words_of(command)
        parser_for(words).parse_args(words)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_flags_in_prose_exist(page: Path) -> None:
    known = set()
    for words in (["check"], ["rule"], ["config"], ["init"], ["links"], ["why"], ["audit"]):
        known |= _flags(words)
    for name in ("strip", "verify", "export", "compare", "import", "stats"):
        known |= _flags(["localization", name])
    text = page.read_text(encoding="utf-8")
    if page.name == "comparison.md":  # names flags of other tools
        text = "\n".join(line.split("|")[-2] for line in text.splitlines() if "|" in line)
    named = set(re.findall(r"`(--[a-z][a-z-]+)", text))
    assert named - known == set()


def _flags(words: list[str]) -> set[str]:
    parser = parser_for(words)
    for word in words:
        (group,) = (
            action for action in parser._actions if action.dest in ("command", "subcommand")
        )
        assert isinstance(group.choices, dict)
        if word not in group.choices:
            return set()
        parser = group.choices[word]
    return set(parser._option_string_actions)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_rules_in_prose_exist(page: Path) -> None:
    rules = {rule.name for rule in CORE_RULES}
    rules |= {rule.name for checker in load_checkers() for rule in checker.rules}
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"disable-(?:next-)?line ([a-z-]+)", text))
    named |= set(re.findall(r"\[([a-z]+-[a-z-]+)\] ", text))
    named |= set(re.findall(r"severity = \{ ([a-z]+-[a-z-]+)", text))
    if page.name == "plugins.md":  # has rules of its own
        return
    assert named - rules == set()


def test_our_own_documentation_has_no_findings() -> None:
    words = ["check", "--offline", "--no-cache", "-q", "docs", "README.md", "CONTRIBUTING.md"]
    done = subprocess.run(
        [sys.executable, "-m", "linters", *words, "--fail-on", "warning"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_the_site_is_built(tmp_path: Path) -> None:
    pytest.importorskip("material")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", tmp_path],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "index.html").exists()


def test_the_picture_shows_the_findings_of_the_examples() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "linters", "check", "--offline", "--no-cache", "examples"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "96"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    picture = (ROOT / "docs" / "media" / "check.svg").read_text(encoding="utf-8")
    shown = html.unescape(re.sub(r"<[^>]+>", "", picture)).replace("\xa0", " ")
    for place in re.findall(r"^\S+:\d+:\d+:", done.stdout, re.MULTILINE):
        assert place in shown, f"{place}: run python docs/pictures.py"
