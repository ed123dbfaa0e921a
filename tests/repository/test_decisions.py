"""What each file of a repository is judged as."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linters.facts.outlines import OutlineCollector
from linters.facts.repository_facts import Facts
from linters.repository.decisions import OWN_KEY, ArticleKind, Decisions
from tests.repository.helper import decide, make

PAGE = "---\ntitle: A\n---\n# A\n"
DOCFX = json.dumps({"build": {"content": ["docs/**/*.md", "docs/**/*.yml"], "overwrite": "o/*.md"}})


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("a.md", PAGE, ArticleKind.PAGE),
        ("a.md", "# No header\n", ArticleKind.PAGE),
        ("TOC.md", "# [A](a.md)\n", ArticleKind.TOC),
        ("x/toc.yml", "- href: a.md\n", ArticleKind.TOC),
        ("index.yml", "title: A\n", ArticleKind.LANDING),
        ("README.md", PAGE, ArticleKind.NOTICE),
        ("x/ThirdPartyNotices.md", PAGE, ArticleKind.NOTICE),
        (".github/pull.md", PAGE, ArticleKind.NOTICE),
        ("a.md", "---\nRedirect_Url: /b\n---\n", ArticleKind.STUB),
        ("a.md", "---\nuid: A.B\nremarks: x\n---\n", ArticleKind.OVERWRITE),
        ("a.md", "---\nuid: A.B\ntitle: A page\n---\n", ArticleKind.PAGE),
        ("o/a.md", PAGE, ArticleKind.OVERWRITE),
        ("a.md", "---\nexternal help file: x\nschema: 2.0.0\n---\n", ArticleKind.REFERENCE),
        ("includes/a.md", PAGE, ArticleKind.INCLUDE),
        ("shared/part.md", PAGE, ArticleKind.INCLUDE),
    ],
)
def test_the_kind_of_a_file(tmp_path: Path, path: str, text: str, kind: ArticleKind) -> None:
    files = {"docfx.json": DOCFX, path: text, "who.md": "[!INCLUDE [x](shared/part.md)]\n"}
    assert decide(tmp_path, files).kind(path) is kind


def test_an_include_in_code_is_none(tmp_path: Path) -> None:
    files = {"part.md": PAGE, "who.md": "```\n[!INCLUDE [x](part.md)]\n```\n"}
    assert decide(tmp_path, files).kind("part.md") is ArticleKind.PAGE


def test_a_reference_page_is_published_as_the_yaml_that_it_becomes(tmp_path: Path) -> None:
    content = [{"files": ["**/*.yml"], "src": "module"}, {"files": ["**/*.md"], "src": "docs"}]
    reference = "---\nexternal help file: x\nschema: 2.0.0\n---\n# Get-Orange\n"
    files = {
        "docfx.json": json.dumps({"build": {"content": content}}),
        "module/Get-Orange.md": reference,
        "module/page.md": PAGE,
        "other/Get-Orange.md": reference,
    }
    decisions = decide(tmp_path, files)
    assert [path for path in files if decisions.is_published(path)] == ["module/Get-Orange.md"]


def test_published_is_what_content_matches_and_what_that_reaches(tmp_path: Path) -> None:
    files = {
        "docfx.json": DOCFX,
        "docs/a.md": "[!include[x](~/parts/one.md)]\n",
        "parts/one.md": "[!INCLUDE [y](../parts/two%20b.md)]\n",
        "parts/two b.md": "text\n",
        "parts/lost.md": "[!INCLUDE [z](lost2.md)]\n",
        "parts/lost2.md": "[!INCLUDE [z](lost.md)]\n",
        "docs/toc.yml": "- name: B\n  href: ../pages/b.md\n- href: ../more/\n",
        "pages/b.md": PAGE,
        "more/TOC.md": "# [C](c.md)\n",
        "more/c.md": PAGE,
        "more/d.md": PAGE,
        "o/spec.md": "---\nuid: A\n---\n",
    }
    decisions = decide(tmp_path, files)
    published = {path for path in files if path.endswith("md") and decisions.is_published(path)}
    assert published == {
        *("docs/a.md", "parts/one.md", "parts/two b.md", "pages/b.md", "more/TOC.md"),
        *("more/c.md", "o/spec.md"),
    }


def test_without_docfx_json_everything_is_published(tmp_path: Path) -> None:
    decisions = decide(tmp_path, {"a.md": PAGE, "docfx.json": '{"metadata": []}'})
    assert decisions.is_published("a.md")
    assert decisions.is_published("x/never.md")


def test_a_circle_of_includes_ends(tmp_path: Path) -> None:
    files = {"docfx.json": DOCFX, "a.md": "[!INCLUDE [x](a.md)]\n"}
    assert not decide(tmp_path, files).is_published("a.md")


def test_a_key_that_many_articles_have_is_the_repositorys_own(tmp_path: Path) -> None:
    files = {f"{n}.md": "---\ntitle: A\nms.tgt_platform: x\n---\n" for n in range(OWN_KEY)}
    decisions = decide(tmp_path, files)
    assert decisions.is_own_key("ms.tgt_platform")
    assert not decisions.is_own_key("ms.tgt.platform")


def test_most_pages_have_a_header_by_docset(tmp_path: Path) -> None:
    files = {
        "x/docfx.json": '{"build": {"content": ["*.md"]}}',
        "x/a.md": PAGE,
        "x/b.md": "# None\n",
        "x/c.md": PAGE,
        "x/includes/d.md": "text\n",
        "x/README.md": "# None\n",
        "a.md": PAGE,
        "b.md": "# None\n",
    }
    decisions = decide(tmp_path, files)
    assert decisions.most_pages_have_header("x/a.md")
    assert not decisions.most_pages_have_header("b.md")


class _Counting(OutlineCollector):
    """Counts the articles that are parsed."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def collect(self, article, context):  # type: ignore[no-untyped-def]
        self.paths.append(article.path)
        return super().collect(article, context)


