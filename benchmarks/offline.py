"""``check --offline`` over a folder: time, peak memory, findings by rule.

``python benchmarks/offline.py FOLDER [ARGUMENT …]``; further arguments go to the command.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str]) -> int:
    """Measure and print; returns the exit status."""
    if not argv:
        sys.exit(__doc__)
    command = [sys.executable, "-m", "linters", "check", "--offline", "--no-progress"]
    command += ["--output-format", "json", *argv]
    environment = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT))}
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        status = subprocess.call(command, env=environment, stdout=output)
        seconds = time.perf_counter() - start
        output.seek(0)
        text = output.read()
    if status not in (0, 1):
        return status
    report = json.loads(text)
    summary = report["summary"]
    print(f"{summary['articles']:,} articles, {sum(summary['links'].values()):,} links")
    print(f"{seconds:.2f} s, {len(report['findings']):,} findings, {_peak()}")
    for (severity, code, name), number in sorted(_rules(report).items()):
        print(f"{number:8,}  {severity:8} {code} {name}")
    return 0


def _rules(report: dict[str, list[dict[str, str]]]) -> Counter[tuple[str, str, str]]:
    return Counter((one["severity"], one["code"], one["name"]) for one in report["findings"])


def _peak() -> str:
    """The peak memory of the largest process among the children."""
    try:
        import resource
    except ImportError:
        return "peak memory not known on Windows"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak //= 1024 if sys.platform == "darwin" else 1
    return f"peak of the largest process {peak / 1024:.0f} MiB"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
