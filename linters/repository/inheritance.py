"""Metadata that articles inherit, with the place where it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from linters.model.finding import Range


@dataclass(frozen=True, slots=True)
class Inherited:
    """A key's inherited value, and its place: a root-relative file and range."""

    key: str
    value: Any
    path: str
    range: Range


def merge(values: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Later mappings win, key by key; mappings below a key are merged, lists replaced."""
    merged: dict[str, Any] = {}
    for mapping in values:
        for key, value in mapping.items():
            known = merged.get(key)
            if isinstance(known, dict) and isinstance(value, dict):
                merged[key] = merge((known, value))
            else:
                merged[key] = value
    return merged


def merge_inherited(
    inherited: Iterable[Inherited], own: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Inherited]]:
    """The metadata in force, and who gave the keys that the header does not set."""
    inherited = tuple(inherited)
    origins = {value.key: value for value in inherited if value.key not in own}
    return merge((*({value.key: value.value} for value in inherited), own)), origins
