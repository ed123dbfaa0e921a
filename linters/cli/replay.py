"""Answers an offline check whose inputs are all unchanged with the output that it had.

A hook or an editor often asks the same again. What a run depends on is recorded while it runs
(``linters.cli.recording``): every file that it opened, the folders whose entries it knows, the
state of git, the command line, the environment, the code and the day. If all of it is the same,
the stored output is the answer, and nothing of the tool needs to be imported: this module keeps
to what the interpreter has loaded anyway. Where only files have changed, the run begins with
what the stored one kept (``linters.pipeline.last_run``).
"""

from __future__ import annotations

import os
import sys
import time
from hashlib import blake2b

TYPE_CHECKING = False  # typing itself costs an import
if TYPE_CHECKING:
    from typing import Any

_FLAGS = frozenset(
    (
        *("--offline", "--no-progress", "--output-format", "--select", "--ignore", "--color"),
        *("--extend-select", "--force-exclude", "--cache-dir", "-q", "--quiet", "--fail-on"),
        *("--exit-zero", "--isolated", "--jobs", "--config", "--exclude", "--statistics", "--"),
    )
)
"""Flags of runs that read nothing but files, and write nothing but their output."""

_VARIABLES = (
    *("HOME", "TERM", "COLUMNS", "LINES", "LANG", "NO_COLOR", "FORCE_COLOR", "CI", "TZ"),
    *("USERPROFILE", "APPDATA", "LOCALAPPDATA", "PATH"),
)
_PREFIXES = ("ARTICLELINT_", "GIT_", "XDG_", "LC_", "PYTHON", "GITHUB_", "TF_", "GITLAB_")
ROOT_NAMES = (".git", "articlelint.toml", "pyproject.toml")
"""What makes a folder the root of articles."""

_MOST_CHANGED = 1000
"""Changed inputs after which nothing of a stored run is used."""

Signature = tuple[int, int, int, int]
StoredInput = tuple[str, "tuple[int, ...] | None", "str | None"]
"""Path; signature, None without a file, empty where only the digest tells; and digest."""


class Output:
    """What a run printed, and its exit status."""

    def __init__(self, status: int, stdout: bytes, stderr: bytes) -> None:
        self.status = status
        self.stdout = stdout
        self.stderr = stderr

    def print(self) -> int:
        """Print it again; returns the exit status."""
        for stream, data in ((sys.stdout, self.stdout), (sys.stderr, self.stderr)):
            stream.buffer.write(data)
            stream.flush()
        return self.status


class StoredRun:
    """A run of the same command with the same code and environment.

    ``inputs`` are path, signature and digest; those of ``changed`` paths are not as they were.
    ``kept`` is what the run kept for the next one. ``output`` is None if it was too large.
    """

    def __init__(
        self, output: Output | None, kept: bytes, inputs: list[StoredInput], changed: list[str]
    ) -> None:
        self.output = output
        self.kept = kept
        self.inputs = inputs
        self.changed = changed


def is_replayable(words: list[str]) -> bool:
    """Whether the output of a command depends on nothing but what is recorded."""
    return (
        words[:1] == ["check"]
        and "--offline" in words
        and "-" not in words
        and all(not word.startswith("-") or word.partition("=")[0] in _FLAGS for word in words)
        and _has_current_folder()
    )


def _has_current_folder() -> bool:
    """Whether the current folder still exists; without it no relative path means anything."""
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def find(words: list[str]) -> StoredRun | None:
    """The last run of a command; None where there is none, or nothing of it can be used."""
    folder = cache_folder(words)
    if folder is None:
        return None
    file = os.path.join(folder, file_name(words))
    try:
        if not _is_own(os.lstat(folder), folder=True):
            return None
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with open(descriptor, "rb") as stream:
        if not _is_own(os.fstat(descriptor)):
            return None
        return _read(stream.read())


def _read(data: bytes) -> StoredRun | None:
    import json

    start = data.find(b"\n") + 1
    try:
        entry = json.loads(data[:start])
        status, inputs = entry["status"], entry["inputs"]
        output, error, kept = (int(size) for size in entry["sizes"])
        changed = []
        for path, stored, digest in inputs:
            if not _is_unchanged(path, stored, digest):
                changed.append(path)
                if not kept or len(changed) > _MOST_CHANGED:
                    return None
    except (ValueError, TypeError, KeyError):
        return None
    if len(data) != start + output + error + kept:
        return None
    middle = start + output
    end = middle + error
    printed = Output(status, data[start:middle], data[middle:end]) if type(status) is int else None
    return StoredRun(printed, data[end:], inputs, changed)


