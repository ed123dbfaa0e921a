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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linters.cli import replay
from linters.cli.replay import Signature
from linters.util.files import write_whole

_MAX_OUTPUT = 16 * 1024 * 1024
_MAX_DIGESTS = 5000
_KEPT = 50
_GIT_COMMANDS = frozenset({"ls-files", "config", "rev-parse"})
_GIT_FILES = ("index", "config", "HEAD", "info/exclude")
_USER_GIT_FILES = ("~/.gitconfig", "~/.config/git/config", "~/.config/git/ignore")
_OTHER_FILES = re.compile(
    rb"^\s*(excludesfile|path)\s*=|^\s*\[include", re.IGNORECASE | re.MULTILINE
)


class Recording:
    """One run; ``failed`` once it did something that cannot be replayed."""

    def __init__(self, words: list[str], folder: str) -> None:
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
        """The files below a root are known: their folders tell whether one comes or goes."""
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
            git = Path(root) / ".git"
            self._failed = self._failed or git.is_file()
            for name in _GIT_FILES if git.is_dir() else ():
                self._keep(str(git / name))
        for name in (*_USER_GIT_FILES, "/etc/gitconfig"):
            self._keep(os.path.expanduser(name))

    def save(self, status: int, stdout: bytes, stderr: bytes) -> None:
        """Store the run, if it can be replayed; best effort."""
        self._keep_surroundings()
        self._running = False
        if self._failed or status not in (0, 1) or len(stdout) + len(stderr) > _MAX_OUTPUT:
            return
        recorded = time.time_ns()
        inputs = []
        for path, before in self._opened.items():
            if replay.signature(path) != before or _names_other_files(path):
                return
            digest = replay.digest_of(path) if len(self._opened) <= _MAX_DIGESTS else None
            inputs.append((path, before, digest))
        head = {
            "recorded": recorded,
            "status": status,
            "sizes": [len(stdout), len(stderr)],
            "inputs": inputs,
        }
        try:
            data = json.dumps(head).encode() + b"\n" + stdout + stderr
            _write(self._folder, self._name, data)
        except (OSError, ValueError):
            return


def _names_other_files(path: str) -> bool:
    """Whether a configuration of git names further files, which would count as well."""
    if not path.endswith(("config", ".gitconfig")) or not os.path.isfile(path):
        return False
    return _OTHER_FILES.search(Path(path).read_bytes()) is not None


def _write(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(folder / name, [data], private=True)
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


@contextlib.contextmanager
def recording(words: list[str]) -> Iterator[list[int]]:
    """Record the block as the run of a command; the block appends its exit status."""
    folder = replay.cache_folder(words)
    status: list[int] = []
    if folder is None or sys.stdout is None or sys.stderr is None:
        yield status
        return
    record = Recording(words, folder)
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
    try:
        yield status
        sys.stdout.flush()
        sys.stderr.flush()
        record.save(status[0], bytes(tees[0].kept), bytes(tees[1].kept))
    finally:
        sys.stdout, sys.stderr = streams
