"""SARIF 2.1.0: by the standard's data model (pydantic-sarif), read back by sarif-tools."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from sarif import loader

from linters.model.finding import Severity
from linters.model.hidden_finding import HiddenBy, HiddenFinding
from linters.reports import sarif
from linters.reports.sarif import render
from tests.reports.sample import HOSTILE, finding, place, report, rich


def run_of(text: str) -> dict[str, Any]:
    """The one run of a log that the standard's data model takes, without unknown keys."""
    log = json.loads(text)
    parsed = Sarif.model_validate(log)
    assert not parsed.model_extra
    (run,) = log["runs"]
    result: dict[str, Any] = run
    return result


def test_a_result_with_everything() -> None:
    run = run_of(render(report(rich())))
    assert run["results"] == [
        {
            "ruleId": "META001",
            "ruleIndex": 0,
            "level": "warning",
            "message": {"text": "the link text is empty (Translate it.)"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "docs/a.md", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 11},
                    }
                }
            ],
            "partialFingerprints": {"articlelint/v1": "0123456789abcdef"},
            "relatedLocations": [
                {
                    "id": 1,
                    "message": {"text": "the source stands here"},
                    "physicalLocation": {
                        "artifactLocation": {"uri": "docs/b.md", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 7, "startColumn": 2},
                    },
                }
            ],
            "fixes": [
                {
                    "description": {"text": "What articlelint check --fix --unsafe-fixes writes."},
                    "artifactChanges": [
                        {
                            "artifactLocation": {"uri": "docs/a.md", "uriBaseId": "%SRCROOT%"},
                            "replacements": [
                                {
                                    "deletedRegion": {
                                        "startLine": 3,
                                        "startColumn": 5,
                                        "endLine": 3,
                                        "endColumn": 11,
                                    },
                                    "insertedContent": {"text": "text"},
                                }
                            ],
                        }
                    ],
                }
            ],
            "properties": {"owner": "writer"},
            "suppressions": [],
        }
    ]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"].keys() == {"%SRCROOT%"}


def test_hidden_findings_come_last_with_what_hides_them() -> None:
    hidden = (
        HiddenFinding(finding("old"), HiddenBy.BASELINE),
        HiddenFinding(finding("meant"), HiddenBy.DIRECTIVE, "it is meant"),
    )
    results = run_of(render(report(finding(), hidden=hidden)))["results"]
    assert [result["suppressions"] for result in results] == [
        [],
        [{"kind": "external"}],
        [{"kind": "inSource", "justification": "it is meant"}],
    ]


def test_a_rule_has_descriptions_and_help() -> None:
    (rule,) = run_of(render(report(finding())))["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("META001", "missing-attribute")
    assert rule["shortDescription"]["text"] == "A key is missing."
    assert len(rule["fullDescription"]["text"]) > 20
    assert "## How to fix" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"]["level"] == "error"


def test_the_most_severe_come_first() -> None:
    found = [
        finding(severity=severity)
        for severity in (Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR)
    ]
    levels = [result["level"] for result in run_of(render(report(*found)))["results"]]
    assert levels == ["error", "error", "warning", "note"]


def test_sarif_tools_reads_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "report.sarif"
    hostile = finding(HOSTILE, path="docs/a b#c%\udcff.md")
    file.write_text(render(report(finding(), rich(), hostile)), encoding="utf-8")
    logs = loader.load_sarif_files(str(file))
    assert logs.get_distinct_tool_names() == ["articlelint"]
    counts = logs.get_report().get_issue_count_for_severity
    assert (counts("error"), counts("warning")) == (2, 1)


def test_paths_are_uris() -> None:
    (result,) = run_of(render(report(finding(path="docs/a b#c%æ\udcff:.md"))))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "docs/a%20b%23c%25%C3%A6%FF%3A.md"


def test_a_configuration_outside_has_an_absolute_uri(tmp_path: Path) -> None:
    path = str(tmp_path / "c d.toml")
    (result,) = run_of(render(report(finding(path=path))))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": Path(path).as_uri()}


def test_a_message_makes_no_link() -> None:
    (result,) = run_of(render(report(finding("see [here](http://evil.example/)"))))["results"]
    assert result["message"]["text"] == "see \\[here\\](http://evil.example/)"


def test_githubs_limits_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 3)
    found = [finding(severity=Severity.WARNING, range=place(n, 1, n, 2)) for n in range(1, 5)]
    run = run_of(render(report(*found, finding())))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "warning"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("2 more findings")


def test_a_file_that_would_be_too_large_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_COMPRESSED", 5000)
    digests = [sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(400)]
    found = [finding(digest, fingerprint=digest[:32]) for digest in digests]
    text = render(report(*found))
    assert 0 < len(run_of(text)["results"]) < 400
    assert len(gzip.compress(text.encode())) <= 5000


def test_failures_and_interrupts_are_notifications() -> None:
    invocation = run_of(render(report(errors=("plug-in x failed",), interrupted=True)))[
        "invocations"
    ][0]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 2
