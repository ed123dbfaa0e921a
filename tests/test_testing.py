"""The helpers that ``linters.testing`` gives to the authors of plug-ins."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.testing import check_files, read_cases, run_case, shown
from tests.toy import ToyChecker

PAGE = """\
# bad-word

Reports bad words.

## Cases

### A bad word

```md a.md escaped
A bad\\u0020word.
```

```expected
a.md:1:3-1:6 bad-word
```

```fixed a.md
A good word.
```

### Two files in a folder of its own rules

```toml
per-file-ignores = { "archive/**" = ["TOY"] }
```

```md archive/{1..2}.md
bad
```

```md b.md
bad
```

```expected
b.md:1:1-1:4 bad-word: bad!
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "rules" / "bad-word.md"
    file.parent.mkdir()
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_cases_are_read_and_run(page: Path, tmp_path: Path) -> None:
    cases = list(read_cases(page))
    assert [case.title for case in cases] == [
        "A bad word",
        "Two files in a folder of its own rules",
    ]
    for number, case in enumerate(cases):
        run_case(case, [ToyChecker()], tmp_path / str(number))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1:3-1:6 bad-word", "1:3-1:7 bad-word", r"\+a.md:1:3-1:6"),
        ("A good word.", "A better word.", r"\+A good word"),
        ("bad-word: bad!", "bad-word: worse!", "-b.md:1:1-1:4 bad-word: worse!"),
        ("```expected\na.md", "```text a.txt\na.md", "no expected block"),
    ],
)
def test_a_case_that_does_not_hold_fails(
    page: Path, tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in PAGE
    page.write_text(PAGE.replace(old, new), encoding="utf-8")

    def run_all() -> None:
        for number, case in enumerate(read_cases(page)):
            run_case(case, [ToyChecker()], tmp_path / str(number))

    with pytest.raises(AssertionError, match=message):
        run_all()


def test_files_are_checked_against_a_base(tmp_path: Path) -> None:
    report = check_files(
        tmp_path,
        {"a.md": "bad\n", "b.md": b"bad\n"},
        [ToyChecker()],
        bases={"a.md": "good\n"},
    )
    assert shown(report.findings) == ["a.md:1:1-1:4 bad-word: bad!"]
