"""Bytes of a page to text: byte order mark, header, meta element, UTF-8 (HTML §13.2.3)."""

from __future__ import annotations

import codecs
import re

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE | re.DOTALL
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that browsers read as a wider encoding than their name says (WHATWG Encoding).
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_ALIASES = {
    "x-sjis": "shift_jis",
    "ks_c_5601-1987": "euc_kr",
    "x-gbk": "gbk",
    "unicode-1-1-utf-8": "utf-8",
}
_META_BYTES = 4096


def to_text(data: bytes, content_type: str) -> str:
    """The text of a page; what does not decode becomes U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    header = _HEADER.search(content_type)
    name: str | None = _codec(header[1]) if header else None
    if name is None and (meta := _META.search(data[:_META_BYTES])):
        name = _codec(meta[1].decode("latin-1"))
        if name is not None and name.startswith("utf-16"):
            name = "utf-8"
    if name is not None:
        return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
        return data.decode("utf-8" if cut or error.start > 65536 else "cp1252", "replace")


def _codec(label: str) -> str | None:
    plain = label.strip().lower()
    try:
        found = codecs.lookup(_ALIASES.get(plain, plain))
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in ("idna", "punycode"):
        return None
    return _WIDER.get(found.name, found.name)
