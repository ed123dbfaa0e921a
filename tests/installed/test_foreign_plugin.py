"""A foreign plug-in, built and installed for real: the very one that docs/plugins.md shows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.installed.conftest import Environment, build_wheel, pip
from tests.running import write
from tests.test_plugin_guide import plugin_files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def plugged(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with articlelint and the plug-in."""
    source, packages = tmp_path_factory.mktemp("plugin"), tmp_path_factory.mktemp("packages")
    write(source, plugin_files())
    pip("install", "--no-deps", "--target", packages, build_wheel(source, source))
    return replace(environment, packages=packages)


def _check(environment: Environment, folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = environment.run(
        "articlelint", "check", "--offline", "-q", "--output-format", "concise",
        "--select", "GLOS", *arguments, ".", cwd=folder,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def _article(folder: Path, text: str) -> None:
    write(folder, {"a.md": text, "glossary.txt": "whitelist = allowlist\n"})


def test_its_findings_are_in_the_report(plugged: Environment, tmp_path: Path) -> None:
    _article(tmp_path, "# One\n\nThe whitelist, not the allowlist.\n")
    assert _check(plugged, tmp_path) == (
        0,
        "a.md:3:5: warning GLOS001[deprecated-term] deprecated term 'whitelist'\n",
        "",
    )


def test_its_findings_are_suppressed_like_others(plugged: Environment, tmp_path: Path) -> None:
    text = "# One\n\n<!-- articlelint-disable-next-line GLOS001 -->\nwhitelist, allowlist\n"
    _article(tmp_path, text)
    assert _check(plugged, tmp_path) == (0, "", "")


def test_its_settings_are_validated(plugged: Environment, tmp_path: Path) -> None:
    _article(tmp_path, "# One\n\nThe whitelist, not the allowlist.\n")
    write(tmp_path, {"articlelint.toml": "[plugins.glossary]\nallow = ['whitelist']\n"})
    assert _check(plugged, tmp_path) == (0, "", "")
    write(tmp_path, {"articlelint.toml": "[plugins.glossary]\nalow = ['whitelist']\n"})
    status, _, error = _check(plugged, tmp_path)
    assert status == 2
    assert "alow" in error


def test_its_rules_are_explained(plugged: Environment, tmp_path: Path) -> None:
    done = plugged.run("articlelint", "rule", "deprecated-term", cwd=tmp_path)
    assert done.stdout.startswith("# deprecated-term (GLOS001, warning, glossary)\n")
    assert "Readers search for the term" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("allowed = context", "raise ValueError('broken')\n        allowed = context",
         "plug-in glossary (articlelint_glossary) failed on a.md: ValueError: broken"),
        ("import re\n", "import re_that_is_not\n",
         "plug-in glossary (articlelint_glossary:GlossaryChecker"),
        ('"GLOS001", "deprecated-term"', '"CORE001", "deprecated-term"',
         "CORE001 is already taken"),
    ],
    ids=["raises", "import fails", "code taken"],
)  # fmt: skip
def test_a_broken_one_is_named_and_nothing_passes(
    plugged: Environment, tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert plugged.packages is not None
    module = plugged.packages / "articlelint_glossary" / "__init__.py"
    text = module.read_text(encoding="utf-8")
    assert old in text
    _article(tmp_path, "whitelist\n")
    _rewrite(module, text.replace(old, new))
    try:
        status, _, error = _check(plugged, tmp_path)
    finally:
        _rewrite(module, text)
    assert status == 2
    assert message in error
    assert "Traceback" not in error


def _rewrite(module: Path, text: str) -> None:
    """Replace a module; its bytecode goes, which a text of equal size and second would keep."""
    module.write_text(text, encoding="utf-8", newline="\n")
    for cache in module.parent.glob("__pycache__"):
        shutil.rmtree(cache)
