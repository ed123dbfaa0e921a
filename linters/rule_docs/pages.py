"""The documentation of the rules: one Markdown file each, in the checker's own folder.

``rules/NAME.md`` is in the folder of the checker's module: ``# NAME``, what the rule does,
``## Why``, ``## How to fix`` and ``## Cases``, which the tests run.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linters.checker import Checker
from linters.findings.core_rules import CORE_RULES
from linters.model.finding import Rule
from linters.rule_docs.cases import readable

_PACKAGE = Path(__file__).parent.parent
_CASES = "\n## Cases\n"


@dataclass(frozen=True, slots=True)
class Documented:
    """A rule, the checker that gives its findings, and its Markdown ("" without any)."""

    rule: Rule
    checker: str
    markdown: str

    @property
    def explanation(self) -> str:
        """The Markdown without title and cases: what the rule does, why, how to fix."""
        body = self.markdown.partition("\n")[2] if self.markdown.startswith("# ") else self.markdown
        return body.partition(_CASES)[0].strip()

    @property
    def examples(self) -> str:
        """The Markdown of the cases, good and bad, for people to read."""
        return readable(self.markdown.partition(_CASES)[2].strip())


def documented_rules(checkers: Sequence[Checker]) -> tuple[Documented, ...]:
    """Every rule with its documentation, by code."""
    own = _own_pages()
    found = [Documented(rule, "core", _read(own.get(rule.name))) for rule in CORE_RULES]
    for checker in checkers:
        folder = _folder(checker)
        for rule in checker.rules:
            path = own.get(rule.name) if folder.is_relative_to(_PACKAGE) else None
            markdown = _read(path or folder / f"{rule.name}.md")
            found.append(Documented(rule, checker.name, markdown))
    return tuple(sorted(found, key=lambda page: _order(page.rule.code)))


def explanation(name: str) -> str:
    """What is written about a built-in rule, without title and cases; "" for another's rule."""
    page = _read(_own_pages().get(name))
    return page.partition("\n")[2].partition(_CASES)[0].strip()


@cache
def _own_pages() -> Mapping[str, Path]:
    return {path.stem: path for path in _PACKAGE.glob("**/rules/*.md")}


def _order(code: str) -> tuple[str, int]:
    prefix = code.rstrip("0123456789")
    return prefix, int(code[len(prefix) :])


def _folder(checker: Checker) -> Path:
    module = sys.modules[type(checker).__module__]
    return Path(module.__file__ or ".").parent / "rules"


def _read(path: Path | None) -> str:
    try:
        text = path.read_text(encoding="utf-8") if path is not None else ""
    except OSError:
        return ""
    return text.removeprefix("\ufeff")
