"""Why front matter is not seen, and where there is none to see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.header import read_header
from linters.metadata.header_detection import find_reason

KEYS = "title: One\nauthor: octocat\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"\n---\n{KEYS}---\n", "blank lines"),
        (f"\ufeff---\n{KEYS}---\n", "second byte order mark"),
        (f"ï»¿---\n{KEYS}---\n", "wrong encoding"),
        (f"\u200b---\n{KEYS}---\n", "invisible"),
        (f" ---\n{KEYS}---\n", "indented"),
        (f"----\n{KEYS}----\n", "is ----"),
        (f"－－－\n{KEYS}－－－\n", "is －－－"),
        (f"– – –\n{KEYS}– – –\n", "delimiter is"),
        (f"—\n{KEYS}—\n", "is —"),
        (f"---\n{KEYS}—\n# Heading\n", "not closed"),
        (f"+++\n{KEYS}+++\n", "+++"),
        (f"--- yaml\n{KEYS}---\n", "after the opening"),
        (f"---\n{KEYS}\n# Heading\n", "not closed"),
        (f"{KEYS}---\n# Heading\n", "opening --- is missing"),
        (f"<<<<<<< HEAD\n---\n{KEYS}---\n=======\n", "merge"),
        (f"```yml\n---\n{KEYS}---\n```\n", "code fence"),
        (f"# One\n\n---\n{KEYS}---\n", "before the opening"),
        ("---\n\ntittel: Hei\nforfatter: octocat\n", "not closed"),
        ('<span data-ttu-id="a-1">---</span>\n' + KEYS, "spans"),
    ],
)
def test_the_reason_is_said(text: str, word: str) -> None:
    assert read_header(text) is None
    reason = find_reason(text)
    assert reason is not None
    assert word in reason.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Heading\n\nText.\n",
        "---\n\nText: more of it.\n\nNote: this.\n",
        "***\nText\n***\n",
        "# Metadata\n\nThe keys are:\n\n```\ntitle: One\nauthor: you\n```\n\n---\n\nText\n",
        "Question: what?\nAnswer: that.\n---\n",
        "| a | b |\n|---|---|\n",
        "1. title: one\n2. author: two\n---\n",
    ],
)
def test_where_there_is_none_nothing_is_said(text: str) -> None:
    assert find_reason(text) is None


@given(st.text(st.sampled_from("-\n\r title:authr<>`=ï»¿\ufeff\u2014")))
def test_any_text_is_looked_at(text: str) -> None:
    reason = find_reason(text)
    if reason is not None:
        assert 0 <= reason.extent.start <= reason.extent.end <= len(text)
