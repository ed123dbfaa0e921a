"""Connections, framing and header fields; what retries mend and what they do not."""

from __future__ import annotations

from email.utils import formatdate

from linters.model.link import Cause
from tests.links.network.faults.exchange import (
    Behaviour,
    Exchange,
    answer,
    by_method,
    close,
    failing,
    flood,
    hang,
    head_of,
    page,
    raw,
    reset,
)
from tests.links.network.faults.fault import Fault, broken, ok, unknown

_BODY = page("here")
_OK = head_of(200, "Content-Type: text/html", f"Content-Length: {len(_BODY)}")


_CHUNKED = head_of(200, "Content-Type: text/html", "Transfer-Encoding: chunked")


def _length(*values: str) -> bytes:
    return head_of(
        200, "Content-Type: text/html", *(f"Content-Length: {entry}" for entry in values)
    )


def _retry_after(value: str, status: int = 429) -> Behaviour:
    return failing(1, answer(status, f"Retry-After: {value}"), answer())


async def _near_date(exchange: Exchange) -> None:
    import time

    date = formatdate(time.time() + 1, usegmt=True)
    await answer(429, f"Retry-After: {date}")(exchange)


_RATES = (Cause.RATE_LIMITED, Cause.SERVER_ERROR)

_RETRIES = (
    *(
        ok(f"{status}-then-200", failing(1, answer(status), answer()), status=200)
        for status in (408, 425, 429, 500, 502, 503, 504)
    ),
    ok("reset-then-200", failing(1, reset, answer())),
    ok("closed-then-200", failing(1, close, answer())),
    ok("half-head-then-200", failing(1, raw(b"HTTP/1.1 20"), answer())),
    ok(
        "half-body-then-200",
        failing(1, raw(_length("9000") + b"<p>"), raw(_OK + _BODY)),
        "/#here",
    ),
    ok("hang-then-200", by_method(hang, failing(1, hang, answer()))),
    broken("404-then-200", failing(1, answer(404), answer()), Cause.STATUS, status=404),
    ok("retry-after-0", _retry_after("0")),
    ok("retry-after-1", _retry_after("1")),
    ok("retry-after-garbage", _retry_after("soon")),
    ok("retry-after-negative", _retry_after("-5")),
    ok("retry-after-empty", _retry_after("")),
    ok("retry-after-past", _retry_after("Wed, 21 Oct 2015 07:28:00 GMT")),
    ok("retry-after-bad-date", _retry_after("Wed, 99 Foo 2015 77:28:00 GMT")),
    ok("retry-after-near-date", failing(1, _near_date, answer())),
    ok("retry-after-1-with-503", _retry_after("1", 503)),
    unknown("retry-after-an-hour", _retry_after("3600"), Cause.RATE_LIMITED),
    unknown("retry-after-far-date", _retry_after("Fri, 31 Dec 2100 23:59:59 GMT"), _RATES[0]),
    unknown("retry-after-huge", _retry_after("9" * 40), Cause.RATE_LIMITED),
    unknown("retry-after-huger", _retry_after("9" * 5000), Cause.RATE_LIMITED),
    unknown("retry-after-an-hour-with-503", _retry_after("3600", 503), _RATES),
)

_LOST = (Cause.RESET, Cause.PROTOCOL)

_CONNECTIONS = (
    broken("refused", answer(), Cause.REFUSED, port="closed"),
    broken("always-reset", reset, Cause.RESET),
    broken("always-closed", close, Cause.RESET),
    broken("reset-on-accept", answer(), Cause.RESET, port="resets"),
    broken("closed-on-accept", answer(), Cause.RESET, port="closes"),
    unknown("silent", hang, Cause.TIMEOUT),
    unknown("silent-on-accept", answer(), Cause.TIMEOUT, port="silent"),
    broken("ssh-banner", answer(), Cause.PROTOCOL, port="ssh"),
    broken("smtp-banner", raw(b"220 mail.host.test ESMTP\r\n", "hang"), Cause.PROTOCOL),
    broken("binary", raw(bytes(range(128, 256)) * 8), Cause.PROTOCOL),
    broken("http-09", raw(b"<html><body>Hello</body></html>"), Cause.PROTOCOL),
    broken("plain-to-tls-port", answer(), _LOST, port="speaks-tls"),
    ok("ipv4-literal", host="127.0.0.1"),
)

