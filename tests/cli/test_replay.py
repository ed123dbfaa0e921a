"""A run is answered from a stored one only where nothing that it depends on has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linters.cli.replay import is_replayable
from tests.git import git
from tests.running import write

ROOT = Path(__file__).parents[2]
FILES = {
    "articlelint.toml": "[[metadata.schemas]]\nfiles = ['*.md']\nschema = 'own.json'\n",
    "own.json": '{"type": "object", "required": ["title"]}',
    "docfx.json": '{"build": {"content": [{"files": ["**/*.md"]}]}}',
    ".gitignore": "ignored/\n*.tmp\n",
    "kept/a.tmp": "",
    "a.md": "---\ntitle: A\nms.date: 01/02/2026\n---\n# A\n\n[b](docs/b.md#b) [c](docs/c.md)\n",
    "docs/b.md": "---\ntitle: B\n---\n# B\n",
    "docs/d.md": "---\ntitle: D\n---\n# D\n",
}
SCRIPT = """\
import sys
from linters.cli import entry_point
try:
    entry_point()
finally:
    sys.stderr.write("\\nmodules: " + str("linters.pipeline.run" in sys.modules))
"""


def _text(path: str, text: str) -> Callable[[Path], object]:
    return lambda root: write(root, {path: text})


def _append(path: str, text: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / path).write_text((root / path).read_text() + text)

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "the article": _append("a.md", "\n[new](new.md)\n"),
    "a file that it links to": _text("docs/b.md", "---\ntitle: B\n---\n# Other\n"),
    "a file that was missing": _text("docs/c.md", "# C\n"),
    "a file in an empty folder": _text("empty/e.md", "# E\n"),
    "a file in a folder of ignored ones": _text("kept/e.md", "# E\n"),
    "a file that is gone": lambda root: (root / "docs/b.md").unlink(),
    "the configuration": _text("articlelint.toml", "ignore = ['LINK']\n"),
    "a nearer configuration": _text("docs/articlelint.toml", "ignore = ['META']\n"),
    "the schema": _text("own.json", '{"type": "object", "required": ["description"]}'),
    "docfx.json": _text("docfx.json", '{"build": {"globalMetadata": {"title": 3}}}'),
    "what git ignores": _text(".gitignore", "docs/\n"),
    "the index": lambda root: git(root, "rm", "-q", "--cached", "docs/d.md"),
}


def _run(root: Path, cache: Path, *words: str, **variables: str) -> tuple[str, str, bool]:
    """Output, errors, and whether the run was answered without running."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "check", "--offline", "--output-format", "json", *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    error, _, loaded = done.stderr.partition("\nmodules: ")
    return done.stdout, error, loaded == "False"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    write(folder, FILES)
    (folder / "empty").mkdir()
    git(tmp_path, "init", "-q", str(folder))
    git(folder, "add", "-A")
    return folder


def test_the_same_again_needs_no_run(root: Path, tmp_path: Path) -> None:
    first = _run(root, tmp_path / "cache", "a.md")
    again = _run(root, tmp_path / "cache", "a.md")
    assert (first[2], again[2]) == (False, True)
    assert first[:2] == again[:2]
    assert not _run(root, tmp_path / "cache", "docs/b.md")[2]
    named = ("--cache-dir", str(tmp_path / "named"), "a.md")
    assert [_run(root, tmp_path, *named)[2] for _ in range(2)] == [False, True]
    assert not _run(root, tmp_path / "cache", "a.md", NO_COLOR="1")[2]
    assert not _run(root, tmp_path / "cache", "a.md", ARTICLELINT_NOW="2030-01-01T00:00:00Z")[2]


def test_a_run_of_several_processes_is_answered_as_well(root: Path, tmp_path: Path) -> None:
    runs = [_run(root, tmp_path / "cache", "--jobs", "2", ".") for _ in range(2)]
    assert [replayed for _, _, replayed in runs] == [False, True]
    assert runs[0][:2] == runs[1][:2]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(name: str, root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = _run(root, cache, ".")
    assert _run(root, cache, ".")[2]
    CHANGES[name](root)
    after = _run(root, cache, ".")
    assert not after[2]
    assert after[:2] == _run(root, cache, "--no-cache", ".")[:2]
    if name in ("the article", "a file that was missing", "a file that is gone", "the schema"):
        assert after[0] != before[0]


SHOWING = """\
import sys
from linters.cli import entry_point
from linters.pipeline.stored_report import StoredReport
updated = StoredReport.updated
def show(self, newer, again, rules):
    print("again", *sorted(again), file=sys.stderr)
    return updated(self, newer, again, rules)
StoredReport.updated = show
entry_point()
"""


def test_after_one_change_only_that_article_and_its_users_are_checked(
    root: Path, tmp_path: Path
) -> None:
    words = ["check", "--offline", "--cache-dir", str(tmp_path / "cache"), "."]

    def checked() -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", SHOWING, *words],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stderr.split()

    assert checked() == []  # all, and nothing is taken over
    _append("docs/d.md", "\nOne line more.\n")(root)
    assert checked() == ["again", "docs/d.md"]
    _append("docs/b.md", "\n## A new heading\n")(root)
    assert checked() == ["again", "a.md", "docs/b.md"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_others_may_have_written_is_not_trusted(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    _run(root, cache, "a.md")
    folder = cache / "articlelint" / "runs"
    (stored,) = folder.iterdir()
    stored.chmod(0o666)
    assert not _run(root, cache, "a.md")[2]
    assert _run(root, cache, "a.md")[2]
    folder.chmod(0o777)
    assert not _run(root, cache, "a.md")[2]


@pytest.mark.parametrize("marker", [".git", "articlelint.toml", None])
def test_a_cache_that_came_with_the_articles_is_not_trusted(
    marker: str | None, root: Path, tmp_path: Path
) -> None:
    if marker is None:
        (root / ".git").rename(tmp_path / "git")
        (root / "articlelint.toml").unlink()
    elif marker == "articlelint.toml":
        (root / ".git").rename(tmp_path / "git")
    for _ in range(2):
        assert not _run(root / "docs", tmp_path / "x", "--cache-dir", "../cached", "..")[2]


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"\xff\n", b'{"recorded": 1}\nx'])
def test_a_damaged_store_is_an_empty_one(root: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    expected = _run(root, cache, "a.md")
    (stored,) = (cache / "articlelint" / "runs").iterdir()
    stored.write_bytes(damage)
    assert _run(root, cache, "a.md")[:2] == expected[:2]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("check --offline .", True),
        ("check --offline --select=META -- a.md", True),
        ("check .", False),
        ("audit --offline .", False),
        ("check --offline --fix .", False),
        ("check --offline --report html=x .", False),
        ("check --offline --since HEAD .", False),
        ("check --offline -v .", False),
        ("check --offline -", False),
    ],
)
def test_what_can_be_replayed(words: str, expected: bool) -> None:
    assert is_replayable(words.split()) is expected
