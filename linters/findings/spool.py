"""Sequences that are kept encoded: in memory while short, then in a file."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from linters.util.spool_file import SpoolFile

T = TypeVar("T")
AS_TUPLE = 10_000
"""A sequence up to this length is given as a tuple."""
_RUN_BYTES = 16 * 1024 * 1024


class SpooledSequence(Sequence[T], Generic[T]):
    """A sequence of encoded items; iterating decodes one after the other.

    ``tally`` counts the items by a property that reporters ask for again and again.
    """

    def __init__(
        self,
        encode: Callable[[T], bytes],
        decode: Callable[[bytes], T],
        property_of: Callable[[T], Hashable],
    ) -> None:
        self._encode = encode
        self._decode = decode
        self._property_of = property_of
        self._file = SpoolFile()
        self._starts = array("Q")
        self.tally: Counter[Hashable] = Counter()

    def append(self, item: T) -> None:
        """Add an item at the end."""
        self._starts.append(self._file.append(self._encode(item)))
        self.tally[self._property_of(item)] += 1

    def finished(self) -> Sequence[T]:
        """This sequence, as a tuple where it is short."""
        return self if len(self) > AS_TUPLE else tuple(self)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[T]:
        return (self._item(index) for index in range(len(self)))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return tuple(self._item(number) for number in range(*index.indices(len(self))))
        return self._item(range(len(self))[index])

    def _item(self, index: int) -> T:
        start = self._starts[index]
        last = index + 1 == len(self._starts)
        end = self._file.size if last else self._starts[index + 1]
        return self._decode(self._file.read(start, end - start))


class Sorter(Generic[T]):
    """Sorts more items than fit into memory: sorted runs in a file, merged at the end."""

    def __init__(
        self,
        key: Callable[[T], Any],
        encode: Callable[[T], bytes],
        decode: Callable[[bytes], T],
        run_bytes: int = _RUN_BYTES,
    ) -> None:
        self._key = key
        self._encode = encode
        self._decode = decode
        self._run_bytes = run_bytes
        self._run: list[tuple[Any, bytes]] = []
        self._size = 0
        self._file = SpoolFile()
        self._runs: list[list[tuple[int, int]]] = []

    def add(self, item: T) -> None:
        """Add an item."""
        data = self._encode(item)
        self._run.append((self._key(item), data))
        self._size += len(data)
        if self._size > self._run_bytes:
            self._end_run()

    def __iter__(self) -> Iterator[T]:
        """All items in the order of their keys; equal ones in the order of adding."""
        self._run.sort(key=_key_of)
        memory = iter(self._run)
        runs = [self._read(run) for run in self._runs]
        return (self._decode(data) for _, data in heapq.merge(*runs, memory, key=_key_of))

    def _end_run(self) -> None:
        self._run.sort(key=_key_of)
        self._runs.append([(self._file.append(data), len(data)) for _, data in self._run])
        self._run = []
        self._size = 0

    def _read(self, run: list[tuple[int, int]]) -> Iterator[tuple[Any, bytes]]:
        for start, length in run:
            data = self._file.read(start, length)
            yield self._key(self._decode(data)), data


def _key_of(entry: tuple[Any, bytes]) -> Any:
    return entry[0]
