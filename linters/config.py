"""TOML to frozen Settings; an unknown key is an error with a suggestion."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from linters.errors import UserError
from linters.settings import Settings


def find_config(start: Path) -> Path | None:
    """The nearest ``articlelint.toml``, or ``pyproject.toml`` with ``[tool.articlelint]``."""
    for folder in (start, *start.parents):
        file = folder / "articlelint.toml"
        if file.is_file():
            return file
        file = folder / "pyproject.toml"
        if file.is_file() and "articlelint" in _read(file).get("tool", {}):
            return file
        if (folder / ".git").exists():
            return None
    return None


def load(path: Path | None) -> Settings:
    """The settings of a file; the defaults without one."""
    if path is None:
        return Settings()
    data = _read(path)
    if path.name == "pyproject.toml":
        data = data.get("tool", {}).get("articlelint", {})
    if data:
        raise UserError(f"{path}: reading settings is not written yet")
    return Settings(directory=str(path.parent), source=str(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{path}: {error}") from error
