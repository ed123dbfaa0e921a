"""GitLab's Code Quality report, to the letter and by the rules that GitLab states."""

from __future__ import annotations

import json
import re

from linters.model.finding import Severity
from linters.reports.gitlab import render
from tests.reports.sample import finding, report, rich


def test_the_entries() -> None:
    info = finding("shown", severity=Severity.INFO, fingerprint="0f")
    assert json.loads(render(report(finding(), rich(), info))) == [
        {
            "description": "META001: `title` is missing",
            "check_name": "missing-attribute",
            "fingerprint": "0123456789abcdef",
            "severity": "major",
            "location": {"path": "docs/a.md", "lines": {"begin": 2, "end": 2}},
        },
        {
            "description": "META001: the link text is empty",
            "check_name": "missing-attribute",
            "fingerprint": "0123456789abcdef",
            "severity": "minor",
            "location": {"path": "docs/a.md", "lines": {"begin": 3, "end": 3}},
        },
        {
            "description": "META001: shown",
            "check_name": "missing-attribute",
            "fingerprint": "0f",
            "severity": "info",
            "location": {"path": "docs/a.md", "lines": {"begin": 2, "end": 2}},
        },
    ]


def test_nothing_found_is_an_empty_array() -> None:
    assert render(report()) == "[]\n"


def test_there_is_no_byte_order_mark_and_paths_are_relative() -> None:
    shown = render(report(rich()))
    assert shown.startswith("[")
    assert not re.match(r"[./]", json.loads(shown)[0]["location"]["path"])
