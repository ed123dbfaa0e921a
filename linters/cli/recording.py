"""Records what a run depends on and what it prints, so that ``linters.cli.replay`` can answer.

An audit hook of the interpreter sees every file that is opened and every program that is
started, so a checker cannot depend on a file unseen.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from linters.cli import replay
from linters.cli.replay import Signature, StoredInput, StoredRun
from linters.pipeline.last_run import LastRun
from linters.repository.listing import unlisted_folders
from linters.util import git
from linters.util.files import write_whole

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times cannot hide a change (as git's racy entries)."""

_MAX_OUTPUT = 16 * 1024 * 1024
_MAX_DIGESTS = 5000
_MAX_UNLISTED = 2000
_KEPT = 50
_GIT_COMMANDS = frozenset({"ls-files", "config", "rev-parse"})
_GIT_FILES = ("index", "config", "HEAD", "info/exclude")
_USER_GIT_FILES = ("~/.gitconfig", "~/.config/git/config", "~/.config/git/ignore")
_OTHER_FILES = re.compile(
    rb"^\s*(excludesfile|path)\s*=|^\s*\[include", re.IGNORECASE | re.MULTILINE
)


class Recording:
    """One run, fails once it does something that cannot be replayed.

    ``stored`` is the last run of the same command.
    """

    def __init__(self, words: list[str], folder: str, stored: StoredRun | None) -> None:
        self._stored = stored
        changed = frozenset(stored.changed) if stored is not None else frozenset()
        self.last = LastRun(b"" if stored is None else stored.kept, changed)
        self._words = words
        self._folder = Path(folder)
        self._name = replay.file_name(words)
        self._opened: dict[str, Signature | None] = {}
        self._roots: set[str] = set()
        self._running = True
        self._failed = False
        folders = (
            *(sys.prefix, sys.base_prefix, sys.exec_prefix, Path(__file__).parents[1]),
            *(self._folder.parent, "/dev", "/proc"),
        )
        self._outside = (
            *(os.path.join(os.path.abspath(path), "") for path in folders),
            os.path.join(tempfile.gettempdir(), "articlelint-"),  # our own temporary folders
        )

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The interpreter's audit hook (PEP 578)."""
        if not self._running:
            return
        if event == "open":
            self._on_open(*arguments)
        elif event == "subprocess.Popen":
            words = [os.fspath(word) for word in arguments[1]]
            if "git" not in str(words[0]) or _GIT_COMMANDS.isdisjoint(words):
                self._failed = True
        elif event == "articlelint.files":
            self._on_files(*arguments)
        elif event in ("socket.connect", "os.system", "os.exec"):
            self._failed = True

    def _on_open(self, path: Any, _mode: Any, flags: Any) -> None:
        if isinstance(path, int) or (flags or 0) & (os.O_WRONLY | os.O_RDWR):
            return
        name = os.path.abspath(os.fsdecode(path))
        if name not in self._opened and not name.startswith(self._outside):
            self._opened[name] = replay.signature(name)

    def _on_files(self, root: str, files: frozenset[str]) -> None:
        """The files below a root are known: their folders show whether one is added or removed."""
        self._roots.add(root)
        if ".gitmodules" in files:
            self._failed = True  # the state of each submodule's git counts as well
        folders = {""}
        for path in files:
            folder = path.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
            if path.endswith((".gitignore", ".ignore")):
                self._keep(os.path.join(root, path))
        for folder in folders:
            self._keep(os.path.join(root, folder))
        try:
            for count, path in enumerate(unlisted_folders(Path(root))):
                self._keep(path)
                self._failed = self._failed or count > _MAX_UNLISTED
        except git.GitError:
            self._failed = True

    def _keep(self, path: str) -> None:
        name = os.path.abspath(path)
        self._opened.setdefault(name, replay.signature(name))

    def _keep_surroundings(self) -> None:
        """What discovery looks at besides the files of the root."""
        for root in self._roots:
            for folder in (Path(root), *Path(root).parents, Path.cwd(), *Path.cwd().parents):
                for name in replay.ROOT_NAMES:
                    if name != ".git" or not (folder / name).is_dir():
                        self._keep(str(folder / name))
            git_folder = Path(root) / ".git"
            self._failed = self._failed or git_folder.is_file()
            for name in _GIT_FILES if git_folder.is_dir() else ():
                self._keep(str(git_folder / name))
        for name in (*_USER_GIT_FILES, "/etc/gitconfig"):
            self._keep(os.path.expanduser(name))

    def save(self, status: int, stdout: bytes, stderr: bytes) -> None:
        """Store the run, if it can be replayed; best effort.

        Without its output if that is large: the next run prints it from what this one kept.
        """
        self._keep_surroundings()
        self._running = False
        fits = len(stdout) + len(stderr) <= _MAX_OUTPUT
        if self._failed or status not in (0, 1) or not (fits or self.last.kept):
            return
        if not fits:
            stdout = stderr = b""
        settled = time.time_ns() - _SETTLED
        inputs = list(self._inputs_of_last())
        for path, before in self._opened.items():
            if replay.signature(path) != before or _names_other_files(path):
                return
            racy = before is not None and max(before[1], before[2]) >= settled
            hashes = racy or len(self._opened) <= _MAX_DIGESTS
            digest = replay.digest_of(path) if hashes else None
            inputs.append((path, () if racy else before, digest))
        sizes = [len(stdout), len(stderr), len(self.last.kept)]
        head = {"status": status if fits else None, "sizes": sizes, "inputs": inputs}
        try:
            first_line = json.dumps(head).encode() + b"\n"
            _write(self._folder, self._name, [first_line, stdout, stderr, self.last.kept])
        except (OSError, ValueError):
            return

    def _inputs_of_last(self) -> Iterator[StoredInput]:
        """What the last run depends on, and so this one, if it took over what has not changed."""
        if self._stored is None or not self.last.is_used:
            return
        for entry in self._stored.inputs:
            if entry[0] not in self._opened and entry[0] not in self.last.changed:
                yield entry


