"""Reads regular expressions that can be matched in linear time.

These are the ones without lookaround, references, word boundaries, atomic groups and inline
flags other than a leading ``(?i)``. Single characters and classes are left to ``regex``, so that
they mean the same as there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_DEPTH = 100
"""Groups within each other."""

_TOKEN = re.compile(
    r"""
    (?P<class>\[\^?\]?(?:\\.|[^\]\\])*+\]
      | \\[dDwWsS] | \\x[0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4} | \\[^\w\s] | \.)
  | (?P<start>\^|\\A) | (?P<end>\$|\\Z)
  | (?P<open>\((?:\?:|\?P?<[A-Za-z_]\w*>|(?!\?)))
  | (?P<close>\)) | (?P<or>\|)
  | (?P<repeat>[*+?]|\{\d+\}|\{\d*,\d*\})(?P<lazy>\??)(?![+])
  | (?P<literal>[^\\()\[{*+?|^$.])
    """,
    re.VERBOSE | re.DOTALL,
)
_LIMITS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


@dataclass(frozen=True, slots=True)
class PatternNode:
    """A part of a pattern: ``all`` items in order, ``any`` of them, one ``repeat``-ed, a
    ``character`` (or class), or an assertion (``start``, ``end``)."""

    kind: str
    text: str = ""
    items: tuple[PatternNode, ...] = ()
    least: int = 0
    most: int | None = None


@dataclass(slots=True)
class _Group:
    """A group that is being read: its alternatives so far, the last one open."""

    alternatives: list[list[PatternNode]] = field(default_factory=lambda: [[]])

    def node(self) -> PatternNode:
        branches = tuple(PatternNode("all", items=tuple(items)) for items in self.alternatives)
        return branches[0] if len(branches) == 1 else PatternNode("any", items=branches)


def parse(text: str) -> tuple[PatternNode, str] | None:
    """The tree of a valid pattern and its flags; None where it has other syntax."""
    flags = "(?i)" if text.startswith("(?i)") else ""
    at = len(flags)
    groups = [_Group()]
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or (token["class"] and "[:" in token["class"]):
            return None
        at = token.end()
        branch = groups[-1].alternatives[-1]
        if token["open"]:
            groups.append(_Group())
            if len(groups) > MAX_DEPTH:
                return None
        elif token["close"]:
            if len(groups) == 1:
                return None
            closed = groups.pop()
            groups[-1].alternatives[-1].append(closed.node())
        elif token["or"]:
            groups[-1].alternatives.append([])
        elif token["repeat"]:
            if not branch:
                return None
            branch.append(PatternNode("repeat", "", (branch.pop(),), *_limits(token["repeat"])))
        elif token["start"] or token["end"]:
            branch.append(PatternNode("start" if token["start"] else "end"))
        else:
            branch.append(PatternNode("character", token[0]))
    return (groups[0].node(), flags) if len(groups) == 1 else None


def _limits(repeat: str) -> tuple[int, int | None]:
    if repeat in _LIMITS:
        return _LIMITS[repeat]
    least, comma, most = repeat[1:-1].partition(",")
    low = int(least or 0)
    return low, (int(most) if most else None) if comma else low
