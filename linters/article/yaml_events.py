"""The events of YAML texts, from PyYAML's C parser: the one place that runs it.

Events build nothing, so neither depth nor aliases cost; who builds values sets limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

MAX_DEPTH = 200
"""Collections that may be nested in a table of contents or landing page."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text cannot be parsed, and the 0-based code point where the parser stopped."""

    message: str
    offset: int


class YamlProblemError(Exception):
    """A text that is not valid YAML."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_events(text: str) -> Iterator[yaml.Event]:
    """The events of a text, in order; YamlProblemError where it stops to be YAML."""
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise YamlProblemError(_marked(error, text)) from error
    except yaml.reader.ReaderError as error:
        offset = _bad_character(text)
        character = f"the character U+{ord(text[offset]):04X}" if offset < len(text) else "text"
        raise YamlProblemError(
            Problem(f"{character} is not allowed: {error.reason}", offset)
        ) from error


def find_problem(text: str) -> Problem | None:
    """The first syntax error of a YAML text; None where it is valid."""
    depth = 0
    try:
        for event in read_events(text):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    offset = event.start_mark.index if event.start_mark is not None else 0
                    return Problem(f"nested more than {MAX_DEPTH} levels deep", offset)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except YamlProblemError as error:
        return error.problem
    return None


def _marked(error: yaml.MarkedYAMLError, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(text)) if mark is not None else 0
    message = error.problem or error.context or "no YAML"
    if error.context and error.problem:
        message = f"{error.problem} {error.context}"
    return Problem(" ".join(message.split()), offset)


def _bad_character(text: str) -> int:
    """The offset of the first character that YAML does not allow (YAML 1.2.2, 5.1)."""
    for offset, character in enumerate(text):
        code = ord(character)
        if (code < 0x20 and character not in "\t\n\r") or (0x7F <= code < 0xA0 and code != 0x85):
            return offset
        if 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
            return offset
    return len(text)
