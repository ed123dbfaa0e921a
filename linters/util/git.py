"""Asks git, so that nothing a repository brings along is run.

A repository's own configuration can name programs: a file system monitor, hooks, filters,
external diffs. Here all of them are switched off, locks are not taken, and nothing is
fetched. Only plumbing commands are used, whose output no configuration changes.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

_OFF = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.untrackedCache": "false",
    "core.quotePath": "false",
    "protocol.allow": "never",
    "diff.external": "",
    "submodule.recurse": "false",
}
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_EXEC_PATH")


class GitError(Exception):
    """git is not there or refuses: what it says, in one line."""


def run(root: Path, *arguments: str, send: bytes = b"") -> bytes:
    """The output of a git command in a folder; GitError if it fails."""
    drivers = _filter_drivers(root)
    off = {**_OFF, **{f"filter.{name}.{key}": "" for name in drivers for key in _FILTER_KEYS}}
    off |= {f"filter.{name}.required": "false" for name in drivers}
    return _run(root, arguments, off, send)


def paths(output: bytes) -> Iterator[str]:
    """The names in the output of a command with ``-z``."""
    return (os.fsdecode(name) for name in output.split(b"\0") if name)


_FILTER_KEYS = ("clean", "smudge", "process")


@lru_cache(maxsize=64)
def _filter_drivers(root: Path) -> frozenset[str]:
    """The names of all filters in any configuration: they are programs."""
    try:
        output = _run(root, ("config", "--null", "--name-only", "--get-regexp", r"^filter\."), _OFF)
    except GitError:
        return frozenset()  # status 1: git has no filters
    return frozenset(name.removeprefix("filter.").rpartition(".")[0] for name in paths(output))


def _run(
    root: Path, arguments: Sequence[str], settings: Mapping[str, str], send: bytes = b""
) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "--no-pager", *arguments],  # noqa: S607
            cwd=root,
            input=send,
            capture_output=True,
            check=False,
            env=_environment(settings),
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed, or not in PATH") from error
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        status = f"git {arguments[0]} exited with status {done.returncode}"
        raise GitError(lines[0] if lines else status)
    return done.stdout


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Ours, without what a hook's git sets for another repository, and with ``settings``."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.upper().startswith("GIT_") or key in _KEPT
    }
    kept |= {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_CONFIG_COUNT": str(len(settings)),
        "LC_ALL": "C",
    }
    for index, (key, value) in enumerate(settings.items()):
        kept[f"GIT_CONFIG_KEY_{index}"] = key
        kept[f"GIT_CONFIG_VALUE_{index}"] = value
    return kept
