"""What articles inherit from docfx's and our own configuration, and what counts as a page."""

from __future__ import annotations

import json
from pathlib import Path

from tests.metadata.running import check, shown

HEADER = "---\ntitle: Hi\n---\n# Hi\n"
TOML = '[[metadata.schemas]]\nfiles = ["*.md"]\nschema = "s.json"\n'
SCHEMA = json.dumps({"properties": {"a": {"const": 1}, "n": {"properties": {"x": {"const": 1}}}}})


def test_the_order_is_everywhere_by_pattern_header(tmp_path: Path) -> None:
    docfx = {
        "build": {
            "content": ["**.md"],
            "globalMetadata": {"a": 2, "n": {"x": 2, "y": 3}},
            "fileMetadata": {"a": {"one/*.md": 1, "two/**": 3, "two/x.md": 4}},
        }
    }
    files = {
        "docfx.json": json.dumps(docfx, indent=1),
        "s.json": SCHEMA,
        "zero.md": "---\nn: {x: 1}\n---\n",
        "one/a.md": "---\nn: {x: 1}\n---\n",
        "two/x.md": "---\nn: {x: 1}\n---\n",
        "two/y.md": "---\na: 1\nn: {x: 1}\n---\n",
        "none.md": "---\na: 1\n---\n",
    }
    findings = check(tmp_path, files, TOML)
    lines = files["docfx.json"].splitlines()
    found = [(finding.path, lines[finding.range.start.line - 1].strip()) for finding in findings]
    assert found == [
        ("docfx.json", '"a": 2,'),
        ("docfx.json", '"n": {'),
        ("docfx.json", '"two/x.md": 4'),
    ]


def test_our_own_configuration_wins_over_docfx(tmp_path: Path) -> None:
    docfx = {"build": {"content": ["*.md"], "globalMetadata": {"a": 2}}}
    config = TOML + '[metadata]\nglobal = { a = 1 }\n[metadata.file.a]\n"b.md" = 5\n'
    files = {"docfx.json": json.dumps(docfx), "s.json": SCHEMA, "a.md": HEADER, "b.md": HEADER}
    findings = check(tmp_path, files, config)
    assert shown(findings) == ["articlelint.toml:7:10 invalid-value"]


def test_docfx_yml_is_read_as_well(tmp_path: Path) -> None:
    files = {
        "docfx.yml": "files: '*.md'\nexclude: b.md\nglobalMetadata:\n  a: 2\n",
        "s.json": SCHEMA,
        "a.md": HEADER,
        "b.md": "# No page\n",
    }
    assert shown(check(tmp_path, files, TOML)) == ["docfx.yml:4:6 invalid-value"]


def test_content_with_a_source_folder(tmp_path: Path) -> None:
    docfx = {"build": {"content": [{"src": "../docs", "files": "**/*.md", "exclude": ["x/**"]}]}}
    files = {
        "build/docfx.json": json.dumps(docfx),
        "docs/a.md": "# One\n",
        "docs/x/b.md": "# Two\n",
        "README.md": "# Three\n",
    }
    assert shown(check(tmp_path, files)) == ["docs/a.md:1:1 header-missing"]
