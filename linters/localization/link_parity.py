"""Links: what the source links to, the target links to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from linters.localization.placeholders import is_leaky
from linters.localization.problem import Problem
from linters.localization.segment_text import LINK, Translated, blank, normal_url, without_code

_EMPTY = re.compile(r"(?<![!\\])\[(\s*)\]\(\s*([^\s()]+)[^()]*\)")
_SPACED = re.compile(r"\](\s+)\((?=(<?[^()\s]+>?)[^()\n]*\))")
_WIDE = re.compile(r"\](\s*)(（)\s*([^\s（）]+)\s*(）)")
_SCHEME = re.compile(r"\b(https?)(\s*)([:：])(\s*)(/)(\s*)(/)(\s*)(?=[\w.-])", re.IGNORECASE)
_TORN = re.compile(
    r"""\\?[\]］】]\\?[(（]\s*+(?P<behind><?[^\s()（）<>\\]++)>?(?:\\?[)）])?
    |[\[［【][^\[\]［］【】()（）\n]*+\((?P<within><?[^\s()（）<>\\]++)\)""",
    re.VERBOSE,
)
_XREF = re.compile(r"""xref:([^\s>)"'\]]+)""", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a target or source: what it is compared by, and where it stands."""

    url: str
    start: int
    end: int


def link_problems(one: Translated) -> Iterator[Problem]:
    """Links of the target without text, and what is no link any more."""
    if "](" in one.target:
        yield from _empty(one)
    yield from _broken(one)


def _empty(one: Translated) -> Iterator[Problem]:
    target = without_code(one.target)
    meant = Counter(normal_url(match[2]) for match in _EMPTY.finditer(without_code(one.source)))
    for match in _EMPTY.finditer(target):
        url = normal_url(match[2])
        if meant[url]:
            meant[url] -= 1
            continue
        message = f"the link to {match[2]} has no text: readers cannot see it"
        yield one.problem("link-text-empty", match.span(), message)


def _broken(one: Translated) -> Iterator[Problem]:
    target, source = without_code(one.target), without_code(one.source)
    if "](" in source:
        yield from _bracketed(one, target, source)
    if "http" in target.lower():
        for match in _SCHEME.finditer(target):
            spaced = match[2] or match[4] or match[6] or match[8] or match[3] != ":"
            if spaced and "http" in source.lower() and match[0] not in source:
                message = f"{match[0]!r} begins no URL: there are spaces in it"
                edits = [(*match.span(), f"{match[1]}://")]
                yield one.problem("link-markup-broken", match.span(), message, edits)


def _bracketed(one: Translated, target: str, source: str) -> Iterator[Problem]:
    """Destinations of the source whose brackets and parentheses make no link any more."""
    wanted = _pages(source)
    for match in _SPACED.finditer(target):
        if match[0] in source or _page(match[2]) not in wanted:
            continue
        yield one.problem(
            "link-markup-broken",
            (match.start(), match.end() + len(match[2]) + 1),
            f"'{match[0]}{match[2]})' is no link: there is a space behind the bracket",
            [(*match.span(1), "")],
        )
    for match in _WIDE.finditer(target):
        if _page(match[3]) in wanted:
            message = f"{match[0]!r} is no link: the parentheses are wide ones"
            edits = [(match.start(1), match.end(), f"({match[3]})")]
            yield one.problem("link-markup-broken", match.span(), message, edits)
    lost = wanted - _pages(target)
    rest = blank(_WIDE, blank(_SPACED, blank(LINK, target))) if lost else ""
    for match in _TORN.finditer(rest):
        page = _page(match["behind"] or match["within"])
        if lost[page] > 0:
            lost[page] -= 1
            message = f"{match[0]!r} is no link: its brackets are torn, escaped or wide ones"
            yield one.problem("link-markup-broken", match.span(), message)


def _pages(text: str) -> Counter[str]:
    """The pages that the inline links of a text lead to, by their number."""
    return Counter(_page(match["url"]) for match in LINK.finditer(text))


def _page(written: str) -> str:
    """A destination as it is compared, without its bookmark, which may be localized."""
    return normal_url(written).partition("#")[0].rstrip("/")


def links_of(text: str) -> list[Link]:
    """The inline links, images and autolinks of a text without code, in-page ones aside."""
    found = []
    if "](" in text:
        found = [_link(match, "url") for match in LINK.finditer(text)]
        for match in LINK.finditer(text):
            if "](" in match["text"]:
                shift = match.start("text")
                found += [
                    Link(link.url, link.start + shift, link.end + shift)
                    for link in links_of(match["text"])
                ]
    if "<" in text:
        found += [_link(match, 1) for match in _AUTOLINK.finditer(text)]
    return [link for link in found if link.url and not link.url.startswith("#")]


def _link(match: re.Match[str], group: str | int) -> Link:
    return Link(normal_url(match[group]), *match.span(group))


def xref_problems(one: Translated, nearby: str) -> Iterator[Problem]:
    """Cross-references (``xref:UID``) of the source that neither target nor ``nearby`` has."""
    if "xref:" not in one.source or is_leaky(one.target):
        return
    present = {_uid(match[1]) for match in _XREF.finditer(nearby)}
    for written in dict.fromkeys(match[1] for match in _XREF.finditer(one.source)):
        if _uid(written) not in present:
            message = f"the cross-reference xref:{written} of the source is missing"
            yield one.problem("xref-lost", None, message)


def _uid(written: str) -> str:
    """A UID as it is compared: ``\\``` and ``%60`` are the backtick of a generic type."""
    plain = written.replace("\\", "").replace("%60", "`").replace("%2A", "*")
    return plain.split("?")[0].rstrip(".,;").casefold()


def parity_problems(block: Sequence[Translated], told: set[int]) -> Iterator[Problem]:
    """Links lost, added or changed; a link may move between the segments of a block.

    ``told`` are the openers of the segments that another link rule has spoken of.
    """
    if not any("](" in one.target or "](" in one.source or "://" in one.source for one in block):
        return
    lost: list[list[Link]] = []
    added: list[list[Link]] = []
    for one in block:
        have, want = (links_of(without_code(text)) for text in (one.target, one.source))
        lost.append(_rest(want, have))
        added.append(_rest(have, want))
    moved_out = Counter(link.url for links in lost for link in links)
    moved_in = Counter(link.url for links in added for link in links)
    moved = moved_out & moved_in
    lost = [_without(links, moved.copy()) for links in lost]
    added = [_without(links, moved.copy()) for links in added]
    for one, gone, new in zip(block, lost, added, strict=True):
        if one.segment.bounds[0] not in told:
            yield from _mismatch(one, gone, new)


def _rest(links: Sequence[Link], others: Iterable[Link]) -> list[Link]:
    return _without(links, Counter(link.url for link in others))


def _without(links: Sequence[Link], counted: Counter[str]) -> list[Link]:
    rest = []
    for link in links:
        if counted[link.url] > 0:
            counted[link.url] -= 1
        else:
            rest.append(link)
    return rest


def _mismatch(one: Translated, gone: Sequence[Link], new: Sequence[Link]) -> Iterator[Problem]:
    # Broken markup on one side, or a bare URL: the address is there all the same.
    gone = [
        link
        for link in gone
        if not link.url.startswith("xref:") and one.source[link.start : link.end] not in one.target
    ]
    new = [link for link in new if one.target[link.start : link.end] not in one.source]
    if not gone and not new:
        return
    written = one.source[gone[0].start : gone[0].end] if gone else ""
    if gone and new:
        link = new[0]
        message = f"the source links to {written} here, the target elsewhere"
        single = len(gone) == len(new) == 1
        edits = [(link.start, link.end, written)] if single else []
        yield one.problem("link-mismatch", (link.start, link.end), message, edits, safe=False)
    elif gone:
        yield one.problem("link-mismatch", None, f"the target does not link to {written}")
    else:
        link = new[0]
        message = f"the source does not link to {one.target[link.start : link.end]}"
        yield one.problem("link-mismatch", (link.start, link.end), message)
