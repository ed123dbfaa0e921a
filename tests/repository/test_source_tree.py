"""The repository that a translation comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linters.cli import main
from linters.model.errors import UserError
from linters.repository.source_tree import SourceTree
from tests.running import write


def test_files_folders_and_redirections_of_the_source(tmp_path: Path) -> None:
    entry = {"source_path": "docs/old.md", "redirect_url": "/new"}
    redirected = json.dumps({"redirections": [entry]})
    write(
        tmp_path,
        {".openpublishing.redirection.json": redirected, "docs/A.md": "# A\n", "img/x.png": b""},
    )
    tree = SourceTree.open(tmp_path)
    assert tree.find("docs/a.md") == "docs/A.md"
    assert tree.find("docs/b.md") is None
    assert tree.find_folder("IMG") == "img"
    assert tree.redirect("docs/old.md") == "/new"
    assert [tree.has(path) for path in ("docs/a.md", "img", "docs/old.md", "docs/b.md")] == [
        *(True, True, True),
        False,
    ]
    assert tree.read("docs/A.md").text == "# A\n"


def test_a_source_that_is_not_a_folder_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a.md": "# A\n"})
    with pytest.raises(UserError, match="is not a folder"):
        SourceTree.open(tmp_path / "a.md")
    status = main(["check", "--offline", "--source-tree", str(tmp_path / "no"), str(tmp_path)])
    assert status == 2
    assert "--source-tree" in capsys.readouterr().err