def cache_folder(words: list[str]) -> str | None:
    """The folder of stored runs; None where others may have written it."""
    folder = None
    for number, word in enumerate(words):
        if word == "--cache-dir":
            folder = words[number + 1] if number + 1 < len(words) else None
        elif word.startswith("--cache-dir="):
            folder = word.partition("=")[2]
    if folder is None:
        from linters.store.cache_location import default_cache_dir

        folder = str(default_cache_dir())
    folder = os.path.abspath(folder)
    return None if _is_in_a_root(folder, words) else os.path.join(folder, "runs")


def _is_in_a_root(folder: str, words: list[str]) -> bool:
    """Whether a folder may have come with what is checked: its author may have written it."""
    before = ("", *words)  # the folder itself is named after its flag
    paths = [word for word, flag in zip(words, before) if flag != "--cache-dir"]  # noqa: B905
    for word in (".", *(path for path in paths if not path.startswith("-"))):
        named = os.path.abspath(word)
        base = named if os.path.isdir(named) else os.path.dirname(named)
        if base != os.path.dirname(base) and (folder + os.sep).startswith(base + os.sep):
            return True
    above = folder
    while True:
        if any(os.path.lexists(os.path.join(above, name)) for name in ROOT_NAMES):
            return True
        if above == os.path.dirname(above):
            return False
        above = os.path.dirname(above)


def file_name(words: list[str]) -> str:
    """The name of the file that a run is stored in: a digest of command, surroundings and code."""
    names = (*_VARIABLES, *(name for name in os.environ if name.startswith(_PREFIXES)))
    variables = sorted({name: os.environ.get(name) for name in names}.items())
    consoles = [_console(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)]
    now = os.environ.get("ARTICLELINT_NOW") or int(time.time()) // 86400
    parts = (words, os.getcwd(), variables, consoles, now, _code())
    return blake2b(repr(parts).encode("utf-8", "replace"), digest_size=20).hexdigest()


def _console(stream: Any) -> tuple[str, int | None] | None:
    """Encoding and width of a stream; no width without a terminal."""
    if not stream:
        return None
    try:
        width = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else None
    except (OSError, ValueError):
        width = None
    return stream.encoding, width


def _code() -> list[Any]:
    """The interpreter, the installed distributions, and in a checkout the files of the code."""
    from linters import __version__

    package = os.path.dirname(os.path.dirname(__file__))
    code: list[Any] = [__version__, sys.version, sys.flags, package]
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        code.append(sorted(name for name in names if name.endswith((".dist-info", ".egg-info"))))
    root = os.path.dirname(package)
    if os.path.isfile(os.path.join(root, "pyproject.toml")):
        for name in (package, os.path.join(root, "schemas")):
            for folder, _, files in sorted(os.walk(name)):
                code += [
                    (name, signature(os.path.join(folder, name)))
                    for name in sorted(files)
                    if not name.endswith(".pyc")
                ]
    return code


def signature(path: str) -> Signature | None:
    """What changes with a file or folder; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def digest_of(path: str) -> str | None:
    """The digest of a file's content, or of a folder's entries; None where there is none."""
    try:
        if os.path.isdir(path):
            data = "\0".join(sorted(os.listdir(path))).encode("utf-8", "replace")
        else:
            with open(path, "rb") as stream:
                data = stream.read()
    except OSError:
        return None
    return blake2b(data, digest_size=20).hexdigest()


def _is_unchanged(path: str, stored: list[int] | None, digest: str | None) -> bool:
    present = signature(path)
    if present is None or stored is None:
        return present is None and stored is None
    return list(present) == stored or (digest is not None and digest_of(path) == digest)


def _is_own(status: os.stat_result, *, folder: bool = False) -> bool:
    """Whether only this user can have written a file or folder."""
    if os.name != "posix":
        return True  # the profile folder's access list says who may write
    import stat

    kind = stat.S_ISDIR if folder else stat.S_ISREG
    alone = folder or status.st_nlink == 1
    writable = status.st_mode & 0o022
    return kind(status.st_mode) and alone and not writable and status.st_uid == os.geteuid()