def _names_other_files(path: str) -> bool:
    """Whether a configuration of git names further files, which would count as well."""
    if not path.endswith(("config", ".gitconfig")) or not os.path.isfile(path):
        return False
    return _OTHER_FILES.search(Path(path).read_bytes()) is not None


def _write(folder: Path, name: str, parts: Iterable[bytes]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(folder / name, parts, private=True)
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    for file in files[:-_KEPT]:
        file.unlink(missing_ok=True)


class _Tee(io.RawIOBase):
    """Writes to a stream, and keeps what was written."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._stream.write(data)
        if len(self.kept) <= _MAX_OUTPUT:
            self.kept += data
        return len(data)

    def flush(self) -> None:
        self._stream.flush()

    def fileno(self) -> int:
        number: int = self._stream.fileno()
        return number

    def isatty(self) -> bool:
        return bool(self._stream.isatty())


_current: list[Recording] = []


def last_run() -> LastRun | None:
    """The last run of the command that is being recorded; None where none is."""
    return _current[-1].last if _current else None


@contextlib.contextmanager
def recording(words: list[str], stored: StoredRun | None) -> Iterator[list[int]]:
    """Record the block as the run of a command; the block appends its exit status.

    ``stored`` is the last run of the same command.
    """
    folder = replay.cache_folder(words)
    status: list[int] = []
    if folder is None or sys.stdout is None or sys.stderr is None:
        yield status
        return
    record = Recording(words, folder, stored)
    streams = sys.stdout, sys.stderr
    tees = tuple(_Tee(stream.buffer) for stream in streams)
    for stream in streams:
        stream.flush()
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(
            io.BufferedWriter(tee), stream.encoding, "backslashreplace", write_through=True
        )
        for tee, stream in zip(tees, streams, strict=True)
    )
    sys.addaudithook(record.hook)
    _current.append(record)
    try:
        yield status
        sys.stdout.flush()
        sys.stderr.flush()
        record.save(status[0], bytes(tees[0].kept), bytes(tees[1].kept))
    finally:
        _current.remove(record)
        sys.stdout, sys.stderr = streams
