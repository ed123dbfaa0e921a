"""``articlelint check``: what it reads, what it prints, and its exit status."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from linters.cli import main
from linters.pipeline import plugins
from tests.git import git
from tests.running import write
from tests.toy import ToyChecker


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "load_checkers", lambda: (ToyChecker(),))
    monkeypatch.delenv("ARTICLELINT_OUTPUT_FORMAT", raising=False)


class Result(SimpleNamespace):
    status: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        """``path:line:column name`` of each finding of a JSON report."""
        return [
            f"{finding['path']}:{finding['line']}:{finding['column']} {finding['name']}"
            for finding in json.loads(self.out)["findings"]
        ]


@pytest.fixture
def check(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Any:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, form: str = "json", offline: bool = True) -> Result:
        words = ["check", "--no-cache", *(["--offline"] if offline else [])]
        words += ["--output-format", form] if form else []
        try:
            status = main([*words, *arguments])
        except SystemExit as error:
            status = int(str(error.code))
        captured = capsysbinary.readouterr()
        return Result(status=status, out=captured.out.decode(), err=captured.err.decode())

    return run


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


def test_named_files_that_are_no_articles_are_passed_over(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.py": "bad\n"})
    result = check("a.py")
    assert result.status == 0
    assert "a.py: not an article, skipped" in result.err
    assert check("a.py", "-q").err == ""


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


def test_ignored_files_are_read_when_named_unless_excluded_by_force(
    tmp_path: Path, check: Any
) -> None:
    git(tmp_path, "init", "-q")
    write(
        tmp_path,
        {
            ".gitignore": "ignored.md\n",
            "articlelint.toml": 'exclude = ["excluded/"]',
            "ignored.md": "bad\n",
            "excluded/a.md": "bad\n",
            "a.md": "fine\n",
        },
    )
    assert check().found == []
    named = ("ignored.md", "excluded/a.md")
    assert check(*named).found == ["excluded/a.md:1:1 bad-word", "ignored.md:1:1 bad-word"]
    result = check(*named, "--force-exclude")
    assert (result.found, result.status) == ([], 0)


def test_further_excludes_and_the_list_of_files(tmp_path: Path, check: Any) -> None:
    write(
        tmp_path,
        {
            "articlelint.toml": 'exclude = ["old/"]',
            "a.md": "bad\n",
            "old/a.md": "bad\n",
            "drafts/a.md": "bad\n",
            ".venv/x/README.md": "bad\n",
            "node_modules/x/README.md": "bad\n",
        },
    )
    result = check("--show-files", "--exclude", "/drafts")
    assert (result.out, result.status) == ("a.md\n", 0)
    assert check("--exclude", "drafts/").found == ["a.md:1:1 bad-word"]
    assert check("--exclude", "[a").status == 2
    assert check("--exclude", "drafts/", "drafts/a.md").found == ["drafts/a.md:1:1 bad-word"]
    result = check("--exclude", "drafts/", "--force-exclude", "drafts/a.md")
    assert (result.found, result.status) == ([], 0)


def test_the_nearest_configuration_decides(tmp_path: Path, check: Any) -> None:
    (tmp_path / ".git").mkdir()
    write(
        tmp_path,
        {
            "articlelint.toml": 'exclude = ["/docs/old/"]\n[links]\nretries = 1\n',
            "docs/articlelint.toml": 'severity = { TOY = "info" }\nexclude = ["/drafts/"]\n'
            "[links]\nretries = 2\n",
            "docs/a.md": "bad\n",
            "docs/old/a.md": "bad\n",
            "docs/drafts/a.md": "bad\n",
            "drafts/a.md": "bad\n",
        },
    )
    result = check()
    assert result.found == ["docs/a.md:1:1 bad-word", "drafts/a.md:1:1 bad-word"]
    assert json.loads(result.out)["summary"]["info"] == 1
    assert "docs/articlelint.toml: [links] is ignored: only the root's" in result.err


def test_an_explicit_configuration_is_in_force_everywhere(tmp_path: Path, check: Any) -> None:
    write(
        tmp_path,
        {
            "other/c.toml": 'ignore = ["TOY001"]\nexclude = ["d/"]\n',
            "r/articlelint.toml": 'select = ["CORE"]\n',
            "r/a.md": "bad odd\n",
            "r/d/a.md": "odd\n",
        },
    )
    (tmp_path / "r" / ".git").mkdir()
    assert check("r", "--config", "other/c.toml").found == ["a.md:1:5 odd-word"]


def test_several_roots_are_prefixed(tmp_path: Path, check: Any) -> None:
    for name in ("one", "x/two"):
        (tmp_path / name / ".git").mkdir(parents=True)
        write(tmp_path / name, {"docs/a.md": "bad\n"})
    assert check("one", "x/two/docs").found == [
        "one/docs/a.md:1:1 bad-word",
        "two/docs/a.md:1:1 bad-word",
    ]
    assert check("one/docs/a.md").found == ["docs/a.md:1:1 bad-word"]


def test_files_from_a_list(tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.md": "bad\n", "b c.md": "bad\n", "d.md": "bad\n"})
    write(tmp_path, {"lines.txt": "a.md\r\nb c.md\r\n", "nul.txt": "a.md\0d.md\0", "none.txt": ""})
    assert check("--files-from", "lines.txt").found == [
        "a.md:1:1 bad-word",
        "b c.md:1:1 bad-word",
    ]
    assert len(check("--files-from", "nul.txt").found) == 2
    assert check("--files-from", "none.txt").status == 0
    stdin(monkeypatch, b"a.md\n")
    assert check("--files-from", "-").found == ["a.md:1:1 bad-word"]


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"docs/a.md": "fine\n", "articlelint.toml": 'severity = { TOY = "info" }'})
    stdin(monkeypatch, b"\xef\xbb\xbfx\r\nbad\r\n")
    result = check("--stdin-filename", "docs/new.md", "-")
    assert result.found == ["docs/new.md:2:1 bad-word"]
    assert json.loads(result.out)["summary"]["info"] == 1
    stdin(monkeypatch, b"bad\r\nodd")
    assert check("--stdin-filename", "docs/a.md", "-", "--fix").out == "good\r\nodd"
    assert (tmp_path / "docs" / "a.md").read_bytes() == b"fine\n"
    stdin(monkeypatch, b"\xff\xfeb\0a\0")
    assert check("-").found == ["stdin.md:1:1 unreadable-file"]


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_what_is_no_file_is_never_opened(tmp_path: Path, check: Any) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    write(tmp_path, {"folder.md/a.md": "fine\n", "big.md": b"a" * (16 * 1024 * 1024 + 1)})
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "nothing.md").symlink_to("gone.md")
    (tmp_path / "out.md").symlink_to("/etc/passwd")
    (tmp_path / "device.md").symlink_to("/dev/zero")
    (tmp_path / "inside.md").symlink_to("folder.md/a.md")
    result = check("--jobs", "1")
    messages = {
        finding["path"]: finding["message"] for finding in json.loads(result.out)["findings"]
    }
    assert set(messages) == {
        "big.md",
        "device.md",
        "loop.md",
        "nothing.md",
        "out.md",
        "pipe.md",
    }
    assert "leaves the repository" in messages["out.md"]
    assert "leaves the repository" in messages["device.md"]
    assert messages["pipe.md"] == "not a regular file"
    assert check("pipe.md").found == ["pipe.md:1:1 unreadable-file"]
    assert check("loop.md").found == ["loop.md:1:1 unreadable-file"]


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


def test_names_of_every_kind(tmp_path: Path, check: Any) -> None:
    names = ["æ ø.md", "-x.md", "a'b.md", "#.md", "[x].md"]
    if sys.platform == "linux":
        names.append(os.fsdecode(b"\xe6.md"))
    write(tmp_path, dict.fromkeys(names, "bad\n"))
    git(tmp_path, "init", "-q")
    shown = [name.encode("utf-8", "backslashreplace").decode() for name in names]
    assert sorted(line.split(":")[0] for line in check().found) == sorted(shown)
    assert check("--", "-x.md").found == ["-x.md:1:1 bad-word"]
