"""Time, memory and journal of audits: ``python benchmarks/audit_scale.py LINKS [LINKS …]``.

Writes articles with ten links each (every link once), starts ``link_server.py`` with 100 hosts
and no latency, and audits with one journal: the first run, a run in which nothing changes, and
one in which a tenth of the answers does. Prints a row per run: wall and processor seconds, the
memory of the largest process, how much that is per link over the first row, the size of the
journal, and its growth per link that changed (for the first two runs: per link). The audits log
their progress to standard error once a minute. Linux only; nothing is left of it, whatever ends it.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_HOSTS = 100
_LINKS_PER_ARTICLE = 10
_ARTICLES_PER_FOLDER = 500
_ROOT = Path(__file__).parent.parent
_HEADER = "---\ntitle: An article\nms.author: owner{}\n---\n# An article\n\n"
_TITLES = ("links", "run", "wall s", "cpu s", "MiB", "B/link", "journal MiB", "growth B")
_ROW = "{:>10} {:>8} {:>8} {:>8} {:>7} {:>7} {:>12} {:>9}"


class _Usage(NamedTuple):
    """Wall and processor seconds, and bytes of the largest process."""

    wall: float
    cpu: float
    peak: int


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("links", type=int, nargs="+")
    parser.add_argument("--executor", help="as for articlelint audit")
    parser.add_argument("--check", action="store_true", help="check the same links first")
    parser.add_argument("--folder", help="where articles and journal are written (default: /tmp)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    print(_ROW.format(*_TITLES), flush=True)
    base = 0
    with _server() as (port, server):
        for count in arguments.links:
            with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
                folder = Path(name)
                _write(folder / "docs", count, port)
                if arguments.check:
                    used = _run(folder, "check", "--cache-dir", str(folder / "cache"))
                    _print(count, "check", used, used.peak, 0, 0, count)
                extra = ("--journal", str(folder / "j.sqlite3"))
                extra += ("--executor", arguments.executor) if arguments.executor else ()
                size = 0
                for title, changed in (("first", count), ("same", count), ("changed", count // 10)):
                    if title == "changed":
                        server.send_signal(signal.SIGUSR1)
                    used = _run(folder, "audit", *extra)
                    base = base or used.peak
                    before, size = size, (folder / "j.sqlite3").stat().st_size
                    _print(count, title, used, base, before, size, changed)
                server.send_signal(signal.SIGUSR1)


def _print(
    count: int, title: str, used: _Usage, base: int, before: int, size: int, changed: int
) -> None:
    print(
        _ROW.format(
            f"{count:,}",
            title,
            f"{used.wall:.1f}",
            f"{used.cpu:.1f}",
            f"{used.peak / 2**20:.0f}",
            f"{(used.peak - base) / count:.0f}",
            f"{size / 2**20:.1f}",
            f"{(size - before) / changed:.0f}",
        ),
        flush=True,
    )


@contextmanager
def _server() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    program = Path(__file__).with_name("link_server.py")
    command = [sys.executable, str(program), str(_HOSTS), "0", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline()), server
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


def _run(folder: Path, command: str, *arguments: str) -> _Usage:
    """Run a command over the articles, with a JSON report."""
    words = [sys.executable, "-m", "linters", command, str(folder / "docs"), *arguments]
    words += ["--allow-network", "127.0.0.0/8", "--output-format", "concise"]
    words += ["--report", f"json={folder / 'report.json'}", "--exit-zero"]
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=environment)
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if status:
        raise SystemExit(f"{command} failed: {status}")
    cpu = usage.ru_utime + usage.ru_stime
    return _Usage(time.monotonic() - started, cpu, usage.ru_maxrss * 1024)


if __name__ == "__main__":
    main()
