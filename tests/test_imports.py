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
    "ada_url",
    "ssl",
    "asyncio",
    "aiodns",
    "h11",
    "hypothesis",
}
SCRIPT = """\
import json, sys
{code}
sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
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


def _modules(code: str, folder: Path, *, whole: bool = False) -> set[str]:
    """The modules that some code imports: the top-level ones, or all by their whole names."""
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
    names = set(json.loads(done.stderr.splitlines()[-1]))
    return names if whole else {name.partition(".")[0] for name in names}


@pytest.mark.parametrize(
    "module", ["linters.cli", "linters.pipeline.plugins", "linters.pipeline.run"]
)
def test_importing_needs_nothing_heavy(module: str, tmp_path: Path) -> None:
    assert _modules(f"import {module}", tmp_path) & (ALWAYS | {"jsonschema"}) == set()


MOST_REPLAYED = 20
"""Modules that printing a stored run may import on top of the interpreter's start."""


def test_answering_from_a_stored_run_imports_next_to_nothing(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.md").write_text(ARTICLE, encoding="utf-8", newline="\n")
    words = ["check", "--offline", "--cache-dir", str(tmp_path / "cache"), "a.md"]
    run = f"sys.argv[1:] = {words!r}; import linters.cli as cli"
    code = f"{run}\ntry: cli.entry_point()\nexcept SystemExit: pass"
    _modules(code, root)  # stores it
    new = _modules(code, root) - _modules("pass", root)
    heavy = {"argparse", "dataclasses", "inspect", "pathlib", "subprocess", "typing", "sqlite3"}
    assert not sorted(new & (heavy | ALWAYS | {"msgspec", "yaml", "jsonschema", "pyromark"}))
    assert len(new) <= MOST_REPLAYED, sorted(new)
    ours = {name for name in _modules(code, root, whole=True) if name.startswith("linters")}
    assert ours == {
        *("linters", "linters.cli", "linters.cli.console", "linters.cli.exit_status"),
        "linters.cli.replay",
    }


def test_an_offline_check_of_one_article_needs_nothing_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8", newline="\n")
    code = 'from linters.cli import main; main(["check", "--offline", "a.md"])'
    modules = _modules(code, tmp_path, whole=True)
    assert modules.isdisjoint(ALWAYS | {"wcwidth", "jsonschema"})
    assert "linters.model.audit_report" not in modules
    assert "linters.localization.translation_findings" not in modules
