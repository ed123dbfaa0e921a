"""The targets of links: files of this repository, however they are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from linters.model.settings import LinkSettings, Settings
from linters.repository.listing import list_files
from tests.git import git
from tests.links.running import check, commit, fixes, links, shown
from tests.running import write

DOCSET = {
    "docs/docfx.json": '{"build": {"content": [{"files": ["**/*.md"]}], "dest": "guide"}}',
    "docs/index.md": "# Guide\n",
    "docs/sub/b.md": "# B\n",
}


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("b.md", "docs/b.md"),
        ("./b.md?view=x#b", "docs/b.md#b"),
        ("sub/../b.md", "docs/b.md"),
        ("sub/", "docs/sub"),
        ("sub", "docs/sub"),
        ("..", ""),
        ("~/b.md", "docs/b.md"),
        ("%62.md", "docs/b.md"),
        ("<a b.md>", "docs/a b.md"),
        ("a%20b.md", "docs/a b.md"),
        ("100%25.md", "docs/100%.md"),
        ("å.md", "docs/å.md"),
        ("%C3%A5.md", "docs/å.md"),
        ("x#%20y", "docs/x# y"),
    ],
)
def test_relative(tmp_path: Path, url: str, target: str) -> None:
    names = ("b.md", "sub/index.md", "a b.md", "100%.md", "å.md", "index.md")
    files = {f"docs/{name}": "# B\n" for name in names}
    write(tmp_path, {**files, "docs/docfx.json": "{}", "index.md": "", "docs/a.md": f"[a]({url})"})
    report = check(tmp_path, ["docs/a.md"])
    ((_, kind, found, verdict),) = links(report)
    if "# " in target:
        assert verdict == "broken"
    else:
        assert (kind, found, verdict) == ("file", target, "ok")
        assert shown(report) == []


@pytest.mark.parametrize(
    ("url", "kind", "target"),
    [
        ("/azure/x", "site", "https://learn.microsoft.com/azure/x"),
        ("/guide/sub/B#b", "file", "docs/sub/b.md#b"),
        ("/en-us/guide/", "site", "https://learn.microsoft.com/en-us/guide/"),
        ("https://learn.microsoft.com/guide/sub/b", "file", "docs/sub/b.md"),
        ("http://Learn.Microsoft.com/en-us/guide/sub/b", "file", "docs/sub/b.md"),
        ("/guide/sub/b#other", "site", "https://learn.microsoft.com/guide/sub/b#other"),
        ("\\guide/elsewhere", "site", "https://learn.microsoft.com/guide/elsewhere"),
        ("/guide/elsewhere", "site", "https://learn.microsoft.com/guide/elsewhere"),
        ("//host.test/x", "external", "https://host.test/x"),
        ("javascript:void(0)", "other", "javascript:void(0)"),
        ("tel:+47", "other", "tel:+47"),
    ],
)
def test_site(tmp_path: Path, url: str, kind: str, target: str) -> None:
    write(tmp_path, {**DOCSET, "docs/a.md": f"[a]({url})"})
    ((_, found_kind, found, _),) = links(check(tmp_path, ["docs/a.md"]))
    assert (found_kind, found) == (kind, target)


def test_a_path_from_the_root_outside_of_docsets(tmp_path: Path) -> None:
    text = "[a](/docs/sub/b.md#b), [b](/docs/none.md), [c](/docs/sub/b.md#c)"
    write(tmp_path, {**DOCSET, "README.md": text, "docs/a.md": text})
    assert shown(check(tmp_path)) == [
        "README.md:1 bookmark-not-found: docs/sub/b.md has no heading or anchor c"
    ]
    found = [(kind, target) for _, kind, target, _ in links(check(tmp_path, ["docs/a.md"]))]
    site = "https://learn.microsoft.com/docs"
    assert found == [
        ("site", f"{site}/none.md"),
        ("site", f"{site}/sub/b.md#b"),
        ("site", f"{site}/sub/b.md#c"),
    ]


def test_a_stated_base_path_decides_bookmarks_too(tmp_path: Path) -> None:
    docfx = '{"basePath": "/guide", "build": {}}'
    write(tmp_path, {**DOCSET, "docs/docfx.json": docfx, "docs/a.md": "[a](/guide/sub/b#other)"})
    assert shown(check(tmp_path, ["docs/a.md"])) == [
        "docs/a.md:1 bookmark-not-found: docs/sub/b.md has no heading or anchor other"
    ]


def test_docset_root_from_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"docs/x/b.md": "# B\n", "a.md": "[a](~/b.md) [b](~/c.md)"})
    settings = Settings(directory=str(tmp_path), links=LinkSettings(docset_root="docs/x"))
    assert shown(check(tmp_path, settings=settings)) == [
        "a.md:1 file-not-found: docs/x/c.md does not exist"
    ]
    assert len(shown(check(tmp_path))) == 2


@pytest.mark.parametrize("written", ["~/docs/Sub/b.md", r"~\\docs\sub\b.md"])
def test_a_path_from_the_repository_s_root_is_mended(tmp_path: Path, written: str) -> None:
    write(tmp_path, {**DOCSET, "docs/a.md": f"[a]({written})"})
    assert fixes(check(tmp_path, ["docs/a.md"])) == ["~/sub/b.md"]


@pytest.mark.parametrize("there", ["\u00fcber.md", "u\u0308ber.md"])
def test_letters_composed_otherwise(tmp_path: Path, there: str) -> None:
    written = {"\u00fcber.md": "u\u0308ber.md", "u\u0308ber.md": "\u00fcber.md"}[there]
    write(tmp_path, {"sub/a.md": f"[a](../{written}#x)"})
    commit(tmp_path, {there: "# X\n"})
    if there not in list_files(tmp_path):
        pytest.skip("the file system composes names itself")
    report = check(tmp_path, ["sub/a.md"])
    (finding,) = report.findings
    assert finding.rule.name == "file-case-mismatch"
    assert "Unicode normalization" in finding.message
    assert fixes(report) == [f"../{there}#x"]


def test_a_folder_without_index_is_no_page(tmp_path: Path) -> None:
    write(tmp_path, {**DOCSET, "docs/a.md": "[a](sub/)", "docs/README.md": "[a](sub/)"})
    assert shown(check(tmp_path)) == [
        "docs/a.md:1 file-not-found: folder docs/sub has no index.md or index.yml"
    ]


def test_redirected_files(tmp_path: Path) -> None:
    redirections = """{"redirections": [
        {"source_path": "docs/old.md", "redirect_url": "/guide/sub/b"},
        {"source_path_from_root": "/docs/gone.md", "redirect_url": "/azure/x"}
    ]}"""
    article = "[a](old.md#b)\n[b](gone.md)\n"
    files = {".openpublishing.redirection.json": redirections, "docs/a.md": article}
    write(tmp_path, {**DOCSET, **files})
    report = check(tmp_path)
    moved = "docs/old.md is redirected to docs/sub/b.md"
    assert shown(report) == [f"docs/a.md:1 link-redirected: {moved}"]
    assert fixes(report) == ["sub/b.md#b"]
    assert [verdict for _, _, _, verdict in links(report)] == ["ok", "redirected"]


def test_a_redirection_to_a_file_that_is_redirected_too(tmp_path: Path) -> None:
    redirections = """{"redirections": [
        {"source_path": "old.md", "redirect_url": "/prod/older"},
        {"source_path": "older.md", "redirect_url": "new"},
        {"source_path": "round.md", "redirect_url": "/prod/round"}]}"""
    files = {
        ".openpublishing.redirection.json": redirections,
        ".openpublishing.publish.config.json": (
            '{"docsets_to_publish": [{"build_source_folder": ".", "base_path": "/prod"}]}'
        ),
        "new.md": "[a](old.md), [b](round.md)\n",
    }
    write(tmp_path, files)
    report = check(tmp_path)
    moved = "old.md is redirected to new.md"
    assert shown(report) == [f"new.md:1 link-redirected: {moved}"]
    assert fixes(report) == ["new.md"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Me/Docs/blob/main/docs/a.md#a", ("file", "docs/a.md#a", "ok")),
        ("https://github.com/me/docs/blob/main/docs/a.md#L3-L9", ("file", "docs/a.md#L3-L9", "ok")),
        ("https://github.com/me/docs/tree/main/docs", ("file", "docs", "ok")),
        ("https://github.com/me/docs/blob/main/docs/b.md", ("file", "docs/b.md", "broken")),
        ("https://github.com/me/docs/blob/main/docs/A.md", ("file", "docs/A.md", "broken")),
        ("https://raw.githubusercontent.com/me/docs/main/docs/a.md", ("file", "docs/a.md", "ok")),
        ("https://github.com/me/docs/blob/v1/docs/b.md", ("external", "", "skipped")),
        ("https://github.com/me/other/blob/main/docs/b.md", ("external", "", "skipped")),
        ("https://github.com/me/docs/issues/1", ("external", "", "skipped")),
    ],
)
@pytest.mark.parametrize(
    "origin",
    [
        "https://u:p@github.com/me/docs.git",
        "git@github.com:Me/docs.git",
        "ssh://git@github.com/me/docs",
    ],
)
def test_own_pages_on_github(
    tmp_path: Path, origin: str, url: str, expected: tuple[str, str, str]
) -> None:
    commit(tmp_path, {"docs/a.md": f"# A\n\n[a]({url})\n"})
    git(tmp_path, "remote", "add", "origin", origin)
    report = check(tmp_path)
    ((_, kind, target, verdict),) = links(report)
    assert (kind, target if kind == "file" else "", verdict) == expected
    assert len(report.findings) == (verdict == "broken")


def test_a_submodule_that_is_not_checked_out_is_unknown(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner", tmp_path / "outer"
    commit(inner, {"x.md": "# X\n"})
    commit(outer, {"a.md": "[a](mod/x.md)\n"})
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "mod")
    git(outer, "submodule", "--quiet", "deinit", "-f", "mod")
    report = check(outer)
    assert [(str(link.outcome.verdict), str(link.outcome.cause)) for link in report.links] == [
        ("skipped", "foreign-repository")
    ]


def test_damaged_configuration_counts_as_absent(tmp_path: Path) -> None:
    broken = {
        ".openpublishing.publish.config.json": "[" * 100_000,
        ".openpublishing.redirection.json": '{"redirections": [1, {"source_path": 2}]}',
    }
    write(tmp_path, {**broken, "docs/a.md": "[a](b.md)"})
    report = check(tmp_path)
    assert shown(report) == ["docs/a.md:1 file-not-found: docs/b.md does not exist"]


def test_hosts_are_configurable(tmp_path: Path) -> None:
    hosts = replace(LinkSettings(), outdated_hosts={"old.test": "new.test"}, locale_free_hosts=())
    settings = Settings(directory=str(tmp_path), links=hosts)
    text = "<https://old.test/nb-no/x> <https://learn.microsoft.com/en-us/>\n"
    write(tmp_path, {"a.md": text})
    report = check(tmp_path, settings=settings)
    assert fixes(report) == ["https://new.test/nb-no/x"]


def test_a_space_in_what_is_meant_as_a_link(tmp_path: Path) -> None:
    text = "[a](my file.md#x), [b](<my file.md>), [c](no such file.md), `[d](my file.md)`\n"
    write(tmp_path, {"a.md": text, "my file.md": "# X\n"})
    report = check(tmp_path)
    assert shown(report) == [
        "a.md:1 link-invalid: a space ends a link destination, so this is not a link"
    ]
    assert fixes(report) == ["my%20file.md#x"]
    assert [url for url, _, _, _ in links(report)] == ["my file.md", "my file.md#x"]


def test_backslashes_and_spaces(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "[a](<sub\\b c.md?x#b-c>)\n", "sub/b c.md": "# B c\n"})
    report = check(tmp_path)
    assert [finding.rule.name for finding in report.findings] == ["backslash-in-link"]
    assert fixes(report) == ["sub/b%20c.md?x#b-c"]
    assert [verdict for _, _, _, verdict in links(report)] == ["ok"]


def test_a_finding_in_a_nested_include_is_reported_once_with_all_includers(
    tmp_path: Path,
) -> None:
    files = {
        "a.md": "[!INCLUDE [x](includes/x.md)]\n",
        "sub/b.md": "# B\n\n[!INCLUDE [x](~/includes/x.md)]\n",
        "includes/x.md": "[!INCLUDE [y](y.md)]\n",
        "includes/y.md": "[gone](gone.md)\n",
    }
    write(tmp_path, files)
    (finding,) = check(tmp_path).findings
    assert finding.path == "includes/y.md"
    assert [(item.path, item.line) for item in finding.related] == [
        ("includes/x.md", 1),
        ("a.md", 1),
        ("sub/b.md", 3),
    ]


@pytest.mark.parametrize("source", [False, True])
def test_what_a_translation_lacks(tmp_path: Path, source: bool) -> None:
    text = "[a](a.md#x) ![b](b.png) [c](c.md)\n\n[!INCLUDE [d](d.md)]\n\n[e](f.md#nowhere)\n"
    here = tmp_path / "docs.nb-NO"
    write(here, {"x.md": text, "TOC.yml": "- href: a.md\n", "f.md": "# F\n"})
    write(tmp_path / "docs", {"a.md": "# X\n", "b.png": "", "d.md": "D\n"})
    report = check(here, source=tmp_path / "docs" if source else None)
    found = {
        (finding.range.start.column, finding.rule.name, str(finding.severity))
        for finding in report.findings
    }
    assert found == {
        (5, "file-not-found", "info"),
        (9, "file-not-found", "info"),
        (18, "file-not-found", "info"),
        (29, "file-not-found", "warning" if source else "info"),
        (15, "include-not-found", "info"),
        (5, "bookmark-not-found", "error"),
    }
    outcomes = {link.url: (str(link.outcome.verdict), link.outcome.cause) for link in report.links}
    assert outcomes["a.md#x"] == ("unknown", "not-localized")
    assert outcomes["d.md"] == ("unknown", "not-localized")
    assert outcomes["c.md"] == (("broken", "status") if source else ("unknown", "not-localized"))


def test_style_that_a_translation_has_from_its_source(tmp_path: Path) -> None:
    url = "https://docs.microsoft.com/x"
    segment = (
        '<span data-ttu-id="1-1">[a]({})</span><span class="sxs-lookup">'
        '<span data-stu-id="1-1">[a]({})</span></span>\n\n'
    )
    text = segment.format(url, url) + segment.format(url, "https://e.test/") + f"<{url}>\n"
    write(tmp_path / "docs.nb-NO", {"x.md": text})
    report = check(tmp_path / "docs.nb-NO")
    found = [
        (str(finding.severity), finding.data.get("inherited", False)) for finding in report.findings
    ]
    assert found == [("info", True), ("warning", False), ("info", True)]
