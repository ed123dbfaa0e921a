"""``articlelint check``: what it prints, what it changes, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linters.pipeline import plugins
from tests.git import git
from tests.running import write
from tests.toy import ToyChecker


def test_exit_statuses(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"bad.md": "bad\n", "odd.md": "odd\n", "fine.md": "fine\n"})
    assert check("fine.md").status == 0
    assert check("odd.md").status == 0
    assert check("odd.md", "--fail-on", "warning").status == 1
    assert check("bad.md").status == 1
    assert check("bad.md", "--exit-zero").status == 0
    assert check().found == ["bad.md:1:1 bad-word", "odd.md:1:1 odd-word"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.md"], "nowhere.md: no such file or folder"),
        (["empty"], "empty: no articles here"),
        (["--select", "TOY9"], "--select: unknown rule 'TOY9'"),
        (["--ignore", "bad-wrd"], "did you mean 'bad-word'?"),
        (["--report", "json"], "--report: expected FORMAT=FILE, got 'json'"),
        (["--report", "xml=a"], "unknown format 'xml'"),
        (["--report", "json=a", "--report", "sarif=a"], "expected one report for"),
        (["--report", "json=-", "--report", "sarif=-"], "one report for standard output"),
        (["--exclude", "*.md"], "no articles here: its article is excluded"),
        (["--since", "HEAD"], "--since needs a git repository"),
        (["--deadline", "soon"], "expected a duration"),
        (["--allow-network", "10.0.0.0/99"], "10.0.0.0/99"),
        (["--jobs", "0"], "--jobs"),
        (["--fail-on", "never"], "--fail-on"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--files-from", "nowhere.txt"], "nowhere.txt"),
        (["-", "a.md"], "standard input"),
        (["--frobnicate"], "--frobnicate"),
    ],
)
def test_usage_errors(tmp_path: Path, check: Any, arguments: list[str], message: str) -> None:
    write(tmp_path, {"a.md": "fine\n", "empty/x.txt": ""})
    result = check(*arguments)
    assert result.status == 2
    assert message in result.err
    assert result.out == ""


def test_configuration_errors(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.md": "fine\n", "articlelint.toml": 'select = ["TOY999"]'})
    result = check()
    assert result.status == 2
    assert "articlelint.toml:1: select: unknown rule 'TOY999'" in result.err
    assert check("--isolated").status == 0


def test_selectors_of_the_command_line_s_configuration(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.md": "bad\n"})
    result = check("--config", "ignore=['TOY999']")
    assert result.status == 2
    assert "--config: ignore: unknown rule 'TOY999'" in result.err


def test_a_severity_that_has_no_effect_is_noted(tmp_path: Path, check: Any) -> None:
    text = 'ignore = ["bad-word"]\nseverity = { TOY001 = "error" }\n'
    write(tmp_path, {"a.md": "bad\n", "articlelint.toml": text})
    result = check()
    assert (result.status, result.found) == (0, [])
    assert "articlelint.toml: severity.TOY001 has no effect: ignore names it" in result.err


def test_the_environment_sets_the_format(
    tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.md": "bad\n"})
    monkeypatch.setenv("ARTICLELINT_OUTPUT_FORMAT", "concise")
    assert check(form="").out.startswith("a.md:1:1: error TOY001[bad-word] [*] bad!\n")
    monkeypatch.setenv("ARTICLELINT_OUTPUT_FORMAT", "nonsense")
    assert check(form="").status == 2


def test_reports_go_to_files(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.md": "bad\n"})
    result = check("--report", "json=out/r.json", "--report", "concise=r.txt", form="concise")
    assert result.status == 1
    report = json.loads((tmp_path / "out" / "r.json").read_text(encoding="utf-8"))
    assert report["summary"]["error"] == 1
    assert (tmp_path / "r.txt").read_text(encoding="utf-8").startswith("a.md:1:1")


def test_a_report_to_standard_output_takes_its_place(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.md": "bad\n"})
    result = check("--report", "json=-", form="full")
    assert result.found == ["a.md:1:1 bad-word"]


def test_statistics(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.md": "bad bad\n", "b.md": "bad\n"})
    shown = check("--statistics", form="full")
    assert "       3       2        3  [*] TOY001[bad-word]\n" in shown.out
    assert shown.status == 1
    assert json.loads(check("--statistics").out)[0]["count"] == 3
    assert check("--statistics", form="github").status == 2


def test_paths_are_relative_to_the_current_folder_for_people_only(
    tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, {"docs/a.md": "bad\n", "x/b.md": "bad\n"})
    monkeypatch.chdir(tmp_path / "docs")
    shown = check("..", "-q", form="concise").out.splitlines()
    assert [line.split(":")[0] for line in shown] == ["a.md", "../x/b.md"]
    assert check("..").found == ["docs/a.md:1:1 bad-word", "x/b.md:1:1 bad-word"]


def test_quiet_prints_findings_and_errors_only(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.md": "bad\n"})
    assert check("-q", form="concise").out == "a.md:1:1: error TOY001[bad-word] [*] bad!\n"
    write(tmp_path, {"a.md": "fine\n"})
    assert check("-q", form="full").out == ""
    assert check("-v", form="full").err.count("note: root") == 1


def test_fix_and_diff(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.md": "bad odd\r\nbad", "b.md": "fine\n"})
    result = check("--diff", form="full")
    assert result.status == 1
    assert result.out.startswith("--- a/a.md\n+++ b/a.md\n")
    assert "+good odd\r\n" in result.out
    assert (tmp_path / "a.md").read_bytes() == b"bad odd\r\nbad"
    assert check("--diff", "--exit-zero").status == 0
    result = check("--fix")
    assert result.found == ["a.md:1:6 odd-word"]
    assert result.status == 0
    assert "fixed 2 findings" in result.err
    assert (tmp_path / "a.md").read_bytes() == b"good odd\r\ngood"
    assert check("--fix", "--unsafe-fixes").found == []
    assert (tmp_path / "a.md").read_bytes() == b"good good\r\ngood"
    assert check("--diff", "--unsafe-fixes").status == 0


def test_suppressed_findings_are_not_fixed(tmp_path: Path, check: Any) -> None:
    text = b"<!-- articlelint-disable-next-line bad-word -->\nbad\n"
    write(tmp_path, {"a.md": text})
    assert check("--fix").status == 0
    assert (tmp_path / "a.md").read_bytes() == text


def test_since(tmp_path: Path, check: Any) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, {"a.md": "bad\n\nx\n", "b.md": "bad\n"})
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "base")
    assert check("--since", "HEAD").found == []
    write(tmp_path, {"a.md": "bad\n\nodd\n"})
    result = check("--since", "HEAD")
    assert result.found == ["a.md:3:1 odd-word"]
    assert check("--since", "-x").status == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_processes_give_the_same_report(tmp_path: Path, check: Any, jobs: str) -> None:
    write(tmp_path, {f"{n:03}.md": f"{'x ' * n}bad late\n" for n in range(40)})
    result = check("--jobs", jobs, offline=False)
    assert len(result.found) == 80
    assert result.found == sorted(result.found, key=lambda line: line.split(":")[0])


def test_a_failing_checker_is_named_and_the_others_speak(
    tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(ToyChecker):
        name = "failing"
        rules = ()  # type: ignore[assignment]

        def collect(self, article: Any, context: Any) -> Any:
            raise ZeroDivisionError("oh")

    monkeypatch.setattr(plugins, "load_checkers", lambda: (ToyChecker(), Failing()))
    write(tmp_path, {"a.md": "bad\n"})
    result = check()
    assert result.status == 2
    assert result.found == ["a.md:1:1 bad-word"]
    assert "failing" in result.err


def test_ctrl_c_gives_what_is_known(
    tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(ToyChecker):
        def check(self, article: Any, context: Any) -> Any:
            if article.path == "b.md":
                raise KeyboardInterrupt
            return super().check(article, context)

    monkeypatch.setattr(plugins, "load_checkers", lambda: (Interrupted(),))
    write(tmp_path, {"a.md": "bad\n", "b.md": "bad\n"})
    result = check()
    assert result.status == 130
    assert result.found == ["a.md:1:1 bad-word"]
