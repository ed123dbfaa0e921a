"""Writes docs/rules/ from the Markdown that stands beside each checker's rules.

``python docs/build.py`` writes; with ``--check`` it only says whether anything is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linters.rule_docs.pages import Documented

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "rules"
_NOTE = "<!-- Made by docs/build.py from linters/*/rules/: do not edit here. -->"
_INTRODUCTION = """\
An **error** fails the check; a **warning** or an **info** does so only with `--fail-on`. A rule
that is **off** speaks when it is named, as in `--extend-select insecure-link`. The table
`severity` of the configuration changes what a rule is; for front matter, the schema that asks
for a key may say so as well. `articlelint rule NAME` shows the same pages in the terminal."""
_SEVERITY = {"off": "off unless selected"}
_FAMILIES = (
    ("Front matter", "META"),
    ("Side-by-side segments", "SPAN"),
    ("Links", "LINK"),
    ("Files and suppressions", "CORE"),
)


def pages() -> dict[str, str]:
    """File name in docs/rules/ to its text, of the built-in rules only."""
    from linters.pipeline.plugins import BUILT_IN
    from linters.rule_docs.pages import documented_rules

    every = documented_rules([make() for make in BUILT_IN])
    found = {f"{one.rule.name}.md": _page(one) for one in every}
    found["README.md"] = _index(every)
    return found


def _index(every: Sequence[Documented]) -> str:
    parts = [_NOTE, "# Rules", _INTRODUCTION]
    for title, prefix in _FAMILIES:
        rows = ["| code | name | severity | what it finds |", "|---|---|---|---|"]
        for rule in (one.rule for one in every if one.rule.code.startswith(prefix)):
            link = f"[{rule.name}]({rule.name}.md)"
            summary = rule.summary.replace("|", "\\|")
            rows.append(f"| {rule.code} | {link} | {rule.severity} | {summary} |")
        parts += [f"## {title}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _page(one: Documented) -> str:
    rule = one.rule
    severity = _SEVERITY.get(str(rule.severity), str(rule.severity))
    parts = [
        _NOTE,
        f"# {rule.name}",
        f"{rule.code} · {severity} · [all rules](README.md)",
        one.explanation,
        f"## Examples\n\n{one.examples}" if one.examples else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit status (1: stale)."""
    wanted = pages()
    have = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    if have == wanted:
        return 0
    if "--check" in arguments:
        stale = {name for name in wanted if have.get(name) != wanted[name]} | have.keys() - wanted
        sys.stderr.write(f"stale: {', '.join(sorted(stale))}; run python docs/build.py\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name in have.keys() - wanted:
        (FOLDER / name).unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
