"""docs/configuration.md names every key, with its default."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from linters.config.keys import SETTINGS
from linters.config.kinds import Table
from linters.config.loading import load

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"
_TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
(BLOCK,) = _TOML.findall(PAGE.read_text(encoding="utf-8"))


def defaults(table: Table) -> dict[str, Any]:
    """Every key that has a default, and the tables; not the tables of names that users choose."""
    values = {
        key.name: defaults(key.kind) if isinstance(key.kind, Table) else table.default(key)
        for key in table.keys
    }
    named = ("hosts", "plugins")
    return {
        name: value for name, value in values.items() if value is not None and name not in named
    }


def test_the_values_shown_are_the_defaults() -> None:
    assert tomllib.loads(BLOCK) == defaults(SETTINGS)


def test_what_has_no_default_is_shown_and_understood(tmp_path: Path) -> None:
    shown = re.sub(r"^# (?=\[|\w[\w-]* = )", "", BLOCK, flags=re.MULTILINE)
    file = tmp_path / "articlelint.toml"
    file.write_text(shown, encoding="utf-8")
    settings = load(file)
    assert settings.localization.locale == "nb-NO"
    assert settings.links.user_agent.startswith("docs-check")
    assert [one.schema for one in settings.metadata.schemas or ()] == ["article"]
    assert "api.github.com" in settings.links.hosts
