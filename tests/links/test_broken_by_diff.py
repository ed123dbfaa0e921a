"""Links elsewhere that a change breaks are reported with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git import git
from tests.links.running import check, commit, fixes, shown
from tests.running import write

FILES = {
    "a.md": "# A\n\n[b](docs/b.md#setup), [c](missing.md)\n",
    "docs/b.md": "# B\n\n## Setup\n\n[!INCLUDE [x](includes/x.md)]\n",
    "docs/c.md": "[there](./b.md), [in](b.md#shared), [x](b.md#never)\n\n![p](p.png)\n",
    "docs/includes/x.md": "## Shared\n",
    "docs/p.png": "picture",
    "docs/TOC.yml": "- name: B\n  href: b.md\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with links."""
    commit(tmp_path, FILES)
    return tmp_path


@pytest.mark.parametrize("cached", [False, True])
def test_a_renamed_file(root: Path, tmp_path: Path, cached: bool) -> None:
    git(root, "mv", "docs/b.md", "docs/new name.md")
    for _ in range(2):
        cache = tmp_path / "cache" if cached else None
        report = check(root, ["docs/new name.md"], since="HEAD", cache=cache)
        moved = "file-not-found: docs/b.md has moved to docs/new name.md"
        assert shown(report) == [
            f"a.md:3 {moved}",
            f"docs/TOC.yml:2 {moved}",
            f"docs/c.md:1 {moved}",
            f"docs/c.md:1 {moved}",
            f"docs/c.md:1 {moved}",
        ]
        assert fixes(report) == [
            "docs/new%20name.md#setup",
            "new%20name.md",
            "./new%20name.md",
            "new%20name.md#shared",
            "new%20name.md#never",
        ]


def test_a_removed_file(root: Path) -> None:
    git(root, "rm", "-q", "docs/b.md", "docs/p.png")
    report = check(root, ["docs/includes/x.md"], since="HEAD")
    assert [line.partition(" ")[0] for line in shown(report)] == [
        "a.md:3",
        "docs/TOC.yml:2",
        *["docs/c.md:1"] * 3,
        "docs/c.md:3",
    ]


def test_a_removed_file_that_is_redirected(root: Path) -> None:
    git(root, "rm", "-q", "docs/b.md")
    entry = '{"redirections": [{"source_path": "docs/b.md", "redirect_url": "/elsewhere"}]}'
    write(root, {".openpublishing.redirection.json": entry})
    assert shown(check(root, ["docs/includes/x.md"], since="HEAD")) == []


def test_a_removed_heading(root: Path) -> None:
    write(root, {"docs/b.md": FILES["docs/b.md"].replace("Setup", "Set up")})
    report = check(root, ["docs/b.md"], since="HEAD")
    assert shown(report) == ["a.md:3 bookmark-not-found: docs/b.md has no heading or anchor setup"]
    assert report.findings[0].help == "did you mean #set-up?"


def test_a_removed_heading_of_an_included_file(root: Path) -> None:
    write(root, {"docs/includes/x.md": "## Common\n"})
    report = check(root, ["docs/includes/x.md"], since="HEAD")
    assert shown(report) == [
        "docs/c.md:1 bookmark-not-found: docs/b.md has no heading or anchor shared"
    ]


def test_an_include_that_is_no_more_included(root: Path) -> None:
    write(root, {"docs/b.md": FILES["docs/b.md"].partition("[!")[0]})
    report = check(root, ["docs/b.md"], since="HEAD")
    assert shown(report) == [
        "docs/c.md:1 bookmark-not-found: docs/b.md has no heading or anchor shared"
    ]


@pytest.mark.parametrize("moved", [True, False])
def test_urls_of_a_removed_file(tmp_path: Path, moved: bool) -> None:
    docset = '{"docsets_to_publish": [{"build_source_folder": "docs", "base_path": "/prod"}]}'
    github = "https://github.com/me/docs/blob/main/docs/sub/b.md#b"
    files = {
        ".openpublishing.publish.config.json": docset,
        "a.md": f"[site](/prod/sub/b#b), <https://learn.microsoft.com/prod/sub/b>, <{github}>\n",
        "docs/sub/b.md": "# B\n",
    }
    commit(tmp_path, files)
    git(tmp_path, "remote", "add", "origin", "https://github.com/me/docs")
    assert shown(check(tmp_path)) == []
    if moved:
        git(tmp_path, "mv", "docs/sub/b.md", "docs/c.md")
    else:
        git(tmp_path, "rm", "-q", "docs/sub/b.md")
        write(tmp_path, {"new.md": "# New\n"})
    report = check(tmp_path, ["docs/c.md" if moved else "new.md"], since="HEAD")
    assert [finding.path for finding in report.findings] == ["a.md"] * 3
    assert {finding.rule.name for finding in report.findings} == {"file-not-found"}
    wanted = ["/prod/c#b", "https://learn.microsoft.com/prod/c", github.replace("sub/b.md", "c.md")]
    assert fixes(report) == (wanted if moved else [None] * 3)


def test_what_was_broken_before_is_not_reported_again(root: Path) -> None:
    write(root, {"docs/b.md": FILES["docs/b.md"] + "\nMore.\n"})
    assert shown(check(root, since="HEAD")) == []


def test_without_a_base_only_the_named_files_are_reported(root: Path) -> None:
    git(root, "rm", "-q", "docs/b.md")
    report = check(root, ["a.md"])
    assert shown(report) == [
        "a.md:3 file-not-found: docs/b.md does not exist",
        "a.md:3 file-not-found: missing.md does not exist",
    ]
