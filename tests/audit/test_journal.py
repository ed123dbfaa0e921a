"""The journal keeps runs, states and changes, and thins what is old."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from linters.audit.journal import Journal, Run
from linters.audit.link_states import Change
from linters.audit.streaks import DAY, LinkState
from linters.audit.tables import MIGRATIONS
from linters.model.errors import UserError
from linters.model.link import Cause, Outcome, Verdict
from linters.model.settings import AuditSettings

SETTINGS = AuditSettings()
OK = Outcome(Verdict.OK, status=200)
GONE = Outcome(Verdict.BROKEN, Cause.STATUS, "404 Not Found", 404)


def _audit(
    journal: Journal, now: float, outcomes: dict[str, Outcome], settings: AuditSettings = SETTINGS
) -> Run:
    """One whole run that begins at an instant."""
    return journal.finish(journal.begin(now), now + 60, outcomes.items(), settings)


def test_a_finished_run_is_followed_by_a_new_one(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        assert _audit(journal, 0.0, {"https://a.test/": OK}).id == 1
        assert journal.begin(DAY).id == 2
        assert journal.begin(2 * DAY) == Run(2, DAY)
    with Journal(tmp_path / "j.sqlite3") as journal:
        assert [(run.id, run.finished) for run in journal.runs()] == [(1, 60.0), (2, None)]


def test_states_and_changes_come_back_as_they_were_written(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        _audit(journal, 0.0, {"https://a.test/": OK, "https://b.test/": OK})
        _audit(journal, DAY, {"https://a.test/": GONE, "https://b.test/": OK})
    with Journal(tmp_path / "j.sqlite3") as journal:
        assert journal.links.state("https://a.test/") == LinkState(0.0, DAY, 0.0, 1, GONE, (DAY,))
        assert journal.links.state("https://new.test/") is None
        assert journal.links.history("https://a.test/", 1)[1] == Change(1, 0.0, OK, None)
        assert journal.links.history("https://a.test/", 2)[1] == Change(2, DAY, GONE, OK)
        assert journal.links.history("https://b.test/", 2)[1] is None
        assert [change.run for change in journal.links.story("https://a.test/")] == [1, 2]
        assert [change.run for change in journal.links.story("https://b.test/")] == [1]


def test_a_clock_that_jumps_back_never_makes_a_run_begin_before_the_last(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        _audit(journal, 10 * DAY, {"https://a.test/": OK})
        run = _audit(journal, 2 * DAY, {"https://a.test/": GONE})
        assert run.started == 10 * DAY
        assert (run.finished or 0) >= run.started


def test_old_runs_are_thinned_to_one_a_month(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        settings = AuditSettings(keep=30 * DAY)
        for day in range(100):
            _audit(journal, day * DAY, {"https://a.test/": GONE if day % 2 else OK}, settings)
        days = [run.started / DAY for run in journal.runs()]
        assert days == [30, 58, 68, *range(69, 100)]
        assert len(journal.links.story("https://a.test/")) == len(days)


def test_a_run_that_fails_to_finish_changes_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        run = journal.begin(0.0)

        def outcomes() -> Iterator[tuple[str, Outcome]]:
            yield "https://a.test/", OK
            raise OSError("no space left on device")

        with pytest.raises(OSError, match="no space"):
            journal.finish(run, 1.0, outcomes(), SETTINGS)
        assert journal.links.state("https://a.test/") is None
        assert journal.begin(DAY) == run


def test_a_target_that_comes_twice_counts_as_one_failure(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        run = journal.begin(0.0)
        run = journal.finish(run, 1.0, [("https://a.test/", GONE)] * 2, SETTINGS)
        state = journal.links.state("https://a.test/")
        assert state is not None
        assert state.failures == 1
        assert run.links == {Verdict.BROKEN: 2}


def test_a_journal_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Journal(tmp_path / "j.sqlite3").__exit__(None, None, None)
    database = sqlite3.connect(tmp_path / "j.sqlite3")
    database.execute("UPDATE audit_version SET version = 99")
    database.commit()
    database.close()
    with pytest.raises(UserError, match="newer version"):
        Journal(tmp_path / "j.sqlite3")


def test_lone_surrogates_in_a_target_are_stored(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        _audit(journal, 0.0, {"https://a.test/\ud800": OK})
        assert (journal.links.state("https://a.test/\ud800") or LinkState(0.0)).outcome == OK


def test_links_that_are_not_seen_any_more_are_forgotten(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        settings = AuditSettings(keep=30 * DAY)
        moved = Outcome(Verdict.REDIRECTED, status=301, final_url="https://b.test/")
        _audit(journal, 0.0, {"https://a.test/": OK, "https://old.test/": moved}, settings)
        _audit(journal, 20 * DAY, {"https://a.test/": OK}, settings)
        assert journal.links.state("https://old.test/") is not None
        _audit(journal, 40 * DAY, {"https://a.test/": OK}, settings)
        assert journal.links.state("https://old.test/") is None
        assert journal.links.state("https://a.test/") is not None
    with closing(sqlite3.connect(tmp_path / "j.sqlite3")) as database:
        counts = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("audit_link", "audit_change", "audit_outcome")
        ]
    assert counts == [1, 1, 1]


def test_a_journal_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite3"
    ok = '{"verdict":"ok","cause":null,"reason":null,"status":200,"final_url":null,"redirects":[],'
    gone = ok.replace('"ok","cause":null,"reason":null', '"broken","cause":"status","reason":"404"')
    with closing(sqlite3.connect(path)) as database, database:
        for statement in MIGRATIONS[0]:
            database.execute(statement)
        database.execute("UPDATE audit_version SET version = 1")
        database.execute("INSERT INTO audit_run VALUES (1, 10.0, 20.0, NULL)")
        database.execute("INSERT INTO audit_run VALUES (2, 90.0, 95.0, NULL)")
        links = "INSERT INTO audit_link VALUES (?, ?, 10.0, ?, 10.0, ?, ?, ?, ?, 2)"
        database.execute(links, (1, "https://a.test/", 10.0, 0, ok + '"asked":91.5}', "", 91.5))
        database.execute(links, (2, "https://b.test/", 90.0, 1, gone + '"asked":92.5}', "90.0", 92))
        database.execute(links, (3, "https://c.test/", None, 0, None, "", None))
        changes = "INSERT INTO audit_change VALUES (?, ?, ?, ?, ?)"
        database.execute(changes, (1, 1, 10.0, ok + '"asked":11.5}', None))
        database.execute(changes, (2, 1, 10.0, ok + '"asked":12.5}', None))
        database.execute(changes, (2, 2, 90.0, gone + '"asked":92.5}', ok + '"asked":12.5}'))
    broken = Outcome(Verdict.BROKEN, Cause.STATUS, "404", 200)
    with Journal(path) as journal:
        states = [journal.links.state(f"https://{name}.test/") for name in "abc"]
        assert states == [
            LinkState(10.0, 10.0, 10.0, 0, OK, (), 91.5),
            LinkState(10.0, 90.0, 10.0, 1, broken, (90.0,), 92.0),
            LinkState(10.0, None, 10.0, 0, None, (), None),
        ]
        assert journal.links.story("https://b.test/") == (
            Change(1, 10.0, OK, None),
            Change(2, 90.0, broken, OK),
        )
        _audit(journal, 180.0, {"https://new.test/": OK, "https://b.test/": OK})
        assert len(journal.links.story("https://b.test/")) == 3
        assert len(journal.links.story("https://new.test/")) == 1


def test_equal_outcomes_are_stored_once(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        outcomes = {f"https://a.test/{n}": replace(OK, asked=float(n)) for n in range(50)}
        _audit(journal, 0.0, outcomes)
        state = journal.links.state("https://a.test/7")
        assert state is not None
        assert (state.outcome, state.asked) == (OK, 7.0)
    with closing(sqlite3.connect(tmp_path / "j.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM audit_outcome").fetchone() == (1,)
