"""Which articles ``articlelint check`` reads, and which settings are theirs."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.git import git
from tests.running import write


def test_named_files_that_are_no_articles_are_passed_over(tmp_path: Path, check: Any) -> None:
    write(tmp_path, {"a.py": "bad\n"})
    result = check("a.py")
    assert result.status == 0
    assert "a.py: not an article, skipped" in result.err
    assert check("a.py", "-q").err == ""


def test_ignored_files_are_read_when_named_unless_excluded_by_force(
    tmp_path: Path, check: Any
) -> None:
    git(tmp_path, "init", "-q")
    write(
        tmp_path,
        {
            ".gitignore": "ignored.md\n",
            "articlelint.toml": 'exclude = ["excluded/"]',
            "ignored.md": "bad\n",
            "excluded/a.md": "bad\n",
            "a.md": "fine\n",
        },
    )
    assert check().found == []
    named = ("ignored.md", "excluded/a.md")
    assert check(*named).found == ["excluded/a.md:1:1 bad-word", "ignored.md:1:1 bad-word"]
    result = check(*named, "--force-exclude")
    assert (result.found, result.status) == ([], 0)


def test_further_excludes_and_the_list_of_files(tmp_path: Path, check: Any) -> None:
    write(
        tmp_path,
        {
            "articlelint.toml": 'exclude = ["old/"]',
            "a.md": "bad\n",
            "old/a.md": "bad\n",
            "drafts/a.md": "bad\n",
            ".venv/x/README.md": "bad\n",
            "node_modules/x/README.md": "bad\n",
        },
    )
    result = check("--show-files", "--exclude", "/drafts")
    assert (result.out, result.status) == ("a.md\n", 0)
    assert check("--exclude", "drafts/").found == ["a.md:1:1 bad-word"]
    assert check("--exclude", "[a").status == 2
    assert check("--exclude", "drafts/", "drafts/a.md").found == ["drafts/a.md:1:1 bad-word"]
    result = check("--exclude", "drafts/", "--force-exclude", "drafts/a.md")
    assert (result.found, result.status) == ([], 0)


def test_the_nearest_configuration_decides(tmp_path: Path, check: Any) -> None:
    (tmp_path / ".git").mkdir()
    write(
        tmp_path,
        {
            "articlelint.toml": 'exclude = ["/docs/old/"]\n[links]\nretries = 1\n',
            "docs/articlelint.toml": 'severity = { TOY = "info" }\nexclude = ["/drafts/"]\n'
            "[links]\nretries = 2\n",
            "docs/a.md": "bad\n",
            "docs/old/a.md": "bad\n",
            "docs/drafts/a.md": "bad\n",
            "drafts/a.md": "bad\n",
        },
    )
    result = check()
    assert result.found == ["docs/a.md:1:1 bad-word", "drafts/a.md:1:1 bad-word"]
    assert json.loads(result.out)["summary"]["info"] == 1
    assert "docs/articlelint.toml: [links] is ignored: only the root's" in result.err


def test_an_explicit_configuration_is_in_force_everywhere(tmp_path: Path, check: Any) -> None:
    write(
        tmp_path,
        {
            "other/c.toml": 'ignore = ["TOY001"]\nexclude = ["d/"]\n',
            "r/articlelint.toml": 'select = ["CORE"]\n',
            "r/a.md": "bad odd\n",
            "r/d/a.md": "odd\n",
        },
    )
    (tmp_path / "r" / ".git").mkdir()
    assert check("r", "--config", "other/c.toml").found == ["a.md:1:5 odd-word"]


def test_several_roots_are_prefixed(tmp_path: Path, check: Any) -> None:
    for name in ("one", "x/two"):
        (tmp_path / name / ".git").mkdir(parents=True)
        write(tmp_path / name, {"docs/a.md": "bad\n"})
    assert check("one", "x/two/docs").found == [
        "one/docs/a.md:1:1 bad-word",
        "two/docs/a.md:1:1 bad-word",
    ]
    assert check("one/docs/a.md").found == ["docs/a.md:1:1 bad-word"]


def test_files_from_a_list(tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.md": "bad\n", "b c.md": "bad\n", "d.md": "bad\n"})
    write(tmp_path, {"lines.txt": "a.md\r\nb c.md\r\n", "nul.txt": "a.md\0d.md\0", "none.txt": ""})
    assert check("--files-from", "lines.txt").found == [
        "a.md:1:1 bad-word",
        "b c.md:1:1 bad-word",
    ]
    assert len(check("--files-from", "nul.txt").found) == 2
    assert check("--files-from", "none.txt").status == 0
    stdin(monkeypatch, b"a.md\n")
    assert check("--files-from", "-").found == ["a.md:1:1 bad-word"]


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(tmp_path: Path, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"docs/a.md": "fine\n", "articlelint.toml": 'severity = { TOY = "info" }'})
    stdin(monkeypatch, b"\xef\xbb\xbfx\r\nbad\r\n")
    result = check("--stdin-filename", "docs/new.md", "-")
    assert result.found == ["docs/new.md:2:1 bad-word"]
    assert json.loads(result.out)["summary"]["info"] == 1
    stdin(monkeypatch, b"bad\r\nodd")
    result = check("--stdin-filename", "docs/a.md", "-", "--fix", "--output-format", "concise")
    assert result.out == "good\r\nodd"
    assert "docs/a.md:2:1: info TOY002[odd-word]" in result.err  # what remains
    assert (tmp_path / "docs" / "a.md").read_bytes() == b"fine\n"
    stdin(monkeypatch, b"\xff\xfeb\0a\0")
    assert check("-").found == ["stdin.md:1:1 unreadable-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_what_is_no_file_is_never_opened(tmp_path: Path, check: Any) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    write(tmp_path, {"folder.md/a.md": "fine\n", "big.md": b"a" * (16 * 1024 * 1024 + 1)})
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "nothing.md").symlink_to("gone.md")
    (tmp_path / "out.md").symlink_to("/etc/passwd")
    (tmp_path / "device.md").symlink_to("/dev/zero")
    (tmp_path / "inside.md").symlink_to("folder.md/a.md")
    result = check("--jobs", "1")
    messages = {
        finding["path"]: finding["message"] for finding in json.loads(result.out)["findings"]
    }
    assert set(messages) == {
        "big.md",
        "device.md",
        "loop.md",
        "nothing.md",
        "out.md",
        "pipe.md",
    }
    assert "leaves the repository" in messages["out.md"]
    assert "leaves the repository" in messages["device.md"]
    assert messages["pipe.md"] == "not a regular file"
    assert check("pipe.md").found == ["pipe.md:1:1 unreadable-file"]
    assert check("loop.md").found == ["loop.md:1:1 unreadable-file"]


def test_names_of_every_kind(tmp_path: Path, check: Any) -> None:
    names = ["æ ø.md", "-x.md", "a'b.md", "#.md", "[x].md"]
    if sys.platform == "linux":
        names.append(os.fsdecode(b"\xe6.md"))
    write(tmp_path, dict.fromkeys(names, "bad\n"))
    git(tmp_path, "init", "-q")
    shown = [name.encode("utf-8", "backslashreplace").decode() for name in names]
    assert sorted(line.split(":")[0] for line in check().found) == sorted(shown)
    assert check("--", "-x.md").found == ["-x.md:1:1 bad-word"]
