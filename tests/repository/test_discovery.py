"""Which files there are, and which are articles to report on."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.config.nearest import Configurations
from linters.model.errors import UserError
from linters.model.settings import Settings
from linters.repository.discovery import select
from linters.repository.listing import find_files, find_root
from tests.git import git
from tests.running import write


def test_git_lists_what_is_tracked_or_new_and_not_gone(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, {"a.md": "", "gone.md": "", ".gitignore": "out/\n", "out/x.md": ""})
    git(tmp_path, "add", "-A")
    (tmp_path / "gone.md").unlink()
    write(tmp_path, {"new.md": ""})
    assert find_files(tmp_path).files == {"a.md", "new.md", ".gitignore"}


def test_a_sparse_checkout_knows_what_is_not_on_the_disk(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, {"a/a.md": "", "b/b.md": ""})
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "x")
    git(tmp_path, "sparse-checkout", "set", "a")
    selection = select(tmp_path, [tmp_path], Settings())
    assert selection.repository.files == {"a/a.md", "b/b.md"}
    assert selection.reported == ("a/a.md",)


def test_a_submodule_is_its_own_repository(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner", tmp_path / "outer"
    for root in (inner, outer):
        root.mkdir()
        git(root, "init", "-q")
        write(root, {"a.md": "", "b.md": "", "c.txt": ""})
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "x")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "sub.md")
    selection = select(outer, [outer], Settings())
    assert selection.repository.files == {"a.md", "b.md", "c.txt", ".gitmodules"}
    assert selection.repository.submodules == {"sub.md"}
    assert selection.repository.build.in_submodule("sub.md/a.md")
    assert selection.reported == ("a.md", "b.md")
    (note,) = selection.notes
    assert str(note) == "sub.md: a submodule: its 2 articles are not checked"
    assert find_root(outer / "sub.md" / "a.md", None) == outer / "sub.md"
    assert select(outer, [outer / "a.md"], Settings()).notes == ()


def test_a_submodule_without_git_is_known_by_its_name(tmp_path: Path) -> None:
    modules = '[submodule "x"]\n\tpath = x\n\turl = ../x\n'
    write(tmp_path, {".gitmodules": modules, "a.md": "", "x/b.md": "", "xy/c.md": ""})
    selection = select(tmp_path, [tmp_path], Settings())
    assert selection.reported == ("a.md", "xy/c.md")
    assert list(map(str, selection.notes)) == ["x: a submodule: its article is not checked"]


def test_where_git_refuses_the_folder_is_walked(tmp_path: Path) -> None:
    write(tmp_path, {".git": "gitdir: /nowhere\n", "a.md": "", ".gitignore": "b.md\n", "b.md": ""})
    listing = find_files(tmp_path)
    assert listing.files == {"a.md", ".gitignore"}
    assert "read without git" in "".join(listing.notes)


def test_a_walk_can_be_cut_short(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["a/b/c.md", "a/d.md", "e.md", "z/y/x.md"], ""))
    listing = find_files(tmp_path, 2)
    assert listing.files == {"e.md", "a/d.md"}
    assert listing.notes
    assert find_files(tmp_path, 5).notes == ()


def test_a_walk_honours_ignore_files_as_git_does(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".gitignore": "*.tmp.md\n/out\nkeep/*\n!keep/this.md\n",
            ".ignore": "!yes.tmp.md\n",
            "d/.gitignore": "!no.tmp.md\n/x.md\n",
            **dict.fromkeys(
                [
                    "a.md",
                    "a.tmp.md",
                    "yes.tmp.md",
                    "out/a.md",
                    "d/out/a.md",
                    "d/no.tmp.md",
                    "d/x.md",
                    "d/e/x.md",
                    "keep/this.md",
                    "keep/that.md",
                ],
                "",
            ),
        },
    )
    walked = {path for path in find_files(tmp_path).files if path.endswith(".md")}
    assert walked == {
        "a.md",
        "yes.tmp.md",
        "d/out/a.md",
        "d/no.tmp.md",
        "d/e/x.md",
        "keep/this.md",
    }
    (tmp_path / ".ignore").unlink()
    git(tmp_path, "init", "-q")
    assert walked - find_files(tmp_path).files == {"yes.tmp.md"}


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "", "d/a.md": ""})
    (tmp_path / "empty.md").mkdir()
    with pytest.raises(UserError, match=r"empty\.md: no articles here"):
        select(tmp_path, [tmp_path / "empty.md"], Settings())
    with pytest.raises(UserError, match="no such file"):
        select(tmp_path, [tmp_path / "gone.md"], Settings())


def test_a_linked_folder_is_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": ""})
    try:
        (tmp_path / "link").symlink_to("docs", target_is_directory=True)
    except OSError:
        pytest.skip("symbolic links need a privilege")
    assert select(tmp_path, [tmp_path / "link"], Settings()).reported == ("docs/a.md",)


def test_the_nearest_includes_and_every_one_above_may_exclude(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "articlelint.toml": 'exclude = ["d/old/"]',
            "d/articlelint.toml": 'include = ["*.markdown"]\nexclude = ["/x.markdown"]',
            **dict.fromkeys(
                ["a.md", "d/a.md", "d/a.markdown", "d/x.markdown", "d/e/x.markdown"], ""
            ),
            "d/old/a.markdown": "",
        },
    )
    selection = select(tmp_path, [tmp_path], Configurations(tmp_path))
    assert selection.reported == ("a.md", "d/a.markdown", "d/e/x.markdown")


def test_wildcards_of_ignore_files_are_bounded_for_each_folder(tmp_path: Path) -> None:
    here = "".join(f"?{number}.b?c\n" for number in range(1_500))
    write(
        tmp_path,
        {"a.md": "", "d/e/a.md": "", "d/e/out.md": "", "d/e/x1499.bb1c": "", "d/e/x9.bb1c": ""},
    )
    write(
        tmp_path,
        {
            ".gitignore": "*out.md\n" + here,
            "d/.ignore": here.replace(".b", ".bb"),
            "f/.ignore": "?q*c?d\n",
        },
    )
    listing = find_files(tmp_path)
    assert {path for path in listing.files if "ignore" not in path} == {
        *("a.md", "d/e/a.md", "d/e/x1499.bb1c")
    }
    (note,) = listing.notes
    assert note.startswith("d/.ignore: more than 200,000 lines, or 2,000 patterns with wildcards")
