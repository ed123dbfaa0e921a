"""A page read no further than its fragments need, and what it says about them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator

from linters.links.web.bot_detection import is_bot_wall
from linters.links.web.charset import decoder_for
from linters.links.web.content_coding import (
    CodingError,
    ContentError,
    Decoder,
    decode,
    decoders_for,
    is_known,
)
from linters.links.web.fragments import Page, PageEnd, PageKind, wanted
from linters.links.web.head import Head
from linters.links.web.html_scan import IdScanner, Shape, data_of, shape_of

_HTML = ("text/html", "application/xhtml+xml")
_LOOKS_HTML = re.compile(
    rb"\s*+(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_LOOK = 4096
_PLAIN_TRANSFER = frozenset({"chunked", "identity"})
_MAX_KEPT = 1024 * 1024
_MAX_SHAPE = 128 * 1024
_FEW_WORDS = 60
_LOADING_WORDS = 8


def is_html(head: Head, start: bytes = b"") -> bool:
    """Whether content is a page with ids: by its type, else by its first bytes."""
    if (head.get("content-disposition") or "").strip().lower().startswith("attachment"):
        return False
    media = (head.get("content-type") or "").partition(";")[0].strip().lower()
    if media:
        return media in _HTML
    return _LOOKS_HTML.match(start.removeprefix(b"\xef\xbb\xbf")[:2048]) is not None


def shows_bot_wall(head: Head, content: bytes) -> bool:
    """Whether a page, given whole and as it was sent, is a challenge to bots."""
    reader = PageReader(head, (), len(content) * 8)
    try:
        for _ in reader.feed(content):
            pass
    except CodingError:
        pass
    return is_bot_wall(reader.shape(), head)


class PageReader:
    """Decodes content and looks for ids in it; ``end`` is how far it was read."""

    def __init__(self, head: Head, fragments: Iterable[str], max_body: int) -> None:
        self.end = PageEnd.BROKEN_OFF
        self._head = head
        self._wanted = [ids for fragment in fragments if (ids := wanted(fragment))]
        self._left = max_body
        self._start = b""
        self._texts: list[str] = []
        self._kept = 0
        self._scanner = IdScanner({name for ids in self._wanted for name in ids})
        self._charset: Callable[[bytes, bool], str] | None = None
        self._opaque = bool(head.get("content-type")) and not is_html(head)
        self._decoders: list[Decoder] | None = None

    async def read(self, pieces: AsyncIterator[bytes]) -> None:
        """Read the content until every fragment is found, it ends, or it goes wrong.

        At most ``max_body`` decoded bytes are read, a piece at a time, so that other links go on
        meanwhile.
        """
        try:
            async for piece in pieces:
                for enough in self.feed(piece):
                    if enough:
                        return
                    await asyncio.sleep(0)
            self.finish()
        except CodingError:
            self.end = PageEnd.GARBLED
        except ContentError:
            self.end = PageEnd.BROKEN_OFF

    def feed(self, data: bytes) -> Iterator[bool]:
        """Take more bytes; for each piece that they decode to, whether no more are needed.

        CodingError when they cannot be decoded.
        """
        if self._opaque:
            self.end = PageEnd.ENOUGH
            yield True
        if not _PLAIN_TRANSFER.issuperset(self._head.tokens("transfer-encoding")):
            raise CodingError("unknown transfer coding")
        if self._decoders is None:
            self._decoders = decoders_for(self._head.tokens("content-encoding"))
        for piece in decode(self._decoders, data):
            self._take(piece[: self._left])
            if len(piece) > self._left:
                self.end = PageEnd.TOO_LARGE
                yield True
            self._left -= len(piece)
            if self._wanted and not self._missing():
                self.end = PageEnd.ENOUGH
                yield True
            yield False

    def finish(self) -> None:
        """The content has come to its end."""
        whole = all(decoder.complete for decoder in self._decoders or ())
        self.end = PageEnd.COMPLETE if whole else PageEnd.BROKEN_OFF

    def _take(self, piece: bytes, *, last: bool = False) -> None:
        if self._charset is None:
            self._start += piece
            if len(self._start) < _FIRST_LOOK and not last:
                return
            decoder, skipped = decoder_for(self._start, self._head.get("content-type") or "")
            self._charset = decoder.decode
            piece = self._start[skipped:]
        text = self._charset(piece, last)
        self._scanner.feed(text, last=last)
        if self._kept < _MAX_KEPT:
            self._texts.append(text)
            self._kept += len(text)

    def _missing(self) -> list[tuple[str, ...]]:
        return [ids for ids in self._wanted if self._scanner.ids.keys().isdisjoint(ids)]

    def shape(self) -> Shape:
        """The shape of the beginning of what was read: challenges and shells are short."""
        self._take(b"", last=True)
        return shape_of("".join(self._texts)[:_MAX_SHAPE])

    def _is_in_data(self, missing: Collection[tuple[str, ...]]) -> bool:
        """Whether scripts may make the missing ids from data in the page, as GitHub's do."""
        for data in data_of("".join(self._texts)):
            plain = data.replace('\\"', '"').replace("'", '"')
            if any(f'"{name}"' in plain for ids in missing for name in ids):
                return True
        return False

    def page(self) -> Page:
        """What is known of the page now; ends the reading."""
        if self._opaque or not is_html(self._head, self._start):
            return Page(PageKind.OPAQUE, PageEnd.ENOUGH)
        shape = self.shape()
        found = tuple(sorted(self._scanner.ids))
        missing = self._missing()
        scripts = "script" in shape.tags
        if missing and not all(map(is_known, self._head.tokens("content-encoding"))):
            return Page(PageKind.HTML, PageEnd.GARBLED, found)
        kind = PageKind.HTML
        if missing and is_bot_wall(shape, self._head):
            kind = PageKind.BOT_WALL
        elif missing and (is_scripted(shape) or self._is_in_data(missing)):
            kind = PageKind.SCRIPTED
        if not missing and self.end is not PageEnd.COMPLETE:
            self.end = PageEnd.ENOUGH
        return Page(kind, self.end, found, scripts)


def is_scripted(shape: Shape) -> bool:
    """Whether scripts make the page."""
    if shape.refresh:
        return True
    if "script" not in shape.tags:
        return False
    if shape.app_words is not None and shape.app_words < _FEW_WORDS:
        return True
    return shape.words < _FEW_WORDS and _is_shell(shape)


def _is_shell(shape: Shape) -> bool:
    """Whether a body with few words has little else: a frame that scripts fill."""
    content = {"h1", "h2", "h3", "li", "td", "article", "section", "dt"}
    if shape.words > _LOADING_WORDS:  # more than what says that the page is loading
        content.add("p")
    return shape.words == 0 or shape.tags.isdisjoint(content)
