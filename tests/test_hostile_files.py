"""Files that are not what they seem: links out of the repository, pipes, devices."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linters.config.nearest import Configurations
from linters.discovery import select
from linters.errors import UserError
from linters.globs import GlobSet
from linters.links.docsets import Docsets
from linters.links.files import Files
from linters.links.probe.certificates import client_context
from linters.localization.exchange.counterparts import Tree
from linters.patterns import PatternError, compile_pattern
from linters.settings import Settings
from tests.running import write

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and links as on POSIX")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    write(folder, {"docs/a.md": "# A\n"})
    write(tmp_path, {"secret.toml": 'ignore = ["ALL"]\n', "secret.json": "{}"})
    return folder


@pytest.mark.parametrize("name", ["articlelint.toml", "pyproject.toml"])
@pytest.mark.parametrize("folder", ["", "docs"])
def test_a_configuration_outside_is_not_read(root: Path, folder: str, name: str) -> None:
    (root / folder / name).symlink_to(root.parent / "secret.toml")
    with pytest.raises(UserError, match=f"{name}: a symbolic link that leaves the repository"):
        Configurations(root).of("docs/a.md")


def test_a_configuration_linked_inside_is_read(root: Path) -> None:
    write(root, {"shared/articlelint.toml": 'ignore = ["META"]\n'})
    (root / "docs" / "articlelint.toml").symlink_to("../shared/articlelint.toml")
    assert Configurations(root).of("docs/a.md").ignore == ("META",)


def test_a_configuration_that_is_no_file_is_told(root: Path) -> None:
    os.mkfifo(root / "articlelint.toml")
    with pytest.raises(UserError, match="not a regular file"):
        Configurations(root)


def test_the_builds_files_are_read_inside_only(root: Path) -> None:
    text = '{"redirections": [{"source_path": "docs/b.md", "redirect_url": "/x"}]}'
    write(root.parent, {"outside.json": text})
    (root / ".openpublishing.redirection.json").symlink_to("../outside.json")
    repository = select(root, [root], Settings()).repository
    assert Docsets(repository, Files(repository)).redirect("docs/b.md") is None


@pytest.mark.parametrize("content", [None, b"", b"no certificate", b"\xff\xfe"])
def test_authorities_that_are_none_are_the_users_error(root: Path, content: bytes | None) -> None:
    file = root / "ca.pem"
    if content is None:
        os.mkfifo(file)
    else:
        file.write_bytes(content)
    with pytest.raises(UserError, match=r"ca-files: .*ca\.pem: "):
        client_context([str(file)])


def test_a_pipe_in_a_published_tree_is_passed_over(root: Path) -> None:
    os.mkfifo(root / "docs" / "pipe.md")
    tree = Tree(root, "published")
    assert "docs/pipe.md" in tree.files
    assert tree.by_hash == {}


def test_patterns_of_brackets_are_read_in_linear_time() -> None:
    assert not GlobSet(["[" * 20_000]).match_file("a.md")
    with pytest.raises(PatternError):
        compile_pattern("[" * 20_000)
    with pytest.raises(PatternError):
        compile_pattern("[" * 19_000 + "\\")


def test_lines_of_gitmodules_are_read_in_linear_time(root: Path) -> None:
    write(root, {".gitmodules": "\n" * 200_000 + "path\n" + "path = sub\n"})
    repository = select(root, [root], Settings()).repository
    assert Docsets(repository, Files(repository)).is_foreign("sub/a.md")
