"""Explain one link: its places, the verdict with its reason, every hop, and what is stored.

The link is asked now, without the store and without changing it (--offline: only what is
stored is shown). Exit status as in ``check``: 1 where the link is an error (broken), else 0.
"""

from __future__ import annotations

import argparse
import ipaddress
import sys
from dataclasses import replace
from pathlib import Path

from linters.checker import Network
from linters.cli.common import add_cache, add_configuration, cache_dir, configurations, root_of
from linters.config.nearest import Configurations
from linters.discovery import select
from linters.links.checker import LinkChecker
from linters.links.record import Kind, LinkRecord, Verdict
from linters.pipeline import Options
from linters.pipeline import run as run_pipeline
from linters.report import Report
from linters.reports.escape import escape_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint why``."""
    parser.add_argument("url", metavar="URL", help="absolute, or as an article writes it")
    parser.add_argument("--offline", action="store_true", help="send nothing")
    add_configuration(parser)
    parser.add_argument(
        "--allow-network", action="append", default=[], metavar="CIDR", type=ipaddress.ip_network
    )
    parser.add_argument("--allow-env", action="append", default=[], metavar="NAME")
    add_cache(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint why``; returns the exit status."""
    here = Path.cwd()
    root = root_of(here, arguments)
    chosen = configurations(root, arguments)
    settings = chosen.of("")
    report = _links(root, chosen)
    records = tuple(
        record for record in report.links if arguments.url in (record.url, record.target)
    )
    url = next((record.target for record in records if _is_web(record)), arguments.url)
    inspection = None
    if url.partition(":")[0].lower() in ("http", "https"):
        from linters.links.probe.inspection import inspect

        inspection = inspect(url, settings.links, _network(arguments))
    from linters.links.explanation import explain

    for line in explain(url, records, inspection, settings.links):
        sys.stdout.write(escape_line(line) + "\n")
    outcomes = [record.outcome for record in records if not _is_web(record)]
    if inspection is not None:
        stored = inspection.stored.outcome if inspection.stored else None
        outcomes += filter(None, (inspection.outcome or stored,))
    return 1 if any(outcome.verdict is Verdict.BROKEN for outcome in outcomes) else 0


def _is_web(record: LinkRecord) -> bool:
    return record.kind in (Kind.EXTERNAL, Kind.SITE)


def _links(root: Path, chosen: Configurations) -> Report:
    """The links of the repository that the current folder is in."""
    selection = select(root, [], chosen)
    report = run_pipeline(
        selection.repository,
        selection.repository.articles,
        chosen.of,
        (LinkChecker(),),
        Options(network=Network(offline=True)),
    )
    return replace(report, findings=())


def _network(arguments: argparse.Namespace) -> Network:
    return Network(
        offline=arguments.offline,
        allow_network=tuple(arguments.allow_network),
        allow_env=frozenset(arguments.allow_env),
        cache_dir=cache_dir(arguments),
    )
