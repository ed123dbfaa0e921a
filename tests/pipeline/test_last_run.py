"""A run that takes over the last one gives the report of a run over everything."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from linters.checker import NetworkOptions
from linters.config.nearest import Configurations
from linters.pipeline.last_run import LastRun
from linters.pipeline.plugins import BUILT_IN
from linters.pipeline.run import Options, RunInput, run
from linters.reports.formats import renderer
from linters.repository.discovery import select
from tests.running import NOW, write
from tests.sizes import size

Files = dict[str, bytes]

_HEADER = b"---\ntitle: %s\nms.topic: article\n---\n"
FILES: Files = {
    "articlelint.toml": b"extend-select = ['rare-value']\n",
    "docfx.json": json.dumps(
        {"build": {"content": ["d/*.md", "d/toc.yml"], "globalMetadata": {"ms.author": "x"}}}
    ).encode(),
    ".openpublishing.redirection.json": json.dumps(
        {"redirections": [{"source_path": "d/gone.md", "redirect_url": "/d/a"}]}
    ).encode(),
    "d/toc.yml": b"- href: a.md\n- href: b.md\n- href: ../other/o.md\n",
    "d/a.md": _HEADER % b"A" + b"# A\n## Part\n[b](b.md#b) [](gone.md) [own](#shared)\n",
    "d/b.md": _HEADER % b"B" + b"# B\n[!INCLUDE [x](includes/i.md)]\n[a](a.md#part) [u](b.md#b)\n",
    "d/c.md": _HEADER % b"C" + b"# C\n[u](b.md#b) [i](b.md#shared) [no](no.md)\n",
    "d/includes/i.md": b"## Shared\n[a](../a.md#lost) [s](#c)\n[!INCLUDE [y](j.md)]\n",
    "d/includes/j.md": b"## Deep\n<https://docs.microsoft.com/x>\n",
    "other/o.md": b"# No header\n[c](../d/c.md#c) [web](https://example.org/)\n",
}
LINES = [
    b"One line more.",
    b"[b](b.md#b)",
    b"[c](c.md#new) and [own](#part)",
    b"## New",
    b"## Part",
    b"[!INCLUDE [z](includes/j.md)]",
    b"[!INCLUDE [z](a.md)]",
    b"<!-- articlelint-disable-next-line LINK -- why -->",
    b"<https://docs.microsoft.com/x>",
    b"[x](gone.md)",
    b"\xff",
]
HEADERS = [
    b"",
    _HEADER % b"A",
    b"---\ntitle: A\nms.topci: x\n---\n",
    b"---\nredirect_url: /x\n---\n",
]
OTHERS = {
    "articlelint.toml": [
        b"ignore = ['LINK']\n",
        b"[[metadata.schemas]]\nfiles = ['*.md']\nschema = 'own.json'\n",
    ],
    "own.json": [b'{"docsetUnique": ["title"]}', b'{"required": ["description"]}'],
    "docfx.json": [b'{"build": {"content": ["**/*.md"]}}', b"{"],
    ".openpublishing.redirection.json": [b"{}", b"["],
    "d/toc.yml": [b"- href: c.md\n", b"- href: b.md\n- href: ../other/o.md\n"],
    "d/gone.md": [b"# Here again\n"],
    "d/no.md": [b"# No longer missing\n"],
}


def _articles(files: Files) -> list[str]:
    return sorted(path for path in files if path.endswith(".md"))


@st.composite
def _edits(draw: st.DrawFn, files: Files) -> Files:
    """Some files after one edit."""
    path = draw(st.sampled_from(_articles(files)))
    kind = draw(st.sampled_from(["line", "line", "line", "first", "header", "file", "other"]))
    after = dict(files)
    text = files[path]
    line = draw(st.sampled_from(LINES)) + b"\n"
    if kind == "line":
        after[path] = text + line
    elif kind == "first":
        lines = text.splitlines(keepends=True)
        at = draw(st.integers(0, len(lines)))
        after[path] = b"".join([*lines[:at], *([line] * draw(st.booleans())), *lines[at + 1 :]])
    elif kind == "header":
        after[path] = draw(st.sampled_from(HEADERS)) + text.rpartition(b"---\n")[2]
    elif kind == "file" and len(_articles(files)) > 2:
        del after[path]
        if draw(st.booleans()):
            after[path.replace(".md", "-2.md")] = text
    else:
        other = draw(st.sampled_from(sorted(OTHERS)))
        after[other] = draw(st.sampled_from(OTHERS[other]))
    return after


def _apply(root: Path, before: Files, after: Files) -> frozenset[str]:
    """Write what is new; the paths that a recording of the last run says have changed."""
    changed = set()
    for path in before.keys() - after.keys():
        (root / path).unlink()
        changed |= {root / path, (root / path).parent}
    for path in after.keys() - before.keys():
        changed.add((root / path).parent)
    changed |= {root / path for path in before.keys() & after if before[path] != after[path]}
    write(root, after)
    return frozenset(map(str, changed))


def _report(root: Path, last: LastRun | None, cache: Path | None) -> list[str]:
    selection = select(root, [root], Configurations(root))
    network = NetworkOptions(offline=True, cache_dir=cache)
    options = Options(network=network, now=NOW, lines=True)
    checkers = [make() for make in BUILT_IN]
    report = run(
        RunInput(
            selection.repository, selection.reported, checkers, options, selection.covers, last
        )
    )
    return [renderer(name)(report) for name in ("json", "full")]


@settings(max_examples=size(10, 200))
@given(data=st.data())
def test_the_report_is_that_of_a_cold_run(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, cache = Path(name, "root"), Path(name, "cache")
        files = FILES
        write(root, files)
        last = LastRun()
        assert _report(root, last, cache) == _report(root, None, None)
        for _ in range(3):
            after = data.draw(_edits(files))
            last = LastRun(last.kept, _apply(root, files, after))
            files = after
            assert _report(root, last, cache) == _report(root, None, None)
