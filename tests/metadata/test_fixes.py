"""Fixes change what they are about and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.article.article import Article
from linters.article.header import read_header
from linters.fixes.apply import apply
from linters.metadata.known_keys import LOCALIZATION
from tests.metadata.running import check

BLOCK = (
    "ms.openlocfilehash: eed5886e5de391a203882f373f7ba8a71830b0d1\n"
    "ms.sourcegitcommit: 28a79ef23c4a510397f4a8339ac2c5ff70eec713\n"
    "ms.translationtype: MT\nms.contentlocale: nb-NO\nms.lasthandoff: 01/28/2021\n"
    'ms.locfileid: "50036029"\n'
)
DAMAGED = (
    "tittel: Hei # kept",
    "MS.Author: cat",
    "'auhtor': \"octocat\"",
    "ms-custom: [a, 'b']",
    "ms.date: 2025-12-24 # checked",
    'ms.topic: "Article"',
    "ms.service: 42",
    "localization_priority: Priority",
    "ms.prod: windows",
    "ms.component: linux",
    "# a comment",
    "",
    "order: 7",
    "description: 'It''s a text: with a colon'",
    "text: |\n  kept\n   as it is",
    "ms.collection:\n- 1\n- Adm_O365",
)
LINES = st.lists(st.sampled_from(DAMAGED), unique=True, max_size=len(DAMAGED))


def fixed(folder: Path, text: str) -> str:
    findings = check(folder, {"a.md": text.encode()})
    article = Article("a.md", text)
    fixes = [
        finding.fix for finding in findings if finding.fix is not None and finding.path == "a.md"
    ]
    return apply(article, fixes)[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, end=st.sampled_from(("\n", "\r\n")), block=st.booleans())
def test_nothing_else_changes(lines: list[str], end: str, block: bool, tmp_path: Path) -> None:
    yaml = "".join(f"{line}\n" for line in lines) + (BLOCK if block else "")
    text = f"---\n{yaml}---\n# Heading\n\ntittel: no header\n".replace("\n", end)
    once = fixed(tmp_path, text)
    assert fixed(tmp_path, once) == once
    before, after = read_header(text), read_header(once)
    assert before is not None
    assert after is not None
    assert once[after.body :] == text[before.body :]
    assert len(once.split(end)) == len(text.split(end))
    for old, new in zip(text.split(end), once.split(end), strict=True):
        if old != new:
            assert old.split(": ")[0] in {line.split(": ")[0] for line in DAMAGED} or old == "- 1"
            assert old.partition("#")[1:] == new.partition("#")[1:]
    for key in LOCALIZATION:
        assert before.values.get(key) == after.values.get(key)
    assert len(before.entries) == len(after.entries)


def test_each_kind_of_damage_is_repaired(tmp_path: Path) -> None:
    text = (
        "---\ntittel: Hei # kept\n'auhtor': \"octocat\"\nMS.Author: cat\n"
        'ms.date: 2025-12-24 # checked\nms.topic: "Article"\nms.service: 42\n'
        "localization_priority: Priority\nms.custom:\n- 1\n- b\n---\n# Heading\n"
    )
    assert fixed(tmp_path, text) == (
        "---\ntitle: Hei # kept\n'author': \"octocat\"\nms.author: cat\n"
        'ms.date: 12/24/2025 # checked\nms.topic: "article"\nms.service: "42"\n'
        'ms.localizationpriority: high\nms.custom:\n- "1"\n- b\n---\n# Heading\n'
    )


def test_the_localization_block_is_never_touched(tmp_path: Path) -> None:
    damaged = BLOCK.replace("ms.translationtype: MT", "ms.translationtyp: mt").replace(
        "01/28/2021", "2021-01-28"
    )
    text = f"---\ntitle: Hei\n{damaged}---\n# Hei\n"
    assert fixed(tmp_path, text) == text


def test_a_key_that_is_there_already_is_not_given_twice(tmp_path: Path) -> None:
    text = "---\ntitle: Hei\nTitle: Ho\n---\n# Hei\n"
    assert fixed(tmp_path, text) == text


@pytest.mark.parametrize(
    ("first", "second"),
    [("ms.technology: a", "ms.component: b"), ("Ms.Topic: how-to", "ms-topic: tutorial")],
)
def test_two_keys_are_not_both_renamed_to_a_third(first: str, second: str, tmp_path: Path) -> None:
    after = fixed(tmp_path, f"---\ntitle: Hei\n{first}\n{second}\n---\n# Hei\n")
    renamed = [line.split(":")[0] for line in after.splitlines()[2:4]]
    assert len(set(renamed)) == 2
    assert {"ms.subservice", "ms.topic"} & set(renamed)
    assert fixed(tmp_path, after) == after
