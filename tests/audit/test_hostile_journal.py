"""Journals that somebody else has made: an error of one line, and nothing of theirs is run."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from linters.audit.journal import Journal
from linters.audit.story import story
from linters.cli import main
from linters.model.errors import UserError
from linters.model.link import Outcome, Verdict
from linters.model.settings import AuditSettings
from linters.store.cache_location import companions

URL = "https://a.test/"
MOVED = Outcome(Verdict.REDIRECTED, None, None, 200, "https://b.test/")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i FROM n"
HOSTILE = {
    "trigger": (
        "CREATE TRIGGER audit_t AFTER INSERT ON audit_run BEGIN DELETE FROM audit_link; END",
        "has a trigger",
    ),
    "view": (
        f"DROP TABLE audit_copy; CREATE VIEW audit_copy (target, copy) AS {ENDLESS}",
        "a view",
    ),
    "version as a view": (
        "DROP TABLE audit_version; CREATE VIEW audit_version (version) AS SELECT 2",
        "has a view",
    ),
    "generated column": (
        "DROP TABLE audit_copy; CREATE TABLE audit_copy (target, copy AS (zeroblob(900000000)))",
        "'audit_copy', expected a journal",
    ),
    "costly check": (
        "ALTER TABLE audit_copy ADD COLUMN x CHECK (length(randomblob(900000000)) > 1)",
        "'audit_copy', expected a journal",
    ),
    "index on an expression": (
        "CREATE INDEX audit_i ON audit_link (hex(target))",
        "'audit_i', expected a journal",
    ),
    "table of another program": ("CREATE TABLE users (name)", "'users', expected a journal"),
    "no table of links": ("DROP TABLE audit_link", "'audit_link', expected a journal"),
    "application id": ("PRAGMA application_id = 7", "application id 7"),
    "version as text": ("UPDATE audit_version SET version = 'x'", "no version"),
    "two versions": ("INSERT INTO audit_version VALUES (2)", "no version"),
    "negative date": ("UPDATE audit_run SET started = -1", "damaged row of audit_run"),
    "date after 9999": ("UPDATE audit_link SET first_seen = 1e300", "damaged row of audit_link"),
    "text for a date": ("UPDATE audit_run SET finished = 'soon'", "damaged row of audit_run"),
    "counts": ("UPDATE audit_run SET links = '{'", "damaged row of audit_run"),
    "blob": (
        "UPDATE audit_outcome SET outcome = zeroblob(1000000)",
        "damaged row of audit_outcome",
    ),
    "huge text": ("UPDATE audit_run SET links = hex(zeroblob(3000000))", "too big"),
    "nesting": (
        "UPDATE audit_outcome SET outcome = replace(hex(zeroblob(100000)), '0', '[')",
        "damaged row of audit_outcome",
    ),
    "line end in a URL": (
        "UPDATE audit_outcome SET outcome = json_set(outcome, '$.final_url', 'x:' || char(10))",
        "damaged row of audit_outcome",
    ),
    "no outcome": ("DELETE FROM audit_outcome", "damaged row of audit_outcome"),
    "changes": ("UPDATE audit_link SET changes = 'x'", "damaged row of audit_link"),
    "not UTF-8": ("UPDATE audit_link SET changes = CAST(x'ff' AS TEXT)", "UTF-8"),
}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with one run and one link, next to an article with that link."""
    text = f"---\ntitle: A\n---\n# A\n\n[a]({URL})\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    path = tmp_path / "j.sqlite3"
    with Journal(path) as made:
        made.finish(made.begin(0.0), 1.0, [(URL, MOVED)], AuditSettings())
    return path


def _render(journal: Path) -> int:
    command = ["audit", str(journal.parent), "--no-run", "--journal", str(journal)]
    return main([*command, "--output-format", "json"])


def test_a_journal_is_rendered(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _render(journal) == 0
    assert '"https://b.test/"' in capsys.readouterr().out
    assert "history:" in list(story(journal, URL))


@pytest.mark.parametrize(("script", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_journal(
    script: str, message: str, journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(journal)) as database:
        database.executescript(script)
    before = journal.read_bytes()
    assert _render(journal) == 2
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error
    if "expected a journal" in message:
        assert journal.read_bytes() == before
    with suppress(UserError):
        assert list(story(journal, URL))


def test_files_planted_next_to_a_journal(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for companion in companions(journal):
        companion.write_bytes(b"not what SQLite writes" * 999)
    assert _render(journal) == 0
    for companion in companions(journal):
        companion.unlink(missing_ok=True)
    target = tmp_path / "target"
    target.write_text("kept", encoding="utf-8")
    try:
        companions(journal)[0].symlink_to(target)
    except OSError:
        pytest.skip("no symbolic links here")
    assert _render(journal) == 2
    assert "-wal: a symbolic link" in capsys.readouterr().err
    with pytest.raises(UserError, match="symbolic link"):
        list(story(journal, URL))
    assert target.read_text(encoding="utf-8") == "kept"
