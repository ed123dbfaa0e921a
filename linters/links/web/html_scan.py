"""Ids and the shape of an HTML page, by one linear pass over its tags.

No tree is built: a parser needs quadratic time for 50,000 nested elements or 80,000 attributes,
inside C, where neither a deadline nor a signal reaches it. Every quantifier here is possessive
or bounded by the next delimiter, so that a page costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html import unescape

_TAG_NAME = r"[A-Za-z][^\s/>]*+"
# HTML §13.2.5.32 and following: a name, and maybe a value, quoted or not.
_ATTRIBUTE = (
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)(?:\"|\Z)|'(?P<single>[^']*+)(?:'|\Z)"
    r"|(?P<bare>[^\s>\"'][^\s>]*+)))?+"
)
_ATTRIBUTES = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
_TOKEN = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?P<end>/?)(?P<tag>{_TAG_NAME})"
    rf"(?P<attributes>(?:{_ATTRIBUTES})*+)[\s/]*+(?P<close>>|\Z)|<[!?/][^>]*+(?:>|\Z)",
    re.DOTALL,
)
_NAMED = re.compile(_ATTRIBUTE, re.DOTALL)
_RAW_TEXT = {
    name: re.compile(rf"</{name}(?=[\s/>]|\Z)", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_DATA = re.compile(
    r"<script\b(?P<attributes>[^>]*+)>(?P<data>.*?)(?:</script|\Z)", re.IGNORECASE | re.DOTALL
)
_TARGET = re.compile(r"(?i)\b(?:id|name)\s*+=")
_MAX_IDS = 20_000


def attributes_of(text: str) -> dict[str, str]:
    """The attributes in a start tag, names in lower case; of equal names the first counts."""
    found: dict[str, str] = {}
    for match in _NAMED.finditer(text):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value) if "&" in value else value)
    return found


class IdScanner:
    """Collects what a fragment can point at: every ``id``, and the ``name`` of every ``a``.

    Text is fed in pieces. A token that is cut by the end of a piece is read again once twice as
    much of it is there, so that a tag without an end costs linear time as well. At most 20,000
    ids are kept, and those that are ``wanted``.
    """

    def __init__(self, wanted: Collection[str] = ()) -> None:
        self.ids: dict[str, None] = {}
        self._wanted = wanted
        self._tail = ""
        self._needed = 0
        self._raw: str | None = None

    def feed(self, text: str, *, last: bool = False) -> None:
        """Take the next piece of the page."""
        self._tail += text
        if len(self._tail) < self._needed and not last:
            return
        at = 0
        while at < len(self._tail):
            if self._raw is not None:
                end = _RAW_TEXT[self._raw].search(self._tail, at)
                if end is None:
                    at = max(at, len(self._tail) - 16)  # the end tag may be cut
                    break
                self._raw, at = None, end.start()
            token = _TOKEN.search(self._tail, at)
            if token is None:
                at = max(at, self._tail.rfind("<", max(at, len(self._tail) - 4)), 0)
                if not self._tail.startswith("<", at):
                    at = len(self._tail)
                break
            if token.end() == len(self._tail) and not last:
                at = token.start()
                break
            at = token.end()
            self._take(token)
        self._tail = self._tail[at:]
        self._needed = 2 * len(self._tail)

    def _take(self, token: re.Match[str]) -> None:
        tag = token["tag"]
        if tag is None or token["end"]:
            return
        if token["close"] and tag.lower() in _RAW_TEXT:
            self._raw = tag.lower()
        if token["attributes"] and _TARGET.search(token["attributes"]):
            found = attributes_of(token["attributes"])
            for name in ("id", "name") if tag in ("a", "A") else ("id",):
                value = found.get(name)
                if value and (len(self.ids) < _MAX_IDS or value in self._wanted):
                    self.ids[value] = None


@dataclass(slots=True)
class Shape:
    """What of a page shows a challenge to bots, or an empty shell that scripts fill.

    ``tags`` are the names of its elements, ``words`` counts those of its text (without title,
    scripts and the like), ``app_words`` those in the element that scripts fill (None without
    one); ``challenge`` says whether an element of a known challenge is there, ``refresh``
    whether the page redirects by a meta element.
    """

    title: str = ""
    tags: set[str] = field(default_factory=set)
    words: int = 0
    app_words: int | None = None
    challenge: bool = False
    refresh: bool = False


_HIDDEN = frozenset({"script", "style", "title", "noscript", "template", "iframe", "noframes"})
_APP_IDS = frozenset({"root", "app", "__next", "__nuxt", "___gatsby", "svelte"}) | {
    "main-app",
    "application",
    "react-root",
}
_APP_ATTRIBUTES = frozenset({"ng-app", "data-reactroot", "data-server-rendered", "ng-version"})
_CHALLENGE_IDS = frozenset({"challenge-form", "challenge-running", "cf-challenge-running"}) | {
    "challenge-error-text",
    "anubis_challenge",
    "anubis_version",
    "px-captcha",
}
_CHALLENGE_CLASSES = ("g-recaptcha", "h-captcha", "cf-turnstile")
_CHALLENGE_SCRIPTS = re.compile(
    r"/cdn-cgi/challenge-platform/|captcha-delivery\.com|/\.within\.website/x/cmd/anubis|"
    r"awswaf\.com.{0,200}challenge|challenge.{0,200}awswaf\.com"
)


def shape_of(text: str) -> Shape:
    shape = Shape()
    hidden: str | None = None
    app_tag, app_depth = "", 0  # of the element that scripts fill, among those of its name
    for kind, tag, content in _tokens(text):
        if kind == "text" and hidden is None:
            count = len(content.split())
            shape.words += count
            if app_depth:
                shape.app_words = (shape.app_words or 0) + count
        elif kind == "start":
            attributes = _note(shape, tag, content)
            hidden = tag if hidden is None and tag in _HIDDEN else hidden
            if not app_depth and shape.app_words is None and _is_app(tag, attributes):
                app_tag, app_depth, shape.app_words = tag, 1, 0
            else:
                app_depth += bool(app_depth) and tag == app_tag
        elif kind == "end":
            hidden = None if tag == hidden else hidden
            app_depth -= bool(app_depth) and tag == app_tag
        elif tag == "title" and not shape.title:
            shape.title = unescape(content[:1000])
    return shape


def data_of(text: str) -> Iterator[str]:
    """The text of scripts that are data for other scripts to render."""
    for match in _DATA.finditer(text):
        if "json" in match["attributes"].lower():
            yield match["data"]


def _tokens(text: str) -> Iterator[tuple[str, str, str]]:
    """(kind, tag, content): text, start, end, or the raw text of an element."""
    at = 0
    while (token := _TOKEN.search(text, at)) is not None:
        if token.start() > at:
            yield "text", "", text[at : token.start()]
        at, tag = token.end(), (token["tag"] or "").lower()
        if tag and token["end"]:
            yield "end", tag, ""
        elif tag:
            yield "start", tag, token["attributes"]
            if tag in _RAW_TEXT:
                end = _RAW_TEXT[tag].search(text, at)
                stop = len(text) if end is None else end.start()
                yield "raw", tag, text[at:stop]
                at = stop
    if at < len(text):
        yield "text", "", text[at:]


def _note(shape: Shape, tag: str, text: str) -> dict[str, str]:
    """Note a start tag; its attributes."""
    shape.tags.add(tag)
    if not text or text.isspace():
        return {}
    attributes = attributes_of(text)
    source = attributes.get("src", "") if tag == "script" else ""
    classes = attributes.get("class", "")
    if (
        attributes.get("id") in _CHALLENGE_IDS
        or any(name in classes for name in _CHALLENGE_CLASSES)
        or (source and _CHALLENGE_SCRIPTS.search(source))
    ):
        shape.challenge = True
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        shape.refresh = shape.refresh or "url" in attributes.get("content", "").lower()
    return attributes


def _is_app(tag: str, attributes: dict[str, str]) -> bool:
    if tag == "app-root" or attributes.get("id") in _APP_IDS:
        return True
    return not _APP_ATTRIBUTES.isdisjoint(attributes)
