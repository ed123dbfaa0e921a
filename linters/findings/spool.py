"""Sequences that are kept encoded: in memory while short, then in a file."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Generic, TypeVar, overload

import msgspec

from linters.util.spool_file import SpoolFile

T = TypeVar("T")
AS_TUPLE = 10_000
"""A sequence up to this length is given as a tuple."""
_RUN_BYTES = 8 * 1024 * 1024
_RECORD_BYTES = 130  # what Python needs for a tuple of two bytes objects
_BLOCK = 256  # records that are read at once

_Record = tuple[bytes, bytes]
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[_Record])
_key_of = itemgetter(0)


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

    def extend(self, items: Iterable[T]) -> None:
        """Add items at the end."""
        for item in items:
            self.append(item)

    def extend_encoded(self, items: Sequence[bytes], counted: Iterable[Hashable]) -> None:
        """Add items that are encoded already, with the properties that are counted."""
        start = self._file.append(b"".join(items))
        self._starts.extend(accumulate(map(len, items[:-1]), initial=start) if items else ())
        self.tally.update(counted)

    def encode(self, item: T) -> bytes:
        """An item as it would be kept."""
        return self._encode(item)

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


class Sorter:
    """Sorts more records than fit into memory: sorted runs in a file, merged at the end.

    A record is a key and its data, both bytes; records with equal keys stay in the order in
    which they were added.
    """

    def __init__(self, run_bytes: int = _RUN_BYTES) -> None:
        self._run_bytes = run_bytes
        self._run: list[_Record] = []
        self._size = 0
        self._file = SpoolFile()
        self._runs: list[list[tuple[int, int]]] = []

    def add(self, key: bytes, data: bytes) -> None:
        self._run.append((key, data))
        self._size += len(key) + len(data) + _RECORD_BYTES
        if self._size > self._run_bytes:
            self._end_run()

    def __iter__(self) -> Iterator[_Record]:
        """All records in the order of their keys."""
        self._run.sort(key=_key_of)
        if not self._runs:
            return iter(self._run)
        return heapq.merge(*map(self._read, self._runs), self._run, key=_key_of)

    def _end_run(self) -> None:
        self._run.sort(key=_key_of)
        blocks = []
        for start in range(0, len(self._run), _BLOCK):
            data = _ENCODER.encode(self._run[start : start + _BLOCK])
            blocks.append((self._file.append(data), len(data)))
        self._runs.append(blocks)
        self._run = []
        self._size = 0

    def _read(self, blocks: Iterable[tuple[int, int]]) -> Iterator[_Record]:
        for place in blocks:
            yield from _DECODER.decode(self._file.read(*place))


def pair_key(first: str, second: str) -> bytes:
    """Bytes that sort as a pair of texts does; no escaped text contains the separator."""
    return _SEPARATOR.join((_escaped(first), _escaped(second)))


def pair_of(key: bytes) -> tuple[str, str]:
    """The pair of a key."""
    first, _, second = key.partition(_SEPARATOR)
    return _unescaped(first), _unescaped(second)


def text_key(text: str) -> bytes:
    """Bytes that sort as a text does: UTF-8 sorts by code point."""
    return text.encode("utf-8", "surrogatepass")


def text_of(key: bytes) -> str:
    """The text of a key."""
    return key.decode("utf-8", "surrogatepass")


def _escaped(text: str) -> bytes:
    return text_key(text).replace(b"\0", b"\0\xff")


def _unescaped(data: bytes) -> str:
    return text_of(data.replace(b"\0\xff", b"\0"))


_SEPARATOR = b"\0\0"
