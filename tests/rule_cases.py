"""Reads the cases that stand beside each rule's documentation and runs them.

A rule's Markdown file (``linters/ROOM/rules/NAME.md``) ends with ``## Cases``; each case is
a ``###`` title and fenced blocks, told apart by the info string:

* ``toml`` — the configuration;
* ``md PATH``, ``yml PATH``, ``json PATH`` … — a file of the repository; the word ``escaped``
  behind the path turns ``\\uXXXX``, ``\\r``, ``\\n``, ``\\t`` and ``\\\\`` into characters,
  and ``{1..N}`` in the path makes N such files;
* ``base PATH`` — what that file was at the base revision (turns ``--since`` on);
* ``published PATH``, ``english PATH`` — a file of the tree that ``localization verify``
  compares with, which is run instead of ``check``;
* ``compare`` — the trees of ``localization compare``, a folder a line;
* ``server`` — lines ``PATH STATUS [Header: value | …] [body]`` that ``http://server.test``
  answers; without such a block, even an empty one, the case runs offline;
* ``expected`` — the findings of the rule's family, a line each:
  ``path:line:column-line:column name`` or the same with ``: message``; empty for a good case;
* ``fixed PATH`` — that file after all fixes, unsafe ones included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from linters.article.text.markdown import parse

ROOT = Path(__file__).parent.parent
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[rnt\\])")


@dataclass
class Case:
    """One case of one rule."""

    rule: str
    title: str
    config: str = ""
    files: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    compare: tuple[str, ...] = ()
    trees: dict[str, dict[str, str]] = field(default_factory=dict)
    server: list[str] | None = None
    expected: list[str] | None = None
    fixed: dict[str, str] = field(default_factory=dict)


def rule_files() -> list[Path]:
    """The documentation of every rule."""
    return sorted(ROOT.glob("linters/**/rules/*.md"))


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one rule's documentation."""
    text = path.read_text(encoding="utf-8")
    case: Case | None = None
    heading: str | None = None
    info: str | None = None
    content: list[str] = []
    for event in parse(text):
        if event.kind == "start" and event.tag == "Heading":
            heading = str(event.value["level"])
            content = []
        elif event.kind == "end" and event.tag == "Heading":
            if case is not None:
                yield case
                case = None
            if heading == "H3":
                case = Case(path.stem, "".join(content))
            heading = None
        elif event.kind == "start" and event.tag == "CodeBlock":
            info = str(event.value["Fenced"]) if isinstance(event.value, dict) else ""
            content = []
        elif event.kind == "end" and event.tag == "CodeBlock":
            if case is not None and info is not None:
                _add(case, info, "".join(content))
            info = None
        elif event.kind in ("text", "code"):
            content.append(str(event.value))
    if case is not None:
        yield case


def _add(case: Case, info: str, content: str) -> None:
    kind, *words = info.split()
    if "escaped" in words[1:]:
        content = _ESCAPE.sub(_unescape, content)
    if kind == "toml" and not words:
        case.config = content
    elif kind == "base":
        case.bases[words[0]] = content
    elif kind in ("published", "english"):
        case.trees.setdefault(kind, {})[words[0]] = content
    elif kind == "compare":
        case.compare = tuple(content.split())
    elif kind == "server":
        case.server = content.splitlines()
    elif kind == "expected":
        case.expected = content.splitlines()
    elif kind == "fixed":
        case.fixed[words[0]] = content
    elif words:
        case.files.update(dict.fromkeys(_paths(words[0]), content))
    else:
        raise ValueError(f"{case.rule}: {case.title}: a block without a path: {info}")


def _paths(path: str) -> list[str]:
    """The path itself, or as many as ``{1..N}`` in it says."""
    match = re.search(r"\{1\.\.(\d+)\}", path)
    if match is None:
        return [path]
    return [path.replace(match[0], str(number)) for number in range(1, int(match[1]) + 1)]


def _unescape(match: re.Match[str]) -> str:
    word = match[1]
    if word.startswith("u"):
        return chr(int(word[1:], 16))
    return {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}[word]
