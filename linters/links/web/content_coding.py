"""Content codings, undone a piece at a time: a small answer cannot fill the memory."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_PIECE = 64 * 1024
_MAX_CODINGS = 3
_MAX_MEMBERS = 1000  # gzip members or Zstandard frames of one body; each costs time of its own


class ContentError(ValueError):
    """The content does not arrive as its headers say: what is wrong, in words."""


class CodingError(ContentError):
    """The content cannot be decoded."""


class Decoder:
    """Undoes one coding; every piece is at most 64 KiB."""

    _object: Any = None
    _members = 0

    @property
    def complete(self) -> bool:
        """Whether what was fed so far is whole."""
        return self._object is None or bool(self._object.eof)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The decoded pieces of the next bytes; CodingError when they make no sense."""
        try:
            if data:
                yield from self._decode(data)
        except (zlib.error, zstd.ZstdError, brotli.error) as error:
            raise CodingError("the compressed content is damaged") from error

    def _decode(self, data: bytes) -> Iterator[bytes]:
        raise NotImplementedError

    def _next_member(self) -> None:
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise CodingError("the compressed content has too many parts")


class _Zlib(Decoder):
    """gzip (several members too), and deflate with or without zlib's header."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._fresh = False  # at the start of another member, or of padding

    @property
    def complete(self) -> bool:
        return self._fresh or super().complete

    def _decode(self, data: bytes) -> Iterator[bytes]:
        if self._object is None:
            zlib_header = data[0] & 0x0F == 8 and data[0] >> 4 <= 7
            if len(data) > 1:
                zlib_header = zlib_header and (data[0] * 256 + data[1]) % 31 == 0
            self._object = zlib.decompressobj(31 if self._gzip else 15 if zlib_header else -15)
        while data:
            try:
                piece = self._object.decompress(data, _PIECE)
            except zlib.error:
                if self._fresh:
                    return  # padding after the last member
                raise
            if piece:
                self._fresh = False
                yield piece
            data = self._object.unconsumed_tail
            if self._object.eof:
                data = self._object.unused_data if self._gzip else b""
                if data:
                    self._next_member()
                    self._object = zlib.decompressobj(31)
                    self._fresh = True


class _Brotli(Decoder):
    @property
    def complete(self) -> bool:
        return self._object is None or bool(self._object.is_finished())

    def _decode(self, data: bytes) -> Iterator[bytes]:
        if self._object is None:
            self._object = brotli.Decompressor()
        piece = self._object.process(data, output_buffer_limit=_PIECE)
        while piece or not self._object.can_accept_more_data():
            if piece:
                yield piece
            if self._object.is_finished():
                return
            piece = self._object.process(b"", output_buffer_limit=_PIECE)


class _Zstandard(Decoder):
    def _decode(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._object is None or self._object.eof:
                data = (self._object.unused_data if self._object else b"") or data
                if not data:
                    return
                self._next_member()
                self._object = zstd.ZstdDecompressor(
                    options={zstd.DecompressionParameter.window_log_max: 23}
                )
            piece = self._object.decompress(data, _PIECE)
            data = b""
            if piece:
                yield piece
            if self._object.eof:
                if not self._object.unused_data:
                    return
            elif self._object.needs_input:
                return


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: _Zlib(gzip=True),
    "x-gzip": lambda: _Zlib(gzip=True),
    "deflate": lambda: _Zlib(gzip=False),
    "br": _Brotli,
    "zstd": _Zstandard,
}


def is_known(coding: str) -> bool:
    """Whether a Content-Encoding is one that is undone, or none."""
    return coding in _DECODERS or coding == "identity"


def decoders_for(codings: list[str]) -> list[Decoder]:
    """What undoes a Content-Encoding, last coding first; unknown ones are taken as none."""
    known = [coding for coding in codings if coding in _DECODERS]
    if len(known) > _MAX_CODINGS:
        raise CodingError("too many content codings")
    return [_DECODERS[coding]() for coding in reversed(known)]


def decode(decoders: list[Decoder], data: bytes) -> Iterator[bytes]:
    """The pieces that the next bytes decode to."""
    if not decoders:
        yield data
        return
    for piece in decoders[0].feed(data):
        yield from decode(decoders[1:], piece)
