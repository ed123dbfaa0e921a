"""The hooks, run by the real pre-commit in a scratch repository."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.installed.conftest import ROOT, run

pytestmark = pytest.mark.slow

ARTICLE = """\
---
title: {title}
description: What this article says to its readers, in one sentence.
author: kari-example
ms.author: kari-example
ms.date: 02/13/2025
ms.topic: how-to
ms.service: example
---
# {title}

{body}
"""


def _environment(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "COV_", "PYTHONPATH"))
    }
    return {
        **kept,
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip


class Scratch:
    """A git repository to commit in."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.environment = _environment(home)
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        """Run git; fails the test when git does."""
        done = run(["git", *arguments], cwd=self.folder, environment=self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, path: str, text: str) -> None:
        """Write a file and stage it."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        self.git("add", path)

    def try_hook(self, *arguments: str, hook: str = "articlelint") -> tuple[int, str]:
        """Run a hook on what is staged; status and output."""
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never", "--verbose"]
        command += [hook, *arguments]
        done = run(command, cwd=self.folder, environment=self.environment)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The configuration with our hooks, which a git repository has as they are here."""
    folder = tmp_path_factory.mktemp("hooks") / "articlelint"
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "*.egg-info")
    folder.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("linters", "schemas"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    repository = Scratch(folder, folder)
    repository.git("add", "-A")
    repository.git("commit", "-qm", "hooks")
    revision = repository.git("rev-parse", "HEAD").strip()
    hooks = [{"id": "articlelint"}, {"id": "articlelint-links"}]
    return json.dumps({"repos": [{"repo": str(folder), "rev": revision, "hooks": hooks}]})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pre-commit's cache, kept for the module: the environment is installed once."""
    return tmp_path_factory.mktemp("pre-commit-home")


@pytest.fixture
def scratch(tmp_path: Path, config: str, home: Path) -> Scratch:
    """A repository with our hooks and two good articles, committed."""
    scratch = Scratch(tmp_path / "docs", home)
    scratch.write(".pre-commit-config.yaml", config)
    see_b = "See [the other one](b.md#deeper), or [this](#one).\n\n[!INCLUDE [i](includes/i.md)]"
    scratch.write("one/a.md", ARTICLE.format(title="One", body=see_b))
    scratch.write("one/b.md", ARTICLE.format(title="Two", body="## Deeper\n\nText."))
    scratch.write("one/includes/i.md", "Included text.\n")
    scratch.write("one/TOC.yml", "- name: One\n  href: a.md\n")
    scratch.git("commit", "-qm", "docs")
    return scratch


def test_staged_names_pass_and_know_the_rest_of_the_repository(scratch: Scratch) -> None:
    scratch.write("one/a.md", (scratch.folder / "one/a.md").read_text("utf-8") + "\nMore.\n")
    status, output = scratch.try_hook()
    assert "Passed" in output
    assert status == 0, output


def test_a_bad_article_fails_the_commit_at_its_place(scratch: Scratch) -> None:
    bad = "See [it](b.md#no-such-heading), and [that](gone.md)."
    scratch.write("one/c d.md", ARTICLE.format(title="Three", body=bad))
    status, output = scratch.try_hook()
    assert status == 1, output
    assert "one/c d.md:12:10: error " in output
    assert "[bookmark-not-found]" in output
    assert "[file-not-found]" in output
    assert "one/a.md" not in output


def test_only_staged_names_are_reported(scratch: Scratch) -> None:
    bad = scratch.folder / "one" / "not-staged.md"
    bad.write_text("[x](gone.md)\n", encoding="utf-8", newline="\n")
    scratch.write("one/d.md", ARTICLE.format(title="Four", body="Text."))
    status, output = scratch.try_hook()
    assert status == 0, output


def test_excluded_files_are_passed_over_though_named(scratch: Scratch) -> None:
    scratch.write("articlelint.toml", 'exclude = ["archive/"]\n')
    scratch.write("archive/old.md", ARTICLE.format(title="Old", body="[x](gone.md)"))
    status, output = scratch.try_hook()
    assert status == 0, output


def test_other_files_run_no_hook(scratch: Scratch) -> None:
    scratch.write("one/code.py", "x = 1\n")
    scratch.write("one/other.yml", "x: 1\n")
    status, output = scratch.try_hook()
    assert status == 0, output
    assert "(no files to check)" in output


def test_a_commit_that_only_deletes_runs_no_hook(scratch: Scratch) -> None:
    scratch.git("rm", "-q", "one/b.md")
    status, output = scratch.try_hook()
    assert status == 0, output
    assert "(no files to check)" in output


def test_the_links_hook_runs_in_its_own_stages_alone(scratch: Scratch) -> None:
    scratch.write("one/e.md", ARTICLE.format(title="Five", body="[x](gone.md)"))
    status, output = scratch.try_hook(hook="articlelint-links")
    assert "No hook with id `articlelint-links` in stage `pre-commit`" in output
    status, output = scratch.try_hook("--hook-stage", "manual", hook="articlelint-links")
    assert status == 1, output
    assert "[file-not-found]" in output


def test_the_offline_hook_does_not_repeat_what_the_links_hook_says(scratch: Scratch) -> None:
    scratch.write("one/f.md", ARTICLE.format(title="Six", body="[x](gone.md)"))
    _, output = scratch.try_hook("--hook-stage", "pre-push")
    assert "No hook with id `articlelint` in stage `pre-push`" in output


def test_our_own_repository_uses_the_same_commands() -> None:
    published = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    own = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    for hook in published:
        for key in ("entry", "args", "files", "require_serial", "stages"):
            assert own[hook["id"]].get(key) == hook.get(key)


def test_a_name_that_looks_like_an_option_is_a_file(scratch: Scratch) -> None:
    name = "--exit-zero.md"
    (scratch.folder / name).write_text(
        ARTICLE.format(title="Seven", body="[x](gone.md)"), encoding="utf-8", newline="\n"
    )
    scratch.git("add", "--", name)
    status, output = scratch.try_hook()
    assert status == 1, output
    assert f"{name}:12:5: error " in output
