"""Compares the links and cross-references of target and source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from linters.localization.placeholder_parity import is_leaky
from linters.localization.segment_text import SegmentPair, links_in, normal_url, without_code
from linters.model.finding import Finding

_XREF = re.compile(r"""xref:([^\s>)"'\]]+)""", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SegmentLink:
    """A link of a target or source: its URL as written, and its offsets in that side's text."""

    written: str
    start: int
    end: int

    @property
    def url(self) -> str:
        """The URL for comparison."""
        return normal_url(self.written)


def links_of(text: str) -> list[SegmentLink]:
    """The inline links, images and autolinks of a text without code."""
    found = [SegmentLink(match["url"], *match.span("url")) for match in links_in(text)]
    for match in links_in(text):
        if "](" in match["text"]:
            shift = match.start("text")
            found += [
                SegmentLink(link.written, link.start + shift, link.end + shift)
                for link in links_of(match["text"])
            ]
    if "<" in text:
        found += [SegmentLink(match[1], *match.span(1)) for match in _AUTOLINK.finditer(text)]
    return found


def xref_findings(pair: SegmentPair, nearby: str) -> Iterator[Finding]:
    """Cross-references (``xref:UID``) of the source that are neither in target nor ``nearby``."""
    if "xref:" not in pair.source or is_leaky(pair.target):
        return
    present = {_uid(match[1]) for match in _XREF.finditer(nearby)}
    for written in dict.fromkeys(match[1] for match in _XREF.finditer(pair.source)):
        if _uid(written) not in present:
            message = f"cross-reference xref:{written} of the source is missing"
            yield pair.finding("xref-lost", None, message)


def _uid(written: str) -> str:
    """A UID for comparison: ``\\``` and ``%60`` are the backtick of a generic type."""
    plain = written.replace("\\", "").replace("%60", "`").replace("%2A", "*")
    return plain.split("?")[0].rstrip(".,;").casefold()


def parity_findings(block: Sequence[SegmentPair], reported: set[int]) -> Iterator[Finding]:
    """Missing, added and changed links, except in-page links.

    A link may move between the segments of a block.

    ``reported`` are the starts of the segments for which another rule reports a link.
    """
    if not any(
        "](" in pair.target or "](" in pair.source or "://" in pair.source for pair in block
    ):
        return
    lost: list[list[SegmentLink]] = []
    added: list[list[SegmentLink]] = []
    for pair in block:
        have, want = (links_of(without_code(text)) for text in (pair.target, pair.source))
        if [link.written for link in have] == [link.written for link in want]:
            have = want = []
        lost.append(_rest(want, have))
        added.append(_rest(have, want))
    if not any(lost) and not any(added):
        return
    moved_out = Counter(link.url for links in lost for link in links)
    moved_in = Counter(link.url for links in added for link in links)
    moved = moved_out & moved_in
    lost = [_without(links, moved.copy()) for links in lost]
    added = [_without(links, moved.copy()) for links in added]
    for pair, missing, new in zip(block, lost, added, strict=True):
        if pair.segment.start not in reported:
            yield from _mismatch(pair, missing, new)


def _rest(links: Iterable[SegmentLink], others: Iterable[SegmentLink]) -> list[SegmentLink]:
    elsewhere = [link for link in links if link.url and not link.url.startswith("#")]
    return _without(elsewhere, Counter(link.url for link in others))


def _without(links: Sequence[SegmentLink], counted: Counter[str]) -> list[SegmentLink]:
    rest = []
    for link in links:
        if counted[link.url] > 0:
            counted[link.url] -= 1
        else:
            rest.append(link)
    return rest


def _mismatch(
    pair: SegmentPair, missing: Sequence[SegmentLink], new: Sequence[SegmentLink]
) -> Iterator[Finding]:
    # The other side may have the address in broken markup or as a bare URL.
    missing = [
        link
        for link in missing
        if not link.url.startswith("xref:")
        and pair.source[link.start : link.end] not in pair.target
    ]
    new = [link for link in new if pair.target[link.start : link.end] not in pair.source]
    if not missing and not new:
        return
    written = pair.source[missing[0].start : missing[0].end] if missing else ""
    if missing and new:
        link = new[0]
        new_written = pair.target[link.start : link.end]
        message = f"link to {new_written}, expected {written} as in the source"
        single = len(missing) == len(new) == 1
        edits = [(link.start, link.end, written)] if single else []
        yield pair.finding("link-mismatch", (link.start, link.end), message, edits, safe=False)
    elif missing:
        yield pair.finding("link-mismatch", None, f"link to {written} of the source is missing")
    else:
        link = new[0]
        message = f"link to {pair.target[link.start : link.end]} is not in the source"
        yield pair.finding("link-mismatch", (link.start, link.end), message)
