"""Redirects: every way to say where to, and every way to get nowhere."""

from __future__ import annotations

from linters.model.link import Cause, Verdict
from tests.links.network.faults.exchange import (
    Behaviour,
    Exchange,
    answer,
    by_method,
    by_target,
    close,
    flood,
    head_of,
    if_header,
    page,
    raw,
    redirect,
)
from tests.links.network.faults.fault import Fault, broken, ok, unknown

_ANY = tuple(Cause)


def _moved(name: str, behaviour: Behaviour, final: str, path: str = "/") -> Fault:
    return Fault(name, behaviour, Verdict.REDIRECTED, _ANY, 200, path, final=final)


def _to(location: str, target: str, status: int = 302, start: str = "/") -> Behaviour:
    return by_target({start: redirect(location, status), target: answer(body=page("here"))})


def _chain(length: int, status: int = 302) -> Behaviour:
    hops: dict[str, Behaviour] = {f"/{n}": redirect(f"/{n - 1}", status) for n in range(1, 40)}
    return by_target({**hops, "/": redirect(f"/{length - 1}", status), "/0": answer()})


async def _endless(exchange: Exchange) -> None:
    number = int(exchange.target.strip("/") or 0)
    await redirect(f"/{number + 1}")(exchange)


_PERMANENCE = (
    _moved("moved-301", _to("/new", "/new", 301), "/new"),
    _moved("moved-308", _to("/new", "/new", 308), "/new"),
    _moved(
        "moved-301-308",
        by_target({"/": redirect("/a", 301), "/a": redirect("/b", 308), "/b": answer()}),
        "/b",
    ),
    _moved("moved-301-with-a-fragment", _to("/new", "/new", 301), "/new#here", "/#here"),
    ok("found-302", _to("/new", "/new", 302), final="/new"),
    ok("see-other-303", _to("/new", "/new", 303), final="/new"),
    ok("temporary-307", _to("/new", "/new", 307), final="/new"),
    ok(
        "mixed-301-302",
        by_target({"/": redirect("/a", 301), "/a": redirect("/b", 302), "/b": answer()}),
        final="/b",
    ),
    ok(
        "mixed-302-301",
        by_target({"/": redirect("/a", 302), "/a": redirect("/b", 301), "/b": answer()}),
        final="/b",
    ),
    ok("short-link", by_target({"/x": redirect("/new", 301), "/new": answer()}), "/x"),
    ok("choices-with-location", answer(300, "Location: /gone", body=page()), status=300),
)

_LOCATIONS = (
    ok("location-relative", _to("next", "/a/next", start="/a/start"), "/a/start"),
    ok("location-parent", _to("../next", "/next", start="/a/start"), "/a/start"),
    ok("location-dot", _to("./next", "/a/next", start="/a/start"), "/a/start"),
    ok("location-query-only", _to("?x=1", "/a?x=1", start="/a?y=2"), "/a?y=2"),
    ok("location-scheme-relative", _to("//location-scheme-relative.test:{http}/n", "/n")),
    ok("location-absolute", _to("http://location-absolute.test:{http}/n", "/n")),
    ok("location-upper-case", _to("HTTP://LOCATION-UPPER-CASE.TEST:{http}/n", "/n")),
    ok("location-scheme-alone", _to("http:n", "/n")),
    ok("location-scheme-and-slash", _to("http:/n", "/n")),
    ok("location-not-ascii", _to("/größe", "/gr%C3%B6%C3%9Fe")),
    ok("location-spaced", _to("/two words", "/two%20words")),
    ok("location-padded", _to("   /n   ", "/n")),
    ok("location-tabbed", _to("\t/n", "/n")),
    ok("location-backslash", _to("\\n", "/n")),
    ok("location-escapes-kept", _to("/a%2Fb?c=%7E%20+d", "/a%2Fb?c=%7E%20+d")),
    ok("location-plus-pipe", _to("/a?b=c|d+e", "/a?b=c|d+e")),
    ok("location-to-another-host", redirect("http://status-200.test:{http}/")),
    ok("location-idn", redirect("http://bücher.test:{http}/")),
    ok("location-with-port-to-tls", redirect("https://tls-good.test:{tls}/")),
    ok(
        "cookie-guarded",
        if_header(
            "cookie",
            lambda cookie: "seen=1" in cookie,
            answer(),
            redirect("/", 302, "Set-Cookie: seen=1; Path=/"),
        ),
    ),
    ok(
        "cookie-guarded-detour",
        by_target(
            {
                "/": if_header("cookie", lambda text: "id=7" in text, answer(), redirect("/login")),
                "/login": redirect("/", 302, "Set-Cookie: id=7; Path=/; HttpOnly"),
            }
        ),
    ),
    ok(
        "redirect-with-endless-body",
        by_target({"/": flood(head_of(302, "Location: /n"), b"x" * 4096), "/n": answer()}),
    ),
    ok(
        "redirect-with-lying-length",
        by_target(
            {"/": raw(head_of(302, "Location: /n", "Content-Length: 9999") + b"x"), "/n": answer()}
        ),
    ),
    ok(
        "redirect-with-garbled-chunks",
        by_target(
            {
                "/": raw(head_of(302, "Location: /n", "Transfer-Encoding: chunked") + b"zz\r\n"),
                "/n": answer(),
            }
        ),
    ),
    ok(
        "redirect-then-head-405",
        by_target({"/": redirect("/n"), "/n": by_method(answer(405), answer())}),
    ),
    ok("ten-hops", _chain(10)),
)

