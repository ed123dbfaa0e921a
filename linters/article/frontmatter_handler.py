"""The front matter of docfx for python-frontmatter: its delimiters and its YAML.

Stock python-frontmatter accepts ``-----`` as a delimiter, refuses ``...`` and drops blank
lines; ``frontmatter.loads(text, handler=DocfxHandler())`` reads what docfx reads.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from frontmatter.default_handlers import YAMLHandler

from linters.article.yaml_nodes import as_mapping, read_yaml
from linters.model.finding import Extent

_CLOSER = re.compile(r"(?:---|\.\.\.)[ \t]*(?P<end>\r\n|\n|\r|\Z)")


class Boundaries(NamedTuple):
    """The extent of the YAML between the delimiters, and the 0-based offset of the body."""

    content: Extent
    body: int


class DocfxHandler(YAMLHandler):
    """YAML front matter within docfx's delimiters, scalars as in YAML 1.2's core schema.

    It opens with ``---``, alone on the very first line but for blanks, and closes with a line
    ``---`` or ``...``.
    """

    FM_BOUNDARY = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")

    def boundaries(self, text: str) -> Boundaries | None:
        """The boundaries of the front matter; None without any."""
        opener = self.FM_BOUNDARY.match(text)
        if opener is None:
            return None
        for closer in _CLOSER.finditer(text, opener.end()):
            if text[closer.start() - 1] in "\r\n":
                return Boundaries(Extent(opener.end(), closer.start()), closer.end())
        return None

    def detect(self, text: str) -> bool:
        """Whether the text begins with front matter."""
        return self.boundaries(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The YAML and the body, unchanged; ValueError without front matter."""
        boundaries = self.boundaries(text)
        if boundaries is None:
            raise ValueError("no front matter")
        content, body = boundaries
        return text[content.start : content.end], text[body:]

    def load(self, fm: str, **kwargs: object) -> Any:
        """The values of a header's YAML; ValueError says why it cannot be parsed."""
        document = read_yaml(fm, 0)
        if document.problem is not None:
            raise ValueError(document.problem.message)
        return as_mapping(document.root.value) if document.root else {}
