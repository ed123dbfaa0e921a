"""Compares articlelint with other tools, and prints the table of docs/performance.md.

``python benchmarks/run.py [--articles N] [--source FOLDER] [--runs N] [--growth N …]
[--memory FOLDER …] [--write]``

Everything is offline: what peers do with links is limited to local files.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import peers, workloads
from benchmarks.measure import Command, Peaks, Result, measure, peaks

PAGE = workloads.ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
BARE = "python -c pass"
TARGETS_OF_ONE = {"articlelint, again": "10"}
TARGETS_OF_MANY = {
    "articlelint, cold": "5",
    "articlelint, again": "1",
    "articlelint, one article changed": "under 1 s",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2911)
    parser.add_argument("--source", type=Path, default=workloads.EXAMPLES)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--runs-of-many", type=int, default=3)
    parser.add_argument("--growth", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument(
        "--memory",
        type=Path,
        nargs="*",
        default=[],
        help="repositories to read as they are, for the memory of each process",
    )
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "peers")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--write", action="store_true", help="write the table to the page")
    parser.add_argument("--note", default="", help="a sentence about the circumstances")
    options = parser.parse_args(argv)
    programs = {} if options.no_peers else peers.install(options.peers)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        text = _measured(options, programs, Path(name))
    print(text)
    if options.write:
        _write(text)
    return 0


def _measured(options: argparse.Namespace, programs: dict[str, str], folder: Path) -> str:
    source: Path = options.source.resolve()
    parts = [_machine(options, programs)]
    single = workloads.repository(folder / "one", source, 1)
    results = measure(_one(single, folder, programs), options.runs)
    parts += ["### One article", _table(results, 0, TARGETS_OF_ONE)]
    many = workloads.repository(folder / "many", source, options.articles)
    size = workloads.kibibytes(many) / 1024
    parts.append(f"### {options.articles:,} articles, {size:.1f} MiB")
    other = workloads.repository(folder / "changed", source, options.articles)
    commands = _many(many, other, folder, programs)
    lychee = next((n for n, command in enumerate(commands) if command.name == "lychee"), 0)
    parts.append(_table(measure(commands, options.runs_of_many), lychee, TARGETS_OF_MANY))
    if options.growth or options.memory:
        parts += ["### Growth", _growth(options, source, folder)]
    return "\n\n".join(parts) + "\n"


def _one(root: Path, folder: Path, programs: dict[str, str]) -> list[Command]:
    (article,) = (str(path.relative_to(root)) for path in root.rglob("*.md"))
    hook = ["check", "--offline", "--force-exclude", "--no-progress"]
    cache = folder / "cache-one"
    commands = [
        Command(BARE, [sys.executable, "-c", "pass"], root),
        _ours("articlelint, again", [*hook, "--cache-dir", str(cache), article], root),
        _ours("articlelint, first time", [*hook, "--no-cache", article], root),
    ]
    arguments = {"rumdl": ["check", "--no-cache"], "markdownlint-cli2": []}
    for name, words in arguments.items():
        if name in programs:
            commands.append(Command(name, [programs[name], *words, article], root))
    if "check-jsonschema" in programs:
        (root / "front-matter.json").write_text('{"title": "x"}')
        schema = str(workloads.ROOT / "schemas" / "article.schema.json")
        words = [programs["check-jsonschema"], "--schemafile", schema, "front-matter.json"]
        commands.append(Command("check-jsonschema", words, root))
    return commands


def _many(root: Path, other: Path, folder: Path, programs: dict[str, str]) -> list[Command]:
    check = ["check", "--offline", "--no-progress", "--output-format", "concise"]
    warm = [*check, "--cache-dir", str(folder / "cache-many"), "."]
    changed = [*check, "--cache-dir", str(folder / "cache-changed")]
    change = "open('part-0/changed.md', 'a').write('One line more.\\n')"
    commands = [
        _ours("articlelint, cold", [*check, "--no-cache", "."], root),
        _ours("articlelint, again", warm, root),
        Command(
            "articlelint, one article changed",
            [sys.executable, "-m", "linters", *changed, "."],
            other,
            _variables(),
            [sys.executable, "-c", change],
        ),
    ]
    arguments = {
        "lychee": ["--offline", "--no-progress", "**/*.md"],
        "rumdl": ["check", "--no-cache", "."],
        "markdownlint-cli2": ["**/*.md"],
        "remark": [
            ".",
            "--quiet",
            "--no-stdout",
            *("--use", "remark-validate-links=repository:false"),
            *("--use", "remark-frontmatter", "--use", "remark-lint-frontmatter-schema"),
        ],
    }
    for name, words in arguments.items():
        if name in programs:
            statuses = (0, 1, 2)
            commands.append(Command(name, [programs[name], *words], root, statuses=statuses))
    return commands


def _ours(name: str, words: Sequence[str], root: Path) -> Command:
    return Command(name, [sys.executable, "-m", "linters", *words], root, _variables())


def _variables() -> dict[str, str]:
    return {"PYTHONPATH": str(workloads.ROOT)}


def _growth(options: argparse.Namespace, source: Path, folder: Path) -> str:
    rows = [
        "| articles | MiB | wall, s | processor per article, ms | main, MiB | workers, MiB |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for articles in options.growth:
        root = workloads.repository(folder / f"growth-{articles}", source, articles)
        rows.append(_memory(root))
    rows += [_memory(root.resolve()) for root in options.memory]
    return "\n".join(rows)


def _memory(root: Path) -> str:
    words = ["check", "--offline", "--no-progress", "--output-format", "json", "--no-cache", "."]
    result, processes = peaks(_ours("growth", words, root))
    processes = processes or Peaks(result.memory, ())
    articles = sum(1 for _ in root.rglob("*.md"))
    each = result.processor / articles * 1000
    size = workloads.kibibytes(root) / 1024
    workers = ", ".join(f"{peak:.0f}" for peak in sorted(processes.workers, reverse=True))
    return (
        f"| {articles:,} | {size:.1f} | {result.wall:.1f} | {each:.2f} | {processes.main:.0f} "
        f"| {workers or 'none'} |"
    )


def _table(results: Sequence[Result], base: int, targets: Mapping[str, str]) -> str:
    reference = results[base]
    rows = [
        f"| | wall, s | times {reference.name} | at most | processor, s | largest process, MiB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    rows += [
        f"| {result.name} | {result.wall:.3f} | {result.wall / reference.wall:.1f} "
        f"| {targets.get(result.name, '')} | {result.processor:.2f} | {result.memory:.0f} |"
        for result in results
    ]
    return "\n".join(rows)


def _machine(options: argparse.Namespace, programs: dict[str, str]) -> str:
    left_out = [] if options.no_peers else peers.missing(programs)
    processors = f"{os.cpu_count()} processors, Python {platform.python_version()}"
    system = f"{platform.system()} {platform.machine()}"
    runs = f"{options.runs} alternating runs ({options.runs_of_many} of many articles)"
    lines = [f"{system}, {processors}; medians of {runs}."]
    if left_out:
        lines.append(f"Left out, because they could not be installed: {', '.join(left_out)}.")
    if options.note:
        lines.append(options.note)
    return "\n".join(lines)


def _write(text: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
