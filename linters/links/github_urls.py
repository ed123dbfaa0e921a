"""The addresses on GitHub that are files of this checkout."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from linters.repository.docsets import Docsets

_MAX_CONFIG = 1024 * 1024
_SECTION = re.compile(r"\[\s*remote\s+\"origin\"\s*\]([^\[]*)", re.IGNORECASE)
_URL = re.compile(r"^[ \t]*url[ \t]*=[ \t]*\"?([^\"\r\n]*)", re.IGNORECASE | re.MULTILINE)
_GITHUB = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]*@)?|[^/@\s]+@)(?:www\.)?github\.com(?::\d+)?[/:]"
    r"(?P<owner>[^/\s]+)/(?P<name>[^/\s]+?)(?:\.git)?/?\s*\Z",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"https?://(?:www\.)?github\.com/(?P<owner>[^/]+)/(?P<name>[^/]+)"
    r"/(?:blob|tree|edit|raw|blame)/(?P<rest>[^?#]+)(?:\?[^#]*)?(?:#(?P<fragment>.*))?\Z"
    r"|https?://raw\.githubusercontent\.com/(?P<raw_owner>[^/]+)/(?P<raw_name>[^/]+)"
    r"/(?:refs/heads/)?(?P<raw_rest>[^?#]+)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(r"ref: refs/(?:heads|remotes/origin)/(\S+)")
_USUAL = ("main", "master")


class OwnFile(NamedTuple):
    """A path of this repository, root-relative, and the fragment asked for."""

    path: str
    fragment: str | None


class OwnRepository:
    """Knows the checkout's own addresses; reads ``.git`` as text, and only when asked."""

    def __init__(self, root: Path, docsets: Docsets) -> None:
        self._root = root
        self._docsets = docsets

    def file(self, url: str) -> OwnFile | None:
        """The file that a URL on GitHub names, on the branch that is checked out here.

        None for other repositories and for other branches.
        """
        match = _PAGE.match(url)
        if match is None:
            return None
        owner, name = match["owner"] or match["raw_owner"], match["name"] or match["raw_name"]
        if (owner.casefold(), name.casefold()) not in self._names:
            return None
        rest = unquote(match["rest"] or match["raw_rest"])
        for branch in self._branches:
            if rest.startswith(branch + "/"):
                return OwnFile(rest[len(branch) + 1 :].strip("/"), match["fragment"])
        return None

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        section = _SECTION.search(self._read("config"))
        url = _URL.search(section[1]) if section else None
        found = set()
        for one in (*self._docsets.public_urls, *([url[1]] if url else [])):
            match = _GITHUB.match(one.strip())
            if match:
                found.add((match["owner"].casefold(), match["name"].casefold()))
        return frozenset(found)

    @cached_property
    def _branches(self) -> tuple[str, ...]:
        """The default branch (its usual names where it is not known) and the current one."""
        default = _HEAD.match(self._read("refs/remotes/origin/HEAD"))
        current = _HEAD.match(self._read("HEAD"))
        branch = self._docsets.public_branch
        known = [branch] if branch else [default[1]] if default else [*_USUAL]
        return tuple(dict.fromkeys([*known, *([current[1]] if current else []), "HEAD"]))

    def _read(self, name: str) -> str:
        for folder in self._folders:
            try:
                with (folder / name).open("rb") as file:
                    return file.read(_MAX_CONFIG).decode("utf-8", "replace")
            except OSError:
                continue
        return ""

    @cached_property
    def _folders(self) -> tuple[Path, ...]:
        """The git folder, and the common one where the checkout is a linked worktree."""
        git = self._root / ".git"
        if not git.is_file():
            return (git,)
        try:
            line = git.read_text(encoding="utf-8", errors="replace")[:4096]
        except OSError:
            return ()
        folder = self._root / line.removeprefix("gitdir:").strip()
        try:
            common = (folder / "commondir").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return (folder,)
        return (folder, folder / common[:4096].strip())
