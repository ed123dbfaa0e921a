"""Contents: codings, charsets and fragments."""

from __future__ import annotations

import gzip
import sys
import zlib
from functools import cache

import brotli

from linters.model.link import Cause
from tests.links.network.faults.exchange import (
    Behaviour,
    Exchange,
    answer,
    by_method,
    flood,
    head_of,
    page,
    raw,
)
from tests.links.network.faults.fault import Fault, broken, ok, unknown

_HERE = page("here")
_ABSENT = Cause.FRAGMENT_ABSENT
_UNDECODED = (Cause.PROTOCOL, Cause.RESET)


if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def _coded(coding: str, body: bytes) -> Behaviour:
    return answer(200, f"Content-Encoding: {coding}", body=body)


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _zstd_without_size(data: bytes) -> bytes:
    packer = zstd.ZstdCompressor()
    return packer.compress(data) + packer.flush()


@cache
def _bomb(coding: str, start: bytes = b"<p>") -> bytes:
    """A kilobyte or so that unpacks to 128 MiB of spaces at least."""
    megabyte = b" " * 2**20
    if coding == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    elif coding == "deflate":
        packer = zlib.compressobj(9, zlib.DEFLATED, 15)
    elif coding == "zstd":
        zs = zstd.ZstdCompressor()
        return b"".join(
            [zs.compress(start), *(zs.compress(megabyte) for _ in range(128)), zs.flush()]
        )
    else:
        br = brotli.Compressor(quality=1)
        return b"".join(
            [br.process(start), *(br.process(megabyte) for _ in range(128)), br.finish()]
        )
    return b"".join(
        [packer.compress(start), *(packer.compress(megabyte) for _ in range(128)), packer.flush()]
    )


def _packed_bomb(coding: str, start: bytes = b"<p>") -> Behaviour:
    packed = _bomb(coding, start)  # made here: it takes longer than a request may

    async def behave(exchange: Exchange) -> None:
        await _coded(coding, packed)(exchange)

    return behave


_CODINGS = (
    ok("gzip", _coded("gzip", gzip.compress(_HERE)), "/#here"),
    ok("x-gzip", _coded("x-gzip", gzip.compress(_HERE)), "/#here"),
    ok("gzip-upper-case", _coded("GZIP", gzip.compress(_HERE)), "/#here"),
    ok("gzip-members", _coded("gzip", gzip.compress(page()) + gzip.compress(_HERE)), "/#here"),
    ok("deflate", _coded("deflate", zlib.compress(_HERE)), "/#here"),
    ok("deflate-raw", _coded("deflate", _raw_deflate(_HERE)), "/#here"),
    ok("br", _coded("br", brotli.compress(_HERE)), "/#here"),
    ok("zstd", _coded("zstd", zstd.compress(_HERE)), "/#here"),
    ok("zstd-without-size", _coded("zstd", _zstd_without_size(_HERE)), "/#here"),
    ok("gzip-in-br", _coded("gzip, br", brotli.compress(gzip.compress(_HERE))), "/#here"),
    ok("identity", _coded("identity", _HERE), "/#here"),
    ok("coding-empty", _coded("", _HERE), "/#here"),
    broken("gzip-absent", _coded("gzip", gzip.compress(_HERE)), _ABSENT, "/#no"),
    broken("br-absent", _coded("br", brotli.compress(_HERE)), _ABSENT, "/#no"),
    broken("zstd-absent", _coded("zstd", zstd.compress(_HERE)), _ABSENT, "/#no"),
    unknown("gzip-that-is-none", _coded("gzip", _HERE), _UNDECODED, "/#here"),
    ok("gzip-that-is-none-unread", by_method(answer(405), _coded("gzip", _HERE))),
    unknown("br-that-is-none", _coded("br", b"\xff" * 300), _UNDECODED, "/#here"),
    unknown("zstd-that-is-none", _coded("zstd", _HERE), _UNDECODED, "/#here"),
    unknown("gzip-cut", _coded("gzip", gzip.compress(_HERE * 50)[:-40]), _UNDECODED, "/#no"),
    unknown(
        "gzip-bad-sum", _coded("gzip", gzip.compress(_HERE)[:-8] + b"12345678"), _UNDECODED, "/#no"
    ),
    ok("gzip-without-a-body", _coded("gzip", b"")),
    ok("coding-unknown-but-plain", _coded("utf-8", _HERE), "/#here"),
    unknown("coding-unknown", _coded("snappy", b"\xff\x06\x00\x00sNaPpY" * 40), _UNDECODED, "/#no"),
    *(
        unknown(f"{coding}-bomb", _packed_bomb(coding), Cause.TOO_LARGE, "/#no")
        for coding in ("gzip", "deflate", "br", "zstd")
    ),
    *(
        ok(f"{coding}-bomb-but-seen", _packed_bomb(coding, b"<p id=here>"), "/#here")
        for coding in ("gzip", "br")
    ),
    ok("gzip-bomb-unread", by_method(answer(405), _packed_bomb("gzip"))),
)

