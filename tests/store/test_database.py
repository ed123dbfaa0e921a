"""The files of the store: real SQLite files, also damaged, hostile and shared ones."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from linters.store.cache import Cache
from linters.store.cache_location import FILE_NAME, prepare
from linters.store.database import Database, open_or_replace
from linters.store.entry import StoreDamagedError, StoredEntry, StoreError
from tests.steps import HANG

ENTRY = StoredEntry(b"value", 5.0, 7)


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """The database, flushed and closed at the end."""
    with closing(Database(path)) as database:
        yield database
        database.finish()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return prepare(tmp_path / "cache")


def test_a_value_comes_back_in_another_process(path: Path) -> None:
    with opened(path) as database:
        database.put("answer", b"key", ENTRY)
        assert database.get("answer", b"key") == ENTRY
    with opened(path) as database:
        assert database.get("answer", b"key") == ENTRY
        assert database.get("facts", b"key") is None
        assert database.get("answer", b"other") is None


def test_a_value_over_the_limit_is_not_stored(path: Path) -> None:
    with opened(path) as database:
        database.put("answer", b"key", StoredEntry(bytes(2**20 + 1), 0.0))
        assert database.get("answer", b"key") is None


def test_the_old_and_the_oldest_beyond_the_limit_are_deleted(path: Path) -> None:
    with opened(path) as database:
        for when in range(10):
            database.put("answer", b"%d" % when, StoredEntry(b"", float(when)))
        database.put("facts", b"0", StoredEntry(b"", 0.0))
        database.flush()
        database.prune("answer", before=2.0, most=5)
        assert [n for n in range(10) if database.get("answer", b"%d" % n)] == [5, 6, 7, 8, 9]
        assert database.get("facts", b"0") is not None


def _with_a_trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TRIGGER t AFTER INSERT ON entries BEGIN SELECT 1; END")


def _with_a_page_overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * (4096 - 100)
    path.write_bytes(content)


def _with_another_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE things (x)")


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"not a database, " * 100),
        lambda path: path.write_bytes(path.read_bytes()[:3000]),
        _with_a_page_overwritten,
        _with_a_trigger,
        _with_another_database,
    ],
)
def test_a_damaged_file_is_moved_aside(path: Path, damage: Callable[[Path], object]) -> None:
    with opened(path) as database:
        database.put("answer", b"key", ENTRY)
    damage(path)
    with pytest.raises(StoreDamagedError), opened(path) as database:
        database.get("answer", b"key")
    database, note = open_or_replace(path)
    with closing(database):
        database.put("answer", b"key", ENTRY)
        database.finish()
    with opened(path) as database:
        assert database.get("answer", b"key") == ENTRY
    if note is not None:
        assert path.with_name(FILE_NAME + ".damaged").exists()


def test_tables_of_the_audit_are_allowed_and_its_triggers_are_not(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE audit_run (x)")
    with opened(path) as opened_database:
        opened_database.put("answer", b"key", ENTRY)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TRIGGER audit_t AFTER INSERT ON entries BEGIN SELECT 1; END")
    with pytest.raises(StoreDamagedError):
        Database(path)


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    Database(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer version"):
        open_or_replace(path)
    assert path.exists()


@pytest.mark.parametrize("row", [(b"v", "x", 0), ("text", 1.0, 0), (b"v", 1.0, "x")])
def test_a_row_of_other_types_counts_as_absent(path: Path, row: tuple[object, ...]) -> None:
    Database(path).close()
    with closing(sqlite3.connect(path)) as database:
        value, time, run = row
        database.execute("INSERT INTO entries VALUES ('a', x'00', ?, ?, ?)", (time, run, value))
        database.commit()
    with opened(path) as opened_database:
        assert opened_database.get("a", b"\0") is None


def test_a_writer_that_has_the_file_delays_but_loses_nothing(path: Path) -> None:
    Database(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other, opened(path) as database:
        other.execute("BEGIN IMMEDIATE")
        database.put("answer", b"key", ENTRY)
        with pytest.raises(StoreError, match="locked"):
            database.flush()
        other.execute("COMMIT")
    with opened(path) as database:
        assert database.get("answer", b"key") == ENTRY


def test_opening_waits_for_a_process_that_is_making_the_file(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        end = threading.Timer(0.6, other.execute, ["COMMIT"])
        end.start()
        with opened(path) as database:
            database.put("answer", b"key", ENTRY)
        end.join()
    with opened(path) as database:
        assert database.get("answer", b"key") == ENTRY


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from linters.store.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for number in range(100):\n"
        "    cache.put('answer', f'{sys.argv[2]}/{number}'.encode(), b'value')\n"
        "    cache.flush()\n"
        "cache.close()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    processes = [subprocess.Popen([*command, str(number)]) for number in range(4)]
    assert [process.wait(timeout=HANG) for process in processes] == [0, 0, 0, 0]
    with closing(Database(tmp_path / FILE_NAME)) as database:
        keys = [f"{process}/{number}".encode() for process in range(4) for number in range(100)]
        assert all(database.get("answer", key) for key in keys)


def test_damage_found_on_the_way_costs_the_cache_not_the_run(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(path) as database:
        for number in range(2000):
            database.put("answer", b"%d" % number, StoredEntry(b"v" * 200, 1.0))
    content = bytearray(path.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    cache = Cache(path.parent)
    for number in range(2000):
        cache.get("answer", b"%d" % number)
        cache.put("answer", b"%d" % number, b"v")
    cache.close()
    assert "the cache is no longer used" in caplog.text


def test_a_cache_that_cannot_be_written_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(path) as database:
        database.put("answer", b"key", ENTRY)
    before = sorted(file.name for file in path.parent.iterdir())
    # As on a read-only file system; the modes of files do not keep root from writing.
    monkeypatch.setattr(os, "access", lambda name, mode: mode != os.W_OK)
    cache = Cache(path.parent)
    found = cache.get("answer", b"key")
    cache.put("answer", b"other", b"value")
    cache.close()
    assert found == ENTRY
    assert sorted(file.name for file in path.parent.iterdir()) == before


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put("answer", b"key", b"value")
    assert cache.get("answer", b"key") is None
    cache.close()
