"""The audit command: journal, reports, owners, redirects, exit statuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from linters.util import clock
from tests.audit.scripted_server import ScriptedServer, scripted
from tests.git import git
from tests.reports.schema import validate

PAGES = {
    "/stable": lambda _: 200,
    "/dies": lambda day: 404 if day >= 1 else 200,
    "/moves": lambda day: 301 if day >= 1 else 200,
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(PAGES) as running:
        yield running


@pytest.fixture
def docs(tmp_path: Path, server: ScriptedServer) -> Path:
    """A repository of two articles with two owners."""
    root = tmp_path / "docs"
    (root / "sub").mkdir(parents=True)
    for path, owner in (("a.md", "Maria / <b>"), ("sub/b.md", "ben")):
        links = "\n".join(f"[x]({server.url(page)})" for page in PAGES)
        text = f"---\ntitle: A\nms.author: {owner!r}\n---\n# A\n\n{links}\n"
        (root / path).write_text(text, encoding="utf-8")
    return root


def _audit(
    docs: Path, monkeypatch: pytest.MonkeyPatch, day: int, *extra: str, status: int = 0
) -> dict[str, Any]:
    monkeypatch.setenv(clock.VARIABLE, f"2026-01-{day + 1:02}T06:00:00Z")
    file = docs.parent / f"report-{day}.json"
    arguments = ["audit", str(docs), "--allow-network", "127.0.0.0/8", "-q"]
    arguments += ["--journal", str(docs.parent / "j.sqlite3"), "--report", f"json={file}"]
    assert main([*arguments, *extra]) == status
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    validate(report)
    return report


def _targets(changes: dict[str, Any]) -> list[str]:
    return [link["target"].rpartition("/")[2] for link in changes["links"]]


def test_what_broke_since_the_last_run(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _audit(docs, monkeypatch, 0, "--fail-on", "new")
    assert (first["audit"]["run"], first["audit"]["previous"]) == (1, None)
    server.day = 1
    second = _audit(docs, monkeypatch, 1, "--fail-on", "new", status=1)
    audit = second["audit"]
    assert _targets(audit["broken_new"]) == ["dies"]
    assert _targets(audit["moved"]) == ["moves"]
    assert [tally["name"] for tally in audit["owners"]] == ["Maria / <b>", "ben"]
    assert [tally["name"] for tally in audit["folders"]] == [".", "sub"]
    assert [(link["places"], link["target"][-5:]) for link in audit["top"]] == [(2, "/dies")]
    assert _audit(docs, monkeypatch, 2, "--fail-on", "new")["audit"]["broken_new"]["count"] == 0


def test_the_same_journal_gives_the_same_bytes(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _audit(docs, monkeypatch, 0)
    server.day = 1
    _audit(docs, monkeypatch, 1)
    asked = server.asked.copy()
    files = [docs.parent / f"{name}.{kind}" for name in "ab" for kind in ("md", "html", "json")]
    for file in files:
        kind = {"md": "markdown"}.get(file.suffix[1:], file.suffix[1:])
        _audit(docs, monkeypatch, 20, "--no-run", "--report", f"{kind}={file}")
    assert server.asked == asked
    for one, other in zip(files[:3], files[3:], strict=True):
        assert one.read_bytes() == other.read_bytes()
    assert json.loads(files[2].read_text(encoding="utf-8"))["audit"]["started"][:10] == "2026-01-02"
    assert "Fixing this URL repairs 2 places." in files[0].read_text(encoding="utf-8")
    page = files[1].read_text(encoding="utf-8")
    assert "<svg" in page
    assert f'<a href="{server.url("/dies")}" rel="noreferrer noopener nofollow">' in page
    assert "<b>" not in page.partition("</header>")[2].replace("Maria / &lt;b&gt;", "")


def test_without_a_finished_run_there_is_nothing_to_render(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = str(docs.parent / "j.sqlite3")
    assert main(["audit", str(docs), "--no-run", "--journal", journal]) == 2
    assert "no finished run to render" in capsys.readouterr().err


def test_show_files_checks_nothing(
    docs: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = docs.parent / "j.sqlite3"
    assert main(["audit", str(docs), "--show-files", "--journal", str(journal)]) == 0
    assert [line.rpartition("docs/")[2] for line in capsys.readouterr().out.splitlines()] == [
        "a.md",
        "sub/b.md",
    ]
    assert not journal.exists()
    assert server.asked.total() == 0


def test_the_configuration_of_a_revision(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "articles")):
        git(docs, *words)
    (docs / "articlelint.toml").write_text('ignore = ["ALL"]\n', encoding="utf-8")
    server.day = 1
    assert not _audit(docs, monkeypatch, 0, "--fail-on", "error")["findings"]
    ruled = ("--config-from", "HEAD", "--fail-on", "error")
    assert _audit(docs, monkeypatch, 1, *ruled, status=1)["findings"]


def test_permanent_redirects_are_in_every_report(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.day = 1
    for day in (0, 1):
        file = docs.parent / f"audit-{day}.md"
        _audit(docs, monkeypatch, day, "--report", f"markdown={file}")
        text = file.read_text(encoding="utf-8")
        assert "## Moved permanently (1)" in text
        assert "moved to" in text


def test_one_report_for_each_owner(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.day = 1
    folder = docs.parent / "owners"
    _audit(docs, monkeypatch, 0, "--split", f"owner={folder}")
    names = sorted(file.name for file in folder.iterdir())
    assert [name[:-12] for name in names] == ["ben", "", "maria-b"]
    maria = (folder / names[2]).read_text(encoding="utf-8")
    assert "a\\.md\\:8" in maria
    assert "sub" not in maria
    assert main(["audit", str(docs), "--split", "team=x"]) == 2


def test_permanent_redirects_as_one_patch(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.day = 1
    patch = docs.parent / "redirects.patch"
    _audit(docs, monkeypatch, 0, "--redirects", str(patch))
    git(docs, "init", "-q")
    git(docs, "apply", str(patch))
    for path in ("a.md", "sub/b.md"):
        assert (docs / path).read_text(encoding="utf-8").count("/stable)") == 2


def test_a_deadline_leaves_the_run_to_be_resumed(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = _audit(docs, monkeypatch, 0, "--deadline", "0s")
    assert report["audit"]["finished"] is None
    assert report["audit"]["not_reached"]["count"] == len(PAGES)
    assert not [finding for finding in report["findings"] if finding["name"] == "link-unknown"]
    assert server.asked.total() == 0
    resumed = _audit(docs, monkeypatch, 3)
    assert resumed["audit"]["run"] == 1
    assert resumed["audit"]["started"] == "2026-01-01T06:00:00Z"
    assert resumed["audit"]["finished"] == "2026-01-04T06:00:00Z"


def test_archived_copies_are_asked_for_once_and_kept(
    docs: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.day = 1
    secret = docs / "secret.md"
    secret.write_text(f"# S\n\n[s]({server.url('/dies?token=1')})\n", encoding="utf-8")
    copy = "https://web.archive.org/web/2020/x"
    snapshot = {"archived_snapshots": {"closest": {"available": True, "url": copy}}}
    server.bodies["/wayback/available"] = json.dumps(snapshot).encode()
    report = _audit(docs, monkeypatch, 0, "--archive", server.url("/"))
    copies = {link["target"]: link.get("archived") for link in report["links"]}
    assert copies[server.url("/dies")] == copy
    assert copies[server.url("/dies?token=1")] is None
    assert copies[server.url("/stable")] is None
    questions = [path for path in server.asked if path.startswith("/wayback")]
    assert len(questions) == 1
    assert server.asked[questions[0]] == 1
    again = _audit(docs, monkeypatch, 1, "--archive", server.url("/"))
    assert copy in json.dumps(again)
    assert server.asked[questions[0]] == 1
    assert copy in json.dumps(_audit(docs, monkeypatch, 2, "--no-run"))


def test_why_tells_the_history_of_a_link(
    docs: Path,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _audit(docs, monkeypatch, 0)
    server.day = 1
    _audit(docs, monkeypatch, 1)
    capsys.readouterr()
    journal = ["--journal", str(docs.parent / "j.sqlite3")]
    assert main(["why", server.url("/dies"), str(docs), "--offline", *journal]) == 0
    printed = capsys.readouterr().out
    history = printed[printed.index("history:") :].splitlines()
    assert history == [
        "history:",
        "  first seen 2026-01-01T06:00:00Z",
        "  last success 2026-01-01T06:00:00Z",
        "  failed runs in a row: 1",
        "  2026-01-01T06:00:00Z run 1: ok",
        "  2026-01-02T06:00:00Z run 2: broken, 404 Not Found (was ok)",
    ]
    missing = ["--journal", str(docs.parent / "none.sqlite3")]
    assert main(["why", server.url("/dies"), str(docs), "--offline", *missing]) == 2
