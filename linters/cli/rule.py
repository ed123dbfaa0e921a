"""Explain rules: what one does, why, how to fix what it finds, with examples."""

from __future__ import annotations

import argparse
import json
import sys
from difflib import get_close_matches

from linters.documentation import Documented, documented_rules
from linters.errors import UserError
from linters.plugins import load_checkers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint rule``."""
    parser.add_argument("rules", nargs="*", metavar="CODE|NAME", help="META001 or its name")
    parser.add_argument("--all", action="store_true", help="every rule, plug-ins' included")
    parser.add_argument("--output-format", choices=("full", "json"), default="full")


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint rule``; returns the exit status."""
    if bool(arguments.rules) == arguments.all:
        raise UserError("name rules by code or name, or use --all")
    every = documented_rules(load_checkers())
    chosen = every if arguments.all else [_find(every, word) for word in arguments.rules]
    if arguments.output_format == "json":
        text = json.dumps([_data(one) for one in chosen], indent=2) + "\n"
    else:
        text = "\n".join(_text(one) for one in chosen)
    sys.stdout.write(text)
    return 0


def _find(every: tuple[Documented, ...], word: str) -> Documented:
    for one in every:
        if word.upper() == one.rule.code or word.lower() == one.rule.name:
            return one
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
