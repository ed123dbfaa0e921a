"""Where files that the command line names may be written.

A symbolic link comes with a checkout like any other file: whoever opens a pull request can
place one where a report is going to be written.
"""

from __future__ import annotations

from pathlib import Path

from linters.model.errors import UserError


def refuse_detour(path: Path) -> None:
    """UserError where an absolute path in a repository leads out of it, or into its ``.git``.

    A path that is in no repository, as it is written, may lead anywhere.
    """
    root = next((folder for folder in path.parents if (folder / ".git").exists()), None)
    if root is None:
        return
    try:
        real, real_root = path.resolve(), root.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError before Python 3.13
        raise UserError(f"{path}: a symbolic link that leads in a circle") from error
    if real == real_root / path.relative_to(root):
        return
    if not real.is_relative_to(real_root):
        raise UserError(f"{path}: a symbolic link that leaves the repository; name {real}")
    if ".git" in real.relative_to(real_root).parts:
        raise UserError(f"{path}: a symbolic link into the repository's own data")
