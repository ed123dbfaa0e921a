"""The summary on the page of a CI run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linters.cli import main
from tests.running import write

CHECK = ["check", "--offline", "--no-cache", "--select", "LINK", "--output-format"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, {"a.md": "[x](gone.md)\n", "out/x.txt": ""})
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", "TF_BUILD", "AGENT_TEMPDIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_github_appends_to_the_file_that_it_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "out" / "summary.txt"
    file.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    assert main([*CHECK, "github"]) == 1
    text = file.read_text(encoding="utf-8")
    assert text.startswith("before\n## articlelint: 1 error in 1 article")


def test_azure_uploads_a_file_of_the_agents_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TF_BUILD", "True")
    monkeypatch.setenv("AGENT_TEMPDIRECTORY", str(folder / "out"))
    assert main([*CHECK, "azure"]) == 1
    path = folder / "out" / "articlelint-summary.md"
    assert capfd.readouterr().out.splitlines()[-1] == f"##vso[task.uploadsummary]{path}"
    assert path.read_text(encoding="utf-8").startswith("## articlelint: 1 error")


def test_elsewhere_nothing_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "none" / "summary.md"))
    assert main([*CHECK, "concise"]) == 1
    assert main([*CHECK, "github"]) == 1
    assert "the summary of this run cannot be written" in capfd.readouterr().err
    assert main([*CHECK, "azure"]) == 1
    assert "uploadsummary" not in capfd.readouterr().out


def test_github_gets_no_hidden_findings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"a.md": "<!-- articlelint-disable-next-line LINK001 -->\n[x](gone.md)\n"})
    for github, results in (("false", 1), ("true", 0)):
        monkeypatch.setenv("GITHUB_ACTIONS", github)
        assert main([*CHECK, "concise", "--report", "sarif=out/report.sarif"]) == 0
        log = json.loads((folder / "out" / "report.sarif").read_text(encoding="utf-8"))
        assert len(log["runs"][0]["results"]) == results
