"""Whom to ask about a file."""

from __future__ import annotations

from functools import cached_property

from linters.repository.codeowners import CodeOwners, read_code_owners
from linters.repository.repository import Repository

AUTHOR = "ms.author"


class Owners:
    """The owners of a repository's files."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def owner(self, path: str, author: str | None = None) -> str | None:
        """The first of: the ``ms.author`` of the header, that of docfx's metadata, and the
        owners by CODEOWNERS; None where a file has none of them."""
        return author or self._inherited(path) or self._code_owners.owner(path)

    def _inherited(self, path: str) -> str | None:
        docset = self._repository.build.docsets.of(path)
        author = None if docset is None else docset.inherited_value(path, AUTHOR)
        return author if isinstance(author, str) and author.strip() else None

    @cached_property
    def _code_owners(self) -> CodeOwners:
        return read_code_owners(self._repository.read_bytes)
