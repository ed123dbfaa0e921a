"""``--since`` in clones that do not have everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.conftest import Gate, commit
from tests.git import git
from tests.running import write

OLD = "# A\n\n[old](gone.md)\n\n" + "".join(f"line {n}\n" for n in range(20))


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    write(
        folder,
        {
            "a.md": OLD,
            "moved.md": OLD,
            "logo.png": b"\x89PNG" + bytes(4000),
            "articlelint.toml": 'select = ["LINK"]\n',
        },
    )
    commit(folder, "base")
    git(folder, "switch", "-q", "-c", "topic")
    write(folder, {"a.md": OLD + "[new](nowhere.md)\n", "logo.png": b"\x89PNG" + bytes(5000)})
    git(folder, "mv", "moved.md", "there.md")
    write(folder, {"there.md": OLD + "one more line\n"})
    commit(folder)
    return folder


def clone(origin: Path, *arguments: str) -> Path:
    """A clone of the topic branch."""
    folder = origin.parent / "clone"
    url = origin.as_uri()
    git(origin.parent, "clone", "-q", "--no-local", "-b", "topic", *arguments, url, str(folder))
    return folder


def test_a_partial_clone_is_told_what_to_run_and_works_then(origin: Path, gate: Gate) -> None:
    folder = clone(origin, "--filter=blob:none")
    result = gate("--since", "origin/main", folder=folder)
    assert result.status == 2
    assert "does not have the content of a.md and 1 more files at origin/main" in result.err
    assert "run 'git diff --stat origin/main...' first" in result.err
    git(folder, "diff", "--stat", "origin/main...")
    result = gate("--since", "origin/main", folder=folder)
    assert (result.status, result.found) == (1, ["a.md:25 file-not-found"])


def test_missing_files_that_are_no_articles_do_not_matter(origin: Path, gate: Gate) -> None:
    folder = clone(origin, "--filter=blob:limit=3k")
    result = gate("--since", "origin/main", folder=folder)
    assert (result.status, result.found) == (1, ["a.md:25 file-not-found"])


def test_the_configuration_of_a_partial_clone(origin: Path, gate: Gate) -> None:
    write(origin, {"articlelint.toml": "ignore = ['ALL']\n"})
    commit(origin)
    folder = clone(origin, "--filter=blob:none")
    git(folder, "diff", "--stat", "origin/main...")
    result = gate("--since", "origin/main", "--config-from", "origin/main", folder=folder)
    assert (result.status, result.found) == (1, ["a.md:25 file-not-found"])


def test_a_shallow_clone_without_the_base_is_told_what_to_fetch(origin: Path, gate: Gate) -> None:
    folder = clone(origin, "--depth=1")
    result = gate("--since", "origin/main", folder=folder)
    assert result.status == 2
    assert "no commit 'origin/main' in this clone; run 'git fetch origin main'" in result.err


def test_a_shallow_clone_with_the_base_works_and_says_what_is_not_exact(
    origin: Path, gate: Gate
) -> None:
    folder = clone(origin, "--depth=1", "--no-single-branch")
    result = gate("--since", "origin/main", folder=folder)
    assert (result.status, result.found) == (1, ["a.md:25 file-not-found"])
    assert "no common ancestor of origin/main and HEAD in this clone" in result.err


def test_a_merge_in_progress(origin: Path, gate: Gate) -> None:
    git(origin, "switch", "-q", "main")
    write(origin, {"a.md": OLD.replace("line 3", "line three"), "b.md": "[x](no.md)\n"})
    commit(origin, "main goes on")
    git(origin, "switch", "-q", "topic")
    git(origin, "merge", "-q", "--no-commit", "--no-ff", "main")
    result = gate("--since", "main", folder=origin)
    assert (result.status, result.found) == (1, ["a.md:25 file-not-found"])


def test_what_git_says_of_a_repository_is_shown(tmp_path: Path, gate: Gate) -> None:
    write(tmp_path, {".git": "gitdir: /nowhere\n", "a.md": OLD})
    result = gate("--since", "HEAD", folder=tmp_path)
    assert result.status == 2
    assert "--since: fatal: not a git repository: /nowhere" in result.err


def test_without_git_a_gate_says_so(
    tmp_path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {".git/HEAD": "ref: refs/heads/main\n", "a.md": OLD})
    monkeypatch.setenv("PATH", str(tmp_path))
    result = gate("--since", "HEAD", folder=tmp_path)
    assert result.status == 2
    assert "--since: git is not installed, or not in PATH" in result.err
