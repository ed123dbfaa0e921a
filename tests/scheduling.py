"""How pytest-xdist deals tests to processes."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/installed/",)
"""Folders whose files share what is set up once in a session, and takes long."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of a file run in one process, which sets up what they share once."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)
