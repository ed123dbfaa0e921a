"""Checks code spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from linters.localization.placeholder_parity import is_leaky
from linters.localization.segment_text import CODE, SegmentPair, without_code_text
from linters.model.finding import Finding

_HTML_CODE = re.compile(r"<code>(.*?)</code>", re.IGNORECASE | re.DOTALL)


def code_findings(block: Sequence[SegmentPair]) -> Iterator[Finding]:
    """Code spans of the source that are plain text in the target, or missing.

    A code span may move between the segments of a block.
    """
    if not any("`" in pair.source for pair in block):
        return
    present = Counter(code for pair in block for code in _codes(pair.target))
    for pair in block:
        if "`" not in pair.source or is_leaky(pair.target):
            continue
        expected, own = _codes(pair.source), _codes(pair.target)
        if len(own) >= len(expected):
            continue
        lost = [code for code in expected if not present[code]]
        plain = without_code_text(pair.target).replace("\\", "")
        for code in lost:
            at = plain.find(code.replace("\\", "")) if len(code) > 1 else -1
            if at >= 0:
                found = pair.target.find(code)
                extent = (found, found + len(code)) if found >= 0 else None
                edits = [(*extent, f"`{code}`")] if extent else []
                message = f"expected the code span `{code}` as in the source"
                yield pair.finding("code-span-lost", extent, message, edits, safe=False)
                break
        else:
            if lost and not own:
                message = f"code span `{lost[0]}` of the source is missing"
                yield pair.finding("code-span-lost", None, message)


def _codes(text: str) -> list[str]:
    codes = [match[2].strip() for match in CODE.finditer(text)] if "`" in text else []
    if "<code" in text.lower():
        codes += [match[1].strip() for match in _HTML_CODE.finditer(text)]
    return codes
