"""The localization block against the base revision, the repository and itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.model.finding import Severity
from linters.repository.locale import locale_in_name
from tests.metadata.running import check, shown

BLOCK = (
    "ms.openlocfilehash: eed5886e5de391a203882f373f7ba8a71830b0d1\n"
    "ms.sourcegitcommit: 28a79ef23c4a510397f4a8339ac2c5ff70eec713\n"
    "ms.translationtype: MT\nms.contentlocale: nb-NO\nms.lasthandoff: 01/28/2021\n"
    'ms.locfileid: "50036029"\n'
)
BODY = (
    '<span data-ttu-id="b85f1-102">Hei.</span><span class="sxs-lookup">'
    '<span data-stu-id="b85f1-102">Hello.</span></span>\n'
)
HANDED_BACK = (
    BLOCK.replace("eed5", "0000").replace("28a7", "0000").replace("01/28", "01/29")
).replace("50036029", "1")


def article(block: str) -> str:
    return f"---\ntitle: Hei\n{block}---\n{BODY}"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (BLOCK, BLOCK, []),
        (BLOCK, HANDED_BACK, []),
        (BLOCK, HANDED_BACK.replace("MT", "HT"), []),
        (BLOCK, BLOCK.replace("MT", "HT"), ["a.md:5:21 localization-attribute-edited"]),
        (BLOCK, BLOCK.replace("MT", "Maskin"), ["a.md:5:21 localization-attribute-edited"]),
        (BLOCK, BLOCK.replace("nb-NO", "sv-SE"), ["a.md:6:19 localization-attribute-edited"]),
        (BLOCK, BLOCK.replace("ms.translationtype: MT\n", ""), [
            "a.md:2:1 localization-attribute-edited"]),
        (BLOCK, "", ["a.md:2:1 localization-attribute-edited"]),
        ("", BLOCK, []),
        (BLOCK.replace("ms.translationtype: MT\n", ""), BLOCK, []),
    ],
)  # fmt: skip
def test_edits_are_told_from_hand_backs(
    before: str, after: str, expected: list[str], tmp_path: Path
) -> None:
    config = '[localization]\nlocale = "nb-NO"\n'
    files = {"a.md": article(after)}
    assert shown(check(tmp_path, files, config, {"a.md": article(before)})) == expected


def test_all_six_missing_is_an_error_and_one_finding(tmp_path: Path) -> None:
    (found,) = check(tmp_path, {"a.md": article("")})
    assert found.rule.name == "localization-attribute-missing"
    assert found.severity is Severity.ERROR
    assert len(found.data["missing"]) == 6


def test_the_block_of_a_published_article_is_checked_as_well(tmp_path: Path) -> None:
    block = BLOCK.replace('"50036029"', "50036029").replace("MT", "mt")
    findings = check(tmp_path, {"a.md": f"---\ntitle: Hei\n{block}---\n# Hei\n"})
    assert shown(findings) == [
        "a.md:5:21 localization-attribute-invalid",
        "a.md:8:15 localization-attribute-invalid",
    ]


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("azure-docs.nb-NO", "nb-NO"),
        ("nav-content.nb-no", "nb-no"),
        ("docs.sr-Latn-RS", "sr-Latn-RS"),
        ("docs-pr.zh-cn", "zh-cn"),
        ("docs.es-419", "es-419"),
        ("docs", None),
        ("aws-sdk-go", None),
        ("how-to", None),
        ("live-sxs", None),
    ],
)
def test_the_locale_in_a_repository_name(name: str, locale: str | None) -> None:
    assert locale_in_name(name) == locale


def test_the_repository_name_decides(tmp_path: Path) -> None:
    folder = tmp_path / "docs.sv-SE"
    folder.mkdir()
    assert shown(check(folder, {"a.md": article(BLOCK)})) == ["a.md:6:19 locale-mismatch"]
    other = tmp_path / "docs.nb-no"
    other.mkdir()
    assert check(other, {"a.md": article(BLOCK)}) == []


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (BLOCK.replace("locfileid", "locfielid"), ["a.md:8:1 misspelt-attribute"]),
        (BLOCK + "ms.translationtype: HT\n", ["a.md:9:1 yaml-duplicate-key"]),
        (BLOCK.replace("eed5886e5de391a203882f373f7ba8a71830b0d1", "0123456789" * 4), []),
        (BLOCK.replace("28a79ef23c4a510397f4a8339ac2c5ff70eec713", "1e" + "0" * 38), []),
    ],
)
def test_one_damage_is_one_finding_and_digits_are_a_hash(
    block: str, expected: list[str], tmp_path: Path
) -> None:
    assert shown(check(tmp_path, {"a.md": article(block)})) == expected