_WORD = "größe"
_TARGET = "/#gr%C3%B6%C3%9Fe"


def _in(charset: str, text: str, kind: str = "text/html") -> Behaviour:
    return answer(200, body=text.encode(charset), kind=kind)


_TEXT = f'<body><h1 id="{_WORD}">x</h1><p>' + "text " * 60

_CHARSETS = (
    ok("charset-by-header", _in("latin-1", _TEXT, "text/html; charset=iso-8859-1"), _TARGET),
    ok("charset-quoted", _in("latin-1", _TEXT, 'text/html; charset="ISO-8859-1"'), _TARGET),
    ok("charset-by-meta", _in("latin-1", "<meta charset=latin1>" + _TEXT), _TARGET),
    ok(
        "charset-by-http-equiv",
        _in(
            "cp1251",
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
            '<p id="раздел">' + "text " * 60,
        ),
        "/#%D1%80%D0%B0%D0%B7%D0%B4%D0%B5%D0%BB",
    ),
    ok("charset-by-bom", _in("utf-8-sig", _TEXT), _TARGET),
    ok("charset-bom-wins", _in("utf-8-sig", _TEXT, "text/html; charset=latin1"), _TARGET),
    ok("charset-utf-16-bom", _in("utf-16", _TEXT), _TARGET),
    ok("charset-utf-16-header", _in("utf-16-le", _TEXT, "text/html; charset=utf-16le"), _TARGET),
    ok(
        "charset-shift-jis",
        _in("shift_jis", '<p id="見出し">' + "x " * 90, "text/html; charset=Shift_JIS"),
        "/#%E8%A6%8B%E5%87%BA%E3%81%97",
    ),
    ok(
        "charset-unknown",
        _in("utf-8", '<p id="here">' + "x " * 90, "text/html; charset=klingon"),
        "/#here",
    ),
    ok(
        "charset-wrong-bytes",
        answer(200, body=b"<p>\xff\xfe\xc3</p><p id=here>" + b"x " * 90),
        "/#here",
    ),
)

_LONG = page() + b"<p>text</p>" * 80_000


def _html(name: str, markup: str, path: str) -> Fault:
    return ok(name, answer(200, body=page(before=markup)), path)


def _lacks(name: str, markup: str, path: str) -> Fault:
    return broken(name, answer(200, body=page(before=markup)), _ABSENT, path)


def _file(name: str, kind: str | None, body: bytes, path: str) -> Fault:
    return ok(name, answer(200, body=body, kind=kind), path)


_SHELL = (
    b'<!doctype html><html><head><title>App</title><script defer src="/static/js/main.4f2.js">'
    b"</script></head><body><noscript>You need to enable JavaScript to run this app.</noscript>"
    b'<div id="root"></div></body></html>'
)

_LOADING = b"<!doctype html><title>App</title><p>Loading...</p><script src=/bundle.js></script>"
_UNKNOWABLE = Cause.FRAGMENT_UNKNOWABLE

