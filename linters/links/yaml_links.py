"""Links in YAML: tables of contents, landing pages, and chosen keys of the front matter.

Reads only the parser's event stream: no values are built, so depth and aliases are harmless.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from linters.links.facts import Use
from linters.links.scanned_link import ScannedLink
from linters.model.link import Syntax

_RESOURCES = frozenset({"src", "imagesrc", "source", "lightbox", "thumbnail"})
KEYS = frozenset({"href", "homepage", "topichref", "tochref", "url"}) | _RESOURCES
_MAX_DEPTH = 200


def yaml_links(
    text: str, start: int, end: int, wanted: frozenset[str] | None = None, *, toc: bool
) -> Iterator[ScannedLink]:
    """The values of the keys that contain links, in order.

    ``wanted`` names the keys (default: those of TOC.yml and index.yml, in any case). Each
    item of a list is a link; an empty value is not. Damaged YAML gives the links before the
    damage.
    """
    # One entry per open collection: None in a sequence, else the key, "" while awaiting it.
    stack: list[str | None] = []
    keys: list[str] = []
    try:
        for event in yaml.parse(text[start:end], Loader=yaml.CSafeLoader):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                keys.append(_value_key(stack, keys))
                stack.append("" if isinstance(event, yaml.MappingStartEvent) else None)
                if len(stack) > _MAX_DEPTH:
                    return
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                stack.pop()
                keys.pop()
                _value_done(stack)
            elif isinstance(event, yaml.AliasEvent):
                _scalar(stack, keys, "")
            elif isinstance(event, yaml.ScalarEvent):
                key = _scalar(stack, keys, event.value)
                if _is_empty(event):
                    continue
                if key in wanted if wanted is not None else key.lower() in KEYS:
                    yield _found(event, text, start, key, toc)
    except yaml.YAMLError:
        return


def _is_empty(event: yaml.ScalarEvent) -> bool:
    """Whether a scalar is null in YAML 1.2's core schema, or blank."""
    value: str = event.value
    return not value.strip() or (not event.style and value in ("~", "null", "Null", "NULL"))


def _value_key(stack: list[str | None], keys: list[str]) -> str:
    """The key whose value comes next; a list's items belong to the list's key."""
    if not stack:
        return ""
    return keys[-1] if stack[-1] is None else stack[-1]


def _scalar(stack: list[str | None], keys: list[str], value: str) -> str:
    """Record a scalar; returns the key that it is a value of, or ``""``."""
    if not stack:
        return ""
    if stack[-1] == "":
        stack[-1] = value or "\0"
        return ""
    key = _value_key(stack, keys)
    _value_done(stack)
    return key


def _value_done(stack: list[str | None]) -> None:
    if stack and stack[-1] is not None:
        stack[-1] = "" if stack[-1] else "\0"


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
