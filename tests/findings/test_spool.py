"""Spooled sequences are what a list of the same items is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linters.findings import spool
from linters.findings.spool import Sorter, SpooledSequence
from linters.util.spool_file import SpoolFile


def _sequence(words: list[str]) -> SpooledSequence[str]:
    sequence = SpooledSequence(str.encode, bytes.decode, len)
    for word in words:
        sequence.append(word)
    return sequence


@given(st.lists(st.text(max_size=5)), st.slices(10))
def test_a_sequence(words: list[str], part: slice) -> None:
    sequence = _sequence(words)
    assert list(sequence) == list(sequence) == words
    assert len(sequence) == len(words)
    assert sequence[part] == tuple(words[part])
    assert [sequence[index] for index in range(-len(words), 0)] == words
    assert sequence.tally.total() == len(words)


@given(st.lists(st.lists(st.text(max_size=3), max_size=4), max_size=3))
def test_items_that_are_encoded(parts: list[list[str]]) -> None:
    sequence = _sequence(["first"])
    for words in parts:
        sequence.extend_encoded([word.encode() for word in words], map(len, words))
    assert list(sequence) == ["first", *(word for words in parts for word in words)]
    assert sequence.tally.total() == len(sequence)


def test_a_short_one_is_a_tuple() -> None:
    assert _sequence(["a", "b"]).finished() == ("a", "b")
    long = _sequence(["a"] * (spool.AS_TUPLE + 1))
    assert long.finished() is long


@given(st.lists(st.tuples(st.binary(max_size=2), st.binary(max_size=3))), st.integers(0, 900))
def test_sorting_is_stable_with_runs_in_a_file(
    records: list[tuple[bytes, bytes]], run_bytes: int
) -> None:
    sorter = Sorter(run_bytes)
    for record in records:
        sorter.add(*record)
    assert list(sorter) == list(sorter) == sorted(records, key=lambda record: record[0])


@given(st.lists(st.tuples(*[st.text(st.sampled_from("\0\1aé\ud800😀"), max_size=3)] * 2)))
def test_keys_sort_as_their_pairs(pairs: list[tuple[str, str]]) -> None:
    keys = sorted(spool.pair_key(*pair) for pair in pairs)
    assert [spool.pair_of(key) for key in keys] == sorted(pairs)


def test_bytes_move_to_a_file_when_they_are_many() -> None:
    file = SpoolFile(in_memory=10)
    places = [(file.append(data), len(data)) for data in (b"12345", b"", b"678901", b"x" * 20)]
    assert [file.read(*place) for place in places] == [b"12345", b"", b"678901", b"x" * 20]