_FRAGMENTS = (
    _html("id", '<p id="here">', "/#here"),
    _html("id-unquoted", "<p id=here>", "/#here"),
    _html("id-single-quotes", "<p id='here'>", "/#here"),
    _html("id-upper-case-attribute", '<P ID="here">', "/#here"),
    _html("id-with-an-entity", '<p id="a&amp;b">', "/#a&b"),
    _html("id-with-a-space", '<p id="a b">', "/#a%20b"),
    _html("id-of-percents", '<p id="100%">', "/#100%"),
    _html("id-percent-encoded-itself", '<p id="a%20b">', "/#a%20b"),
    _html("id-in-svg", '<svg><g id="here"></g></svg>', "/#here"),
    _html("id-in-broken-markup", '<table><p><div id="here"</table>', "/#here"),
    _html("name-on-a", '<a name="here"></a>', "/#here"),
    _html("id-not-ascii", f'<p id="{_WORD}">', _TARGET),
    _html("id-not-ascii-as-written", f'<p id="{_WORD}">', f"/#{_WORD}"),
    _html("user-content", '<a id="user-content-here">', "/#here"),
    _html("top", "", "/#top"),
    _html("top-upper-case", "", "/#TOP"),
    _html("empty-fragment", "", "/#"),
    _html("text-fragment", "", "/#:~:text=says"),
    _html("text-fragment-with-an-id", '<p id="here">', "/#here:~:text=says"),
    _lacks("text-fragment-with-an-absent-id", "", "/#no:~:text=says"),
    _lacks("absent", '<p id="here">', "/#there"),
    _lacks("absent-other-case", '<p id="here">', "/#Here"),
    _lacks("absent-a-part", '<p id="here-and-there">', "/#here"),
    _lacks("name-on-div", '<div name="here">', "/#here"),
    _lacks("id-in-a-comment", '<!-- <p id="here"> -->', "/#here"),
    _lacks("id-in-a-script", "<script>'<p id=\"here\">'</script>", "/#here"),
    _lacks("id-in-a-style", '<style>/* <p id="here"> */</style>', "/#here"),
    _lacks("id-in-a-textarea", '<textarea><p id="here"></textarea>', "/#here"),
    _lacks("id-in-an-attribute", "<p title='<p id=\"here\">'>", "/#here"),
    _lacks("id-of-another-name", '<p data-id="here" xid="here">', "/#here"),
    broken("absent-in-a-long-page", answer(body=_LONG), _ABSENT, "/#no"),
    broken(
        "absent-with-scripts-beside-text",
        answer(body=page("a", "b", before='<script src="/analytics.js"></script>')),
        _ABSENT,
        "/#no",
    ),
    broken("status-404-with-fragment", answer(404, body=_HERE), Cause.STATUS, "/#here", status=404),
    ok("late-in-a-long-page", answer(body=_LONG + b"<p id=here>"), "/#here"),
    unknown(
        "beyond-max-body",
        answer(body=page() + b"<p>text</p>" * 120_000 + b"<p id=here>"),
        Cause.TOO_LARGE,
        "/#here",
    ),
    unknown("script-rendered-while-loading", answer(body=_LOADING), _UNKNOWABLE, "/#here"),
    unknown("script-rendered", answer(body=_SHELL), _UNKNOWABLE, "/#here"),
    ok("script-rendered-without-fragment", answer(body=_SHELL)),
    _file("pdf", "application/pdf", b"%PDF-1.7\n", "/#page=2"),
    _file("plain-text", "text/plain", b"one\ntwo\n", "/#L2"),
    _file("json", "application/json", b'{"a": 1}', "/#/a"),
    _file("image", "image/png", b"\x89PNG\r\n\x1a\n", "/#xywh=1,1,2,2"),
    _file("octets", "application/octet-stream", b"\0\1\2", "/#x"),
    _file("xhtml", "application/xhtml+xml", b"<html><body><p id='here'/></body></html>", "/#here"),
    _file("no-type", None, _HERE, "/#here"),
    ok("no-content-with-fragment", answer(204), "/#here"),
    ok("id-on-a-get-only-page", by_method(answer(405), answer(body=_HERE)), "/#here", most=1),
    ok("seen-before-the-drip", flood(head_of(200) + _HERE, b" ", 0.1), "/#here"),
    ok("seen-before-the-reset", raw(head_of(200) + _HERE + b" " * 5000, "hang"), "/#here"),
)

FAULTS: tuple[Fault, ...] = (*_CODINGS, *_CHARSETS, *_FRAGMENTS)
