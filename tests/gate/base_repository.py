"""The repository that the scripted pull requests change, and what they do to it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.gate.conftest import commit
from tests.git import git
from tests.running import write

HEADER = """\
---
title: {title}
description: What this article says to the people who read it, in one sentence.
author: kari-example
ms.author: kari-example
ms.date: 02/13/2025
ms.topic: how-to
---
"""
ROT = "[old](long-gone.md)"
SUPPRESSION = "<!-- articlelint-disable-next-line file-not-found -- comes later -->\n"
CONFIG = """\
select = ["ALL"]
severity = { duplicate-attribute = "error", missing-attribute = "error" }
per-file-ignores = { "wsl/**" = ["META"] }
[[metadata.schemas]]
files = ["gate/**"]
schema = "schemas/own.json"
"""
SCHEMA = """\
{"type": "object", "required": ["title", "author"], "docsetUnique": ["title"],
 "properties": {"title": {"type": "string"}, "ms.service": {"type": "string"}}}
"""
DOCFX = '{"build": {"content": [{"files": ["**/*.md", "**/toc.yml"], "exclude": []}]}}\n'


def article(title: str, body: str) -> str:
    """A valid article."""
    return f"{HEADER.format(title=title)}# {title}\n\n{body}"


LINES = "".join(f"This is sentence {n} of the text.\n\n" for n in range(30))
FILES = {
    "articlelint.toml": CONFIG,
    "schemas/own.json": SCHEMA,
    "gate/docfx.json": DOCFX,
    "gate/a.md": article(
        "Install the tool", "## Install\n\nSee [setup](b.md#setup) and [moved](moved.md).\n"
    ),
    "gate/b.md": article("Set up the tool", "## Setup\n\nSee [install](a.md#install).\n"),
    "gate/rot.md": article("An old article", f"One line.\n\nSee {ROT} here.\n\nLast line.\n"),
    "gate/moved.md": article("To be moved", f"{LINES}See {ROT} here.\n"),
    "gate/known.md": article("Known problems", f"{LINES}See [known](known-gone.md).\n"),
    "gate/suppressed.md": article("With a suppression", f"{SUPPRESSION}See {ROT}.\n\nEnd.\n"),
    "gate/misspelt.md": article("An old key", "Text.\n").replace("ms.topic:", "ms.sevice:"),
    "gate/remote.md": article("Remote links", "Read\nOLD\n\nmore.\n"),
    "gate/includes/part.md": "A part that is included.\n",
    "gate/whole.md": article("With an include", "[!INCLUDE [part](includes/part.md)]\n"),
    "gate/media/logo.png": "png",
    "gate/toc.yml": "- name: Install\n  href: a.md\n- name: Set up\n  href: b.md\n",
}


def docset() -> Path | None:
    """A real docset to surround our articles with, where the corpus is at hand."""
    corpus = os.environ.get("ARTICLELINT_CORPUS")
    folder = Path(corpus).parent / "docsets" / "wsl" if corpus else None
    return folder if folder is not None and folder.is_dir() else None


def make_base(root: Path, url: str) -> None:
    """A repository with our articles on ``main``, old rot and a baseline included."""
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "core.autocrlf", "false")
    git(root, "config", "uploadpack.allowFilter", "true")
    git(root, "config", "uploadpack.allowAnySHA1InWant", "true")
    real = docset()
    if real is not None:
        shutil.copytree(real, root / "wsl", copy_function=shutil.copyfile)
        for folder in [root / "wsl", *(root / "wsl").rglob("*/")]:
            folder.chmod(0o755)
    english = Path(__file__).parents[2] / "examples" / "add-printer.md"
    norwegian = Path(__file__).parents[2] / "examples" / "nb-no" / "add-printer.md"
    write(root, {name: text.replace("OLD", f"<{url}/old>") for name, text in FILES.items()})
    write(root, {"sxs/add-printer.md": english.read_bytes()})
    write(root, {"sxs/nb-no/add-printer.md": norwegian.read_bytes()})
    commit(root, "base")


@dataclass(frozen=True)
class PullRequest:
    """A branch of the repository, being written; ``url`` is a server of the test."""

    root: Path
    url: str

    def write(self, **files: str) -> None:
        """Write files of ``gate/``: ``a="…"`` is ``gate/a.md``."""
        write(self.root, {f"gate/{name}.md": text for name, text in files.items()})

    def read(self, name: str) -> str:
        """The text of ``gate/NAME.md``."""
        return (self.root / f"gate/{name}.md").read_bytes().decode()

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text in ``gate/NAME.md``, which has to be there."""
        text = self.read(name)
        assert old in text
        self.write(**{name: text.replace(old, new)})

    def append(self, name: str, text: str) -> None:
        """Append a paragraph to ``gate/NAME.md``."""
        self.write(**{name: f"{self.read(name)}\n{text}\n"})

    def remove(self, name: str) -> None:
        """Delete ``gate/NAME.md``."""
        (self.root / f"gate/{name}.md").unlink()

    def move(self, old: str, new: str) -> None:
        """Move ``gate/OLD.md`` to ``gate/NEW.md``."""
        (self.root / f"gate/{new}.md").parent.mkdir(exist_ok=True)
        git(self.root, "mv", f"gate/{old}.md", f"gate/{new}.md")

    def settings(self, text: str, path: str = "articlelint.toml") -> None:
        """Write a configuration file."""
        write(self.root, {path: text})

    def commit(self) -> None:
        """Commit the working tree."""
        commit(self.root)

    def git(self, *arguments: str) -> str:
        """Run git in the repository."""
        return git(self.root, *arguments)
