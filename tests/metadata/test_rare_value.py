"""rare-value, selected in the configuration of a folder, through the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.cli import main
from tests.running import write

ARTICLE = "---\ntitle: How to peel an orange\nms.collection: {}\n---\n\n# Peel an orange\n"


@pytest.mark.parametrize(
    ("root", "nested", "status", "reported"),
    [
        ("", 'severity = { rare-value = "error" }\nextend-select = ["rare-value"]', 1, ["docs"]),
        ("", 'extend-select = ["rare-value"]', 0, ["docs"]),
        ("", "", 0, []),
        ('extend-select = ["rare-value"]', "", 0, ["other"]),
        ('extend-select = ["rare-value"]', 'select = ["rare-value"]', 0, ["docs", "other"]),
    ],
)
def test_the_nearest_configuration_decides(
    root: str,
    nested: str,
    status: int,
    reported: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A folder's own file is the whole configuration; what is common counts in every folder."""
    common = {f"other/{number}.md": ARTICLE.format("Adm_O365") for number in range(100)}
    rare = {
        f"{folder}/rare.md": ARTICLE.format(f"Adm_o36{at}")
        for at, folder in enumerate(("docs", "other"))
    }
    configurations = {"articlelint.toml": root, "docs/articlelint.toml": nested}
    write(tmp_path, {**common, **rare, **configurations})
    monkeypatch.chdir(tmp_path)
    arguments = ["--offline", "--no-cache", "--jobs", "1", "-q", "--output-format", "concise"]
    assert main(["check", *arguments]) == status
    found = [line for line in capsys.readouterr().out.splitlines() if "rare-value" in line]
    assert [line.partition("/")[0] for line in found] == reported