_FRAMING = (
    ok("http-10", raw(b"HTTP/1.0 200 OK\r\n\r\n" + _BODY), "/#here"),
    ok("no-phrase", raw(b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n")),
    ok("odd-phrase", raw("HTTP/1.1 200 Größe\r\nContent-Length: 0\r\n\r\n".encode())),
    ok("bare-lf", raw(_OK.replace(b"\r\n", b"\n") + _BODY), "/#here"),
    ok("mixed-line-ends", raw(_OK.replace(b"\r\n", b"\n", 1) + _BODY), "/#here"),
    ok("leading-empty-line", raw(b"\r\n" + _OK + _BODY), "/#here"),
    ok(
        "obsolete-folding",
        raw(_OK.replace(b"\r\nContent", b"\r\nX-Long: a\r\n b\r\n\tc\r\nContent", 1) + _BODY),
        "/#here",
    ),
    ok("field-without-colon", raw(_OK.replace(b"\r\n", b"\r\nnonsense\r\n", 1) + _BODY), "/#here"),
    ok("space-before-colon", raw(_OK.replace(b"\r\n", b"\r\nX-A : b\r\n", 1) + _BODY), "/#here"),
    ok("field-name-odd", raw(_OK.replace(b"\r\n", b"\r\nX[a]@b: c\r\n", 1) + _BODY), "/#here"),
    ok(
        "field-value-bytes",
        raw(_OK.replace(b"\r\n", b"\r\nX-A: \xff\xfe\r\n", 1) + _BODY),
        "/#here",
    ),
    ok(
        "length-twice", raw(_OK[:-2] + b"Content-Length: %d\r\n\r\n" % len(_BODY) + _BODY), "/#here"
    ),
    ok(
        "length-listed-twice",
        raw(_length(f"{len(_BODY)}, {len(_BODY)}") + _BODY),
        "/#here",
    ),
    ok("length-until-close", raw(head_of(200, "Content-Type: text/html") + _BODY), "/#here"),
    ok(
        "length-and-chunked",
        raw(
            head_of(
                200,
                "Content-Type: text/html",
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
            )
            + b"%x\r\n%s\r\n0\r\n\r\n" % (len(_BODY), _BODY)
        ),
        "/#here",
    ),
    ok(
        "chunk-extensions-and-trailers",
        raw(_CHUNKED + b"%X;a=b\r\n%s\r\n0\r\nX-Trailer: 1\r\n\r\n" % (len(_BODY), _BODY)),
        "/#here",
    ),
    unknown(
        "length-differs",
        raw(_length("3", "4000") + _BODY),
        (Cause.PROTOCOL, Cause.RESET),
        "/#here",
    ),
    unknown("length-garbage", raw(_length("many") + b"<p>"), _LOST, "/#here"),
    unknown("length-negative", raw(_length("-7") + b"<p>"), _LOST, "/#here"),
    unknown("length-too-long", raw(_length("9000") + _BODY), _LOST, "/#no"),
    ok("length-too-long-but-seen", raw(_length("9000") + _BODY), "/#here"),
    unknown(
        "length-too-long-reset",
        raw(_length("9000") + _BODY, "reset"),
        _LOST,
        "/#no",
    ),
    unknown(
        "chunk-garbage",
        raw(_CHUNKED + b"3\r\n<p>\r\nzz\r\nno chunk"),
        _LOST,
        "/#here",
    ),
    unknown(
        "chunk-size-overflow",
        raw(_CHUNKED + b"F" * 32 + b"\r\n<p>"),
        _LOST,
        "/#here",
    ),
    unknown(
        "chunks-break-off",
        raw(_CHUNKED + b"3\r\n<p>\r\n"),
        _LOST,
        "/#here",
    ),
    ok("chunk-garbage-unread", raw(_CHUNKED + b"zz\r\n")),
    ok("continue-first", raw(b"HTTP/1.1 100 Continue\r\n\r\n" + _OK + _BODY), "/#here"),
    ok(
        "early-hints",
        raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + _OK + _BODY),
        "/#here",
    ),
    ok("processing-thrice", raw(b"HTTP/1.1 102 Processing\r\n\r\n" * 3 + _OK + _BODY), "/#here"),
)

_BOUNDS = (
    ok("header-of-20-kib", answer(200, "X-Policy: " + "x" * 20_000)),
    ok("header-of-50-kib", answer(200, "X-Policy: " + "x" * 50_000)),
    ok("cookies-by-the-dozen", answer(200, *(f"Set-Cookie: c{n}={n}" for n in range(60)))),
    ok("headers-by-the-hundred", answer(200, *(f"X-Field-{n}: {n}" for n in range(500)))),
    unknown("header-of-100-kib", answer(200, "X-Policy: " + "x" * 100_000), Cause.TOO_LARGE),
    unknown(
        "headers-over-64-kib",
        answer(200, *(f"X-{n}: {'y' * 90}" for n in range(900))),
        Cause.TOO_LARGE,
    ),
    unknown("header-endless", flood(b"HTTP/1.1 200 OK\r\nX-A: ", b"x" * 4096), Cause.TOO_LARGE),
    unknown("headers-endless", flood(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 200), Cause.TOO_LARGE),
    unknown(
        "status-line-endless",
        flood(b"HTTP/1.1 200 O", b"K" * 4096),
        (Cause.TOO_LARGE, Cause.PROTOCOL),
    ),
    unknown("header-drip", flood(b"HTTP/1.1 200 OK\r\n", b"X", 0.1), Cause.TIMEOUT),
    unknown("header-line-drip", flood(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1), Cause.TIMEOUT),
    unknown(
        "continue-flood",
        flood(b"HTTP/1.1 100 Continue\r\n", b"\r\nHTTP/1.1 100 Continue\r\n" * 50),
        (Cause.PROTOCOL, Cause.TIMEOUT, Cause.TOO_LARGE),
    ),
    unknown(
        "continue-drip",
        flood(b"HTTP/1.1 100 Continue\r\n", b"\r\nHTTP/1.1 100 Continue\r\n", 0.1),
        (Cause.PROTOCOL, Cause.TIMEOUT, Cause.TOO_LARGE),
    ),
    unknown("body-drip", flood(_OK, b"<", 0.1), Cause.TIMEOUT, "/#no"),
    ok("body-drip-unread", flood(_OK, b"<", 0.1)),
    ok("body-drip-get-only", by_method(answer(405), flood(_OK, b"<", 0.1))),
    unknown(
        "body-endless",
        flood(head_of(200, "Content-Type: text/html"), b"<p>text" * 600),
        (Cause.TOO_LARGE, Cause.TIMEOUT),
        "/#no",
    ),
    ok(
        "body-endless-but-seen",
        flood(head_of(200, "Content-Type: text/html") + b"<p id=here>", b"<p>text" * 600),
        "/#here",
    ),
    ok("body-endless-get-only", by_method(answer(405), flood(_OK, b"<p>text" * 600))),
)


def _alert(code: int) -> Behaviour:
    """What a server whose TLS does not go with the client's says: a fatal alert."""

    async def behave(exchange: Exchange) -> None:
        await exchange.reader.read(65536)
        await exchange.send(b"\x15\x03\x01\x00\x02\x02" + bytes([code]))

    return behave


# A TLS 1.0 ServerHello: version, random, no session, TLS_RSA_WITH_AES_128_CBC_SHA, null.
_HELLO = b"\x03\x01" + bytes(32) + b"\x00\x00\x2f\x00"
_HELLO_10 = b"\x16\x03\x01" + (len(_HELLO) + 4).to_bytes(2, "big") + b"\x02\x00\x00\x26" + _HELLO

ON_ACCEPT: dict[str, Behaviour] = {
    "ssh": raw(b"SSH-2.0-OpenSSH_9.6\r\n", "hang"),
    "resets": reset,
    "closes": close,
    "silent": hang,
    "tls-silent": hang,
    "tls-plain": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    "tls-closes": close,
    "tls-alert-version": _alert(70),
    "tls-alert-handshake": _alert(40),
    "tls-hello-10": raw(_HELLO_10, "hang"),
    "speaks-tls": raw(b"\x15\x03\x01\x00\x02\x02\x46"),
}

FAULTS: tuple[Fault, ...] = (*_RETRIES, *_CONNECTIONS, *_FRAMING, *_BOUNDS)
