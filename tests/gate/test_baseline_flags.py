"""``--baseline`` and ``--write-baseline`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gate.conftest import Gate, commit
from tests.git import git
from tests.running import write

ARTICLE = "---\ntitle: A\n---\n# A\n\n[x](gone.md)\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, {"a.md": ARTICLE, "articlelint.toml": 'select = ["LINK"]\n'})
    commit(tmp_path)
    return tmp_path


def test_a_written_baseline_hides_what_is_there(root: Path, gate: Gate) -> None:
    written = gate("--write-baseline", "known.txt")
    assert (written.status, written.found, written.report["summary"]["baselined"]) == (0, [], 1)
    assert "known.txt: 1 entries, 1 of them new, 0 pruned" in written.err
    line = json.loads((root / "known.txt").read_text(encoding="utf-8"))
    assert (line[0], line[1], line[3:]) == ("LINK001", "a.md", [1, {}])
    write(root, {"a.md": ARTICLE + "\n[y](gone.md)\n"})
    result = gate("--baseline", "known.txt")
    assert (result.status, result.found) == (1, ["a.md:8 file-not-found"])


def test_writing_again_prunes_and_keeps_reasons(root: Path, gate: Gate) -> None:
    write(root, {"b.md": ARTICLE})
    gate("--write-baseline", "known.txt")
    lines = (root / "known.txt").read_text(encoding="utf-8").splitlines()
    detailed = json.dumps([*json.loads(lines[0])[:4], {"reason": "old", "expires": "2999-01-01"}])
    write(root, {"known.txt": f"{detailed}\n{lines[1]}\n", "b.md": "# B\n"})
    result = gate("--baseline", "known.txt")
    assert "b.md: known.txt: the entry for LINK001 no longer occurs" in result.err
    gate("--write-baseline", "known.txt")
    assert (root / "known.txt").read_text(encoding="utf-8") == detailed + "\n"


def test_a_rename_carries_entries_over(root: Path, gate: Gate) -> None:
    gate("--write-baseline", "known.txt")
    commit(root, "baseline")
    git(root, "mv", "a.md", "moved.md")
    assert gate("--baseline", "known.txt").status == 0
    commit(root, "move")
    write(root, {"moved.md": ARTICLE.replace("# A", "# Another")})
    assert gate("--baseline", "known.txt").status == 0


def test_only_what_was_checked_can_be_stale(root: Path, gate: Gate) -> None:
    write(root, {"b.md": ARTICLE})
    gate("--write-baseline", "known.txt")
    write(root, {"a.md": "# A\n", "b.md": "# B\n"})
    assert "a.md" not in gate("--baseline", "known.txt", "b.md").err
    assert "stale" not in gate("--baseline", "known.txt", "--select", "META").err
    assert (root / "known.txt").read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--baseline", "none.txt"], "--baseline none.txt: no such file"),
        (["--baseline", "articlelint.toml"], "articlelint.toml:1: not a baseline entry"),
        (["--write-baseline", "known.txt", "--since", "HEAD"], "cannot be combined with --since"),
        (["--no-new-suppressions"], "expected --since"),
        (["--add-suppressions=a -- b"], "expected a reason of one line"),
    ],
)
def test_usage_errors(root: Path, gate: Gate, arguments: list[str], message: str) -> None:
    result = gate(*arguments)
    assert result.status == 2
    assert message in result.err


def test_several_roots(tmp_path: Path, gate: Gate) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, {"a.md": ARTICLE, ".git/HEAD": ""})
    known = str(tmp_path / "known.txt")
    gate("--select", "LINK", "--write-baseline", known, "one", "two")
    paths = [json.loads(line)[1] for line in Path(known).read_text("utf-8").splitlines()]
    assert paths == ["one/a.md", "two/a.md"]
    assert gate("--select", "LINK", "--baseline", known, "one", "two").status == 0
