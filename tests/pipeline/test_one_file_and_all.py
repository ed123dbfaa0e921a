"""A hook on one file and a run over everything give the same findings for that file."""

from __future__ import annotations

import json
from pathlib import Path

from linters.checker import NetworkOptions
from linters.config.nearest import Configurations
from linters.model.finding import Finding, Severity
from linters.pipeline.plugins import BUILT_IN
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select
from tests.running import NOW, write

LOCALE = "ms.contentlocale: nb-NO"
DOCFX = json.dumps({"build": {"content": ["docs/**/*.md", "docs/**/*.yml"]}})
MANY = 120
"""Articles of a kind; a repository of so many is not a small one."""
FILES = {
    "docfx.json": DOCFX,
    ".openpublishing.redirection.json": "{",
    **{f"docs/{n}.md": f"---\ntitle: A{n}\nms.mykey: x\n{LOCALE}\n---\n# A\n" for n in range(MANY)},
    "docs/bare.md": "# No header\n",
    "docs/who.md": f"---\ntitle: W\n{LOCALE}\n---\n[!INCLUDE [x](../parts/bare.md)]\n",
    "docs/toc.yml": "- href: missing.md\n- href: ../more/page.md\n",
    "docs/TOC.md": "# [A](missing.md)\n",
    "docs/link.md": f"---\ntitle: L\n{LOCALE}\n---\n[a](no.md) <https://docs.microsoft.com/x>\n",
    "docs/key.md": f"---\ntitle: K\nms.myket: x\nms.topci: y\n{LOCALE}\n---\n# K\n",
    "docs/other.md": "---\ntitle: O\nms.contentlocale: de-DE\n---\n# O\n",
    "docs/stub.md": "---\nredirect_url: /x\n---\n",
    "parts/bare.md": "text\n",
    "more/page.md": "# No header, but in the table of contents\n",
    "drafts/bare.md": "# No header, not published\n",
    "drafts/key.md": "---\ntitle: D\nms.topci: y\n---\n# D\n",
}


def _findings(root: Path, named: str, cache: Path | None = None) -> list[Finding]:
    selection = select(root, [root / named], Configurations(root))
    options = Options(network=NetworkOptions(offline=True, cache_dir=cache), now=NOW)
    checkers = [make() for make in BUILT_IN]
    given = RunInput(selection.repository, selection.reported, checkers, options, selection.covers)
    return list(run(given).findings)


def test_one_file_and_everything_give_the_same_findings(tmp_path: Path) -> None:
    root, cache = tmp_path / "docs", tmp_path / "cache"
    write(root, FILES)
    together = _findings(root, ".")
    assert len({finding.path for finding in together}) > 5
    for path in [path for path in FILES if path.endswith((".md", ".yml"))][MANY - 1 :]:
        expected = [finding for finding in together if finding.path == path]
        for _ in range(2):  # with a cold cache, and with a warm one
            assert _findings(root, path, cache) == expected, path


def test_what_is_not_published_and_what_is_translated(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    found = {
        (finding.path, finding.rule.name): finding.severity for finding in _findings(tmp_path, ".")
    }
    assert found["docs/bare.md", "header-missing"] is Severity.ERROR
    assert found["docs/key.md", "misspelt-attribute"] is Severity.ERROR
    assert found["drafts/key.md", "misspelt-attribute"] is Severity.WARNING
    assert ("parts/bare.md", "header-missing") not in found
    for path in ("docs/link.md", "docs/toc.yml", "docs/TOC.md"):
        assert found[path, "file-not-found"] is Severity.INFO
    assert found["docs/link.md", "outdated-host"] is Severity.INFO


def test_damaged_configuration_is_noted(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    selection = select(tmp_path, [tmp_path], Configurations(tmp_path))
    options = Options(network=NetworkOptions(offline=True), now=NOW)
    report = run(RunInput(selection.repository, selection.reported, [], options))
    assert [note.path for note in report.notes] == [".openpublishing.redirection.json"]
