"""The baseline's file, and what it hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.findings.baseline import (
    Baseline,
    BaselineEntry,
    read_baseline,
    updated_entries,
    write_baseline,
)
from linters.model.errors import UserError
from linters.model.finding import FindingKey
from linters.model.report import Report
from tests.running import NOW, check

TODAY = NOW.date()
ENTRIES = st.builds(
    BaselineEntry,
    st.builds(
        FindingKey,
        st.sampled_from(["META001", "LINK003"]),
        st.text(min_size=1),
        st.text(min_size=1),
        st.integers(1, 10**6),
    ),
    st.none() | st.text(),
    st.none() | st.text(),
    st.none() | st.dates(),
)


def known(report: Report) -> Baseline:
    """The baseline of a report's findings."""
    entries = updated_entries(Baseline(), report.findings, (), TODAY)
    return read_baseline(write_baseline(entries), "known.txt")


def test_a_line_is_one_json_array() -> None:
    key = FindingKey("META001", "docs/æ.md", "00ff", 2)
    entry = BaselineEntry(key, "kari", "old page", date(2026, 12, 31))
    other = BaselineEntry(FindingKey("LINK001", "b.md", "11", 1))
    assert write_baseline([entry, other]).decode() == (
        '["LINK001", "b.md", "11", 1, {}]\n'
        '["META001", "docs/\\u00e6.md", "00ff", 2, '
        '{"owner": "kari", "reason": "old page", "expires": "2026-12-31"}]\n'
    )


@given(st.lists(ENTRIES))
def test_what_is_written_is_read(entries: list[BaselineEntry]) -> None:
    expected = {entry.key: entry for entry in entries}
    data = write_baseline(entries)
    assert read_baseline(data, "x").entries == expected
    assert data == write_baseline(expected.values())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{}", "expected [rule, path, text digest, n"),
        ('["A", "b", "c"]', "expected [rule, path, text digest, n"),
        ('["A", "b", 3, 1]', "expected text"),
        ('["A", "b", "c", 0]', "expected a number from 1, got 0"),
        ('["A", "b", "c", true]', "expected a number from 1, got True"),
        ('["A", "b", "c", 1, []]', "expected an object"),
        ('["A", "b", "c", 1, {"owners": "x"}]', "unknown key 'owners'"),
        (
            '["A", "b", "c", 1, {"expires": "soon"}]',
            "expected a date such as 2027-01-31 as expires, got 'soon'",
        ),
        ('["A", "b", "c", 1, {"reason": 1}]', "expected text as reason"),
        ("[" * 100_000, "not a baseline entry"),
        ("<<<<<<< HEAD", "not a baseline entry: not JSON from column 1 on"),
    ],
)
def test_a_damaged_line_is_named(line: str, message: str) -> None:
    with pytest.raises(UserError) as error:
        read_baseline(b'["A", "b", "c", 1, {}]\n\n' + line.encode(), "known.txt")
    assert str(error.value).startswith("known.txt:3: ")
    assert message in str(error.value)


def test_known_findings_are_counted_and_new_ones_reported(tmp_path: Path) -> None:
    baseline = known(check(tmp_path, {"a.md": "bad\n\nodd bad\n"}))
    report = check(tmp_path, {"a.md": "# New\n\n bad\n\nodd  bad\n\nnew bad\n"}, baseline=baseline)
    assert [finding.range.start.line for finding in report.findings] == [7]
    assert (report.baselined, report.stale, report.notes) == (3, (), ())


def test_the_same_line_again_is_another_occurrence(tmp_path: Path) -> None:
    baseline = known(check(tmp_path, {"a.md": "bad\n"}))
    report = check(tmp_path, {"a.md": "bad\n\nbad\n"}, baseline=baseline)
    assert [finding.range.start.line for finding in report.findings] == [3]


def test_an_entry_without_its_finding_is_stale_and_noted(tmp_path: Path) -> None:
    baseline = known(check(tmp_path, {"a.md": "bad\n", "b.md": "bad\n"}))
    report = check(tmp_path, {"a.md": "good\n"}, baseline=baseline)
    assert [key.path for key in report.stale] == ["a.md"]
    assert [str(note) for note in report.notes] == [
        "a.md: known.txt: the entry for TOY001 no longer occurs"
    ]
    assert updated_entries(baseline, report.findings, report.stale, TODAY) == tuple(
        entry for entry in baseline.entries.values() if entry.key.path == "b.md"
    )


def test_an_expired_entry_no_longer_hides(tmp_path: Path) -> None:
    baseline = known(check(tmp_path, {"a.md": "bad\n"}))
    (entry,) = baseline.entries.values()
    for expires, shown in ((TODAY, 0), (date(2026, 1, 14), 1)):
        dated = Baseline("known.txt", {entry.key: replace(entry, expires=expires, reason="r")})
        report = check(tmp_path, {}, baseline=dated)
        assert len(report.findings) == shown
    assert [str(note) for note in report.notes] == [
        "a.md:1: the baseline entry for TOY001 expired on 2026-01-14"
    ]
    (renewed,) = updated_entries(dated, report.findings, report.stale, TODAY)
    assert renewed == replace(entry, reason="r", expires=None)


def test_hidden_findings_are_kept_where_a_format_wants_them(tmp_path: Path) -> None:
    files = {"a.md": "bad\n\n<!-- articlelint-disable-next-line TOY001 -- meant -->\nodd bad\n"}
    baseline = known(check(tmp_path, files))
    report = check(tmp_path, files, baseline=baseline, keeps_hidden=True)
    assert [(entry.by, entry.reason) for entry in report.hidden] == [
        ("directive", "meant"),
        ("baseline", None),
        ("baseline", None),
    ]
    assert all(entry.finding.fingerprint for entry in report.hidden)
    assert check(tmp_path, files, baseline=baseline).hidden == ()


def test_renames_and_roots_move_entries() -> None:
    entry = BaselineEntry(FindingKey("A", "one/a.md", "0", 1))
    baseline = Baseline("x", {entry.key: entry})
    assert baseline.with_renames({"one/a.md": "one/b.md"}).paths() == {"one/b.md"}
    assert baseline.below("one/").paths() == {"a.md"}
    assert baseline.below("two/").paths() == frozenset()
