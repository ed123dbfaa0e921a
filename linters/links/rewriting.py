"""A destination rewritten to another file, as the same kind of path."""

from __future__ import annotations

import posixpath
import re

from linters.links.facts import Link
from linters.links.url_kind import UrlKind, UrlParts

# What ends or changes a destination in Markdown, HTML or YAML, besides white space.
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"'<>()\[\]{}\\^`|%?#&*\u0085\u00a0\u2028\u2029]")
_TAIL = re.compile(r"\?|(?<!&)(?<!\\)#")


def encode(path: str) -> str:
    """A path with percent-escapes where it could be misread; letters stay as they are."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path)


def rewrite(link: Link, parts: UrlParts, source: str, path: str, docset_root: str) -> str:
    """The destination of a link in ``source`` that points to ``path`` instead.

    Stays relative to the docset (``~/``) or to the file; query and fragment stay as written.
    """
    return _path_text(parts, source, path, docset_root) + _tail(link, parts)


def _path_text(parts: UrlParts, source: str, path: str, docset_root: str) -> str:
    if parts.kind is UrlKind.DOCSET:
        return "~/" + encode(posixpath.relpath(path, docset_root or "."))
    relative = encode(posixpath.relpath(path, posixpath.dirname(source) or "."))
    if parts.path.startswith(("./", ".\\")) and not relative.startswith("../"):
        return "./" + relative
    return relative


def _tail(link: Link, parts: UrlParts) -> str:
    if parts.query is None and parts.fragment is None:
        return ""
    begin = _TAIL.search(link.written)
    return link.written[begin.start() :] if begin else ""
