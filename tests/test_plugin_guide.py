"""The plug-in of docs/plugins.md: its cases, its settings, and the test that it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.case_server import serving
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
        "articlelint_glossary/rules/outdated-glossary.md",
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


_RUN = """
import sys
from importlib.metadata import EntryPoint, EntryPoints
from linters.cli import main
from linters.pipeline import plugins
point = EntryPoint("glossary", "articlelint_glossary:GlossaryChecker", plugins.GROUP)
plugins.entry_points = lambda **_: EntryPoints([point])
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def published() -> Iterator[str]:
    with serving(["/glossary.txt 200 old = new"]) as port:
        yield f"http://127.0.0.1:{port}/glossary.txt"


@pytest.mark.slow
def test_it_asks_a_server_through_the_guard(tmp_path: Path, published: str) -> None:
    write(tmp_path / "plugin", plugin_files())
    files = {"a.md": "# One\n\nAn allowlist.\n", "glossary.txt": "whitelist = allowlist\n"}
    files["articlelint.toml"] = f"[plugins.glossary]\npublished = '{published}'\n"
    write(tmp_path / "docs", files)

    def check(*flags: str) -> tuple[str, str]:
        words = ["check", ".", "-q", "--no-cache", "--select", "GLOS", "--output-format", "concise"]
        done = subprocess.run(
            [sys.executable, "-c", _RUN, *words, *flags],
            cwd=tmp_path / "docs",
            env={**os.environ, "PYTHONPATH": f"{tmp_path / 'plugin'}{os.pathsep}{ROOT}"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout, done.stderr

    assert check("--allow-network", "127.0.0.0/8") == (
        f"glossary.txt:1:1: warning GLOS003[outdated-glossary] differs from {published}\n",
        "",
    )
    assert check() == ("", "")
    assert check("--offline") == ("", "")
