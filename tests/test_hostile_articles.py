"""Texts made to hang the tool: each is checked whole, in few steps, and without an error.

Every one of them made some expression or loop take steps quadratic in its length, or worse.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.checker import Checker
from linters.links.checker import LinkChecker
from linters.localization.checker import LocalizationChecker
from linters.metadata.checker import MetadataChecker
from tests.running import check
from tests.steps import at_most

N = 20_000
CALLS_PER_CHARACTER = 40
OWN: tuple[Checker, ...] = (MetadataChecker(), LocalizationChecker(), LinkChecker())
TEXTS = {
    "comments that do not end": "<!-- articlelint-disable X " * (N // 27),
    "declarations that do not end": "<!A" * N,
    "instructions that do not end": "<?" * N,
    "a heading's attributes": "# {" + "#" * N,
    "blanks in an include": "[!INCLUDE [a](b" + " " * N + "x",
    "an empty srcset": '<img srcset="' + " " * N + '">',
    "hosts that are none": "http://_" * (N // 8),
    "hosts with underscores": "www.a._" * (N // 7),
    "parentheses in parentheses": "[!code-a[b](" * (N // 12),
    "a path of many folders": "[a](" + "a/" * N + ")",
    "a segment of links": '<span data-ttu-id="abcde-101">' + "[a](b.md) " * (N // 10) + "</span>"
    '<span class="sxs-lookup"><span data-stu-id="abcde-101">'
    + "[a](b.md) " * (N // 10)
    + "</span></span>",
    "brackets": "[" * N,
    "images": "![](" * (N // 4),
    "backticks": "".join("`" * (i % 200 + 1) + " " for i in range(N // 100)),
    "entities": "&#" * N,
    "directives": ':::image type="content" source="' * (N // 32),
    "quotes": "> " * N,
    "openers of segments": '<span data-ttu-id="' * (N // 18),
    "keys": "---\n" + "".join(f"key{i}: a\n" for i in range(N // 10)) + "---\n",
    "brackets in a header": "---\na: " + "[" * N + "\n---\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_takes_steps_in_proportion(name: str, tmp_path: Path) -> None:
    text = TEXTS[name]
    with at_most(calls=CALLS_PER_CHARACTER * len(text) + 500_000):
        report = check(tmp_path, {"a.md": text}, checkers=OWN)
    assert not report.errors
