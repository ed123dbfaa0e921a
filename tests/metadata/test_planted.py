"""Nearly all fair defects are found by the rules that are on by default, and each once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from linters.checker import NetworkOptions
from linters.localization.checker import LocalizationChecker
from linters.metadata.checker import MetadataChecker
from linters.model.finding import Severity
from linters.model.settings import Settings
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select
from tests.metadata.planted import Defect, defects
from tests.metadata.running import NOW

DOCFX = '{"build": {"content": [{"files": ["**/*.md", "**/*.yml"]}]}}'
ENGLISH = """\
---
title: How to peel an orange
description: Peel an orange in one piece with a spoon, and keep the juice inside where it belongs.
author: octocat
ms.author: cat
manager: kitten
ms.reviewer: tom
ms.date: 01/05/2026
ms.topic: how-to
ms.service: fruit
ms.custom: peel
ms.assetid: ef2df989-8539-48b5-a324-97d2e09f14fe
ms.search.keywords: orange, peel
ms.search.form: 42, 43
ms.search.region: Global
ms.search.validFrom: 2021-01-31
ms.reviewdate: 01/31/2025
ms.tgt_pltfrm: na
---
# Peel an orange

Text.
"""
SIMPLE = """\
---
title: Eating oranges
description: Eat an orange without a spoon, piece by piece, and keep the juice inside where it is.
author: octocat
ms.author: cat
ms.date: 01/05/2026
ms.topic: article
---
# Eating oranges
"""
OLDER = """\
---
title: "Peel: an orange"
description: 'Peel an orange in one piece with a spoon, and keep the juice inside where it is.'
author: octocat
ms.author: "cat"
manager: kitten
ms.prod: fruit
ms.technology: peel
ms.topic: article
ms.date: 01/05/2020
# a comment
ms.collection:
- one
- two
---
# Peel an orange
"""
TRANSLATED = """\
---
title: Slik skreller du en appelsin
description: Skrell en appelsin i ett stykke med en skje.
author: octocat
ms.author: cat
manager: kitten
ms.date: 01/05/2020
ms.topic: article
ms.service: fruit
ms.custom: peel
ms.openlocfilehash: eed5886e5de391a203882f373f7ba8a71830b0d1
ms.sourcegitcommit: 28a79ef23c4a510397f4a8339ac2c5ff70eec713
ms.translationtype: MT
ms.contentlocale: nb-NO
ms.lasthandoff: 01/28/2021
ms.locfileid: "50036029"
---
# <a name="peel"></a><span data-ttu-id="1f0a9-101">Skrell</span><span class="sxs-lookup"><span\
 data-stu-id="1f0a9-101">Peel</span></span>
"""
BASES = {"english": ENGLISH, "simple": SIMPLE, "older": OLDER, "translated": TRANSLATED}


def planted(base: str) -> dict[str, tuple[Defect, str]]:
    """File name to defect and damaged article."""
    found = {}
    for number, defect in enumerate(defects()):
        lines = defect.plant(base.split("\n"))
        if lines is not None:
            found[f"d{number}.md"] = (defect, "\n".join(lines))
    return found


def findings(folder: Path, files: dict[str, str]) -> dict[str, Counter[str]]:
    """Path to the rules of its errors and warnings, and to infos of translations' values."""
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    selection = select(folder, [folder], Settings(directory=str(folder)))
    options = Options(network=NetworkOptions(offline=True), now=NOW)
    checkers = (MetadataChecker(), LocalizationChecker())
    report = run(RunInput(selection.repository, selection.reported, checkers, options))
    assert report.errors == ()
    counts: dict[str, Counter[str]] = {path: Counter() for path in files}
    for finding in report.findings:
        if finding.severity is not Severity.INFO or finding.data.get("inherited"):
            counts[finding.path][finding.rule.name] += 1
    return counts


@pytest.fixture(params=list(BASES), scope="module")
def found(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Defect, Counter[str]]]:
    """The defects that apply to a base, with the findings that each adds."""
    name = "docs.nb-NO" if request.param == "translated" else "docs"
    folder = tmp_path_factory.mktemp("planted") / name
    folder.mkdir()
    base = BASES[request.param]
    cases = planted(base)
    damaged = {path: text for path, (_, text) in cases.items()}
    counts = findings(folder, {"base.md": base, "docfx.json": DOCFX, **damaged})
    return [(defect, counts[path] - counts["base.md"]) for path, (defect, _) in cases.items()]


def test_there_are_many_defects() -> None:
    applied = {defect.name for base in BASES.values() for defect, _ in planted(base).values()}
    assert len(applied) >= 150
    assert applied == {defect.name for defect in defects()}


def test_nearly_all_are_found(found: list[tuple[Defect, Counter[str]]]) -> None:
    missed = [defect.name for defect, counts in found if not defect.rules & counts.keys()]
    assert len(missed) <= 0.02 * len(found), missed


def test_nearly_each_is_found_once(found: list[tuple[Defect, Counter[str]]]) -> None:
    often = {defect.name: dict(counts) for defect, counts in found if counts.total() > 1}
    assert len(often) <= 0.02 * len(found), often
