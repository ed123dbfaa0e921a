"""A foreign plug-in, built and installed for real: the very one that docs/plugins.md shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.installed.conftest import ROOT, Environment, make_environment

pytestmark = pytest.mark.slow

_BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = ROOT / "docs" / "plugins.md"


@pytest.fixture(scope="module")
def plugged(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with articlelint and the plug-in."""
    package = tmp_path_factory.mktemp("plugin")
    for name, content in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    environment = make_environment(wheel, tmp_path_factory.mktemp("plugged"))
    environment.install(package)
    return environment


def _check(environment: Environment, folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = environment.run(
        "articlelint", "check", "--offline", "--isolated", "--output-format", "concise",
        "--select", "TODO", *arguments, ".", cwd=folder,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def _article(folder: Path, text: str) -> None:
    (folder / "a.md").write_text(text, encoding="utf-8", newline="\n")


def test_the_page_is_short() -> None:
    assert len(PAGE.read_text(encoding="utf-8").splitlines()) < 60


def test_its_findings_stand_in_the_report(plugged: Environment, tmp_path: Path) -> None:
    _article(tmp_path, "# One\n\nText. TODO: more.\n")
    assert _check(plugged, tmp_path) == (
        0,
        "a.md:3:7: TODO001[todo-left] a TODO is left\n",
        "",
    )


def test_its_findings_are_suppressed_like_others(plugged: Environment, tmp_path: Path) -> None:
    _article(tmp_path, "<!-- articlelint-disable-next-line TODO001 -->\nTODO\n")
    assert _check(plugged, tmp_path) == (0, "", "")


def test_its_rules_are_explained(plugged: Environment, tmp_path: Path) -> None:
    done = plugged.run("articlelint", "rule", "todo-left", cwd=tmp_path)
    assert done.stdout.startswith("# todo-left (TODO001, warning, todo)\n")
    assert "readers would see it" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("yield Finding", "raise ValueError('broken')\n            yield Finding",
         "plug-in todo (articlelint_todo) failed on a.md: ValueError: broken"),
        ("import re\n", "import re_that_is_not\n", "plug-in todo (articlelint_todo:TodoChecker"),
        ('"TODO001", "todo-left"', '"CORE001", "todo-left"', "CORE001 is already taken"),
    ],
    ids=["raises", "import fails", "code taken"],
)  # fmt: skip
def test_a_broken_one_is_named_and_nothing_passes(
    plugged: Environment, tmp_path: Path, old: str, new: str, message: str
) -> None:
    (module,) = plugged.folder.rglob("articlelint_todo/__init__.py")
    text = module.read_text(encoding="utf-8")
    assert old in text
    _article(tmp_path, "TODO\n")
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
