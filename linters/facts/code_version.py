"""What identifies the code that computes cached values: a change of it empties the cache."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

from linters import __version__

_PACKAGE = Path(__file__).parents[1]


@cache
def code_version(module: str) -> str:
    """The version of articlelint and of the distribution that a checker's module is from.

    In a checkout, where code changes without its version, also a digest of every module of
    the package.
    """
    parts = [__version__, sys.version, _checkout_digest(_PACKAGE)]
    top = module.partition(".")[0]
    if top != __package__.partition(".")[0]:
        names = packages_distributions().get(top, [])
        parts += [f"{name} {version(name)}" for name in sorted(set(names))]
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
