"""The journal's file: one audit at a time, damage is mended and said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linters.audit.journal import Journal
from linters.audit.journal_file import default_journal, good_copy, locked_journal, save_good_copy
from linters.model.errors import UserError
from linters.model.settings import AuditSettings


def _journal(folder: Path, runs: int = 1) -> Path:
    """A journal with some finished runs, and its good copy."""
    path = folder / "audit.sqlite3"
    with Journal(path) as journal:
        for number in range(runs):
            journal.finish(journal.begin(float(number)), number + 0.5, [], AuditSettings())
    save_good_copy(path)
    return path


def test_two_audits_cannot_use_one_journal(tmp_path: Path) -> None:
    path = _journal(tmp_path)
    code = (
        "import sys; from pathlib import Path; from linters.model.errors import UserError\n"
        "from linters.audit.journal_file import locked_journal\n"
        "try:\n    with locked_journal(Path(sys.argv[1])): print('entered')\n"
        "except UserError as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

    def other() -> str:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    with locked_journal(path) as notes:
        assert notes == ()
        assert "in use by another audit" in other()
    assert other() == "entered\n"


def test_a_damaged_journal_is_set_aside_and_the_good_copy_used(tmp_path: Path) -> None:
    path = _journal(tmp_path, runs=2)
    data = bytearray(path.read_bytes())
    data[100:3000] = os.urandom(2900)
    path.write_bytes(data)
    with locked_journal(path) as (note,):
        assert "damaged" in note
        assert "last good copy" in note
        with Journal(path) as journal:
            assert [run.id for run in journal.runs()] == [1, 2]
    (aside,) = tmp_path.glob("audit.sqlite3.damaged-*")
    assert aside.read_bytes() == bytes(data)


def test_what_is_no_database_is_set_aside_as_well(tmp_path: Path) -> None:
    path = tmp_path / "audit.sqlite3"
    for text in ("not a database, but longer than a header of one hundred bytes" * 9, "again" * 99):
        path.write_text(text, encoding="utf-8")
        with locked_journal(path) as (note,):
            assert "no good copy" in note
            with Journal(path) as journal:
                assert journal.runs() == ()
    assert len(list(tmp_path.glob("*.damaged-*"))) >= 2


def test_a_missing_journal_comes_back_from_its_copy(tmp_path: Path) -> None:
    path = _journal(tmp_path)
    path.unlink()
    with locked_journal(path) as (note,):
        assert "restored" in note
    assert path.read_bytes()[:15] == good_copy(path).read_bytes()[:15]


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("", encoding="utf-8")
    link = tmp_path / "link.sqlite3"
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no symbolic links here")
    with pytest.raises(UserError, match="symbolic link"), locked_journal(link):
        pass


def test_the_default_name_tells_roots_of_one_name_apart(tmp_path: Path) -> None:
    first, second = default_journal(tmp_path / "a" / "docs"), default_journal(tmp_path / "docs")
    assert first.name.startswith("docs-")
    assert first != second
