"""The journal keeps runs, states and changes, and thins what is old."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from linters.audit.journal import Journal, Run
from linters.audit.streaks import DAY, LinkState
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
        assert journal.state("https://a.test/") == LinkState(0.0, DAY, 0.0, 1, GONE, (DAY,))
        assert journal.state("https://new.test/") is None
        assert journal.before("https://a.test/", Run(2, DAY)) == (True, OK)
        assert journal.before("https://b.test/", Run(2, DAY)) == (False, None)
        (change,) = journal.changes(2)
        assert (change.target, change.outcome, change.before) == ("https://a.test/", GONE, OK)
        assert [change.run for change in journal.story("https://a.test/")] == [1, 2]
        assert [change.run for change in journal.story("https://b.test/")] == [1]


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
        assert len(journal.story("https://a.test/")) == len(days)


def test_a_run_that_fails_to_finish_changes_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        run = journal.begin(0.0)

        def outcomes() -> Iterator[tuple[str, Outcome]]:
            yield "https://a.test/", OK
            raise OSError("no space left on device")

        with pytest.raises(OSError, match="no space"):
            journal.finish(run, 1.0, outcomes(), SETTINGS)
        assert journal.state("https://a.test/") is None
        assert journal.begin(DAY) == run


def test_a_target_that_comes_twice_counts_as_one_failure(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite3") as journal:
        run = journal.begin(0.0)
        run = journal.finish(run, 1.0, [("https://a.test/", GONE)] * 2, SETTINGS)
        state = journal.state("https://a.test/")
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
        assert (journal.state("https://a.test/\ud800") or LinkState(0.0)).outcome == OK
