"""Reads the files of a git revision, and says which of them a partial clone does not have."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linters.util import git

_REGULAR = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Blobs:
    """The bytes of files by path; ``missing`` are those that the clone does not have."""

    found: Mapping[str, bytes] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


def read_blobs(root: Path, names: Mapping[str, str], limit: int) -> Blobs:
    """The blobs of some paths (path to object name) that have at most ``limit`` bytes.

    Nothing is fetched. GitError if git fails.
    """
    try:
        sizes = _sizes(root, names)
        missing: frozenset[str] = frozenset()
    except git.GitError:
        # git ends at the first object that a partial clone would have to fetch.
        listed = git.run(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
        local = set(listed.decode().split())
        missing = frozenset(path for path, name in names.items() if name not in local)
        if not missing:
            raise
        sizes = _sizes(root, {path: names[path] for path in names if path not in missing})
    small = {path: names[path] for path, size in sizes.items() if size <= limit}
    return Blobs(dict(_contents(root, small)), missing)


def _sizes(root: Path, names: Mapping[str, str]) -> dict[str, int]:
    """The sizes of those that are blobs, in bytes."""
    lines = "".join(f"{name}\n" for name in names.values()).encode()
    output = git.run(root, "cat-file", "--batch-check", send=lines).decode().splitlines()
    answers = zip(names, map(str.split, output), strict=True)
    return {path: int(words[2]) for path, words in answers if words[1] == "blob"}


def _contents(root: Path, names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    lines = "".join(f"{name}\n" for name in names.values()).encode()
    output = git.run(root, "cat-file", "--batch", send=lines)
    position = 0
    for path in names:
        start = output.index(b"\n", position) + 1
        end = start + int(output[position:start].split()[2])
        position = end + 1
        yield path, output[start:end]


def list_blobs(root: Path, commit: str, paths: Iterable[str] = ()) -> dict[str, str]:
    """Path to object name of the regular files of a commit, or of those paths in it."""
    specifications = [f":(literal){path}" for path in paths]
    output = git.run(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *specifications)
    found: dict[str, str] = {}
    for entry in output.split(b"\0"):
        header, tab, path = entry.partition(b"\t")
        if tab:
            mode, _, name = header.decode().split()
            if mode in _REGULAR:
                found[os.fsdecode(path)] = name
    return found
