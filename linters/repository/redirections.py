"""``.openpublishing.redirection*.json``: files that are gone, and where readers are sent."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from linters.article.article import UnreadableError, decode
from linters.repository.repository import Repository


def read_json(repository: Repository, path: str) -> Any:
    """The value of a JSON file inside the repository; None where it is none."""
    try:
        return json.loads(decode(repository.read_bytes(path)))
    except (UnreadableError, ValueError, RecursionError):
        return None


def is_redirection_file(path: str) -> bool:
    """Whether a root-relative path is called like a redirection file."""
    name = path.rpartition("/")[2].lower()
    return name.startswith(".openpublishing.redirection") and name.endswith(".json")


def redirections(path: str, data: Any) -> Mapping[str, str]:
    """Root-relative source path to redirect URL, of one redirection file.

    ``source_path`` is relative to the file's folder or to the root (both are in use, and in
    the usual place they are the same), ``source_path_from_root`` to the root.
    """
    found: dict[str, str] = {}
    folder = posixpath.dirname(path)
    for entry in _entries(data):
        url = entry.get("redirect_url")
        if not isinstance(url, str):
            continue
        source = entry.get("source_path")
        if isinstance(source, str):
            found.setdefault(_clean(source), url)
            found.setdefault(_clean(posixpath.join(folder, source.lstrip("/"))), url)
        source = entry.get("source_path_from_root")
        if isinstance(source, str):
            found[_clean(source)] = url
    return found


def _entries(data: Any) -> Iterator[Mapping[str, Any]]:
    entries = data.get("redirections") if isinstance(data, dict) else None
    if isinstance(entries, list):
        yield from (entry for entry in entries if isinstance(entry, dict))
    elif isinstance(entries, dict):
        for source, url in entries.items():
            yield {"source_path": source, "redirect_url": url}


def _clean(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/").lstrip("/"))
