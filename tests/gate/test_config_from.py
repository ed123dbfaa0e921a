"""``--config-from``: what lowers a severity comes from the base revision."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.gate.conftest import Gate, commit
from tests.git import git
from tests.running import write

ARTICLE = "---\ntitle: A\n---\n# A\n\n[x](gone.md)\n"
DOCFX = '{"build": {"content": [{"files": ["docs/**.md"], "exclude": [%s]}]}}'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, {"docs/a.md": "# A\n", "articlelint.toml": 'select = ["LINK"]\n'})
    commit(tmp_path)
    git(tmp_path, "switch", "-q", "-c", "topic")
    write(tmp_path, {"docs/a.md": ARTICLE})
    return tmp_path


@pytest.mark.parametrize(
    "files",
    [
        {"articlelint.toml": 'ignore = ["ALL"]\n'},
        {"articlelint.toml": 'select = ["LINK"]\nexclude = ["docs/"]\n'},
        {"articlelint.toml": 'include = ["*.txt"]\n', "b.txt": "x\n"},
        {"articlelint.toml": "severity = { file-not-found = 'off' }\n"},
        {"articlelint.toml": 'per-file-ignores = { "**" = ["ALL"] }\n'},
        {"docs/articlelint.toml": 'ignore = ["ALL"]\n'},
        {"docs/pyproject.toml": "[tool.articlelint]\nignore = ['ALL']\n"},
    ],
)
def test_a_change_cannot_switch_the_gate_off(root: Path, gate: Gate, files: dict[str, str]) -> None:
    write(root, files)
    commit(root)
    result = gate("--config-from", "main", "--since", "main")
    assert (result.status, result.found) == (1, ["docs/a.md:6 file-not-found"])


def test_without_it_the_working_tree_decides(root: Path, gate: Gate) -> None:
    write(root, {"articlelint.toml": 'select = ["LINK"]\nignore = ["LINK001"]\n'})
    assert gate("--since", "main").status == 0


def test_schemas_come_from_the_revision(root: Path, gate: Gate) -> None:
    strict = json.dumps({"type": "object", "required": ["x"], "rules": {}})
    loose = json.dumps({"type": "object"})
    config = 'select = ["META"]\n[[metadata.schemas]]\nfiles = ["*"]\nschema = "own.json"\n'
    git(root, "switch", "-q", "main")
    git(root, "checkout", "-q", ".")
    write(root, {"articlelint.toml": config, "own.json": strict, "loose.json": loose})
    commit(root)
    git(root, "switch", "-q", "-C", "topic")
    write(root, {"docs/a.md": ARTICLE, "own.json": loose})
    assert gate("--since", "main").found == []
    expected = gate("--since", "main", "--config-from", "main").found
    assert [place.partition(" ")[0] for place in expected] == ["docs/a.md:2"]
    (root / "own.json").unlink()
    assert gate("--since", "main", "--config-from", "main").found == expected
    if sys.platform != "win32":  # where symbolic links need a privilege
        (root / "own.json").symlink_to("loose.json")
        assert gate("--since", "main", "--config-from", "main").found == expected


def test_the_locale_of_the_articles_is_that_before_the_change(root: Path, gate: Gate) -> None:
    norwegian = ARTICLE.replace("title: A", "title: A\nms.contentlocale: nb-NO")
    write(root, {"docs/a.md": norwegian, "docs/b.md": norwegian})
    assert gate("--since", "main").status == 0
    assert gate("--since", "main", "--config-from", "main").status == 1


def test_the_baseline_comes_from_the_revision(root: Path, gate: Gate) -> None:
    gate("--write-baseline", "known.txt")
    commit(root)
    assert gate("--baseline", "known.txt").status == 0
    assert gate("--baseline", "known.txt", "--config-from", "main").status == 1


def test_a_file_of_the_command_line_comes_from_the_revision(root: Path, gate: Gate) -> None:
    write(root, {"articlelint.toml": 'ignore = ["ALL"]\n'})
    assert gate("--config", "articlelint.toml", "--config-from", "main").status == 1
    write(root, {"own.toml": 'ignore = ["ALL"]\n'})
    result = gate("--config", "own.toml", "--config-from", "main")
    assert (result.status, "own.toml is not in main" in result.err) == (2, True)


def test_what_exists_comes_from_the_working_tree(root: Path, gate: Gate) -> None:
    write(root, {"docs/gone.md": "# Not gone\n"})
    assert gate("--config-from", "main").status == 0


def test_what_docfx_publishes_comes_from_the_revision(root: Path, gate: Gate) -> None:
    git(root, "switch", "-q", "main")
    git(root, "checkout", "-q", ".")
    write(root, {"docfx.json": DOCFX % "", "articlelint.toml": 'select = ["META"]\n'})
    commit(root)
    git(root, "switch", "-q", "-C", "topic")
    write(root, {"docfx.json": DOCFX % '"docs/a.md"', "docs/a.md": "# No header\n"})
    assert gate("--since", "main").status == 0
    result = gate("--since", "main", "--config-from", "main")
    assert (result.status, result.found) == (1, ["docs/a.md:1 header-missing"])


@pytest.mark.parametrize("revision", ["none", "-x", "", "main\0"])
def test_a_revision_that_does_not_exist(root: Path, gate: Gate, revision: str) -> None:
    result = gate(f"--config-from={revision}")
    assert result.status == 2
    assert "--config-from" in result.err


def test_an_invalid_configuration_of_the_revision_is_named(root: Path, gate: Gate) -> None:
    git(root, "switch", "-q", "main")
    git(root, "checkout", "-q", ".")
    write(root, {"articlelint.toml": "selekt = []\n"})
    commit(root)
    result = gate("--config-from", "main")
    assert result.status == 2
    assert "articlelint.toml:1: selekt: unknown key" in result.err
