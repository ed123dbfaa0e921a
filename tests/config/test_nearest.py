"""The nearest configuration decides, however deep a folder is."""

from __future__ import annotations

from pathlib import Path

from linters.config.nearest import Configurations


def test_a_path_of_more_folders_than_the_stack_is_deep(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "articlelint.toml").write_text("ignore = ['META']\n", encoding="utf-8")
    configurations = Configurations(tmp_path)
    assert configurations.of("d/" * 1900 + "a.md").source == "d/articlelint.toml"
    assert configurations.of("a.md").source is None
