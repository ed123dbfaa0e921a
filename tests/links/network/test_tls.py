"""Certificates and handshakes: what a browser would refuse is broken, with the reason said."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from pathlib import Path

import pytest

from linters.model.link import Outcome
from linters.model.settings import LinkSettings
from tests.links.network.authority import DAY, NOW, Pair, authority, leaf, server_context
from tests.links.network.server import answer, ask, serving

HOST = "127.0.0.1"
ROOT = authority("Root")
MIDDLE = authority("Middle", ROOT)
STRANGER = authority("Stranger")


def outcome(tmp_path: Path, context: ssl.SSLContext) -> Outcome:
    """What a server with this context is judged as by who trusts the root."""
    file = tmp_path / "root.pem"
    file.write_bytes(ROOT.pem)
    settings = LinkSettings(timeout=3.0, retries=0, ca_files=(str(file),))

    async def talk() -> Outcome:
        async with serving({"/": answer("200 OK", "x")}, context=context) as server:
            return (await ask(server, "/", settings=settings))[0]

    return asyncio.run(talk())


@pytest.mark.parametrize(
    ("chain", "expected", "reason"),
    [
        ((leaf(ROOT, HOST),), "ok", None),
        ((leaf(MIDDLE, HOST), MIDDLE), "ok", None),
        ((leaf(ROOT, HOST, begins=NOW - 9 * DAY, ends=NOW - DAY),), "broken", "expired on 2"),
        ((leaf(ROOT, HOST, begins=NOW + DAY, ends=NOW + 9 * DAY),), "broken", "not yet valid"),
        ((leaf(None, HOST),), "broken", "self-signed"),
        ((leaf(STRANGER, HOST),), "broken", "unknown authority"),
        ((leaf(STRANGER, HOST), STRANGER), "broken", "unknown authority"),
        ((leaf(ROOT, "example.com"),), "broken", "not valid for"),
        ((leaf(MIDDLE, HOST, issuers_at="http://ca.test/middle.crt"),), "unknown", "chain"),
    ],
)
def test_certificate(
    chain: tuple[Pair, ...], expected: str, reason: str | None, tmp_path: Path
) -> None:
    found = outcome(tmp_path, server_context(*chain))
    assert found.verdict == expected
    assert (reason or "") in (found.reason or "")
    assert found.cause == (None if expected == "ok" else "tls")


def test_versions_that_browsers_refuse(tmp_path: Path) -> None:
    context = server_context(leaf(ROOT, HOST))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")
    found = outcome(tmp_path, context)
    assert (found.verdict, found.cause) == ("broken", "tls")
    assert "versions" in (found.reason or "")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_wanted_client_certificate(version: ssl.TLSVersion, tmp_path: Path) -> None:
    file = tmp_path / "clients.pem"
    file.write_bytes(ROOT.pem)
    context = server_context(leaf(ROOT, HOST))
    context.maximum_version = version
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(file)
    found = outcome(tmp_path, context)
    assert (found.verdict, found.cause) == ("unknown", "tls")
    assert "client certificate" in (found.reason or "")
