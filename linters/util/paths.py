"""Paths as files of a repository write them."""

from __future__ import annotations


def join_path(folder: str, written: str) -> str | None:
    """A written path, seen from a folder, as a root-relative one; None where it leaves the root.

    ``folder`` is root-relative; ``""`` is the root. ``\\`` separates as ``/`` does, and a
    leading separator counts for nothing: docfx and Windows checkouts read paths like that.
    """
    parts = [part for part in folder.split("/") if part]
    for part in written.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
