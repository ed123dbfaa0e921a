"""Imports go downwards only: between layers, between folders and between files."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "linters"

LAYERS = (
    ("model",),
    ("util",),
    ("article", "config", "store"),
    ("repository",),
    ("checker", "finding"),
    ("findings", "facts", "fixes", "rule_docs"),
    ("metadata", "links", "localization"),
    ("audit",),
    ("pipeline", "reports"),
    ("testing",),
    ("cli", "__main__"),
)
"""Low to high; within a layer, folders may import one another in one direction."""

CHECKERS = {"metadata", "links", "localization"}
MAY_NAME_CHECKERS = {"cli", "audit", *CHECKERS}


def _modules() -> dict[str, Path]:
    found = {}
    for file in PACKAGE.rglob("*.py"):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = file
    return found


def _imports(file: Path, modules: Mapping[str, Path]) -> set[str]:
    """The modules of the package that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("linters"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in modules else str(node.module))
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in modules}
    return found


MODULES = _modules()
GRAPH = {name: _imports(file, MODULES) - {name, "linters"} for name, file in MODULES.items()}
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _folder(module: str) -> str:
    if MODULES[module].stem == "__init__":
        return module
    return module if module.count(".") == 1 else module.rpartition(".")[0]


def _assert_no_circle(graph: Mapping[str, Iterable[str]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(error.args[1])) from None


def test_every_folder_is_in_a_layer() -> None:
    assert {_room(name) for name in GRAPH} - {""} <= RANK.keys()


def test_no_import_goes_up() -> None:
    up = [
        f"{name} imports {target}"
        for name, targets in GRAPH.items()
        for target in targets
        if _room(name) and RANK[_room(target)] > RANK[_room(name)]
    ]
    assert not up


def test_only_the_plug_in_loader_names_the_checkers() -> None:
    named = [
        f"{name} imports {target}"
        for name, targets in GRAPH.items()
        for target in targets
        if _room(target) in CHECKERS
        and _room(name) not in MAY_NAME_CHECKERS
        and name != "linters.pipeline.plugins"
    ]
    assert not named


def test_files_import_in_no_circle() -> None:
    _assert_no_circle(GRAPH)


def test_folders_import_in_no_circle() -> None:
    folders: dict[str, set[str]] = {}
    for name, targets in GRAPH.items():
        folder = _folder(name)
        folders.setdefault(folder, set()).update(
            _folder(target) for target in targets if _folder(target) != folder
        )
    _assert_no_circle(folders)


def test_every_folder_says_what_it_holds_and_who_may_import_it() -> None:
    for file in PACKAGE.rglob("__init__.py"):
        text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        if file.parent not in (PACKAGE, PACKAGE / "cli" / "localization"):  # a help text
            assert "mport" in text or "Part of" in text, file


def test_contributing_shows_the_tree_from_high_to_low() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = re.findall(r"^  ([\w.]+)/? {2,}\S", page, re.MULTILINE)
    rooms = [name.removesuffix(".py") for name in shown]
    assert set(rooms) == {_room(name) for name in GRAPH} - {""}
    ranks = [RANK[room] for room in rooms if room != "__main__"]
    assert ranks == sorted(ranks, reverse=True)


IN_EVERY_CHECKER = {"checker", "rules", "facts"}
"""Modules that each checker's folder may have, below the room of the same name in the core."""


def test_a_module_name_says_which_module_it_is() -> None:
    names = [
        file.stem
        for name, file in MODULES.items()
        if file.stem != "__init__"
        and not (file.stem in IN_EVERY_CHECKER and _folder(name).count(".") == 1)
        and name != "linters.finding"  # the public name of linters.model.finding
    ]
    assert not [name for name, count in Counter(names).items() if count > 1]


def test_no_class_name_is_used_twice() -> None:
    names = Counter(
        node.name
        for file in MODULES.values()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert not [name for name, count in names.items() if count > 1]


MOST_LINES = 400


def test_no_file_is_long() -> None:
    for folder in ("linters", "tests", "docs", "benchmarks"):
        for file in (ROOT / folder).rglob("*.py"):
            lines = file.read_text(encoding="utf-8").count("\n")
            assert lines <= MOST_LINES, f"{file} has {lines} lines"
