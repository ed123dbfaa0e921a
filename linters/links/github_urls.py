"""URLs on GitHub that are files of this checkout."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from linters.repository.docsets import Docsets
from linters.util.git_folder import GitFolder

_GITHUB = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]*@)?|[^/@\s]+@)(?:www\.)?github\.com(?::\d+)?[/:]"
    r"(?P<owner>[^/\s]+)/(?P<name>[^/\s]+?)(?:\.git)?/?\s*\Z",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"https?://(?:www\.)?github\.com/(?P<owner>[^/]+)/(?P<name>[^/]+)"
    r"/(?:blob|tree|edit|raw|blame)/(?P<rest>[^?#]+)(?:\?[^#]*)?(?:#.*)?\Z"
    r"|https?://raw\.githubusercontent\.com/(?P<raw_owner>[^/]+)/(?P<raw_name>[^/]+)"
    r"/(?:refs/heads/)?(?P<raw_rest>[^?#]+)",
    re.IGNORECASE | re.DOTALL,
)
_USUAL = ("main", "master")


class GitHubUrls:
    """Recognizes URLs of this checkout on GitHub."""

    def __init__(self, root: Path, docsets: Docsets) -> None:
        self._git = GitFolder(root)
        self._docsets = docsets

    def path(self, url: str) -> str | None:
        """The root-relative path that a URL on GitHub names, on a branch of this checkout.

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
                return rest[len(branch) + 1 :].strip("/")
        return None

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        found = set()
        for address in (*self._docsets.public_urls, self._git.origin or ""):
            match = _GITHUB.match(address.strip())
            if match:
                found.add((match["owner"].casefold(), match["name"].casefold()))
        return frozenset(found)

    @cached_property
    def _branches(self) -> tuple[str, ...]:
        """The default branch (its usual names where it is not known) and the current one."""
        default = self._docsets.public_branch or self._git.default_branch
        known = [default] if default else [*_USUAL]
        return tuple(dict.fromkeys(filter(None, [*known, self._git.branch, "HEAD"])))
