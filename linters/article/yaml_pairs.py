"""The scalars of a YAML text with their keys, from the parser's events alone.

Nothing is built, so neither depth nor aliases cost.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from linters.article.yaml_events import MAX_DEPTH, YamlProblemError, read_events


def scalar_pairs(text: str) -> Iterator[tuple[str, yaml.ScalarEvent]]:
    """Every scalar value with the key that it belongs to, in order.

    The items of a list belong to the list's key, those at the top level to ``""``. Damaged
    YAML gives what comes before the damage.
    """
    pending: list[str | None] = []  # per open collection: a mapping's key until its value comes
    keys: list[str] = []  # per open collection: the key that it is the value of
    mappings: list[bool] = []
    try:
        for event in read_events(text):
            if isinstance(event, yaml.CollectionStartEvent):
                if len(keys) == MAX_DEPTH:
                    return
                if mappings and mappings[-1] and pending[-1] is None:
                    keys.append("")  # a collection as key, as in ``? [a]``: it has no name
                    pending[-1] = ""
                else:
                    keys.append(_take(mappings, pending, keys))
                mappings.append(isinstance(event, yaml.MappingStartEvent))
                pending.append(None)
            elif isinstance(event, yaml.CollectionEndEvent):
                keys.pop()
                mappings.pop()
                pending.pop()
            elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
                value = event.value if isinstance(event, yaml.ScalarEvent) else ""
                if mappings and mappings[-1] and pending[-1] is None:
                    pending[-1] = value
                    continue
                key = _take(mappings, pending, keys)
                if isinstance(event, yaml.ScalarEvent):
                    yield key, event
    except YamlProblemError:
        return


def _take(mappings: list[bool], pending: list[str | None], keys: list[str]) -> str:
    """The key of the value that comes next; a mapping then awaits its next key."""
    if not mappings:
        return ""
    if not mappings[-1]:
        return keys[-1]
    key, pending[-1] = pending[-1], None
    return key or ""
