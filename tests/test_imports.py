"""What the offline check of one article imports: start-up time is the hook's experience."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALWAYS = {
    "aiohttp",
    "jinja2",
    "selectolax",
    "sqlite3",
    "ssl",
    "asyncio",
    "aiodns",
    "h11",
    "hypothesis",
}
SCRIPT = """\
import json, sys
{code}
sys.stderr.write(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
ARTICLE = """\
---
title: One
description: What this article says to its readers, in one sentence.
author: kari-example
ms.author: kari-example
ms.date: 02/13/2025
ms.topic: how-to
---
# One

See [this](#one) and [that](https://example.org/).
"""


def _modules(code: str, folder: Path) -> set[str]:
    command = [sys.executable, "-c", SCRIPT.format(code=code)]
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": "", "SYSTEMROOT": "C:\\Windows"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr))


@pytest.mark.parametrize(
    "module", ["linters.cli", "linters.pipeline.plugins", "linters.pipeline.run"]
)
def test_importing_needs_nothing_heavy(module: str, tmp_path: Path) -> None:
    assert _modules(f"import {module}", tmp_path) & (ALWAYS | {"jsonschema"}) == set()


def test_an_offline_check_of_one_article_needs_nothing_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8", newline="\n")
    code = 'from linters.cli import main; main(["check", "--offline", "a.md"])'
    assert _modules(code, tmp_path) & ALWAYS == set()
