"""Reads files within bounds, and writes them whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from linters.util.quantities import shown_size


class FileError(Exception):
    """A file cannot be read or written: why, in words."""


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file; FileError where it is none, or has more than ``limit``.

    What is not a regular file is not even opened: reading a pipe or a device may never end.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileError("not a regular file")
        if status.st_size > limit:
            raise FileError(f"larger than {shown_size(limit)} ({status.st_size:,} bytes)")
        with path.open("rb") as file:
            data = file.read(status.st_size + 1)
            if len(data) > status.st_size:  # it has grown since
                data += file.read(limit + 1 - len(data))
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise FileError(getattr(error, "strerror", None) or str(error)) from error
    check_size(data, limit)
    return data


def read_stream(stream: BinaryIO, limit: int) -> bytes:
    """The rest of a stream; FileError where that is more than ``limit`` bytes.

    For standard input and pipes; OSError as the stream raises it.
    """
    data = stream.read(limit + 1)
    check_size(data, limit)
    return data


def check_size(data: bytes, limit: int) -> None:
    """FileError where the bytes of a file are more than ``limit``."""
    if len(data) > limit:
        raise FileError(f"larger than {shown_size(limit)}")


def write_whole(path: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
    """Write a file: readers see the old content or the new one, never a part of it.

    A new file in the same folder takes the old one's place and permissions. ``private``: only
    this user may read and write it. What is not a regular file (a pipe, ``/dev/stdout``) is
    written to as it is. OSError if that fails; the old content then stays.
    """
    path = path.resolve()
    mode = None
    with suppress(FileNotFoundError):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            with path.open("wb") as file:
                file.writelines(pieces)
            return
        if not os.access(path, os.W_OK):
            raise PermissionError("read-only")
        mode = stat.S_IMODE(status.st_mode)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        if not private:
            Path(name).chmod(_new_mode() if mode is None else mode)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _new_mode() -> int:
    """The permissions of a new file; mkstemp's are the owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
