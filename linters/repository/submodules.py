"""``.gitmodules``: folders that belong to other repositories."""

from __future__ import annotations

import re

from linters.util.paths import join_path

NAME = ".gitmodules"
_LINE = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(?P<path>\S.*?)[ \t]*$", re.MULTILINE)


def submodule_paths(text: str) -> tuple[str, ...]:
    """The root-relative folders of a repository's submodules, checked out or not.

    A path that leaves the repository is none (git refuses it as well).
    """
    found: dict[str, None] = {}
    for match in _LINE.finditer(text):
        path = join_path("", match["path"].strip('"'))
        if path:
            found[path] = None
    return tuple(found)
