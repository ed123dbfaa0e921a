"""What an audit does with its journal, through the command: damage, clock, several roots."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from linters.util import clock
from tests.audit.scripted_server import ScriptedServer, scripted
from tests.git import git

PAGES = {
    "/stable": lambda _: 200,
    "/dies": lambda day: 404 if day else 200,
    "/down": lambda day: 503 if day else 200,
    "/moves": lambda _: 301,
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(PAGES) as running:
        yield running


def _write(root: Path, server: ScriptedServer, *paths: str) -> Path:
    root.mkdir()
    (root / "articlelint.toml").write_text("[links]\nretries = 0\n", encoding="utf-8")
    links = "\n".join(f"[x]({server.url(path)})" for path in paths)
    text = f"---\ntitle: A\n---\n# A\n\n[b](b.md)\n{links}\n"
    (root / "a.md").write_text(text, encoding="utf-8")
    (root / "b.md").write_text("---\ntitle: B\n---\n# B\n", encoding="utf-8")
    return root


def _audit(folder: Path, date: str, *arguments: str) -> dict[str, Any]:
    file = folder / "report.json"
    environment = os.environ.get(clock.VARIABLE)
    os.environ[clock.VARIABLE] = date
    try:
        command = ["audit", *arguments, "--allow-network", "127.0.0.0/8", "--no-progress"]
        command += ["--journal", str(folder / "j.sqlite3"), "--report", f"json={file}"]
        assert main(command) == 0
    finally:
        os.environ.pop(clock.VARIABLE)
        if environment is not None:
            os.environ[clock.VARIABLE] = environment
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def test_a_damaged_journal_is_replaced_by_the_copy_of_the_last_run(
    tmp_path: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = str(_write(tmp_path / "docs", server, "/dies"))
    for day in ("01", "02"):
        _audit(tmp_path, f"2026-01-{day}T06:00:00Z", docs)
    journal = tmp_path / "j.sqlite3"
    damaged = bytearray(journal.read_bytes())
    damaged[50:3000] = bytes(2950)
    journal.write_bytes(damaged)
    server.day = 1
    capsys.readouterr()
    report = _audit(tmp_path, "2026-01-03T06:00:00Z", docs)
    assert "set aside as j.sqlite3.damaged-" in capsys.readouterr().err
    assert [note["message"][:27] for note in report["notes"]] == ["journal j.sqlite3: damaged "]
    assert report["audit"]["run"] == 3
    assert report["audit"]["broken_new"]["count"] == 1
    (dead,) = [link for link in report["links"] if link["verdict"] == "broken"]
    assert dead["history"]["last_ok"] == "2026-01-02T06:00:00Z"
    (aside,) = tmp_path.glob("j.sqlite3.damaged-*")
    assert aside.read_bytes() == bytes(damaged)


def test_a_clock_that_jumps_back_changes_no_streak(tmp_path: Path, server: ScriptedServer) -> None:
    docs = str(_write(tmp_path / "docs", server, "/down"))
    _audit(tmp_path, "2026-01-10T06:00:00Z", docs)
    server.day = 1
    dates = ("2026-01-11", "2025-06-01", "2026-01-12", "2026-01-13")
    audits = [_audit(tmp_path, f"{date}T06:00:00Z", docs) for date in dates]
    down = [
        next(link for link in report["links"] if link["target"].endswith("/down"))
        for report in audits
    ]
    assert [link["verdict"] for link in down] == ["unknown", "unknown", "unknown", "broken"]
    assert [link["history"]["failures"] for link in down] == [1, 2, 3, 4]
    started = [report["audit"]["started"] for report in audits]
    assert started == sorted(started)
    assert started[1] == "2026-01-11T06:00:00Z"


def test_several_repositories_have_one_report_and_one_patch(
    tmp_path: Path, server: ScriptedServer
) -> None:
    roots = [
        str(_write(tmp_path / name, server, "/stable", "/moves", *more))
        for name, more in (("one", ()), ("two", ("/dies",)))
    ]
    for root in roots:
        git(Path(root), "init", "-q")
    patch = tmp_path / "moved.patch"
    report = _audit(tmp_path, "2026-01-01T06:00:00Z", *roots, "--redirects", str(patch))
    places = {
        link["target"].rpartition("/")[2]: [place["path"] for place in link["places"]]
        for link in report["links"]
        if link["kind"] == "external"
    }
    both = ["one/a.md", "two/a.md"]
    assert places == {"stable": both, "moves": both, "dies": ["two/a.md"]}
    local = [link["target"] for link in report["links"] if link["kind"] == "file"]
    assert local == ["one/b.md", "two/b.md"]
    assert max(server.requests.values()) <= 2  # /stable is also where /moves leads
    subprocess.run(["git", "apply", "--check", str(patch)], cwd=tmp_path, check=True)
    assert patch.read_text(encoding="utf-8").count("+[x]") == 2
