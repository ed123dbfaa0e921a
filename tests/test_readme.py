"""What the README shows works from the first command on, with and without a network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.running import network_namespace

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = ["check", "examples", "--no-cache", "--no-progress", "--output-format", "json"]


def _check(prefix: Sequence[str], *flags: str) -> tuple[int, dict[str, Any], str]:
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "linters", *EXAMPLES, *flags],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def _local(report: dict[str, Any]) -> list[tuple[str, int, str]]:
    network = {"link-unknown", "link-broken", "link-redirected", "link-blocked"}
    return [
        (finding["path"], finding["line"], finding["name"])
        for finding in report["findings"]
        if finding["name"] not in network
    ]


def test_the_first_command_checks_the_examples_with_the_network() -> None:
    (first, *_) = re.findall(r"^```sh\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert first.endswith("articlelint check examples")
    assert "exit status is 1" in README


@pytest.mark.slow
def test_without_a_network_the_rest_is_judged_as_ever() -> None:
    prefix = network_namespace()
    if not prefix:
        pytest.skip("no network namespaces here")
    status, report, errors = _check(prefix)
    offline_status, offline, _ = _check([], "--offline")
    assert status == offline_status == 1
    assert _local(report) == _local(offline)
    assert report["summary"]["links"]["broken"] == offline["summary"]["links"]["broken"]
    (line,) = [line for line in errors.splitlines() if "links were not checked" in line]
    assert line.startswith("articlelint: note: 6 links were not checked")
    assert report["summary"]["links"]["unknown"] == offline["summary"]["links"]["skipped"]


def test_every_family_of_rules_is_in_the_examples() -> None:
    _, report, _ = _check([], "--offline")
    assert {finding["code"][:4] for finding in report["findings"]} == {"META", "SPAN", "LINK"}


def test_external_links_of_the_examples_are_few_and_on_reserved_domains() -> None:
    hosts = set()
    for file in (ROOT / "examples").rglob("*.md"):
        hosts |= set(re.findall(r"https?://([^/)\s]+)", file.read_text(encoding="utf-8")))
    assert hosts == {
        *("example.com", "example.org", "example.net", "printers.example"),
        *("docs.microsoft.com", "learn.microsoft.com"),
    }


def test_what_is_linked_exists() -> None:
    for target in re.findall(r"\]\((?!https:)([^)#]+)", README):
        assert (ROOT / target).exists(), target
