"""Writes docs/rules/ from the Markdown that stands beside each checker's rules.

``python docs/build.py`` writes; with ``--check`` it only says whether anything is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "rules"


def pages() -> dict[str, str]:
    """File name in docs/rules/ to its text, of the built-in rules only."""
    from linters.documentation import documented_rules
    from linters.plugins import BUILT_IN

    every = documented_rules([make() for make in BUILT_IN])
    index = [
        "# Rules",
        "",
        "Made by `python docs/build.py` from `linters/*/rules/`; do not edit here.",
        "",
        "| code | name | severity | what it finds |",
        "|---|---|---|---|",
    ]
    found: dict[str, str] = {}
    for one in every:
        rule = one.rule
        summary = rule.summary.replace("|", "\\|").replace("<", "&lt;")
        link = f"[{rule.name}]({rule.name}.md)"
        index.append(f"| {rule.code} | {link} | {rule.severity} | {summary} |")
        parts = [
            f"# {rule.name}",
            f"`{rule.code}`, {rule.severity}, {one.checker}.",
            one.explanation,
        ]
        if one.examples:
            parts.append(f"## Cases\n\n{one.examples}")
        found[f"{rule.name}.md"] = "\n\n".join(part for part in parts if part) + "\n"
    found["README.md"] = "\n".join(index) + "\n"
    return found


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
