"""Nothing executes: foreign text stays text in every format."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from linters.model.finding import Edit, Fix, Position, Related
from linters.model.note import Note
from linters.model.report import Report
from linters.reports.formats import FORMATS, renderer
from tests.reports.hostile import CHARACTERS, SNIPPETS
from tests.reports.sample import finding, link, place, report

UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
COMMAND = re.compile(r"##\w*\[")


def hostile_report(text: str) -> Report:
    """A report with a text in every place that is not ours."""
    path = f"{text}.md"
    edits = (Edit(Position(2, 1), Position(2, 1), text),)
    hostile = finding(
        f"{text}.",
        path=path,
        help=text,
        owner=text,
        data={"segment": text, "source": text, "target": text},
        related=(Related(path, 1, 1, text),),
        fix=Fix(True, edits),
    )
    base = link()
    outcome = replace(base.outcome, reason=text, final_url=text)
    places = (replace(base.places[0], path=path),)
    record = replace(base, url=text, target=text, outcome=outcome, places=places)
    return report(
        hostile,
        links=(record,),
        lines=(((path, 2), text),),
        errors=(text,),
        notes=(Note(f"{text}.", path),),
    )


def assert_inert(name: str, shown: str) -> None:
    """What holds in every format, and then in this one."""
    assert not UNSAFE.search(shown.replace("\t", ""))
    own = 1 if name == "azure" else 0
    assert len(COMMAND.findall(shown)) == own
    if name == "azure":
        assert shown.startswith("##vso[task.logissue type=error;")
    if name == "github":
        assert shown.startswith("::error file=")
    if name in ("github", "azure"):
        assert shown.count("\n") == 1
    else:
        assert not re.search(r"^\s*::", shown, re.MULTILINE)
    if name in ("json", "sarif", "gitlab", "rdjson"):
        assert shown.isascii()
        json.loads(shown)
    if name == "junit":
        assert {element.tag for element in ElementTree.fromstring(shown).iter()} <= {
            *("testsuites", "testsuite", "testcase", "failure", "system-out"),
        }
    if name == "markdown":
        assert_markdown_is_text(shown)
    if name == "html":
        assert_page_is_ours(shown)


def assert_markdown_is_text(shown: str) -> None:
    tokens = MarkdownIt("gfm-like").parse(shown)
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "fence", "s_open"}
    assert not re.search(r"(?<![\w/])(@|#(?=\d))\w", "\n".join(token.content for token in inline))


class PageElements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def assert_page_is_ours(shown: str) -> None:
    page = PageElements()
    page.feed(shown)
    scripts = [attributes for tag, attributes in page.elements if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "data"}, {}]
    assert not {tag for tag, _ in page.elements} & {"img", "iframe", "object", "link", "textarea"}
    for _, attributes in page.elements:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert not (attributes.get("href") or "#").startswith("javascript")


@pytest.mark.parametrize("text", SNIPPETS)
@pytest.mark.parametrize("name", FORMATS)
def test_hostile_snippets_stay_text(name: str, text: str) -> None:
    given_report = hostile_report(text)
    if name == "full":
        given_report = replace(given_report, links=())
    assert_inert(name, renderer(name)(given_report))


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(text=CHARACTERS)
def test_hostile_text_stays_text(name: str, text: str) -> None:
    shown = renderer(name)(hostile_report(text))
    assert_inert(name, shown)
    assert shown == renderer(name)(hostile_report(text))


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_without_findings(name: str) -> None:
    shown = renderer(name)(report(articles=3))
    assert not UNSAFE.search(shown)
    assert not shown or shown.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_a_range_at_the_end_of_the_text_is_shown(name: str) -> None:
    edits = (Edit(Position(2, 900), Position(2, 901), "x"),)
    beyond = finding(range=place(2, 900, 3, 1), fix=Fix(False, edits))
    assert renderer(name)(report(beyond, lines=((("docs/a.md", 2), "short"),)))
