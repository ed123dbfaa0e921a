"""Real articles: every error found there was read and is true."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from linters.checker import NetworkOptions
from linters.metadata.checker import MetadataChecker
from linters.model.finding import Severity
from linters.model.settings import Settings
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select

CORPUS = os.environ.get("ARTICLELINT_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="ARTICLELINT_CORPUS is not set")

ERRORS = {
    "alchemy.nb-NO/live-sxs": {"misspelt-attribute": 3},
    "alchemy.nb-NO/live": {"misspelt-attribute": 3},
    "alchemy.ar-SA": {},
    "alchemy.ja-JP": {},
    "aspnetcore.ko-KR": {},
    "contribute": {},
    "partner-center.de-DE": {},
}


@pytest.mark.parametrize(("folder", "expected"), ERRORS.items(), ids=list(ERRORS))
def test_errors_are_the_known_true_ones(folder: str, expected: dict[str, int]) -> None:
    root = Path(str(CORPUS)) / folder
    settings = Settings(directory=str(root))
    selection = select(root, [root], settings)
    report = run(
        RunInput(
            selection.repository,
            selection.reported,
            [MetadataChecker()],
            Options(network=NetworkOptions(offline=True)),
        )
    )
    assert report.errors == ()
    errors = Counter(
        finding.rule.name for finding in report.findings if finding.severity is Severity.ERROR
    )
    assert errors == expected
