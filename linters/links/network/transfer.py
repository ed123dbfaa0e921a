"""The content of an HTTP/1 answer out of the bytes of its connection (RFC 9112 §6 and §7)."""

from __future__ import annotations

from linters.links.network.head import Head, content_length

_MAX_LINE = 4096
_MAX_TRAILER = 64 * 1024


class TransferError(ValueError):
    """The content does not arrive as its headers say: what is wrong, in words."""


class Transfer:
    """Takes a connection's bytes, gives the content's.

    ``done`` is True once the content is complete; what came behind it is in ``rest``.
    """

    done = False
    rest = b""

    def feed(self, data: bytes) -> bytes:
        """The content in the next bytes; TransferError when they cannot be read."""
        raise NotImplementedError

    def close(self) -> bool:
        """The connection ended: whether the content is complete."""
        return self.done


class UntilClose(Transfer):
    """Content that ends with the connection."""

    def feed(self, data: bytes) -> bytes:
        return data

    def close(self) -> bool:
        self.done = True
        return True


class Unmeasured(UntilClose):
    """Content whose length is stated and makes no sense: nobody knows where it ends."""

    def close(self) -> bool:
        return False


class Counted(Transfer):
    """Content of a known length."""

    def __init__(self, length: int) -> None:
        self._left = length
        self.done = length == 0

    def feed(self, data: bytes) -> bytes:
        if len(data) < self._left:
            self._left -= len(data)
            return data
        self.done = True
        data, self.rest = data[: self._left], data[self._left :]
        self._left = 0
        return data


class Chunked(Transfer):
    """Content in chunks; extensions and trailers are passed over."""

    def __init__(self) -> None:
        self._pending = b""
        self._left = 0
        self._line = "size"
        self._trailer = 0

    def feed(self, data: bytes) -> bytes:
        data = self._pending + data
        self._pending = b""
        content = []
        while data and not self.done:
            if self._left:
                piece, data = data[: self._left], data[self._left :]
                self._left -= len(piece)
                content.append(piece)
                continue
            line, newline, behind = data.partition(b"\n")
            if not newline:
                if len(data) > _MAX_LINE:
                    raise TransferError("a chunk's size line is too long")
                self._pending = data
                break
            data = behind
            self._take(line.strip())
        if self.done:
            self.rest = data
        return b"".join(content)

    def _take(self, line: bytes) -> None:
        if self._line == "end":
            if line:
                raise TransferError("a chunk is longer than its size")
            self._line = "size"
        elif self._line == "size":
            digits = line.partition(b";")[0].strip()
            try:
                size = int(digits, 16) if digits and digits.isalnum() else -1
            except ValueError:
                size = -1
            if size < 0 or len(digits) > 16:
                raise TransferError("a chunk has no size")
            self._left = size
            self._line = "end" if size else "trailer"
        else:
            self._trailer += len(line)
            if self._trailer > _MAX_TRAILER:
                raise TransferError("the trailer is too long")
            self.done = not line


def transfer_of(head: Head) -> Transfer:
    """How the content of a GET's answer arrives; HeadError for contradicting lengths."""
    if head.status in (204, 304) or 100 <= head.status < 200:
        return Counted(0)
    if "chunked" in head.tokens("transfer-encoding"):
        return Chunked()
    length = content_length(head)
    if length is not None:
        return Counted(length)
    return Unmeasured() if head.tokens("content-length") else UntilClose()
