"""Facts by path, kept as encoded bytes: in memory while they are few, then in a file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from linters.checker import Checker
from linters.facts import codec
from linters.util.spool_file import SpoolFile

_DECODED = 256


def encodable_type(checker: Checker) -> type[Any] | None:
    """The type of a checker's facts; None where it collects none, or they cannot be encoded."""
    if checker.facts_type is None:
        return None
    try:
        codec.decoder(checker.facts_type)
    except TypeError:
        return None
    return checker.facts_type


class EncodedFacts(Mapping[str, Any]):
    """Path to facts; decoded when asked for, and the latest kept decoded.

    ``kind`` is the type of the facts; None keeps the objects as they are.
    """

    def __init__(self, kind: type[Any] | None) -> None:
        self._kind = kind
        self._file = SpoolFile()
        self._places: dict[str, tuple[int, int]] = {}
        self._objects: dict[str, Any] = {}
        self._decoded: OrderedDict[str, Any] = OrderedDict()

    @property
    def encodes(self) -> bool:
        """Whether facts are encoded here."""
        return self._kind is not None

    def add(self, path: str, facts: Any) -> None:
        """Keep the facts of a path."""
        try:
            encoded = None if self._kind is None or facts is None else codec.encode(facts)
        except ValueError:  # text that is not Unicode
            encoded = None
        if encoded is None:
            self._objects[path] = facts
        else:
            self.add_encoded(path, encoded)

    def add_encoded(self, path: str, data: bytes) -> None:
        """Keep facts that are encoded already."""
        self._places[path] = (self._file.append(data), len(data))
        self._decoded.pop(path, None)

    def release(self) -> None:
        """Free what is decoded; it is decoded again where it is asked for."""
        self._decoded.clear()

    def digest(self, path: str) -> bytes:
        """A digest of the facts of a path; empty where there are none, or as objects."""
        if path not in self._places:
            return b""
        return blake2b(self._file.read(*self._places[path]), digest_size=16).digest()

    def __getitem__(self, path: str) -> Any:
        if path in self._objects:
            return self._objects[path]
        if path in self._decoded:
            self._decoded.move_to_end(path)
            return self._decoded[path]
        assert self._kind is not None
        facts = codec.decode(self._kind, self._file.read(*self._places[path]))
        self._remember(path, facts)
        return facts

    def __contains__(self, path: object) -> bool:
        return path in self._places or path in self._objects

    def __iter__(self) -> Iterator[str]:
        yield from self._places
        yield from self._objects

    def __len__(self) -> int:
        return len(self._places) + len(self._objects)

    def _remember(self, path: str, facts: Any) -> None:
        self._decoded[path] = facts
        if len(self._decoded) > _DECODED:
            self._decoded.popitem(last=False)
