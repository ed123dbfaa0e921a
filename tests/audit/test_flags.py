"""An audit takes the flags of check, and they do what they do there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from tests.audit.scripted_server import ScriptedServer, scripted

NOT_OF_AUDIT = {
    "--fix",
    "--diff",
    "--since",
    "--baseline",
    "--write-baseline",
    "--stdin-filename",
}
HEADER = "---\ntitle: A\n---\n# A\n\n"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted({"/gone": lambda _: 404, "/stable": lambda _: 200}) as running:
        yield running


def _flags(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    assert main([command, "--help"]) == 0
    return set(re.findall(r"^ +(?:-\w, )?(--[a-z][a-z-]*)", capsys.readouterr().out, re.MULTILINE))


def test_the_flags_of_check_but_those_that_change_or_compare(
    capsys: pytest.CaptureFixture[str],
) -> None:
    check, audit = _flags("check", capsys), _flags("audit", capsys)
    assert check - audit - NOT_OF_AUDIT == set()


def _audit(docs: Path, *extra: str, status: int = 0) -> dict[str, Any]:
    file = docs.parent / "report.json"
    arguments = ["audit", str(docs), "--allow-network", "127.0.0.0/8", "-q", "--no-progress"]
    arguments += ["--journal", str(docs.parent / "j.sqlite3"), "--report", f"json={file}"]
    assert main([*arguments, *extra]) == status
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def _docs(folder: Path, *urls: str) -> Path:
    docs = folder / "docs"
    docs.mkdir()
    for number, url in enumerate(urls):
        text = f"{HEADER}[x]({url})\n"
        (docs / f"{number:03}.md").write_text(text, encoding="utf-8")
    return docs


def test_suppressions_are_added_as_in_check(tmp_path: Path, server: ScriptedServer) -> None:
    docs = _docs(tmp_path, server.url("/gone"), server.url("/stable"))
    report = _audit(docs, "--select", "LINK", "--add-suppressions=known", "--fail-on", "error")
    assert report["findings"] == []
    assert report["summary"]["suppressed"] == 1
    assert report["audit"]["finished"] is not None
    text = (docs / "000.md").read_text(encoding="utf-8")
    assert "articlelint-disable-next-line" in text
    assert "known" in text
    requests = server.requests.copy()
    assert max(requests.values()) == 1  # the second look at the articles asks no link again
    assert _audit(docs, "--no-run", "--select", "LINK")["summary"]["suppressed"] == 1
    assert server.requests == requests


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--no-new-suppressions"], "--no-new-suppressions: expected --since"),
        (["--add-suppressions=a -- b"], "expected a reason of one line"),
        (["--add-suppressions", "--no-run"], "cannot be combined with --no-run"),
    ],
)
def test_what_an_audit_cannot_do_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str], message: str
) -> None:
    docs = _docs(tmp_path, "b.md")
    journal = tmp_path / "j.sqlite3"
    assert main(["audit", str(docs), "--journal", str(journal), *flags]) == 2
    assert message in capsys.readouterr().err
    assert not journal.exists()


def test_the_executor_comes_from_the_command_line_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = _docs(tmp_path, "b.md")
    (docs / "articlelint.toml").write_text("[audit]\nexecutor = 'dask://127.0.0.1:9'\n", "utf-8")
    assert main(["audit", str(docs), "--journal", str(tmp_path / "j.sqlite3")]) == 2
    assert "unknown key 'executor'" in capsys.readouterr().err


def test_unsafe_fixes_alone_change_nothing(tmp_path: Path, server: ScriptedServer) -> None:
    docs = _docs(tmp_path, server.url("/stable"))
    before = (docs / "000.md").read_bytes()
    _audit(docs, "--unsafe-fixes")
    assert (docs / "000.md").read_bytes() == before


def test_an_empty_list_of_files_is_no_audit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "names"
    names.write_text("", encoding="utf-8")
    journal = tmp_path / "j.sqlite3"
    assert main(["audit", "--files-from", str(names), "--journal", str(journal)]) == 0
    assert "no files to check" in capsys.readouterr().err
    assert not journal.exists()


def test_links_are_asked_before_the_last_article_is_read(
    tmp_path: Path, server: ScriptedServer
) -> None:
    """The first request changes the last article, and the report has what is in it then."""
    docs = _docs(tmp_path, *[server.url(f"/stable?{number}") for number in range(300)])
    late = tmp_path / "late.md"
    late.write_text(f"{HEADER}[x]({server.url('/gone?late')})\n", encoding="utf-8")

    def change() -> None:
        with suppress(FileNotFoundError):  # it was the first request that moved it
            late.replace(docs / "299.md")

    server.after = (1, change)
    report = _audit(docs, "--jobs", "1")
    targets = {link["target"]: link["verdict"] for link in report["links"]}
    assert targets[server.url("/gone?late")] == "broken"
    assert server.url("/stable?299") not in targets
