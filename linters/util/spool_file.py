"""Bytes that are written once and read at random: in memory while few, then in a file."""

from __future__ import annotations

import weakref
from tempfile import TemporaryFile
from typing import IO

IN_MEMORY = 8 * 1024 * 1024


class SpoolFile:
    """Appends records and reads them back; the file has no name and vanishes with the object."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._limit = in_memory
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self.size = 0

    def append(self, data: bytes) -> int:
        """Write bytes at the end; the offset where they begin."""
        start = self.size
        self.size += len(data)
        if self._file is None and self.size <= self._limit:
            self._memory += data
            return start
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - closed when this object goes
            weakref.finalize(self, self._file.close)
            self._file.write(self._memory)
            self._memory = bytearray()
        self._file.seek(start)
        self._file.write(data)
        return start

    def read(self, start: int, length: int) -> bytes:
        """Bytes that were written."""
        if self._file is None:
            return bytes(self._memory[start : start + length])
        self._file.seek(start)
        return self._file.read(length)
