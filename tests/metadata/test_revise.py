"""What is asked of a file depends on what the repository makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linters.model.finding import Finding, Severity
from tests.metadata.running import run_files

DOCFX = json.dumps({"build": {"content": [{"files": ["docs/**"], "exclude": ["docs/old/**"]}]}})
PAGE = (
    "---\ntitle: How to peel an orange\ndescription: Peel an orange in one piece with a spoon, and"
    " keep the juice inside where it belongs.\nauthor: octocat\nms.author: cat\n"
    "ms.date: 01/05/2026\n---\n# Heading\n"
)
EMPTY = "---\nlayout: x\n---\n"


def found(
    folder: Path, files: dict[str, str], config: str = "", named: tuple[str, ...] = ("",)
) -> dict[str, list[Finding]]:
    """Path to its findings."""
    findings: dict[str, list[Finding]] = {}
    report = run_files(folder, files, config, named=named)
    assert report.errors == ()
    for finding in report.findings:
        findings.setdefault(finding.path, []).append(finding)
    return findings


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/stub.md", "---\nredirect_url: /other\n---\n"),
        ("docs/overwrite.md", "---\nuid: a.b\n---\nText\n"),
        ("docs/cmdlet.md", "---\nexternal help file: a.dll-Help.xml\nschema: 2.0.0\n---\n# A\n"),
        ("docs/includes/part.md", EMPTY),
        ("docs/shared/part.md", EMPTY),
        ("docs/TOC.md", "# [Page](page.md)\n"),
        ("docs/old/page.md", EMPTY),
        ("docs/README.md", EMPTY),
        ("README.md", "# Read me\n"),
        ("templates/article.md", "---\ntitle: TBD\nauthor: '{github-id}'\n---\n"),
    ],
)
def test_only_published_pages_need_keys(path: str, text: str, tmp_path: Path) -> None:
    page = PAGE + "\n[!INCLUDE [a part](shared/part.md)]\n"
    files = {"docfx.json": DOCFX, "docs/page.md": page, path: text}
    assert found(tmp_path, files) == {}


def test_a_page_needs_its_keys(tmp_path: Path) -> None:
    files = {"docfx.json": DOCFX, "docs/page.md": EMPTY}
    names = [finding.data["missing"] for finding in found(tmp_path, files)["docs/page.md"]]
    assert names == [["author"], ["description"], ["ms.author"], ["ms.date"], ["title"]]


def test_a_schema_of_the_repository_may_ask_a_stub_for_more(tmp_path: Path) -> None:
    config = '[[metadata.schemas]]\nfiles = ["*.md"]\nschema = "s.json"\n'
    schema = json.dumps({"strictRequired": ["title", "owner"]})
    stub = "---\nredirect_url: /other\n---\n"
    files = {"docfx.json": DOCFX, "s.json": schema, "docs/stub.md": stub}
    (finding,) = found(tmp_path, files, config)["docs/stub.md"]
    assert finding.data["missing"] == ["owner"]


def test_unpublished_files_have_warnings_at_most(tmp_path: Path) -> None:
    files = {
        "docfx.json": DOCFX,
        "docs/a.md": "---\ntitle: [\n---\n",
        "docs/old/a.md": "---\ntitle: [\n---\n",
        "docs/old/b.md": PAGE.replace("author: oct", "auhtor: oct"),
    }
    findings = found(tmp_path, files)
    assert [finding.severity for finding in findings["docs/a.md"]] == [Severity.ERROR]
    assert [finding.severity for finding in findings["docs/old/a.md"]] == [Severity.WARNING]
    (misspelt,) = findings["docs/old/b.md"]
    assert (misspelt.rule.name, misspelt.severity) == ("misspelt-attribute", Severity.WARNING)


@pytest.mark.parametrize(("count", "expected"), [(99, 99), (100, 0)])
def test_a_key_that_a_hundred_articles_have_is_the_repositorys_own(
    count: int, expected: int, tmp_path: Path
) -> None:
    text = PAGE.replace("layout", "x").replace("author: octocat", "author: octocat\nms.sevice: x")
    files = {f"a{number}.md": text for number in range(count)}
    findings = found(tmp_path, files)
    assert sum(map(len, findings.values())) == expected


@pytest.mark.parametrize(
    ("lacking", "having", "severity"),
    [
        (100, 0, Severity.INFO),
        (99, 0, Severity.WARNING),
        (100, 100, Severity.WARNING),
        (101, 100, Severity.INFO),
    ],
)
def test_a_key_that_most_pages_lack_is_an_info(
    lacking: int, having: int, severity: Severity, tmp_path: Path
) -> None:
    without = PAGE.replace("author: octocat\n", "", 1)
    files = {f"a{number}.md": without for number in range(lacking)}
    files |= {f"b{number}.md": PAGE for number in range(having)}
    (finding,) = found(tmp_path, files, named=("a1.md",))["a1.md"]
    assert (finding.data["missing"], finding.severity) == (["author"], severity)


def test_a_title_that_most_pages_lack_is_an_error(tmp_path: Path) -> None:
    without = PAGE.replace("title: How to peel an orange\n", "")
    files = {f"a{number}.md": without for number in range(100)}
    (finding,) = found(tmp_path, files, named=("a1.md",))["a1.md"]
    assert (finding.data["missing"], finding.severity) == (["title"], Severity.ERROR)


def test_a_schema_of_the_repository_asks_for_keys_that_most_pages_lack(tmp_path: Path) -> None:
    config = '[[metadata.schemas]]\nfiles = ["*.md"]\nschema = "s.json"\n'
    files = {f"a{number}.md": PAGE for number in range(100)}
    files["s.json"] = json.dumps({"required": ["owner"]})
    (finding,) = found(tmp_path, files, config, named=("a1.md",))["a1.md"]
    assert finding.severity is Severity.WARNING


def test_a_key_that_docfx_sets_for_some_files_is_used(tmp_path: Path) -> None:
    docfx = {"build": {"content": ["**.md"], "fileMetadata": {"author": {"c/**": "octocat"}}}}
    without = PAGE.replace("author: octocat\n", "", 1)
    files = {f"a{number}.md": without for number in range(100)}
    files["docfx.json"] = json.dumps(docfx)
    (finding,) = found(tmp_path, files, named=("a1.md",))["a1.md"]
    assert finding.severity is Severity.WARNING


def test_a_hook_on_one_file_knows_the_repositorys_own_keys(tmp_path: Path) -> None:
    text = PAGE.replace("author: octocat", "author: octocat\nms.sevice: x")
    files = {f"a{number}.md": text for number in range(100)}
    assert found(tmp_path, files, named=("a1.md",)) == {}


def test_an_inherited_value_is_reported_where_it_was_written_if_that_is_reported(
    tmp_path: Path,
) -> None:
    docfx = json.dumps(
        {
            "build": {
                "content": [{"files": ["**.md"]}],
                "globalMetadata": {"ms.topic": "artcle", "site_name": "Docs"},
            }
        }
    )
    files = {"docfx.json": docfx, "a.md": PAGE, "b.md": PAGE}
    (finding,) = found(tmp_path, files)["docfx.json"]
    assert finding.rule.name == "invalid-value"
    assert (finding.related, "origin" in finding.data) == ((), False)
    findings = found(tmp_path, files, named=("a.md",))
    assert findings.keys() == {"a.md"}
    (finding,) = findings["a.md"]
    assert finding.range.start == (2, 1)
    (related,) = finding.related
    assert (related.path, related.line) == ("docfx.json", 1)
    assert finding.data["origin"]["column"] == related.column > 1


def test_spans_in_the_header_bring_no_findings_about_missing_keys(tmp_path: Path) -> None:
    wrapped = PAGE.replace(
        "title: How to peel an orange",
        "<span data-ttu-id='1f0a9-101'>title: Skrell</span><span class='sxs-lookup'>"
        "<span data-stu-id='1f0a9-101'>title: Peel</span></span>",
    )
    assert found(tmp_path, {"docfx.json": DOCFX, "docs/a.md": wrapped}) == {}


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        ("''", ["date-format-invalid"]),
        ("2021-02-30", ["date-format-invalid"]),
        ("01/31/2025", []),
    ],
)
def test_a_date_has_one_finding(value: str, rules: list[str], tmp_path: Path) -> None:
    text = PAGE.replace("01/05/2026", value)
    findings = found(tmp_path, {"docfx.json": DOCFX, "docs/a.md": text})
    assert [finding.rule.name for finding in findings.get("docs/a.md", [])] == rules
    assert all(finding.range.start == (6, 10) for finding in findings.get("docs/a.md", []))
