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


def test_a_short_one_is_a_tuple() -> None:
    assert _sequence(["a", "b"]).finished() == ("a", "b")
    long = _sequence(["a"] * (spool.AS_TUPLE + 1))
    assert long.finished() is long


@given(st.lists(st.tuples(st.integers(0, 5), st.text(max_size=3))), st.integers(0, 40))
def test_sorting_is_stable_with_runs_in_a_file(
    items: list[tuple[int, str]], run_bytes: int
) -> None:
    def decode(data: bytes) -> tuple[int, str]:
        number, _, text = data.decode().partition(":")
        return int(number), text

    sorter = Sorter(lambda item: item[0], lambda i: f"{i[0]}:{i[1]}".encode(), decode, run_bytes)
    for item in items:
        sorter.add(item)
    expected = sorted(items, key=lambda item: item[0])
    assert list(sorter) == list(sorter) == expected


def test_bytes_move_to_a_file_when_they_are_many() -> None:
    file = SpoolFile(in_memory=10)
    places = [(file.append(data), len(data)) for data in (b"12345", b"", b"678901", b"x" * 20)]
    assert [file.read(*place) for place in places] == [b"12345", b"", b"678901", b"x" * 20]
