"""What identifies the code that computes cached values: a change of it empties the cache."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from linters import __version__
from linters.util.installed import distributions

_PACKAGE = Path(__file__).parents[1]


@cache
def code_version(module: str) -> str:
    """The versions of articlelint and of all installed distributions.

    In a checkout, and for a plug-in's module, where code changes without its version, also a
    digest of every module of the package.
    """
    parts = [__version__, sys.version, *distributions(), _checkout_digest(_PACKAGE)]
    top = module.partition(".")[0]
    if top != __package__.partition(".")[0]:
        file = getattr(sys.modules.get(module), "__file__", None)
        if file is not None:
            parts.append(_digest(Path(file).parent))
    return "\0".join(parts)


def _checkout_digest(package: Path) -> str:
    return _digest(package) if (package.parent / "pyproject.toml").is_file() else ""


def _digest(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(folder.rglob("*.py")):
        digest.update(str(file.relative_to(folder)).encode() + b"\0")
        digest.update(hashlib.blake2b(file.read_bytes()).digest())
    return digest.hexdigest()
