"""Writes docs/rules/ from the Markdown of each checker's rules, and the keys of the configuration.

``python docs/build.py`` writes; with ``--check`` it only says whether anything is stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linters.config.kinds import Table
    from linters.rule_docs.pages import Documented

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "rules"
_NOTE = "<!-- Made by docs/build.py from linters/*/rules/: do not edit here. -->"
_CONFIGURATION = ROOT / "docs" / "configuration.md"
_BEGIN = "<!-- keys: begin (python docs/build.py writes this part) -->\n"
_END = "<!-- keys: end -->\n"
_INTRODUCTION = """\
An **error** fails the check; a **warning** or an **info** does so only with `--fail-on`. A rule
that is **off** is enabled by its name, as in `--extend-select insecure-link`. The table
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
    found = {f"{page.rule.name}.md": _page(page) for page in every}
    found["README.md"] = _index(every)
    return found


def _index(every: Sequence[Documented]) -> str:
    header = _header("Rules", "Every rule of articlelint with its code, severity and summary.")
    parts = [header, _NOTE, "# Rules", _INTRODUCTION]
    for title, prefix in _FAMILIES:
        rows = ["| code | name | severity | what it finds |", "|---|---|---|---|"]
        for rule in (page.rule for page in every if page.rule.code.startswith(prefix)):
            link = f"[{rule.name}]({rule.name}.md)"
            summary = rule.summary.replace("|", "\\|")
            rows.append(f"| {rule.code} | {link} | {rule.severity} | {summary} |")
        parts += [f"## {title}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _header(title: str, description: str) -> str:
    """Front matter; JSON strings are YAML."""
    values = (("title", title), ("description", description))
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values)
    return "\n".join(("---", *lines, "---"))


def _page(documented: Documented) -> str:
    rule = documented.rule
    severity = _SEVERITY.get(str(rule.severity), str(rule.severity))
    parts = [
        _header(f"{rule.name} ({rule.code})", rule.summary),
        _NOTE,
        f"# {rule.name}",
        f"{rule.code} · {severity} · [all rules](README.md)",
        documented.explanation,
        f"## Examples\n\n{documented.examples}" if documented.examples else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def configuration() -> str:
    """docs/configuration.md with the tables of all keys."""
    from linters.config.keys import SETTINGS

    text = _CONFIGURATION.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + "\n" + "\n".join(_keys(SETTINGS, "")) + "\n\n" + _END + after


def _keys(table: Table, prefix: str) -> Iterator[str]:
    """A Markdown table of the plain keys of a TOML table, then the tables in it."""
    from linters.config.kinds import Table

    yield f"### {f'`[{prefix}]`' if prefix else 'Top level'}"
    yield ""
    yield "| key | default | |"
    yield "|---|---|---|"
    inner = []
    for key in table.keys:
        if isinstance(key.kind, Table):
            inner.append((key.kind, f"{prefix}.{key.name}" if prefix else key.name))
            continue
        default = table.default(key)
        shown = "" if default is None else f"`{_toml(default)}`"
        description = key.description.replace("|", "\\|").replace("<", "&lt;")
        yield f"| `{key.name}` | {shown} | {description} |"
    for kind, name in inner:
        yield ""
        yield from _keys(kind, name)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return json.dumps(value, ensure_ascii=False)


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit status (1: stale)."""
    wanted = pages()
    have = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    keys = configuration()
    if keys != _CONFIGURATION.read_text(encoding="utf-8"):
        if "--check" in arguments:
            sys.stderr.write("stale: configuration.md; run python docs/build.py\n")
            return 1
        _CONFIGURATION.write_text(keys, encoding="utf-8", newline="\n")
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
