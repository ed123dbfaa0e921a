"""Runs git in repositories of tests, whatever the settings of the machine are."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "test"), ("EMAIL", "test@example.com"))
    },
}


def git(root: Path, *arguments: str) -> str:
    """What a git command prints in a folder; CalledProcessError where it fails."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=root,
        env=_ENVIRONMENT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.strip()
