"""``.gitmodules``: folders that belong to other repositories."""

from __future__ import annotations

import posixpath
import re

NAME = ".gitmodules"
_LINE = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(?P<path>\S.*?)[ \t]*$", re.MULTILINE)


def submodule_paths(text: str) -> tuple[str, ...]:
    """The root-relative folders of a repository's submodules, checked out or not.

    A path that leaves the repository is none (git refuses it as well).
    """
    found: dict[str, None] = {}
    for match in _LINE.finditer(text):
        path = posixpath.normpath(match["path"].strip('"').replace("\\", "/").strip("/") or ".")
        if path != "." and not path.startswith(".."):
            found[path] = None
    return tuple(found)
