"""One status each, HEAD that differs from GET, and walls against bots."""

from __future__ import annotations

from linters.model.link import Cause
from tests.links.network.faults.exchange import answer, by_method, close, hang, page, raw, reset
from tests.links.network.faults.fault import Fault, broken, ok, unknown

_UNKNOWN: dict[int, Cause | tuple[Cause, ...]] = {
    304: Cause.STATUS,
    401: Cause.FORBIDDEN,
    402: Cause.FORBIDDEN,
    403: (Cause.FORBIDDEN, Cause.BOT_WALL),
    406: Cause.STATUS,
    407: Cause.FORBIDDEN,
    408: (Cause.TIMEOUT, Cause.STATUS),
    425: Cause.STATUS,
    429: Cause.RATE_LIMITED,
    451: Cause.FORBIDDEN,
    999: Cause.BOT_WALL,
}
_GOOD = (200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 299)
_GONE = (400, 404, 405, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 426)
_GONE_TOO = (428, 431, 444, 499)
_FAILING = (500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 522, 530, 599)

_STATUSES = (
    *(ok(f"status-{code}", answer(code), status=code) for code in _GOOD),
    *(broken(f"status-{code}", answer(code), Cause.STATUS, status=code) for code in _GONE),
    *(broken(f"status-{code}", answer(code), Cause.STATUS, status=code) for code in _GONE_TOO),
    *(unknown(f"status-{code}", answer(code), why, status=code) for code, why in _UNKNOWN.items()),
    *(
        unknown(f"status-{code}", answer(code), Cause.SERVER_ERROR, status=code)
        for code in _FAILING
    ),
    ok("choices-with-a-body", answer(300, body=page()), status=300),
    broken("choices-without-a-body", answer(300), Cause.STATUS, status=300),
    unknown("status-000", answer(0), Cause.SERVER_ERROR, status=0),
    unknown("status-099", answer(99), Cause.SERVER_ERROR, status=99),
    unknown("status-600", answer(600), (Cause.SERVER_ERROR, Cause.STATUS), status=600),
)

_HEADS = {
    "405": answer(405),
    "403": answer(403),
    "404": answer(404),
    "410": answer(410),
    "400": answer(400),
    "401": answer(401),
    "429": answer(429),
    "500": answer(500),
    "501": answer(501),
    "503": answer(503),
    "999": answer(999),
    "304": answer(304),
    "302-nowhere": answer(302),
    "302-to-an-error": answer(302, "Location: /error"),
    "301-loop": answer(301, "Location: /"),
    "reset": reset,
    "closed": close,
    "hangs": hang,
    "garbage": raw(b"\x00\x01\x02 what?\r\n\r\n"),
    "half": raw(b"HTTP/1.1 200 O"),
}

_HEAD_DIFFERS = (
    *(
        ok(f"head-{name}", by_method(head, answer(body=page())), status=200)
        for name, head in _HEADS.items()
    ),
    ok("head-with-a-body", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", "hang")),
    ok("head-200-get-not-needed", by_method(answer(), answer(500)), most=1),
    broken("head-405-get-404", by_method(answer(405), answer(404)), Cause.STATUS, status=404),
    ok(
        "head-kept-alive-then-closed",
        by_method(raw(b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"), answer()),
    ),
    unknown("head-404-get-403", by_method(answer(404), answer(403)), Cause.FORBIDDEN, status=403),
)

_JUST_A_MOMENT = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b'<div id="challenge-error-text">Enable JavaScript and cookies to continue</div>'
    b"<script>(function(){window._cf_chl_opt={cvId:'3'};var a=document.createElement('script');"
    b"a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';})();</script></body></html>"
)
_ANUBIS = (
    b"<!doctype html><html><head><title>Making sure you&#39;re not a bot!</title>"
    b'<link rel="stylesheet" href="/.within.website/x/xess/xess.css">'
    b'<script id="anubis_version" type="application/json">"1.20"</script>'
    b'<script id="anubis_challenge" type="application/json">{"challenge":"ab"}</script></head>'
    b'<body id="top"><main><h1 id="title">Making sure you&#39;re not a bot!</h1>'
    b'<p id="status">Loading...</p><script src="/.within.website/x/cmd/anubis/main.mjs">'
    b"</script></main></body></html>"
)
_WALL = (Cause.BOT_WALL, Cause.FORBIDDEN)

_WALLS = (
    unknown("wall-403-cf", answer(403, "cf-mitigated: challenge", body=_JUST_A_MOMENT), _WALL),
    unknown("wall-200-cf", answer(200, "cf-mitigated: challenge"), Cause.BOT_WALL),
    unknown("wall-404-cf", answer(404, "cf-mitigated: challenge"), Cause.BOT_WALL),
    unknown(
        "wall-429-cf",
        answer(429, "cf-mitigated: challenge"),
        (Cause.BOT_WALL, Cause.RATE_LIMITED),
    ),
    unknown(
        "wall-503-cf",
        answer(503, "Server: cloudflare", body=_JUST_A_MOMENT),
        (Cause.BOT_WALL, Cause.SERVER_ERROR),
    ),
    unknown("wall-200-cf-page", answer(200, body=_JUST_A_MOMENT), Cause.BOT_WALL, "/#section"),
    unknown("wall-200-anubis", answer(200, body=_ANUBIS), Cause.BOT_WALL, "/#section"),
    unknown("wall-404-page", answer(404, body=_JUST_A_MOMENT), Cause.BOT_WALL),
    unknown(
        "wall-200-page-to-get-only",
        by_method(answer(405), answer(200, body=_JUST_A_MOMENT)),
        Cause.BOT_WALL,
    ),
    broken(
        "404-phrase-not-utf-8",
        raw(b"HTTP/1.1 404 Nicht verf\xfcgbar\r\nContent-Length: 0\r\n\r\n"),
        Cause.STATUS,
        status=404,
    ),
    broken("404-with-a-page", answer(404, body=page("a")), Cause.STATUS, status=404),
    unknown("wall-202-aws", answer(202, "x-amzn-waf-action: challenge"), Cause.BOT_WALL),
    unknown("wall-405-aws", answer(405, "x-amzn-waf-action: captcha"), Cause.BOT_WALL),
    unknown("wall-999-linkedin", answer(999, phrase="Request denied"), Cause.BOT_WALL),
    unknown(
        "wall-403-datadome",
        answer(403, "x-datadome: protected", "x-dd-b: 1"),
        _WALL,
    ),
    unknown("wall-only-head-passes-not", by_method(answer(403), answer(403)), _WALL),
)

FAULTS: tuple[Fault, ...] = (*_STATUSES, *_HEAD_DIFFERS, *_WALLS)
