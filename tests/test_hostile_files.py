"""Files that are not what they seem: links out of the repository, pipes, devices."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linters.cli import main
from linters.config.nearest import Configurations
from linters.links.network.certificates import client_context
from linters.localization.exchange.tree_lookup import ArticleTree
from linters.model.errors import UserError
from linters.model.settings import Settings
from linters.repository.discovery import select
from linters.repository.docsets import Docsets
from linters.repository.file_lookup import Files
from linters.util.globs import GlobSet
from linters.util.patterns import PatternError, compile_pattern
from linters.util.safe_paths import refuse_detour
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
    tree = ArticleTree(root, "published")
    assert "docs/pipe.md" in tree.files
    assert tree.by_hash == {}


def test_patterns_of_brackets_are_read_in_linear_time() -> None:
    assert not GlobSet(["[" * 4000, "[" * 900_000, "*a" * 300_000]).match_file("a.md")
    with pytest.raises(PatternError):
        compile_pattern("[" * 20_000)
    with pytest.raises(PatternError):
        compile_pattern("[" * 19_000 + "\\")


def test_lines_of_gitmodules_are_read_in_linear_time(root: Path) -> None:
    write(root, {".gitmodules": "\n" * 200_000 + "path\n" + "path = sub\n"})
    repository = select(root, [root], Settings()).repository
    assert Docsets(repository, Files(repository)).is_foreign("sub/a.md")


PASSWORD = "http://name:s3cret@127.0.0.1:1/a b"


@pytest.mark.parametrize("name", ["link.json", "folder/new.json", "hooks/pre-commit"])
def test_no_report_goes_through_a_link_of_the_repository(
    root: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / ".git" / "hooks").mkdir(parents=True)
    outside = root.parent / "outside"
    write(outside, {"victim": "kept"})
    (root / "link.json").symlink_to("../outside/victim")
    (root / "folder").symlink_to("../outside")
    (root / "hooks").symlink_to(".git/hooks")
    report = f"json={root / name}"
    assert main(["check", "--offline", "--no-cache", "--report", report, str(root / "docs")]) == 2
    assert "a symbolic link" in capsys.readouterr().err
    assert [entry.name for entry in outside.iterdir()] == ["victim"]
    assert (outside / "victim").read_text("utf-8") == "kept"
    assert not list((root / ".git" / "hooks").iterdir())


def test_no_export_goes_through_a_link_of_the_repository(root: Path) -> None:
    (root / ".git").mkdir()
    write(root.parent, {"victim": "kept"})
    (root / "o.tmx.part").symlink_to("../victim")
    output = str(root / "o.tmx")
    with pytest.raises(UserError, match="leaves the repository"):
        refuse_detour(root / "o.tmx.part")
    arguments = ["export", str(root / "docs"), "--format", "tmx", "--output", output]
    assert main(["localization", *arguments, "--no-cache"]) == 2
    assert (root.parent / "victim").read_text("utf-8") == "kept"


def test_a_link_outside_of_repositories_leads_anywhere(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("/dev")
    refuse_detour(tmp_path / "out" / "stdout")


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "github"])
def test_passwords_are_printed_nowhere(
    root: Path, output_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"---\ntitle: '{PASSWORD}'\nms.date: '{PASSWORD}'\n---\n# A\n\n[a](<{PASSWORD}>)\n"
    write(root, {"docs/a.md": text + f"[b]({PASSWORD[:-2]})\n"})
    main(["check", "--offline", "--no-cache", "--output-format", output_format, str(root)])
    shown = capsys.readouterr()
    assert "s3cret" not in shown.out + shown.err
    assert "127.0.0.1" in shown.out
