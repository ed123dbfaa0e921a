"""Explain rules: what one does, why, how to fix what it finds, with examples."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.model.errors import UserError
from linters.pipeline.plugins import load_checkers
from linters.rule_docs.pages import Documented, documented_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCommandOptions:
    """The options of ``articlelint rule``."""

    rules: tuple[str, ...] = ()
    all: bool = False
    output_format: str = "full"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``RuleCommandOptions``."""
    parser.add_argument(
        "rules",
        nargs="*",
        metavar="CODE|NAME",
        help="a code (META001), a name (missing-attribute) or a prefix (META)",
    )
    parser.add_argument("--all", action="store_true", help="every rule, those of plug-ins included")
    parser.add_argument(
        "--output-format", choices=("full", "json"), default="full", help="default: full"
    )


def run(options: RuleCommandOptions) -> int:
    """Run ``articlelint rule``; returns the exit status."""
    if bool(options.rules) == options.all:
        raise UserError("name rules by code or name, or use --all")
    every = documented_rules(load_checkers())
    chosen = every if options.all else _chosen(every, options.rules)
    if options.output_format == "json":
        text = json.dumps([_data(one) for one in chosen], indent=2) + "\n"
    else:
        text = "\n".join(_text(one) for one in chosen)
    sys.stdout.write(text)
    return ExitStatus.OK


COMMAND = Command(add_arguments, RuleCommandOptions, run)


def _chosen(every: tuple[Documented, ...], words: Sequence[str]) -> list[Documented]:
    found = [one for word in words for one in _find(every, word)]
    return list(dict.fromkeys(found))


def _find(every: tuple[Documented, ...], word: str) -> list[Documented]:
    """The rule of a code or name, or all whose code begins with a word of letters."""
    exact = [one for one in every if word.upper() == one.rule.code or word.lower() == one.rule.name]
    family = [one for one in every if word.upper() == one.rule.code.rstrip("0123456789")]
    if exact or family:
        return exact or family
    known = [name for one in every for name in (one.rule.code, one.rule.name)]
    near = get_close_matches(word, known, n=1) or get_close_matches(word.upper(), known, n=1)
    raise UserError(f"no rule {word}" + (f"; did you mean {near[0]}?" if near else ""))


def _text(one: Documented) -> str:
    rule = one.rule
    parts = [
        f"# {rule.name} ({rule.code}, {rule.severity}, {one.checker})",
        rule.summary,
        one.explanation,
    ]
    if one.examples:
        parts.append(f"## Examples\n\n{one.examples}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _data(one: Documented) -> dict[str, str]:
    rule = one.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "summary": rule.summary,
        "checker": one.checker,
        "explanation": one.explanation,
        "examples": one.examples,
    }
