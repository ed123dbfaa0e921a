"""The one reader of the build's configuration."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from linters.model.errors import UserError
from linters.repository.docfx import MAX_GLOBS, read_docset
from linters.repository.docset_index import ancestors
from tests.repository.helper import make

COMMENTED = """\
{
  // which files are pages
  "Build": {
    "CONTENT": [ { "Files": ["**/*.md"], "EXCLUDE": ["x/**"], "Src": "." }, ],
    /* nothing is added
       to pages */
    "overwrite": [ "specs/*.md" ],
    "GlobalMetadata": { "ms.topic": "how-to", },
    "dest": "docs",
  },
}
"""


def test_docfx_json_has_comments_trailing_commas_and_names_in_any_case(tmp_path: Path) -> None:
    build = make(tmp_path, {"docs/docfx.json": COMMENTED, "docs/a.md": "# A\n"}).build
    docset = build.docsets.of("docs/a.md")
    assert docset is not None
    assert [(item.key, item.value, item.range.start) for item in docset.everywhere] == [
        ("ms.topic", "how-to", (8, 37))
    ]
    assert build.docsets.is_content("docs/a.md")
    assert not build.docsets.is_content("docs/x/a.md")
    assert build.docsets.is_overwrite("docs/specs/a.md")
    assert docset.properties["dest"] == "docs"
    assert build.notes == ()


def test_a_file_of_two_docsets_is_published_if_either_builds_it(tmp_path: Path) -> None:
    files = {
        "docfx.json": json.dumps({"build": {"content": ["**/*.md"]}}),
        "inner/docfx.json": json.dumps({"build": {"content": ["only.md"]}}),
        "inner/a.md": "# A\n",
    }
    build = make(tmp_path, files).build
    assert build.docsets.is_content("inner/a.md")
    inherited_from = build.docsets.of("inner/a.md")
    assert inherited_from is not None
    assert inherited_from.folder == ""
    assert build.docset_root("inner/a.md") == "inner"


def test_the_index_of_docsets_travels_between_processes(tmp_path: Path) -> None:
    docsets = make(tmp_path, {"docfx.json": COMMENTED, "a.md": "# A\n"}).build.docsets
    assert docsets.is_content("a.md")
    copy = pickle.loads(pickle.dumps(docsets))
    assert copy == docsets
    assert copy.is_content("a.md")


@pytest.mark.parametrize("key", ["redirect_url", "redirect_URL", "Redirect_Url"])
def test_redirections_have_names_in_any_case(tmp_path: Path, key: str) -> None:
    entry = {"Source_Path": "docs/old.md", key: "/azure/new"}
    files = {".openpublishing.redirection.json": json.dumps({"Redirections": [entry]})}
    build = make(tmp_path, {**files, "a.md": "# A\n"}).build
    assert build.redirect("docs/old.md") == "/azure/new"
    assert build.redirect("Docs/OLD.md") == "/azure/new"
    assert build.redirect("docs/new.md") is None


def test_redirections_have_comments(tmp_path: Path) -> None:
    text = '{"redirections": [ // moved\n {"source_path": "a/b.md", "redirect_url": "c"}, ]}'
    build = make(tmp_path, {".openpublishing.redirection.json": text, "a.md": "# A\n"}).build
    assert build.redirect("a/b.md") == "c"
    assert build.notes == ()


def test_damaged_files_are_noted(tmp_path: Path) -> None:
    files = {
        ".openpublishing.redirection.json": '{"redirections": [\n  oops\n]}',
        ".openpublishing.publish.config.json": "[",
        "docs/docfx.json": '{"build": }',
        "a.md": "# A\n",
    }
    assert [str(note) for note in make(tmp_path, files).build.notes] == [
        "docs/docfx.json:1:11: expected a value; the file is ignored",
        ".openpublishing.publish.config.json:1: not JSON: expected a value; the file is ignored",
        ".openpublishing.redirection.json:2: not JSON: expected a value; the file is ignored",
    ]


def test_folders_of_other_repositories(tmp_path: Path) -> None:
    publish = {
        "docsets_to_publish": [{"docset_name": "d", "build_source_folder": "docs"}],
        "dependent_repositories": [{"path_to_root": "_themes", "url": "https://example.com/x"}],
    }
    modules = '[submodule "a"]\n\tpath = ext/a\n[submodule "b"]\npath="../out"\n'
    files = {
        ".openpublishing.publish.config.json": json.dumps(publish),
        ".gitmodules": modules,
        "a.md": "# A\n",
    }
    build = make(tmp_path, files).build
    foreign = ("_themes/x.md", "docs/_themes/y/x.md", "ext/a", "ext/a/x.md")
    assert all(map(build.is_foreign, foreign))
    assert not any(map(build.is_foreign, ("docs/a.md", "ext/b.md", "ext/ab/x.md")))
    assert build.in_submodule("ext/a/x.md")
    assert not build.in_submodule("_themes/x.md")


def test_a_policy_decides_what_is_published_but_not_what_exists(tmp_path: Path) -> None:
    redirected = {"redirections": [{"source_path": "old.md", "redirect_url": "a"}]}
    files = {
        "docfx.json": json.dumps({"build": {"content": ["none.md"]}}),
        ".openpublishing.redirection.json": json.dumps(redirected),
        "a.md": "# A\n",
    }
    (tmp_path / "base").mkdir()
    (tmp_path / "now").mkdir()
    base = make(tmp_path / "base", {"docfx.json": '{"build": {"content": ["*.md"]}}', "a.md": "A"})
    now = make(tmp_path / "now", files)
    object.__setattr__(now, "policy", base)
    assert now.build.docsets.is_content("a.md")
    assert now.build.redirect("old.md") == "a"


def test_looking_up_asks_only_docsets_above(tmp_path: Path) -> None:
    """Of 500 docsets, those in other folders cost nothing."""
    files = {f"d{n}/docfx.json": '{"build": {"content": ["**/*.md"]}}' for n in range(500)}
    docsets = make(tmp_path, {**files, "a.md": "# A\n"}).build.docsets
    assert [len(docsets._content.get(folder, ())) for folder in ancestors("d7/x/a.md")] == [0, 1, 0]
    assert docsets.is_content("d7/x/a.md")
    assert not docsets.is_content("e/a.md")


def test_ancestors_of_what_is_longer_than_any_path() -> None:
    assert list(ancestors("a/b/c.md")) == ["a/b", "a", ""]
    assert list(ancestors("a/" * 5000)) == [""]


def test_a_docset_of_too_many_globs_is_damaged() -> None:
    patterns = {f"**/*a{number}*/**": "x" for number in range(MAX_GLOBS + 1)}
    text = json.dumps({"build": {"fileMetadata": {"author": patterns}}})
    with pytest.raises(UserError, match="more than 10,000 globs"):
        read_docset("docfx.json", text)
