"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from linters.model.report import Report
from linters.reports import json_report
from tests.reports.schema import validate


@pytest.fixture(autouse=True, scope="session")
def _every_json_report_is_as_its_schema_says() -> Iterator[None]:
    """Every report that a test has rendered as JSON is validated."""
    as_data = json_report.as_data

    def checked(report: Report) -> dict[str, Any]:
        data = as_data(report)
        validate(data)
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_report, "as_data", checked)
        yield
