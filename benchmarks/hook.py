"""The offline hook on one article, whole process, beside ``python -c pass``.

``python benchmarks/hook.py [ARTICLE] [--runs N]``; without an article an example is taken.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "nb-no" / "add-printer.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--runs", type=int, default=20)
    arguments = parser.parse_args(argv)
    article = arguments.article.resolve()
    hook = ["check", "--offline", "--force-exclude", "--no-progress", article.name]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "articlelint (offline hook)": [sys.executable, "-m", "linters", *hook],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(arguments.runs + 1):  # interleaved; the first round warms the caches
        for name, command in commands.items():
            times[name].append(_seconds(command, article.parent))
    for name, seconds in times.items():
        low, median = min(seconds[1:]), statistics.median(seconds[1:])
        print(f"{name:28} median {median * 1000:6.0f} ms   fastest {low * 1000:6.0f} ms")
    return 0


def _seconds(command: list[str], folder: Path) -> float:
    environment = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT))}
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode(errors="replace"))
    return seconds


if __name__ == "__main__":
    sys.exit(main())
