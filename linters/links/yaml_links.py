"""Links in YAML: tables of contents, landing pages, and chosen keys of the front matter."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from linters.article.yaml_pairs import scalar_pairs
from linters.links.facts import Use
from linters.links.scanned_link import ScannedLink
from linters.model.link import Syntax

_RESOURCES = frozenset({"src", "imagesrc", "source", "lightbox", "thumbnail"})
KEYS = frozenset({"href", "homepage", "topichref", "tochref", "url"}) | _RESOURCES


def yaml_links(
    text: str, start: int, end: int, wanted: frozenset[str] | None = None, *, toc: bool
) -> Iterator[ScannedLink]:
    """The values of the keys that contain links, in order.

    ``wanted`` names the keys (default: those of TOC.yml and index.yml, in any case). Each
    item of a list is a link; an empty value is not. Damaged YAML gives the links before the
    damage.
    """
    for key, event in scalar_pairs(text[start:end]):
        is_wanted = key in wanted if wanted is not None else key.lower() in KEYS
        if is_wanted and not _is_empty(event):
            yield _found(event, text, start, key, toc)


def _is_empty(event: yaml.ScalarEvent) -> bool:
    """Whether a scalar is null in YAML 1.2's core schema, or blank."""
    value: str = event.value
    return not value.strip() or (not event.style and value in ("~", "null", "Null", "NULL"))


def _found(event: yaml.ScalarEvent, text: str, shift: int, key: str, toc: bool) -> ScannedLink:
    start, end = shift, shift
    if event.start_mark is not None and event.end_mark is not None:
        start, end = event.start_mark.index + shift, event.end_mark.index + shift
    if event.style in ("'", '"'):
        start, end = start + 1, end - 1
    elif event.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    use = Use.RESOURCE if key.lower() in _RESOURCES else Use.TOC if toc else Use.LINK
    return ScannedLink(event.value, start, end, Syntax.YAML, use)
