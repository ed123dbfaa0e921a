"""Whether a table of contents or landing page is YAML at all, from the parser's events alone."""

from __future__ import annotations

from typing import NamedTuple

MAX_DEPTH = 200
"""How many collections may stand within each other."""


class YamlDamage(NamedTuple):
    """What is wrong with a text, and the 0-based code point where the parser stopped."""

    offset: int
    message: str


def find_damage(text: str) -> YamlDamage | None:
    """The first place where a text is no YAML; None where it is.

    Nothing is built, so neither depth nor aliases cost.
    """
    import yaml

    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    offset = event.start_mark.index if event.start_mark is not None else 0
                    return YamlDamage(offset, f"nested more than {MAX_DEPTH} levels deep")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return YamlDamage(
            min(mark.index, len(text)) if mark else 0, error.problem or "cannot be read"
        )
    except yaml.reader.ReaderError as error:
        return YamlDamage(min(error.position, len(text)), error.reason)
    except yaml.YAMLError as error:
        return YamlDamage(0, str(error).splitlines()[0])
    return None
