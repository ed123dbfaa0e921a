"""The store: real SQLite files, also damaged, hostile and shared ones."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.links.network.answer import Answer, Failure, FailureKind, Page, PageEnd, PageKind, Step
from linters.links.network.answer_cache import Memory, validators
from linters.links.network.answer_store import DamagedError, Store, StoreError, open_store
from linters.links.network.freshness import is_fresh, lifetime
from linters.model.link import Outcome, Verdict
from linters.model.settings import FreshSettings
from linters.store.cache_location import FILE_NAME, PlaceError, prepare

URL = "https://host.test/page"
ANSWER = Answer(
    URL,
    float(int(time.time())),
    (
        Step(URL, 301, location="/next", address="192.0.2.1", headers=(("server", "x"),)),
        Step("https://host.test/next", 200, body=True),
    ),
    page=Page(PageKind.HTML, PageEnd.COMPLETE, ("a", "ü")),
    etag='"e"',
    last_modified="Wed, 01 Nov 2023 00:00:00 GMT",
)

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return prepare(tmp_path / "cache")


def test_an_answer_comes_back_in_another_process(path: Path) -> None:
    with Store(path) as store:
        store.put(ANSWER)
        assert store.get(URL) == ANSWER
    with Store(path) as store:
        assert store.get(URL) == ANSWER
        assert store.get(URL, "other settings") is None
        assert store.get(URL + "?") is None


texts = st.text(max_size=20)


@given(
    url=texts,
    location=st.none() | texts,
    reason=texts,
    ids=st.lists(texts, max_size=4),
    when=st.floats(0, 1e10),
    kind=st.sampled_from(FailureKind),
)
def test_any_answer_comes_back(
    url: str, location: str | None, reason: str, ids: list[str], when: float, kind: FailureKind
) -> None:
    answer = Answer(
        url,
        when,
        (Step(url, 302, location=location),),
        Failure(kind, reason, url),
        page=Page(PageKind.HTML, PageEnd.ENOUGH, tuple(sorted(ids))),
    )
    with Store(Path(":memory:")) as store:
        store.put(answer)
        store.flush()
        surrogates = any("\ud800" <= character <= "\udfff" for character in url)
        assert store.get(url) == (None if surrogates else answer)


def test_what_was_learnt_of_a_host_comes_back(path: Path) -> None:
    with Store(path) as store:
        store.put_host("host.test", {"concurrency": 4}, 5.0)
        assert store.host("host.test") == {"concurrency": 4}
    with Store(path) as store:
        assert store.host("host.test") == {"concurrency": 4}
        assert store.host("other.test") == {}


def test_the_old_and_the_oldest_beyond_the_limit_are_forgotten(path: Path) -> None:
    with Store(path) as store:
        for when in range(10):
            store.put(replace(ANSWER, url=f"{URL}/{when}", when=float(when)))
        store.flush()
        store.prune(before=2.0, most=5)
        kept = [when for when in range(10) if store.get(f"{URL}/{when}")]
    assert kept == [5, 6, 7, 8, 9]


def _with_a_trigger(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM hosts; END")
    database.close()


def _with_a_page_overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * (4096 - 100)
    path.write_bytes(content)


def _with_another_database(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE things (x)")
    database.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database at all, " * 100),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        _with_a_page_overwritten,
        _with_a_trigger,
        _with_another_database,
    ],
)
def test_a_damaged_file_is_moved_aside(path: Path, damage: Callable[[Path], object]) -> None:
    with Store(path) as store:
        store.put(ANSWER)
    damage(path)
    with pytest.raises(DamagedError), Store(path) as store:
        store.get(URL)
    store, note = open_store(path)
    with store:
        store.put(ANSWER)
    with Store(path) as store:
        assert store.get(URL) == ANSWER
    if note is not None:
        assert path.with_name(FILE_NAME + ".damaged").exists()


def test_damage_found_on_the_way_costs_the_memory_not_the_run(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Store(path) as store:
        for number in range(2000):
            store.put(replace(ANSWER, url=f"{URL}/{number}"))
    content = bytearray(path.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    memory = Memory(path.parent, FreshSettings())
    for number in range(2000):
        assert memory.recall(f"{URL}/{number}", (), "", _fine) is None or number
        memory.keep(replace(ANSWER, url=f"{URL}/{number}"))
    memory.close()
    assert "nothing more is remembered" in caplog.text


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    Store(path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(path)
    assert path.exists()


@pytest.mark.parametrize(
    "row", ["[]", "null", "{}", "x", "[" * 100_000, '{"url": 1}', json.dumps({"steps": [1]}), 7]
)
def test_a_row_that_is_no_answer_is_none(path: Path, row: object) -> None:
    Store(path).close()
    database = sqlite3.connect(path)
    database.execute("INSERT INTO answers VALUES (?, '', 0, ?)", (URL, row))
    database.execute("INSERT INTO hosts VALUES ('host.test', 0, ?)", (row,))
    database.commit()
    database.close()
    with Store(path) as store:
        assert store.get(URL) is None
        assert store.host("host.test") in ({}, {"url": 1}, {"steps": [1]})


def test_a_writer_that_holds_the_file_delays_but_loses_nothing(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    with Store(path) as store:
        other.execute("BEGIN IMMEDIATE")
        store.put(ANSWER)
        with pytest.raises(StoreError, match="locked"):
            store.flush()
        other.execute("COMMIT")
    other.close()
    with Store(path) as store:
        assert store.get(URL) == ANSWER


def test_opening_waits_for_a_process_that_is_making_the_file(path: Path) -> None:
    prepare(path.parent)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    end = threading.Timer(0.6, other.execute, ["COMMIT"])
    end.start()
    with Store(path) as store:
        store.put(ANSWER)
    end.join()
    other.close()
    with Store(path) as store:
        assert store.get(URL) == ANSWER


def test_several_processes_write_at_once(path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from dataclasses import replace\n"
        "from linters.links.network.answer_cache import Memory\n"
        "from linters.model.settings import FreshSettings\n"
        "from tests.links.network.faults.test_store import ANSWER\n"
        "memory = Memory(Path(sys.argv[1]), FreshSettings())\n"
        "for number in range(100):\n"
        "    memory.keep(replace(ANSWER, url=f'{sys.argv[2]}/{number}'))\n"
        "memory.close()\n"
    )
    command = [sys.executable, "-c", script, str(path.parent)]
    processes = [subprocess.Popen([*command, str(one)]) for one in range(4)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0, 0]
    with Store(path) as store:
        assert all(store.get(f"{one}/{number}") for one in range(4) for number in range(100))


@posix
def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    path = prepare(tmp_path / "deep" / "cache")
    with Store(path) as store:
        store.put(ANSWER)
        store.flush()
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}


@posix
def test_a_link_or_a_folder_for_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "elsewhere").touch()
    (tmp_path / "a" / FILE_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlaceError, match="not a plain file"):
        prepare(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b").chmod(0o777)
    with pytest.raises(PlaceError, match="anybody"):
        prepare(tmp_path / "b")
    (tmp_path / "c").touch()
    with pytest.raises(PlaceError):
        prepare(tmp_path / "c")


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_another_user_is_refused(tmp_path: Path) -> None:
    path = prepare(tmp_path / "cache")
    os.chown(path, 12345, 12345)
    with pytest.raises(PlaceError, match="another user"):
        prepare(tmp_path / "cache")


def test_a_file_that_came_with_the_articles_is_refused(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    git("init", "-q")
    path = prepare(tmp_path / "cache")
    Store(path).close()
    assert prepare(tmp_path / "cache") == path  # a folder of one's own within the tree
    git("add", "-f", "cache")
    with pytest.raises(PlaceError, match="git tracks"):
        prepare(tmp_path / "cache")


def _fine(link: str, answer: Answer) -> Outcome | None:
    return Outcome(Verdict.OK)


def test_memory_keeps_no_secrets(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "cache", FreshSettings())
    memory.keep(replace(ANSWER, url="https://user:hunter2@host.test/"))
    step = Step(
        URL, 200, location="https://u:hunter2@x.test/", headers=(("set-cookie", "hunter2"),)
    )
    memory.keep(replace(ANSWER, steps=(step,)))
    memory.close()
    content = b"".join(file.read_bytes() for file in (tmp_path / "cache").iterdir())
    assert b"hunter2" not in content
    assert b"host.test/page" in content


def test_what_we_decided_ourselves_is_not_kept(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "cache", FreshSettings())
    memory.keep(replace(ANSWER, failure=Failure(FailureKind.INTERRUPTED, "interrupted", URL)))
    assert memory.recall(URL, (URL,), "", _fine) is None
    memory.close()


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    memory = Memory(None, FreshSettings())
    memory.keep(ANSWER)
    memory.keep_host("host.test", {"concurrency": 4})
    assert memory.recall(URL, (URL,), "", _fine) is None
    assert memory.host("host.test") == {}
    memory.close()


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.BROKEN, Verdict.UNKNOWN])
def test_an_answer_is_fresh_by_its_verdict(
    tmp_path: Path, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = FreshSettings(ok=1000.0, broken=100.0, unknown=10.0)
    memory = Memory(tmp_path / "cache", fresh)
    memory.keep(ANSWER)
    limit = lifetime(URL, verdict, fresh)
    for age, expected in ((-400, False), (0, True), (limit - 1, True), (limit + 1, False)):
        monkeypatch.setattr("time.time", lambda age=age: ANSWER.when + age)
        recalled = memory.recall(URL, (URL,), "", lambda *_: Outcome(verdict))
        assert recalled is not None
        assert recalled.fresh is expected
    unread = memory.recall(URL, (URL, URL + "#x"), "", lambda link, _: None)
    assert unread is not None
    assert not unread.fresh
    memory.close()


@given(url=texts, base=st.floats(1.0, 1e6))
def test_jitter_is_settled_and_within_a_quarter(url: str, base: float) -> None:
    fresh = FreshSettings(ok=base)
    one = lifetime(url, Verdict.OK, fresh)
    assert one == lifetime(url, Verdict.OK, fresh)
    assert 0.75 * base <= one <= base
    assert is_fresh(url, Verdict.SKIPPED, 0.0, 1e9, fresh)


def test_jitter_spreads() -> None:
    lives = sorted(lifetime(f"{URL}/{n}", Verdict.OK, FreshSettings(ok=100.0)) for n in range(100))
    assert lives[0] < 78
    assert lives[-1] > 97


def test_only_a_page_that_was_there_can_be_renewed() -> None:
    assert validators(ANSWER) == {
        "If-None-Match": '"e"',
        "If-Modified-Since": "Wed, 01 Nov 2023 00:00:00 GMT",
    }
    assert validators(replace(ANSWER, etag=None, last_modified=None)) == {}
    assert validators(replace(ANSWER, steps=(Step(URL, 404),))) == {}
    assert validators(replace(ANSWER, failure=Failure(FailureKind.RESET, "", URL))) == {}
