"""A page read no further than its fragments need, and what it says about them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linters.links.network.answer import Page, PageEnd, PageKind
from linters.links.network.bot_detection import is_wall
from linters.links.network.charset import to_text
from linters.links.network.coding import CodingError, decode, decoders_for, is_known
from linters.links.network.fragments import wanted
from linters.links.network.head import Head
from linters.links.network.transfer import TransferError

_HTML = ("text/html", "application/xhtml+xml")
_LOOKS_HTML = re.compile(
    rb"\s*+(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_LOOK = 16 * 1024
_PLAIN_TRANSFER = frozenset({"chunked", "identity"})
_MAX_IDS = 20_000
_MAX_WALL = 128 * 1024
_FEW_WORDS = 60
_LOADING_WORDS = 8
_APP_ROOTS = (
    "#root, #app, #__next, #__nuxt, #___gatsby, #svelte, #main-app, #application, app-root, "
    "[ng-app], [data-reactroot], [data-server-rendered], [id=react-root], [ng-version]"
)
_REFRESH = "meta[http-equiv=refresh i][content*='url' i]"


def is_html(head: Head, start: bytes = b"") -> bool:
    """Whether content is a page with ids: by its type, else by its first bytes."""
    if (head.get("content-disposition") or "").strip().lower().startswith("attachment"):
        return False
    media = (head.get("content-type") or "").partition(";")[0].strip().lower()
    if media:
        return media in _HTML
    return _LOOKS_HTML.match(start.removeprefix(b"\xef\xbb\xbf")[:2048]) is not None


async def read_page(
    head: Head, pieces: AsyncIterator[bytes], fragments: Iterable[str], max_body: int
) -> Page:
    """Read the content until every fragment is found, it ends, or it goes wrong.

    At most ``max_body`` decoded bytes are kept; a TimeoutError raised by ``pieces`` ends the
    page as ``PageEnd.TIMEOUT``.
    """
    reader = PageReader(head, fragments, max_body)
    try:
        async for piece in pieces:
            if reader.feed(piece):
                break
        else:
            reader.finish()
    except TransferError:
        reader.end = PageEnd.BROKEN_OFF
    except TimeoutError:
        reader.end = PageEnd.TIMEOUT
    return reader.page()


def shows_wall(head: Head, content: bytes) -> bool:
    """Whether a page, given whole and as it was sent, is a challenge to bots."""
    reader = PageReader(head, (), _MAX_WALL)
    reader.feed(content)
    return reader.is_wall()


class PageReader:
    """Collects decoded content and looks for ids in it."""

    def __init__(self, head: Head, fragments: Iterable[str], max_body: int) -> None:
        self.end = PageEnd.BROKEN_OFF
        self._head = head
        self._wanted = [ids for fragment in fragments if (ids := wanted(fragment))]
        self._needles = [_needle(ids[0]) for ids in self._wanted]
        self._max_body = max_body
        self._content = bytearray()
        self._looked = 0
        self._garbled = False
        self._opaque = bool(head.get("content-type")) and not is_html(head)
        try:
            self._decoders = decoders_for(head.tokens("content-encoding"))
        except CodingError:
            self._decoders, self._garbled = [], True
        if not _PLAIN_TRANSFER.issuperset(head.tokens("transfer-encoding")):
            self._garbled = True

    def feed(self, data: bytes) -> bool:
        """Take more bytes; True when no more are needed or wanted."""
        if self._opaque or self._garbled:
            self.end = PageEnd.GARBLED if self._garbled else PageEnd.ENOUGH
            return True
        try:
            for piece in decode(self._decoders, data):
                room = self._max_body - len(self._content)
                self._content += piece[:room]
                if len(piece) > room:
                    self.end = PageEnd.TOO_LARGE
                    return True
        except CodingError:
            self.end = PageEnd.GARBLED
            return True
        if len(self._content) >= max(_FIRST_LOOK, 2 * self._looked):
            self._looked = len(self._content)
            if self._has_all():
                self.end = PageEnd.ENOUGH
                return True
        return False

    def finish(self) -> None:
        """The content has come to its end."""
        whole = all(decoder.complete for decoder in self._decoders)
        self.end = PageEnd.COMPLETE if whole else PageEnd.BROKEN_OFF

    def _has_all(self) -> bool:
        if not all(needle in self._content for needle in self._needles):
            return False
        return not self._wanted or self._missing(set(ids_of(self._tree()))) == []

    def _missing(self, found: set[str]) -> list[tuple[str, ...]]:
        return [ids for ids in self._wanted if found.isdisjoint(ids)]

    def _tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(to_text(bytes(self._content), self._head.get("content-type") or ""))

    def is_wall(self) -> bool:
        """Whether what was read is a challenge to bots."""
        return is_wall(self._tree(), self._head)

    def page(self) -> Page:
        """What is known of the page now."""
        if self._opaque or not is_html(self._head, bytes(self._content[:4096])):
            return Page(PageKind.OPAQUE, PageEnd.ENOUGH)
        tree = self._tree()
        found = list(dict.fromkeys(ids_of(tree)))
        missing = self._missing(set(found))
        if len(found) > _MAX_IDS:
            relevant = {one for ids in self._wanted for one in ids}
            found = [one for one in found if one in relevant]
        if missing and not all(map(is_known, self._head.tokens("content-encoding"))):
            return Page(PageKind.HTML, PageEnd.GARBLED, tuple(sorted(found)))
        kind = PageKind.HTML
        scripts = tree.css_first("script") is not None
        if missing and is_wall(tree, self._head):
            kind = PageKind.WALL
        elif missing and is_scripted(tree, missing):
            kind = PageKind.SCRIPTED
        if not missing and self.end is not PageEnd.COMPLETE:
            self.end = PageEnd.ENOUGH
        return Page(kind, self.end, tuple(sorted(found)), scripts)


def _needle(name: str) -> bytes:
    """Bytes without which an early look is useless: the longest run of plain letters."""
    from urllib.parse import unquote

    runs = re.findall(r"[A-Za-z0-9_.-]+", unquote(name))
    return max(runs, key=len, default="").encode()


def ids_of(tree: LexborHTMLParser) -> Iterable[str]:
    """What a fragment can point at: every ``id``, and the ``name`` of every ``a``."""
    for node in tree.css("[id]"):
        if value := node.attributes.get("id"):
            yield value
    for node in tree.css("a[name]"):
        if value := node.attributes.get("name"):
            yield value


def is_scripted(tree: LexborHTMLParser, missing: Iterable[tuple[str, ...]]) -> bool:
    """Whether scripts make the page, or may make the ids that it lacks."""
    if tree.css_first(_REFRESH) is not None:
        return True
    scripts = tree.css("script")
    if not scripts:
        return False
    texts = "\n".join(script.text() or "" for script in scripts if _holds_data(script))
    quoted = (f'"{one}"' for ids in missing for one in ids)
    plain = texts.replace('\\"', '"').replace("'", '"')
    if any(one in plain for one in quoted):
        return True
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    body = tree.body
    words = len((body.text(separator=" ") if body is not None else "").split())
    root = tree.css_first(_APP_ROOTS)
    if root is not None and len((root.text() or "").split()) < _FEW_WORDS:
        return True
    return words < _FEW_WORDS and _is_shell(tree, words)


def _holds_data(script: LexborNode) -> bool:
    """Whether a script is content for others to render (GitHub's pages have some)."""
    return "json" in (script.attributes.get("type") or "").lower()


def _is_shell(tree: LexborHTMLParser, words: int) -> bool:
    """Whether a body with few words holds little else: a frame that scripts fill."""
    if words == 0:
        return True
    content = "h1, h2, h3, li, td, article, section, dt"
    if words > _LOADING_WORDS:  # more than what says that the page is loading
        content += ", p"
    return tree.css_first(content) is None
