"""The JSON report says what its schema describes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from linters.model.finding import Finding, Position, Range
from linters.reports import json_report
from linters.reports.json_report import render
from tests.reports.sample import HOSTILE, finding, link, report, rich
from tests.reports.schema import validate


def _first(one: Finding) -> dict[str, Any]:
    data = json.loads(render(report(one)))
    validate(data)
    result: dict[str, Any] = data["findings"][0]
    return result


def test_everything() -> None:
    data = json.loads(render(report(rich(), links=(link(),), suppressed=1, baselined=2)))
    validate(data)
    assert data["version"] == 1
    assert data["summary"] == {
        "articles": 1,
        "error": 0,
        "warning": 1,
        "info": 0,
        "suppressed": 1,
        "baselined": 2,
        "new_suppressions": 0,
        "links": {
            "ok": 0,
            "redirected": 0,
            "broken": 1,
            "unknown": 0,
            "blocked": 0,
            "skipped": 0,
        },
        "fixable": {"safe": 0, "unsafe": 1},
        "not_checked": {"deadline": 0, "interrupted": 0, "offline": 0},
    }
    assert data["findings"] == [
        {
            "code": "META001",
            "name": "missing-attribute",
            "severity": "warning",
            "path": "docs/a.md",
            "line": 3,
            "column": 5,
            "end_line": 3,
            "end_column": 11,
            "message": "the link text is empty",
            "help": "Translate it.",
            "data": {"segment": "ab12-101", "target": "[](x.md)", "source": "[Text](x.md)"},
            "related": [
                {"path": "docs/b.md", "line": 7, "column": 2, "message": "the source stands here"}
            ],
            "fix": {"safe": False, "edits": [{"start": [3, 5], "end": [3, 11], "text": "text"}]},
            "fingerprint": "0123456789abcdef",
            "owner": "writer",
        }
    ]
    assert data["links"] == [
        {
            "url": "https://example.org/x",
            "target": "https://example.org/x",
            "kind": "external",
            "verdict": "broken",
            "cause": "status",
            "reason": "404 Not Found",
            "status": 404,
            "final_url": "https://example.org/y",
            "redirects": [{"url": "https://example.org/x", "status": 301}],
            "places": [
                {
                    "path": "docs/a.md",
                    "line": 9,
                    "column": 14,
                    "end_line": 9,
                    "end_column": 40,
                    "syntax": "inline",
                }
            ],
        }
    ]


def test_what_is_absent_is_null() -> None:
    one = _first(finding())
    assert (one["help"], one["fix"], one["owner"]) == (None, None, None)


def test_text_comes_back_as_it_was_but_for_lone_surrogates() -> None:
    text = render(report(finding(HOSTILE)))
    assert text.isascii()
    assert "##vso[" not in text
    assert _first(finding(HOSTILE))["message"] == HOSTILE.replace("\udcff", "\\udcff")
    assert _first(finding("\U0001f600"))["message"] == "\U0001f600"


def test_what_json_cannot_say_becomes_text() -> None:
    data = {"numbers": (1, float("nan"), float("inf")), 3: {"x": object}}
    assert _first(finding(data=data))["data"] == {
        "numbers": [1, "nan", "inf"],
        "3": {"x": "<class 'object'>"},
    }


def test_many_places_are_written_in_pieces_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    record = link()
    (place,) = record.places[:1]
    places = tuple(
        replace(place, range=Range(Position(line, 1), Position(line, 2))) for line in range(1, 8)
    )
    value = report(links=(replace(record, places=places), record))
    whole = render(value)
    monkeypatch.setattr(json_report, "_BATCH", 3)
    assert render(value) == whole
    assert len(list(json_report._link_pieces(value.links[0]))) == 5
