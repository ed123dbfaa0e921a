"""Settings of all tests: the Hypothesis profile, and the JSON Schema of every report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import hypothesis
import pytest

from linters.model.report import Report
from linters.reports import json_report
from tests.reports.schema import validate
from tests.sizes import FULL

# A busy machine is not a defect: examples are bounded in number and size, not in time. By
# default they are the same in every run, so that a change is accepted or not for what it
# changes; the full size looks for new ones.
hypothesis.settings.register_profile(
    "default", deadline=None, max_examples=40, derandomize=True, database=None
)
hypothesis.settings.register_profile("full", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("full" if FULL else "default")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """A file at a time, unless ``--dist`` names another way."""
    if config.getoption("dist") != "load":
        return None
    from tests.scheduling import ByFile

    return ByFile(config, log)


@pytest.fixture(autouse=True, scope="session")
def _every_json_report_is_as_its_schema_says() -> Iterator[None]:
    """Every report that a test has rendered as JSON is validated."""
    pieces = json_report.pieces

    def checked(report: Report) -> Iterator[str]:
        text = "".join(pieces(report))
        validate(json.loads(text))
        whole = json.dumps(json.loads(text), indent=2)
        assert text == re.sub(r"##(?=\w*\[)", r"#\\u0023", whole) + "\n"
        yield text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_report, "pieces", checked)
        yield
