"""A destination written anew: the same kind of path, to another file."""

from __future__ import annotations

import posixpath
import re

from linters.links.facts import Link
from linters.links.url_kind import Destination, Sort

# What ends or changes a destination in Markdown, HTML or YAML, besides white space.
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"'<>()\[\]{}\\^`|%?#&*\u0085\u00a0\u2028\u2029]")
_TAIL = re.compile(r"\?|(?<!&)(?<!\\)#")


def encode(path: str) -> str:
    """A path with percent-escapes where it could be misread; letters stay as they are."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path)


def rewrite(link: Link, one: Destination, path: str, to: str, docset_root: str) -> str:
    """The destination of a link in ``path``, leading to ``to``; query and fragment stay."""
    return path_text(one, path, to, docset_root) + tail(link, one)


def path_text(one: Destination, path: str, to: str, docset_root: str) -> str:
    """The path alone, relative to the docset (``~/``) or to the file, as it was before."""
    if one.sort is Sort.DOCSET:
        return "~/" + encode(posixpath.relpath(to, docset_root or "."))
    relative = encode(posixpath.relpath(to, posixpath.dirname(path) or "."))
    if one.path.startswith(("./", ".\\")) and not relative.startswith("../"):
        return "./" + relative
    return relative


def tail(link: Link, one: Destination) -> str:
    """The query and fragment as they are written."""
    if one.query is None and one.fragment is None:
        return ""
    begin = _TAIL.search(link.written)
    return link.written[begin.start() :] if begin else ""
