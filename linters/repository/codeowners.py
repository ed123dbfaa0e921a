"""Who owns a file by the repository's CODEOWNERS.

GitHub reads the first of ``.github/CODEOWNERS``, ``CODEOWNERS`` and ``docs/CODEOWNERS``,
GitLab the first of ``CODEOWNERS``, ``docs/CODEOWNERS`` and ``.gitlab/CODEOWNERS``; in both the
last pattern that matches a file decides, and a pattern without owners says that it has none.
Patterns are those of gitignore but for ``!`` and ``[ ]``, which they do not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from linters.article.article import UnreadableError
from linters.util.globs import GlobSet

NAMES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
MAX_PATTERNS = 2000

_LINE = re.compile(r"(?P<pattern>(?:\\.|[^\s\\#])+)(?P<owners>[^#]*)")
_SECTION = re.compile(r"\^?\[")
_LITERAL = str.maketrans({"!": "\\!", "[": "\\[", "]": "\\]"})


class CodeOwners:
    """The patterns of one file with their owners, the last first."""

    def __init__(self, text: str) -> None:
        self._patterns: list[tuple[GlobSet, str | None]] = []
        for line in text.splitlines()[:MAX_PATTERNS]:
            match = _LINE.match(line.strip())
            if match is None or _SECTION.match(line):
                continue
            pattern = match["pattern"].translate(_LITERAL)
            owners = " ".join(match["owners"].split()) or None
            self._patterns.insert(0, (GlobSet([pattern]), owners))

    def owner(self, path: str) -> str | None:
        """The owners of a root-relative path, separated by spaces; None where it has none."""
        for globs, owners in self._patterns:
            if globs.match_file(path):
                return owners
        return None


def read_code_owners(read: Callable[[str], bytes]) -> CodeOwners:
    """The code owners in the first file that can be read; an empty one without any.

    ``read`` gives the bytes of a root-relative path, or raises UnreadableError.
    """
    for name in NAMES:
        with suppress(UnreadableError):
            return CodeOwners(read(name).decode("utf-8", "replace"))
    return CodeOwners("")
