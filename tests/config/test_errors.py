"""Everything that is wrong with a configuration file is reported at once, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.config.loading import load
from linters.model.errors import ConfigurationError

BROKEN = """\
inclde = ["*.md"]
exclude = ["ok", "[a", "b\\\\"]
[links]
timeout = 20
retries = 1000
[metadata]
schemas = [{ files = [""] }]
"""


def test_all_mistakes_are_reported_with_line_column_and_excerpt(tmp_path: Path) -> None:
    file = tmp_path / "articlelint.toml"
    file.write_text(BROKEN)
    with pytest.raises(ConfigurationError) as raised:
        load(file)
    problems = raised.value.problems
    assert [(problem.line, problem.column, problem.key) for problem in problems] == [
        (1, 1, "inclde"),
        (2, 18, "exclude[1]"),
        (2, 24, "exclude[2]"),
        (4, 11, "links.timeout"),
        (5, 11, "links.retries"),
        (7, 12, "metadata.schemas[0]"),
        (7, 23, "metadata.schemas[0].files[0]"),
    ]
    assert problems[0].message == "unknown key 'inclde'; did you mean 'include'?"
    assert problems[1].message == "invalid glob '[a': '[' without a closing ']'"
    assert problems[3].excerpt == "timeout = 20"
    assert problems[3].end == 13
    assert str(raised.value).count("\n") == 6
