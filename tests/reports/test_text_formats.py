"""``concise``, to the letter."""

from __future__ import annotations

from hypothesis import given

from linters.reports.escape import escape
from linters.reports.formats import renderer
from tests.reports.hostile import CHARACTERS
from tests.reports.sample import finding, report, rich


def test_concise() -> None:
    assert renderer("concise")(report(finding(), rich())) == (
        "docs/a.md:2:1: error META001[missing-attribute] `title` is missing\n"
        "docs/a.md:3:5: warning META001[missing-attribute] the link text is empty\n"
        "Found 1 error, 1 warning in 1 article.\n"
        "1 fixable with --fix --unsafe-fixes.\n"
    )


@given(CHARACTERS)
def test_escaping_twice_changes_nothing_more(text: str) -> None:
    assert escape(escape(text)) == escape(text)
