"""The commands of the documentation, and a place where they can run."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from linters.cli import main
from linters.cli.command_line import COMMANDS
from tests.git import git
from tests.running import write

ROOT = Path(__file__).parent.parent
PAGES = (*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md")
CONFIGURATION = """\
[links]
retries = 0
timeout = "1s"
max-wait = "1s"
"""

_FENCE = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(articlelint [^`…]+)`")
_ANY_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_MENTION = re.compile(rf"(?:^|[\s/\\])(articlelint (?:{'|'.join(COMMANDS)})\b[^|;&#\n]*)")
_PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b|\[")


def commands(page: Path) -> Iterator[str]:
    """The command lines of a page that run articlelint, from fences and from prose.

    Prose may show the form of a command, with placeholders in capitals; fences may not.
    """
    text = page.read_text(encoding="utf-8")
    for fence in _FENCE.findall(text):
        for line in fence.replace("\\\n", " ").splitlines():
            command = line.removeprefix("$ ").partition("  #")[0]
            for part in command.split(" && "):
                if re.match(r"(\.venv/bin/)?articlelint ", part):
                    yield part.strip().removeprefix(".venv/bin/")
    for command in _INLINE.findall(text):
        if not _PLACEHOLDER.search(command):
            yield " ".join(command.split())


def mentioned(page: Path) -> Iterator[str]:
    """The command lines in every fence of a page, those of services and pipelines included."""
    for fence in _ANY_FENCE.findall(page.read_text(encoding="utf-8")):
        for command in _MENTION.findall(fence.replace("\\\n", " ")):
            yield re.split(r"  #| \d?>", command.strip())[0]


def words_of(command: str) -> tuple[list[str], str | None]:
    """The arguments of a command, and the file on its standard input."""
    words = shlex.split(command)[1:]
    if "<" in words:
        at = words.index("<")
        return words[:at], words[at + 1]
    return words, None


def sandbox(folder: Path) -> None:
    """A repository with the articles that the documentation names, and ``origin/main``."""
    examples = ROOT / "examples"
    for target in ("docs", "english", "examples"):
        shutil.copytree(examples, folder / target)
    shutil.copytree(examples / "nb-no", folder / "live-sxs")
    article = (examples / "nb-no" / "add-printer.md").read_text(encoding="utf-8")
    write(
        folder,
        {
            "article.md": article,
            "docs/my-article.md": (examples / "add-printer.md").read_text(encoding="utf-8"),
            "docs/articlelint.toml": CONFIGURATION,
            ".github/CODEOWNERS": "* @writers\n",
        },
    )
    for locale in ("nb-NO", "ja-JP", "ar-SA"):  # "compare" takes one tree a locale
        shutil.copytree(examples / "nb-no", folder / "locales" / locale)
    shutil.copytree(examples, folder.parent / "docs")
    _localize(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "base")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")


def _localize(folder: Path) -> None:
    """The published articles and the exchange files that other commands read."""
    exports = (("live-sxs", "work.xlf"), ("docs/nb-no", "segments.xlf"))
    for articles, file in exports:
        words = ["export", str(folder / articles), "--format", "xliff"]
        assert main(["localization", *words, "--output", str(folder / file)]) == 0
    words = ["strip", str(folder / "live-sxs"), "--output", str(folder / "live")]
    assert main(["localization", *words]) == 0


def restore(folder: Path) -> None:
    """The sandbox as it was."""
    git(folder, "reset", "-q", "--hard")
    git(folder, "clean", "-q", "-fd")
