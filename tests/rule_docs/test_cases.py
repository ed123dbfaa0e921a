"""The cases of rules are shown with what each block is."""

from __future__ import annotations

import pytest

from linters.rule_docs.cases import readable


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("```md a.md\n# A\n```", "`a.md`:\n\n```md\n# A\n```"),
        ("```md a.md escaped\n\\u0020\n```", "`a.md`, with escapes such as `\\u0020`:"),
        ("```expected\n```", "Nothing is found."),
        ("```expected\na.md:1:1-1:2 x\n```", "Found:\n\n```text\na.md:1:1-1:2 x\n```"),
        ("```fixed a.md\nx\n```", "`a.md`, fixed:\n\n```md\nx\n```"),
        ("```base TOC.yml\nx\n```", "`TOC.yml`, before the change:\n\n```yml\nx\n```"),
        ("```server\n/a 404\n```", "The server answers:\n\n```text\n/a 404\n```"),
        ("```toml\n[links]\n```", "`articlelint.toml`:\n\n```toml\n[links]\n```"),
        ("````md a.md\n```md\nx\n```\n````", "`a.md`:\n\n````md\n```md\nx\n```\n````"),
        ("Words, `code` and\n\nmore.", "Words, `code` and\n\nmore."),
    ],
)
def test_a_block_is_introduced(block: str, shown: str) -> None:
    text = readable(f"### Title\n\n{block}\n\n### Next")
    assert text.startswith(f"### Title\n\n{shown}")
    assert text.endswith("\n\n### Next")
