"""``.openpublishing.redirection*.json``: removed files, and where their readers are sent."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from linters.util.paths import join_path


def is_redirection_file(path: str) -> bool:
    """Whether a root-relative path is called like a redirection file."""
    name = path.rpartition("/")[2].lower()
    return name.startswith(".openpublishing.redirection") and name.endswith(".json")


def redirections(path: str, data: Any) -> Mapping[str, str]:
    """Root-relative source path to redirect URL, of one redirection file's value.

    docfx reads property names in any case. ``source_path`` is relative to the file's folder
    or to the root (both are in use, and in the usual place they are the same),
    ``source_path_from_root`` to the root.
    """
    found: dict[str, str] = {}
    folder = posixpath.dirname(path)
    for entry in _entries(data):
        url = entry.get("redirect_url")
        if not isinstance(url, str):
            continue
        source = entry.get("source_path")
        if isinstance(source, str):
            for start in ("", folder):
                if path_there := join_path(start, source):
                    found.setdefault(path_there, url)
        source = entry.get("source_path_from_root")
        if isinstance(source, str) and (path_there := join_path("", source)):
            found[path_there] = url
    return found


def _entries(data: Any) -> Iterator[Mapping[str, Any]]:
    """The entries with lower-case keys; docfx v3 also takes a mapping of source to URL."""
    entries = _lower(data).get("redirections")
    if isinstance(entries, list):
        yield from (_lower(entry) for entry in entries)
    elif isinstance(entries, dict):
        for source, url in entries.items():
            yield {"source_path": source, "redirect_url": url}


def _lower(value: Any) -> Mapping[str, Any]:
    return {key.lower(): item for key, item in value.items()} if isinstance(value, dict) else {}
