"""TLS, the name system and the address guard."""

from __future__ import annotations

from linters.model.link import Cause, Verdict
from tests.links.network.faults.dns import FORMERR, NXDOMAIN, REFUSED, SERVFAIL, Zone
from tests.links.network.faults.exchange import answer, raw
from tests.links.network.faults.fault import Fault, broken, ok, unknown

# What a server that supports only HTTP/2 begins with: an empty SETTINGS frame.
_SETTINGS = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"

_TLS = (
    ok("tls-good", port="tls"),
    ok("tls-chain", port="tls-chain"),
    broken("tls-expired", answer(), Cause.TLS, port="tls-expired"),
    broken("tls-early", answer(), Cause.TLS, port="tls-early"),
    broken("tls-other-name", answer(), Cause.TLS, port="tls-other-name"),
    broken("tls-no-name", answer(), Cause.TLS, port="tls-no-name"),
    broken("tls-common-name", answer(), Cause.TLS, port="tls-common-name"),
    unknown("tls-http2", raw(_SETTINGS, "hang"), Cause.PROTOCOL, port="tls"),
    broken("tls-untrusted", answer(), Cause.TLS, port="tls-untrusted"),
    broken("tls-self-signed", answer(), Cause.TLS, port="tls-self-signed"),
    broken("tls-old", answer(), (Cause.TLS, Cause.RESET), port="tls-old"),
    broken("tls-weak-cipher", answer(), (Cause.TLS, Cause.RESET), port="tls-weak-cipher"),
    broken("tls-alert-version", answer(), Cause.TLS, port="tls-alert-version"),
    broken("tls-alert-handshake", answer(), Cause.TLS, port="tls-alert-handshake"),
    broken("tls-hello-10", answer(), Cause.TLS, port="tls-hello-10"),
    unknown("tls-incomplete", answer(), Cause.TLS, port="tls-incomplete"),
    unknown("tls-client-certificate", answer(), Cause.TLS, port="tls-client"),
    unknown("tls-client-certificate-early", answer(), Cause.TLS, port="tls-client-early"),
    unknown("tls-silent", answer(), Cause.TIMEOUT, port="tls-silent"),
    broken("tls-plain", answer(), (Cause.TLS, Cause.PROTOCOL), port="tls-plain"),
    broken("tls-closes", answer(), (Cause.RESET, Cause.TLS), port="tls-closes"),
    broken("tls-refused", answer(), Cause.REFUSED, port="tls-nobody"),
)

ZONES: dict[str, Zone] = {
    "nxdomain.test": Zone(code=NXDOMAIN),
    "servfail.test": Zone(code=SERVFAIL),
    "query-refused.test": Zone(code=REFUSED),
    "formerr.test": Zone(code=FORMERR),
    "no-data.test": Zone(),
    "silent-names.test": Zone(silent=True),
    "garbage-names.test": Zone(garbage=True),
    "truncated-names.test": Zone(("127.0.0.1",), truncated=True),
    "servfail-once.test": Zone(("127.0.0.1",), failures=1),
    "alias.test": Zone(alias="alias-2.test"),
    "alias-2.test": Zone(alias="alias-3.test"),
    "alias-to-nowhere.test": Zone(alias="nxdomain.test"),
    "alias-loop.test": Zone(alias="alias-loop.test"),
    "only-ipv6.test": Zone(("::1",)),
    "dead-ipv6.test": Zone(("::1", "127.0.0.1")),
    "dead-address-first.test": Zone(("127.0.0.99", "127.0.0.1")),
    "private.test": Zone(("10.1.2.3",)),
    "mixed.test": Zone(("127.0.0.1", "10.1.2.3")),
    "mixed-ipv6.test": Zone(("127.0.0.1", "fd00::1")),
    "link-local.test": Zone(("169.254.169.254",)),
    "mapped.test": Zone(("::ffff:10.1.2.3",)),
    "nat64.test": Zone(("64:ff9b::a01:203",)),
    "six-to-four.test": Zone(("2002:a01:203::1",)),
    "zero.test": Zone(("0.0.0.0",)),
    "shared.test": Zone(("100.64.0.1",)),
    "alias-to-private.test": Zone(alias="private.test"),
    "rebinding.test": Zone(("127.0.0.1",), then=("10.1.2.3",)),
}

_DNS = (
    broken("nxdomain", answer(), Cause.DNS),
    broken("alias-to-nowhere", answer(), Cause.DNS),
    unknown("servfail", answer(), Cause.DNS),
    unknown("query-refused", answer(), Cause.DNS),
    unknown("formerr", answer(), Cause.DNS),
    unknown("no-data", answer(), Cause.DNS),
    unknown("silent-names", answer(), Cause.DNS),
    unknown("alias-loop", answer(), Cause.DNS),
    ok("truncated-names"),
    ok("servfail-once"),
    ok("alias"),
    ok("dead-address-first"),
    ok("with-a-dot-at-the-end", host="with-a-dot-at-the-end.test."),
    ok("host-in-upper-case", host="HOST-IN-UPPER-CASE.test"),
    ok("host-idn", host="bücher.test"),
    ok("host-escaped", host="host%2Descaped.test"),
)

# Asked in a run of its own: c-ares takes every lookup on the socket for failed.
GARBAGE = unknown("garbage-names", answer(), Cause.DNS)

IPV6 = (
    ok("only-ipv6"),
    ok("dead-ipv6", port="ipv4-only"),
    ok("ipv6-literal", host="[::1]"),
)


def _blocked(name: str, host: str | None = None) -> Fault:
    return Fault(name, answer(), Verdict.BLOCKED, Cause.NOT_PUBLIC, host=host)


_RESOLVED_PRIVATE = tuple(
    _blocked(name)
    for name in (
        "private",
        "mixed",
        "mixed-ipv6",
        "link-local",
        "mapped",
        "nat64",
        "six-to-four",
        "zero",
        "shared",
        "alias-to-private",
    )
)

GUARDED: tuple[str, ...] = (
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "127。0。0。1",
    "１２７.０.０.１",
    "①②⑦.⓪.⓪.①",
    "user:secret@127.0.0.1",
    "localhost",
    "LOCALHOST.",
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::1]",
    "[2001:0:1:2:3:4:80ff:fffe]",
    "[2001:db8::1]",
    "[100::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "plain.test",
)

FAULTS: tuple[Fault, ...] = (*_TLS, *_DNS, *_RESOLVED_PRIVATE)