_INVALID = {
    "missing": answer(302),
    "empty": answer(302, "Location: "),
    "no-host": redirect("http://"),
    "no-host-path": redirect("https:///?"),
    "open-bracket": redirect("http://[::1"),
    "bad-port": redirect("http://host.test:99999999/"),
    "port-of-letters": redirect("http://host.test:port/"),
    "space-in-host": redirect("http://two words.test/"),
    "mail": redirect("mailto:someone@host.test"),
    "script": redirect("javascript:alert(1)"),
    "file": redirect("file:///etc/passwd"),
    "ftp": redirect("ftp://host.test/"),
    "data": redirect("data:text/html,hello"),
    "app": redirect("vscode://file/x"),
    "blank": redirect("about:blank"),
}

_NOWHERE = (
    *(
        broken(f"location-{name}", behaviour, Cause.REDIRECT_INVALID)
        for name, behaviour in _INVALID.items()
    ),
    *(
        broken(f"moved-{status}-nowhere", answer(status), Cause.REDIRECT_INVALID)
        for status in (301, 303, 307, 308)
    ),
    broken("loop-of-one", redirect("/"), Cause.REDIRECT_LOOP),
    broken(
        "loop-of-two",
        by_target({"/": redirect("/a"), "/a": redirect("/")}),
        Cause.REDIRECT_LOOP,
    ),
    broken("loop-by-fragment", redirect("#x"), Cause.REDIRECT_LOOP),
    broken("loop-permanent", redirect("/", 301), Cause.REDIRECT_LOOP),
    broken(
        "loop-with-a-cookie",
        redirect("/", 302, "Set-Cookie: a=1"),
        (Cause.REDIRECT_LOOP, Cause.REDIRECT_LIMIT),
    ),
    broken("eleven-hops", _chain(11), Cause.REDIRECT_LIMIT),
    broken("endless-chain", _endless, Cause.REDIRECT_LIMIT),
)

_FAR_END = (
    broken("to-404", redirect("http://status-404.test:{http}/"), Cause.STATUS, status=404),
    broken(
        "moved-to-410",
        redirect("http://status-410.test:{http}/", 301),
        Cause.STATUS,
        status=410,
    ),
    unknown("to-500", redirect("http://status-500.test:{http}/"), Cause.SERVER_ERROR, status=500),
    unknown("to-403", redirect("http://status-403.test:{http}/"), Cause.FORBIDDEN, status=403),
    broken("to-refused", redirect("http://to-refused.test:{closed}/"), Cause.REFUSED),
    broken("to-nowhere", redirect("http://nxdomain.test:{http}/"), Cause.DNS),
    broken("to-expired", redirect("https://to-expired.test:{tls-expired}/"), Cause.TLS),
    broken("to-closed", by_target({"/": redirect("/n"), "/n": close}), Cause.RESET),
    Fault("to-private", redirect("http://10.1.2.3:{http}/"), Verdict.BLOCKED, Cause.NOT_PUBLIC),
    Fault(
        "to-private-name",
        redirect("http://private.test:{http}/"),
        Verdict.BLOCKED,
        Cause.NOT_PUBLIC,
    ),
    Fault(
        "to-metadata",
        redirect("http://169.254.169.254/latest/meta-data/"),
        Verdict.BLOCKED,
        Cause.NOT_PUBLIC,
    ),
    Fault(
        "to-excluded",
        redirect("http://excluded.test:{http}/"),
        Verdict.SKIPPED,
        Cause.EXCLUDED,
    ),
    Fault("excluded", answer(), Verdict.SKIPPED, Cause.EXCLUDED),
    broken(
        "sent-to-the-home-page",
        redirect("http://home-page.test:{http}/?unknown"),
        Cause.NOT_FOUND_REDIRECT,
    ),
    ok("accepted-by-config", answer(403), status=403),
)

_FRAGMENTS = (
    ok("inherits", _to("/n", "/n"), "/#here"),
    broken("inherits-absent", _to("/n", "/n"), Cause.FRAGMENT_ABSENT, "/#there"),
    ok("brings-its-own", _to("/n#here", "/n"), "/#there"),
    broken("brings-an-absent-one", _to("/n#there", "/n"), Cause.FRAGMENT_ABSENT, "/#here"),
    ok("brings-an-empty-one", _to("/n#", "/n"), "/#there"),
    ok("link-without-brings-absent", _to("/n#there", "/n")),
)

FAULTS: tuple[Fault, ...] = (*_PERMANENCE, *_LOCATIONS, *_NOWHERE, *_FAR_END, *_FRAGMENTS)
