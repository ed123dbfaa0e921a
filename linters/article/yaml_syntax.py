"""Whether a table of contents or landing page is valid YAML, from the parser's events alone."""

from __future__ import annotations

from typing import NamedTuple

MAX_DEPTH = 200
"""How many collections may be nested."""


class YamlDamage(NamedTuple):
    """A syntax error, and the 0-based code point where the parser stopped."""

    offset: int
    message: str


def find_damage(text: str) -> YamlDamage | None:
    """The first syntax error of a YAML text; None where it is valid.

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
            min(mark.index, len(text)) if mark else 0, error.problem or "cannot be parsed"
        )
    except yaml.reader.ReaderError as error:
        return YamlDamage(min(error.position, len(text)), error.reason)
    except yaml.YAMLError as error:
        return YamlDamage(0, str(error).splitlines()[0])
    return None
