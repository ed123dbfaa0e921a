"""Renders the cases of a rule for people.

In the rules' Markdown a case is a sequence of fenced blocks that a test runs; the word after the
fence says what a block is (see ``linters.testing``). Here each block gets a sentence instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)$")
_CONTEXT = {
    "base": "{path}, before the change:",
    "published": "{path}, as it was published:",
    "english": "{path}, the English article:",
    "compare": "Compared are:",
    "server": "The server answers:",
    "toml": "`articlelint.toml`:",
    "fixed": "{path}, fixed:",
}


def readable(cases: str) -> str:
    """Markdown of cases, each block with what it is; what was found is named, or "Nothing"."""
    lines = cases.split("\n")
    written: list[str] = []
    number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        if opening is None:
            written.append(lines[number])
            number += 1
            continue
        mark = opening["mark"]
        end = number + 1
        while end < len(lines) and lines[end].rstrip() != mark:
            end += 1
        written += _block(mark, opening["info"].split(), lines[number + 1 : end])
        number = end + 1
    return "\n".join(written)


def _block(mark: str, info: list[str], content: list[str]) -> Iterator[str]:
    kind, path = (info[0] if info else ""), (info[1] if len(info) > 1 else "")
    if kind == "expected":
        if not any(content):
            yield "Nothing is found."
            return
        yield from ("Found:", "", f"{mark}text", *content, mark)
        return
    said = _CONTEXT.get(kind, "{path}:" if path else "").format(path=f"`{path}`")
    if said:
        notes = ", with escapes such as `\\u0020`:" if "escaped" in info else ":"
        yield from (said.removesuffix(":") + notes, "")
    language = kind if kind not in _CONTEXT or kind == "toml" else _language(path)
    yield from (f"{mark}{language}", *content, mark)


def _language(path: str) -> str:
    return path.rpartition(".")[2] if "." in path else "text"
