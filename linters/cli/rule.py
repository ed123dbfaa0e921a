"""Explain rules: what each one does, why, how to fix its findings, with examples."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.output import print_lines
from linters.cli.parser import UsageError
from linters.findings import rule_selectors
from linters.model.errors import UserError
from linters.model.finding import Rule
from linters.pipeline.plugins import load_checkers
from linters.reports.json_text import json_text
from linters.rule_docs.pages import Documented, documented_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCommandOptions:
    """The options of ``articlelint rule``."""

    rules: tuple[str, ...] = ()
    all: bool = False
    list: bool = False
    output_format: str = "full"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``RuleCommandOptions``."""
    parser.add_argument(
        "rules",
        nargs="*",
        metavar="CODE|NAME|PREFIX",
        help="a code (META001), a name (missing-attribute) or a prefix (META)",
    )
    parser.add_argument("--all", action="store_true", help="print all rules, plug-ins included")
    parser.add_argument(
        "--list", action="store_true", help="print code, name, severity and summary of each rule"
    )
    parser.add_argument(
        "--output-format",
        choices=("full", "json"),
        default="full",
        metavar="FORMAT",
        help="full (default) or json",
    )


def run(options: RuleCommandOptions) -> int:
    """Run ``articlelint rule``; returns the exit status."""
    if not options.rules and not options.all and not options.list:
        raise UsageError("expected a code, a name, a prefix, --all or --list")
    if options.rules and options.all:
        raise UsageError("--all cannot be combined with rules")
    every = documented_rules(load_checkers())
    chosen = _chosen(every, options.rules) if options.rules else every
    if options.output_format == "json":
        sys.stdout.write(json_text([_data(entry) for entry in chosen]))
    elif options.list:
        print_lines(_table([entry.rule for entry in chosen]))
    else:
        sys.stdout.write("\n".join(_text(entry) for entry in chosen))
    return ExitStatus.OK


COMMAND = Command(add_arguments, RuleCommandOptions, run)


def _chosen(every: tuple[Documented, ...], words: Sequence[str]) -> list[Documented]:
    rules = [entry.rule for entry in every]
    for word in words:
        problem = rule_selectors.problem(word, rules)
        if problem is not None:
            raise UserError(problem)
    found = [entry for word in words for entry in every if rule_selectors.matches(word, entry.rule)]
    return list(dict.fromkeys(found))


def _table(rules: Sequence[Rule]) -> list[str]:
    """Aligned columns of code, name, severity and summary."""
    code = max((len(rule.code) for rule in rules), default=0)
    name = max((len(rule.name) for rule in rules), default=0)
    return [
        f"{rule.code:<{code}}  {rule.name:<{name}}  {rule.severity:<7}  {rule.summary}"
        for rule in rules
    ]


def _text(entry: Documented) -> str:
    rule = entry.rule
    parts = [
        f"# {rule.name} ({rule.code}, {rule.severity}, {entry.checker})",
        "" if entry.explanation.startswith(rule.summary) else rule.summary,
        entry.explanation,
    ]
    if entry.examples:
        parts.append(f"## Examples\n\n{entry.examples}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _data(entry: Documented) -> dict[str, str]:
    rule = entry.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "summary": rule.summary,
        "checker": entry.checker,
        "explanation": entry.explanation,
        "examples": entry.examples,
    }
