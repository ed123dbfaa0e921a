"""``concise`` and ``github``, to the letter; hostile text in every text format."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.model.finding import Severity
from linters.reports.escape import escape
from linters.reports.formats import FORMATS, renderer
from tests.reports.sample import HOSTILE, finding, place, report, rich

CHARACTERS = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from(["\x1b", "\r", "\n", ":", "#", "[", "%", ",", " ", "\x9b", "\x85"]),
        st.sampled_from(["\u202e", "\u2066", "\u2028", "\udc80", "::error::", "##vso["]),
    )
).map("".join)


def test_concise() -> None:
    assert renderer("concise")(report(finding(), rich())) == (
        "docs/a.md:2:1: META001[missing-attribute] `title` is missing\n"
        "docs/a.md:3:5: META001[missing-attribute] the link text is empty\n"
    )


def test_github() -> None:
    note = finding(severity=Severity.INFO, range=place(2, 4, 3, 1))
    assert renderer("github")(report(finding(), rich(), note)) == (
        "::error file=docs/a.md,line=2,endLine=2,title=META001[missing-attribute],col=1,"
        "endColumn=1::`title` is missing\n"
        "::warning file=docs/a.md,line=3,endLine=3,title=META001[missing-attribute],col=5,"
        "endColumn=10::the link text is empty%0ATranslate it.\n"
        "::notice file=docs/a.md,line=2,endLine=3,title=META001[missing-attribute]::"
        "`title` is missing\n"
    )


def test_github_escapes_what_it_is_given() -> None:
    one = finding(HOSTILE, path="a,b:c%\n.md")
    assert renderer("github")(report(one)) == (
        "::error file=a%2Cb%3Ac%25\\n.md,line=2,endLine=2,title=META001[missing-attribute],"
        "col=1,endColumn=1::"
        "\\x1b[31m\\r\\n::error::x #\\x23vso[task] 100%25\\u202e\\udcff\\x9b,:\n"
    )


@pytest.mark.parametrize("name", FORMATS)
@given(message=CHARACTERS, path=CHARACTERS, line=CHARACTERS)
def test_no_format_lets_foreign_text_act(name: str, message: str, path: str, line: str) -> None:
    path = f"{path}.md"
    one = finding(f"{message}.", path=path, help=message, data={"source": line, "target": path})
    shown = renderer(name)(report(one, lines=(((path, 2), line),)))
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown
    )
    assert not re.search(r"##\w*\[", shown)
    if name == "github":
        assert shown.startswith("::error file=")
        assert shown.count("\n") == 1
    else:
        assert not re.search(r"^\s*::", shown, re.MULTILINE)
    assert shown == renderer(name)(report(one, lines=(((path, 2), line),)))


@given(CHARACTERS)
def test_escaping_twice_changes_nothing_more(text: str) -> None:
    assert escape(escape(text)) == escape(text)
