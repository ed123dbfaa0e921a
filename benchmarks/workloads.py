"""Repositories to measure on: made from the examples, or from a folder of articles."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
_PER_FOLDER = 100


def repository(folder: Path, source: Path, articles: int) -> Path:
    """A git repository with this many copies of the articles of a folder, in turn.

    Relative links of a copy lead to copies of the same folder, or nowhere, as in a part of a
    larger repository.
    """
    originals = sorted(path for path in source.rglob("*.md") if ".git" not in path.parts)
    for number in range(articles):
        original = originals[number % len(originals)]
        file = folder / f"part-{number // _PER_FOLDER}" / f"{number}-{original.name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(original.read_bytes())
    for words in (("init", "-q"), ("add", "-A")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def kibibytes(folder: Path) -> int:
    """The size of the articles."""
    return sum(path.stat().st_size for path in folder.rglob("*.md")) // 1024
