"""Where front matter begins and ends: python-frontmatter's handler with docfx's rules.

Stock python-frontmatter takes ``-----`` for a delimiter, refuses ``...`` and swallows blank
lines; ``frontmatter.loads(text, handler=DocfxHandler())`` reads what docfx would.
"""

from __future__ import annotations

import re
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from linters.article.yaml_nodes import as_mapping, read_yaml
from linters.model.finding import Extent

_OPENER = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSER = re.compile(r"(?:---|\.\.\.)[ \t]*(?P<end>\r\n|\n|\r|\Z)")


class DocfxHandler(YAMLHandler):
    """YAML front matter within docfx's delimiters, scalars as in YAML 1.2's core schema.

    It opens with ``---`` on the very first line, nothing but blanks behind it, and closes
    with a line ``---`` or ``...``.
    """

    def boundaries(self, text: str) -> tuple[Extent, int] | None:
        """The extent of the YAML and the offset of the body; None where there is no header."""
        opener = _OPENER.match(text)
        if opener is None:
            return None
        for closer in _CLOSER.finditer(text, opener.end()):
            if text[closer.start() - 1] in "\r\n":
                return Extent(opener.end(), closer.start()), closer.end()
        return None

    def detect(self, text: str) -> bool:
        """Whether the text begins with a header."""
        return self.boundaries(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The YAML and the body, both as they stand in the text; ValueError without header."""
        boundaries = self.boundaries(text)
        if boundaries is None:
            raise ValueError("no front matter")
        content, body = boundaries
        return text[content.start : content.end], text[body:]

    def load(self, fm: str, **kwargs: object) -> Any:
        """The values of a header's YAML; ValueError says why it cannot be read."""
        document = read_yaml(fm, 0)
        if document.problem is not None:
            raise ValueError(document.problem.message)
        return as_mapping(document.root.value) if document.root else {}
