"""The page is ours alone: what is in it, and what a real browser makes of it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from linters.model.finding import Edit, Fix, Position, Severity
from linters.model.link import Verdict
from linters.model.report import Report
from linters.reports import html_report
from linters.reports.html_report import render
from tests.reports.chromium import dump_dom, needs_chromium
from tests.reports.hostile import SNIPPETS
from tests.reports.sample import finding, link, place, report, rich
from tests.reports.test_hostile import PageElements, hostile_report


def data_of(page: str) -> dict[str, Any]:
    """The data in a page."""
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    data: dict[str, Any] = json.loads(match[1])
    return data


def test_the_policy_allows_our_own_script_and_style_and_nothing_else() -> None:
    page = render(report(rich()))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    directives = dict(part.split(" ", 1) for part in html.unescape(policy[1]).split("; "))
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert text is not None
        digest = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert directives[name] == f"'sha256-{digest}'"
    assert directives["default-src"] == "'none'"
    assert directives["base-uri"] == "'none'"


def test_the_data() -> None:
    lines = ((("docs/a.md", 3), "Les [](x.md) her."),)
    data = data_of(render(report(rich(), links=(link(),), lines=lines)))
    assert data["findings"] == [
        {
            "s": "warning",
            "c": "META001",
            "p": "docs/a.md",
            "l": 3,
            "n": 5,
            "m": "the link text is empty",
            "h": "Translate it.",
            "o": "writer",
            "x": ["Les ", "[](x.m", "d) her."],
            "f": {"safe": False, "diff": ["Les [](x.md) her.", "Les textd) her."]},
            "r": ["docs/b.md:7:2: the source stands here"],
            "d": [
                ["segment", "ab12-101"],
                ["target", "[](x.md)"],
                ["source", "[Text](x.md)"],
            ],
        }
    ]
    assert data["links"] == [
        {
            "t": "https://example.org/x",
            "v": "broken",
            "k": "external",
            "why": "404 Not Found",
            "cause": "status",
            "hops": [["https://example.org/x", 301]],
            "end": "https://example.org/y",
            "p": [["docs/a.md", 9, 14, "https://example.org/x"]],
        }
    ]


def test_links_are_grouped_by_what_is_asked() -> None:
    other = replace(link(), url="https://EXAMPLE.org/x")
    fine = replace(
        link(), target="https://a.example/", outcome=replace(link().outcome, verdict=Verdict.OK)
    )
    data = data_of(render(report(links=(fine, link(), other))))
    assert [(group["v"], len(group["p"])) for group in data["links"]] == [("broken", 2), ("ok", 1)]


def test_a_fix_on_other_lines_is_in_words() -> None:
    fix = Fix(True, (Edit(Position(7, 1), Position(8, 1), ""),))
    (found,) = data_of(render(report(finding(fix=fix))))["findings"]
    assert found["f"] == {"safe": True, "edits": ["7:1-8:1: delete"]}


def test_what_would_be_too_large_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_report, "MAX_FINDINGS", 2)
    page = render(report(*(finding(range=place(n, 1, n, 1)) for n in range(1, 5))))
    assert len(data_of(page)["findings"]) == 2
    assert "The page lists the first 2 of 4 findings." in page


def many(count: int) -> Report:
    """A report with many findings of three severities in some folders, and some links."""
    levels = list(Severity)[:3]
    found = [
        finding(
            f"problem {n}",
            path=f"docs/part{n % 40:02}/a{n % 400:03}.md",
            range=place(n + 1, 1, n + 1, 4),
            severity=levels[n % 3],
            owner=f"owner{n % 7}",
        )
        for n in range(count)
    ]
    found.sort(key=lambda entry: (entry.path, entry.range))
    lines = tuple(((entry.path, entry.range.start.line), "bad text here") for entry in found)
    links = tuple(
        replace(link(), url=f"https://e.example/{n}", target=f"https://e.example/{n}")
        for n in range(300)
    )
    return report(*found, lines=lines, links=links)


def shown(dom: str, name: str) -> tuple[int, str]:
    """How many entries of a list are in the page, and its status line."""
    status = re.search(rf'id="{name}-status"[^>]*>([^<]*)<', dom)
    assert status is not None
    kind = name.removesuffix("s")
    return len(re.findall(rf'<article class="{kind}"', dom)), status[1]


@needs_chromium
@pytest.mark.chromium
@pytest.mark.slow
def test_a_browser_shows_the_first_of_20_000_findings(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(many(20_000)), encoding="utf-8")
    dom = dump_dom(page)
    assert shown(dom, "findings") == (100, "100 of 20,000 findings shown")
    assert shown(dom, "links") == (100, "100 of 300 links shown")
    assert '<option value="=owner3">owner3 (2,857)</option>' in dom


DRIVER = """
const set = (id, value) => { document.getElementById(id).value = value; };
const change = () => document.getElementById("filters").dispatchEvent(new Event("change"));
"""


def driven(tmp_path: Path, actions: str) -> str:
    """The page of 900 findings after some actions of a reader.

    The driver is a script of the test: its hash is added to the policy of the page.
    """
    script = DRIVER + actions
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    text = render(many(900)).replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    page = tmp_path / "driven.html"
    page.write_text(text.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    return dump_dom(page)


@needs_chromium
@pytest.mark.chromium
@pytest.mark.slow
@pytest.mark.parametrize(
    ("actions", "findings", "links"),
    [
        (
            'set("severity", "=error"); change();',
            "100 of 300 findings shown, filtered from 900",
            "100 of 300 links shown",
        ),
        (
            'set("folder", "=docs/part03/"); change();',
            "23 of 23 findings shown, filtered from 900",
            "No links match the filters.",
        ),
        (
            'set("owner", "=owner1"); set("severity", "=info"); change();',
            "43 of 43 findings shown, filtered from 900",
            "100 of 300 links shown",
        ),
        (
            'set("verdict", "=broken"); change();',
            "100 of 900 findings shown",
            "100 of 300 links shown",
        ),
        (
            'set("rule", "=META001"); change();',
            "100 of 900 findings shown",
            "100 of 300 links shown",
        ),
        (
            'set("search", "770"); change();',
            "1 of 1 findings shown, filtered from 900",
            "No links match the filters.",
        ),
        (
            'set("search", "e.example/29"); change();',
            "No findings match the filters.",
            "11 of 11 links shown, filtered from 300",
        ),
        (
            'document.getElementById("findings-more").click();',
            "200 of 900 findings shown",
            "100 of 300 links shown",
        ),
        (
            'window.dispatchEvent(new Event("beforeprint"));',
            "900 of 900 findings shown",
            "300 of 300 links shown",
        ),
        (
            'set("severity", "=error"); change(); document.querySelector("[type=reset]").click();',
            "100 of 900 findings shown",
            "100 of 300 links shown",
        ),
    ],
)
def test_filters_search_and_pages(tmp_path: Path, actions: str, findings: str, links: str) -> None:
    dom = driven(tmp_path, actions)
    assert (shown(dom, "findings")[1], shown(dom, "links")[1]) == (findings, links)


@needs_chromium
@pytest.mark.chromium
@pytest.mark.slow
def test_the_most_severe_come_first_on_demand(tmp_path: Path) -> None:
    dom = driven(tmp_path, 'set("order", "severity"); change();')
    tags = re.findall(r'<p class="what"><span class="tag (\w+)"', dom)
    assert tags[:100] == ["error"] * 100


@needs_chromium
@pytest.mark.chromium
@pytest.mark.slow
def test_hostile_text_stays_text_in_a_browser(tmp_path: Path) -> None:
    every = [hostile_report(text) for text in SNIPPETS]
    merged = report(
        *(found for part in every for found in part.findings),
        links=tuple(record for part in every for record in part.links),
        lines=tuple(line for part in every for line in part.lines),
        errors=tuple(error for part in every for error in part.errors),
    )
    page = tmp_path / "hostile.html"
    page.write_text(render(merged), encoding="utf-8")
    dom = dump_dom(page)  # fails if the console has a word, a refused script included
    assert shown(dom, "findings")[0] == len(SNIPPETS)
    body = PageElements()
    body.feed(dom[dom.index("<main>") : dom.index("<script type")])
    tags = {tag for tag, _ in body.elements}
    assert not tags & {"script", "img", "iframe", "style", "textarea", "svg"}
    attributes = [pair for _, found in body.elements for pair in found.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
    links = [value for name, value in attributes if name == "href"]
    assert links
    assert all(re.match("https?://", value or "") for value in links)
    assert ("rel", "noreferrer noopener nofollow") in attributes


def _luminance(color: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("number", [0, 1, 2], ids=["light", "dark", "print"])
def test_text_is_readable_on_every_background(number: int) -> None:
    style = (Path(html_report.__file__).parent / "html" / "style.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[number]
    colors = dict(re.findall(r"--(\w+): (#[0-9a-f]{6}|#[0-9a-f]{3});", block))
    full = {
        name: value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])
        for name, value in colors.items()
    }
    pairs = [(text, page) for text in ("text", "quiet", "link", "error", "warning", "info", "ok")
             for page in ("page", "box")]  # fmt: skip
    pairs += [("text", background) for background in ("mark", "old", "new")]
    for text, background in pairs:
        light, dark = sorted((_luminance(full[text]), _luminance(full[background])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, background)
