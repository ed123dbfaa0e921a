"""The plug-in of docs/plugins.md: its cases, its settings, and the test that it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import write

ROOT = Path(__file__).parent.parent
# A block of the page is a file if its info string has a path; four backticks fence three.
_BLOCK = re.compile(r"^(````?)\w+ (\S+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def plugin_files() -> dict[str, str]:
    """The files of the plug-in by path."""
    text = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    return {path: content for _, path, content in _BLOCK.findall(text)}


def test_the_page_shows_a_whole_package() -> None:
    assert set(plugin_files()) == {
        "pyproject.toml",
        "articlelint_glossary/__init__.py",
        "articlelint_glossary/rules/deprecated-term.md",
        "articlelint_glossary/rules/unused-term.md",
        "tests/test_cases.py",
    }


@pytest.mark.slow
def test_its_own_tests_pass(tmp_path: Path) -> None:
    write(tmp_path, plugin_files())
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "tests"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "3 passed" in done.stdout) == (0, True), done.stdout