def _cached(root: Path, files: dict[str, str | bytes]) -> tuple[Decisions, _Counting, Facts]:
    repository = make(root, files)
    collector = _Counting()
    outlines = Facts(collector, {}, repository, collector.context_of, root.parent / "cache")
    return Decisions(repository, outlines, outlines.mentioning), collector, outlines


def test_only_what_a_decision_needs_is_parsed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"docs/{n}.md": PAGE for n in range(50)}
    files |= {"docfx.json": DOCFX, "docs/who.md": "[!INCLUDE [x](../part.md)]\n", "part.md": "x\n"}
    root = tmp_path / "root"
    decisions, collector, _ = _cached(root, files)
    assert decisions.is_published("docs/1.md")
    assert collector.paths == []
    assert decisions.is_published("part.md")
    assert collector.paths == ["docs/who.md"]


def test_decisions_come_from_the_cache_the_second_time(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{n}.md": PAGE for n in range(20)}
    root = tmp_path / "root"
    decisions, collector, outlines = _cached(root, files)
    assert decisions.key_counts["title"] == 20
    outlines.save()
    assert len(collector.paths) == 20
    decisions, collector, outlines = _cached(root, {**files, "3.md": "---\ntitle: B\n---\n"})
    assert decisions.key_counts["title"] == 20
    assert collector.paths == ["3.md"]


def test_one_file_and_everything_give_the_same_answers(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"docs/{n}.md": f"[!INCLUDE [x](../p/{n}.md)]\n" for n in range(8)
    }
    files |= {f"p/{n}.md": "x\n" for n in range(8)} | {"docfx.json": DOCFX}
    alone = decide(tmp_path, files)
    repository = alone.repository
    collector = OutlineCollector()
    every = {
        path: collector.collect(repository.read(path), collector.context_of(path))
        for path in repository.articles
    }
    together = Decisions(repository, every)
    for path in repository.articles:
        assert alone.kind(path) is together.kind(path)
        assert alone.includers(path) == together.includers(path)
        assert alone.is_published(path) == together.is_published(path)
