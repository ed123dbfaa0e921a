"""The header's rules as a handler for python-frontmatter.

Stock python-frontmatter takes ``-----`` for a delimiter, refuses ``...`` and swallows blank
lines; ``frontmatter.loads(text, handler=DocfxHandler())`` reads what docfx would.
"""

from __future__ import annotations

from typing import Any

from frontmatter.default_handlers import YAMLHandler

from linters.metadata.header import find_boundaries, read_header


class DocfxHandler(YAMLHandler):
    """YAML front matter within docfx's delimiters, scalars as in YAML 1.2's core schema."""

    def detect(self, text: str) -> bool:
        """Whether the text begins with a header."""
        return find_boundaries(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The YAML with its delimiters, and the body; both as they stand in the text."""
        boundaries = find_boundaries(text)
        if boundaries is None:
            raise ValueError("no front matter")
        return text[: boundaries[1]], text[boundaries[1] :]

    def load(self, fm: str, **kwargs: object) -> Any:
        """The values of YAML with its delimiters; ValueError says why it cannot be read."""
        header = read_header(fm)
        if header is None:
            raise ValueError("no front matter")
        if header.problem is not None:
            raise ValueError(header.problem.message)
        return dict(header.values)
