"""Time, memory and journal of an audit: ``python benchmarks/audit_scale.py LINKS [LINKS …]``.

Writes articles with ten links each (every link once), starts ``link_server.py`` with 100 hosts
and no latency, audits twice with one journal, and prints a row per audit: wall seconds, the
memory of the largest process, and the size of the journal. Linux only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOSTS = 100
_LINKS_PER_ARTICLE = 10
_ARTICLES_PER_FOLDER = 500
_ROOT = Path(__file__).parent.parent
_HEADER = "---\ntitle: An article\nms.author: owner{}\n---\n# An article\n\n"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("links", type=int, nargs="+")
    parser.add_argument("--executor", help="as for articlelint audit")
    arguments = parser.parse_args()
    print(f"{'links':>9} {'run':>3} {'wall s':>8} {'MiB':>7} {'B/link':>7} {'journal MiB':>11}")
    base = 0
    with _server() as port:
        for count in arguments.links:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                _write(folder / "docs", count, port)
                for run in (1, 2):
                    wall, peak = _audit(folder, arguments.executor)
                    base = base or peak
                    size = sum(file.stat().st_size for file in folder.glob("j.sqlite3*"))
                    print(
                        f"{count:>9,} {run:>3} {wall:>8.1f} {peak / 2**20:>7.0f} "
                        f"{(peak - base) / count:>7.0f} {size / 2**20:>11.1f}",
                        flush=True,
                    )


@contextmanager
def _server() -> Iterator[int]:
    program = Path(__file__).with_name("link_server.py")
    command = [sys.executable, str(program), str(_HOSTS), "0", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def _write(docs: Path, count: int, port: int) -> None:
    for article in range((count + _LINKS_PER_ARTICLE - 1) // _LINKS_PER_ARTICLE):
        folder = docs / f"{article // _ARTICLES_PER_FOLDER:04}"
        folder.mkdir(parents=True, exist_ok=True)
        first = article * _LINKS_PER_ARTICLE
        numbers = range(first, min(first + _LINKS_PER_ARTICLE, count))
        links = (f"[a link](http://127.0.0.{1 + n % _HOSTS}:{port}/page/{n})\n" for n in numbers)
        text = _HEADER.format(article % 50) + "\n".join(links)
        (folder / f"{article}.md").write_text(text, encoding="utf-8")


def _audit(folder: Path, executor: str | None) -> tuple[float, int]:
    """Wall seconds, and bytes of the largest process."""
    command = [sys.executable, "-m", "linters", "audit", str(folder / "docs"), "-q"]
    command += ["--journal", str(folder / "j.sqlite3"), "--allow-network", "127.0.0.0/8"]
    command += ["--report", f"json={folder / 'report.json'}", "--output-format", "concise"]
    command += ["--executor", executor] if executor else []
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the audit failed: {status}")
    return time.monotonic() - started, usage.ru_maxrss * 1024


if __name__ == "__main__":
    main()
