"""Bytes of a page to text: byte order mark, header, meta element, UTF-8 (HTML §13.2.3)."""

from __future__ import annotations

import codecs
import re

_HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([^\s\"';,]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta\b[^>]{0,1000}?charset\s*+=\s*+[\"']?\s*+([^\s\"'/>;]+)", re.IGNORECASE | re.DOTALL
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings that browsers have, by Python's names (WHATWG Encoding). Python has more, such
# as UTF-7 and punycode, with which a page could be read as something else than readers get.
_WEB = frozenset(
    (
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp{number}" for number in (866, 874, *range(1250, 1259))),
        *("utf-8", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
        *("gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"),
    )
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


def decoder_for(start: bytes, content_type: str) -> tuple[codecs.IncrementalDecoder, int]:
    """What turns a page's bytes into text, and how many bytes of a mark to skip.

    ``start`` are the page's first bytes. What does not decode becomes U+FFFD.
    """
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return _decoder(encoding), len(mark)
    header = _HEADER.search(content_type)
    name = _encoding(header[1]) if header else None
    if name is None and (meta := _META.search(start[:_META_BYTES])):
        name = _encoding(meta[1].decode("latin-1"))
        if name is not None and name.startswith("utf-16"):
            name = "utf-8"
    return _decoder(name or ("utf-8" if _is_utf8(start) else "cp1252")), 0


def _decoder(name: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(name)("replace")


def _is_utf8(start: bytes) -> bool:
    """Whether bytes are UTF-8; the last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(label: str) -> str | None:
    """The encoding that a label means in browsers; None for one that they do not have."""
    plain = label.strip().lower()
    try:
        found = codecs.lookup(_ALIASES.get(plain, plain)).name
    except (LookupError, ValueError):
        return None
    name = _WIDER.get(found, found)
    return name if name in _WEB else None
