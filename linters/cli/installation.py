"""Where this installation comes from, so that snippets name what works today.

PEP 610: what pip installed from anything but an index has a ``direct_url.json`` that names the
repository with its commit, the folder of a checkout, or the archive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from linters import __version__
from linters.util import git
from linters.util.git_folder import GitFolder
from linters.util.redact import masked

NAME = "articlelint"


@dataclass(frozen=True, slots=True)
class Installation:
    """What pip and pre-commit need to install the same again.

    ``requirement`` is for pip; ``repository`` and ``commit`` are those of a git repository,
    None where it was installed from an index or an archive.
    """

    requirement: str
    repository: str | None = None
    commit: str | None = None


def find_installation() -> Installation:
    """The installation of the running package."""
    try:
        return installation_of(distribution(NAME))
    except PackageNotFoundError:  # run from a checkout that is not installed
        return _of_checkout(Path(__file__).parents[2])


def installation_of(found: Distribution) -> Installation:
    try:
        origin: dict[str, Any] = json.loads(found.read_text("direct_url.json") or "{}")
        url = origin.get("url", "")
        vcs = origin.get("vcs_info", {})
        if vcs.get("vcs") == "git":
            return _of_repository(masked(url), vcs["commit_id"])
        if "dir_info" in origin:
            return _of_checkout(Path(url2pathname(urlsplit(url).path)))
        if "archive_info" in origin:
            return Installation(f"{NAME} @ {masked(url)}")
    except (AttributeError, KeyError, TypeError, ValueError):
        pass  # not as PEP 610 has it
    return Installation(f"{NAME}=={found.version}")


def _of_repository(url: str, commit: str) -> Installation:
    return Installation(f"{NAME} @ git+{url}@{commit}", url, commit)


def _of_checkout(folder: Path) -> Installation:
    """The commit of a checkout, at its origin if that has it, else in the folder itself."""
    try:
        commit = git.run(folder, "rev-parse", "HEAD").decode().strip()
        published = git.run(folder, "for-each-ref", "--contains", commit, "refs/remotes/origin")
    except git.GitError:
        return Installation(f"{NAME}=={__version__}")
    origin = GitFolder(folder).origin
    if origin and published and "://" in origin:
        return _of_repository(masked(origin), commit)
    return Installation(f"{NAME} @ git+{folder.as_uri()}@{commit}", str(folder), commit)
