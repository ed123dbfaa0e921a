"""Snippets name what works today, however articlelint was installed."""

from __future__ import annotations

import json
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import pytest
import yaml

from linters.cli import init, main, starter
from linters.cli.installation import Installation, installation_of
from tests.gate.conftest import commit
from tests.git import git
from tests.running import write

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class _Distribution(Distribution):
    """A distribution with a ``direct_url.json``, or without one."""

    def __init__(self, origin: Any) -> None:
        self._origin = origin

    def read_text(self, filename: str) -> str | None:
        if filename == "METADATA":
            return "Metadata-Version: 2.1\nName: articlelint\nVersion: 9.8.7\n"
        if filename != "direct_url.json" or self._origin is None:
            return None
        return self._origin if isinstance(self._origin, str) else json.dumps(self._origin)

    def locate_file(self, path: Any) -> Any:
        return Path(path)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, Installation("articlelint==9.8.7")),
        ("damaged", Installation("articlelint==9.8.7")),
        ({"url": "https://x.example/y", "vcs_info": {"vcs": "git"}},
         Installation("articlelint==9.8.7")),
        (
            {"url": "https://me:secret@x.example/y", "vcs_info": {"vcs": "git",
                                                                  "commit_id": COMMIT}},
            Installation(f"articlelint @ git+https://***@x.example/y@{COMMIT}",
                         "https://***@x.example/y", COMMIT),
        ),
        (
            {"url": "https://x.example/articlelint-1-py3-none-any.whl", "archive_info": {}},
            Installation("articlelint @ https://x.example/articlelint-1-py3-none-any.whl"),
        ),
    ],
)  # fmt: skip
def test_what_pip_has_noted(origin: Any, expected: Installation) -> None:
    assert installation_of(_Distribution(origin)) == expected


def test_a_checkout_is_named_by_folder_or_origin(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "source")
    folder = tmp_path / "source"
    write(folder, {"a.txt": "a"})
    commit(folder)
    head = git(folder, "rev-parse", "HEAD")
    origin = {"url": folder.as_uri(), "dir_info": {"editable": True}}
    assert installation_of(_Distribution(origin)) == Installation(
        f"articlelint @ git+{folder.as_uri()}@{head}", str(folder), head
    )
    git(tmp_path, "clone", "-q", folder.as_uri(), "clone")
    clone = {"url": (tmp_path / "clone").as_uri(), "dir_info": {}}
    assert installation_of(_Distribution(clone)).repository == folder.as_uri()
    write(tmp_path / "clone", {"a.txt": "b"})
    commit(tmp_path / "clone")
    assert installation_of(_Distribution(clone)).repository == str(tmp_path / "clone")


@pytest.mark.parametrize(
    "found",
    [
        Installation("articlelint==9.8.7"),
        Installation("articlelint @ git+https://x.example/y@1f", "https://x.example/y", "1f"),
    ],
)
@pytest.mark.parametrize("name", init.SNIPPETS)
def test_snippets_have_no_dead_address(
    name: str, found: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(init, "find_installation", lambda: found)
    text = init.snippet(name)
    data = yaml.safe_load(text)
    assert isinstance(data, dict)
    assert "example.org" not in text
    assert (found.commit or found.requirement) in text
    if name == "pre-commit":
        hooks = [hook for repository in data["repos"] for hook in repository["hooks"]]
        assert [hook["id"] for hook in hooks] == ["articlelint", "articlelint-links"]
        assert (data["repos"][0]["repo"] == "local") == (found.repository is None)
        if found.repository is None:
            assert all(hook["args"][-1] == "--" for hook in hooks)


@pytest.mark.parametrize(
    ("found", "schema"),
    [
        (
            Installation("", "https://host.example/o/articlelint.git", "1f"),
            "https://host.example/o/articlelint/raw/1f/schemas/config.schema.json",
        ),
        (Installation("", "/home/kari/articlelint", "1f"), "./articlelint.schema.json"),
        (Installation("articlelint==9.8.7"), "./articlelint.schema.json"),
    ],
)
def test_the_starter_names_a_schema_that_is_there(
    tmp_path: Path, found: Installation, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "find_installation", lambda: found)
    assert main(["init", str(tmp_path)]) == 0
    text = (tmp_path / "articlelint.toml").read_text(encoding="utf-8")
    assert text.startswith(f"#:schema {schema}\n")
