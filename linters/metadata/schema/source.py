"""Where schemas come from: those that ship with articlelint, and files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import linters

SUFFIX = ".schema.json"
_BUNDLED = ("article", "localized-article")


@dataclass(frozen=True, slots=True)
class SchemaSource:
    """A schema and all that it refers to, as text.

    ``name`` is the bundled name or the root-relative path; ``texts`` maps URIs (``name`` is
    one of them) to JSON. Equal sources share one loaded schema. ``date_formats`` replace a
    bundled schema's ``dateFormat``.
    """

    name: str
    texts: tuple[tuple[str, str], ...]
    bundled: bool = False
    date_formats: tuple[str, ...] = ()


def bundled_names() -> tuple[str, ...]:
    """The names of the schemas that ship with articlelint."""
    return _BUNDLED


@lru_cache(maxsize=16)
def bundled_source(name: str, date_formats: tuple[str, ...] = ()) -> SchemaSource:
    """A schema that ships with articlelint."""
    text = bundled_text(name)
    return SchemaSource(name, ((name, text),), bundled=True, date_formats=date_formats)


def bundled_text(name: str) -> str:
    """The text of a file in ``schemas/``, which the wheel has inside the package."""
    package = Path(linters.__file__).parent
    folder = next(
        folder for folder in (package / "schemas", package.parent / "schemas") if folder.is_dir()
    )
    return (folder / f"{name}{SUFFIX}").read_text(encoding="utf-8")
