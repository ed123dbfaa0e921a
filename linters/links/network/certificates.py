"""What a TLS server presents, and why browsers would refuse it, in words."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from linters.article.article import UnreadableError, read_bytes
from linters.links.network.answer import FailureKind
from linters.model.errors import UserError

_CA_ISSUERS = bytes.fromhex("06082b06010505073002")  # id-ad-caIssuers, RFC 5280 §4.2.2.1
_CERTIFICATE_REQUEST = 13
_NOT_YET_VALID, _EXPIRED = 9, 10
_SELF_SIGNED = {18: "the certificate is self-signed", 19: "signed by an unknown authority"}
_NO_ISSUER = (2, 20, 21)
_WRONG_NAME = (62, 64)
_OUTDATED = "the server supports only TLS versions that browsers refuse"
_OLD = ("UNSUPPORTED_PROTOCOL", "ALERT_PROTOCOL_VERSION", "VERSION_TOO_LOW")
_NOT_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER", "UNKNOWN_PROTOCOL")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a handshake without verification showed: the certificates sent (DER, the
    server's own first), whether the server asked for one of ours, and whether it supports only
    versions before TLS 1.2."""

    chain: tuple[bytes, ...] = ()
    wants_certificate: bool = False
    outdated: bool = False


def client_context(ca_files: Sequence[str]) -> ssl.SSLContext:
    """The system's authorities and more from PEM files; servers verified as browsers do.

    UserError names a file that cannot be read or contains no certificate.
    """
    context = ssl.create_default_context()
    for file in ca_files:
        try:
            text = read_bytes(Path(file)).decode("ascii", "ignore")
            context.load_verify_locations(cadata=text)
        except (UnreadableError, ValueError, ssl.SSLError) as error:
            detail = error if isinstance(error, UnreadableError) else "no PEM certificates"
            raise UserError(f"ca-files: {file}: {detail}") from error
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.hostname_checks_common_name = False  # no browser takes it for a name
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


async def look(address: str, port: int, name: str, seconds: float) -> Shown:
    """Shake hands with an address that was found allowed, without verifying anything.

    It may take ``seconds``; ``name`` is the server's (SNI, RFC 6066).
    """
    context = _tolerant_context()
    wants = False

    def watch(_1: object, direction: str, _2: object, _3: object, kind: object, _4: bytes) -> None:
        nonlocal wants
        number = getattr(kind, "value", kind)
        wants = wants or (direction == "read" and number == _CERTIFICATE_REQUEST)

    with contextlib.suppress(AttributeError), warnings.catch_warnings():
        context._msg_callback = watch  # type: ignore[attr-defined]
    chain: tuple[bytes, ...] = ()
    version = ""
    with contextlib.suppress(OSError, TimeoutError, ssl.SSLError):
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(
                address, port, ssl=context, server_hostname=name
            )
        shown = writer.get_extra_info("ssl_object")
        chain, version = _sent(shown), shown.version() or ""
        writer.transport.abort()
    return Shown(chain, wants, version in ("SSLv3", "TLSv1", "TLSv1.1"))


def _tolerant_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    with warnings.catch_warnings(), contextlib.suppress(ValueError, ssl.SSLError):
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _sent(shown: ssl.SSLObject) -> tuple[bytes, ...]:
    inner = getattr(shown, "_sslobj", shown)
    chain = getattr(inner, "get_unverified_chain", None)
    if chain is not None and (certificates := chain()):
        return tuple(
            ssl.PEM_cert_to_DER_cert(text) if isinstance(text, str) else bytes(text)
            for text in (
                shown.public_bytes() if hasattr(shown, "public_bytes") else shown
                for shown in certificates
            )
        )
    leaf = shown.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()


def judge_certificate(
    error: ssl.SSLCertVerificationError, name: str, shown: Shown
) -> tuple[FailureKind, str]:
    """What is wrong with a certificate that OpenSSL refused."""
    code, leaf = error.verify_code, shown.chain[0] if shown.chain else b""
    begins, ends = validity(leaf)
    if code == _EXPIRED:
        return FailureKind.CERTIFICATE, "the certificate expired" + (f" on {ends}" if ends else "")
    if code == _NOT_YET_VALID:
        since = f" before {begins}" if begins else ""
        return FailureKind.CERTIFICATE, f"the certificate is not yet valid{since or ''}"
    if code in _WRONG_NAME:
        return FailureKind.CERTIFICATE, f"the certificate is not valid for {name}"
    if code in _SELF_SIGNED:
        return FailureKind.CERTIFICATE, f"not a trusted certificate: {_SELF_SIGNED[code]}"
    if code in _NO_ISSUER:
        if shown.chain and _CA_ISSUERS in shown.chain[-1]:
            return FailureKind.TLS_UNDECIDED, (
                "incomplete certificate chain, which a browser may complete"
            )
        return FailureKind.CERTIFICATE, "not a trusted certificate: signed by an unknown authority"
    return FailureKind.CERTIFICATE, f"not a trusted certificate: {error.verify_message}"


def judge_handshake(error: ssl.SSLError, shown: Shown) -> tuple[FailureKind, str]:
    """What went wrong in a handshake, other than the certificate."""
    said = getattr(error, "reason", None) or str(error)
    if shown.outdated:
        return FailureKind.TLS, _OUTDATED
    if shown.wants_certificate or "CERTIFICATE_REQUIRED" in said:
        return FailureKind.TLS_UNDECIDED, "the server requires a client certificate"
    if "NO_APPLICATION_PROTOCOL" in said:
        return FailureKind.TLS_UNDECIDED, "the server supports only newer versions of HTTP"
    if any(
        word in said
        for word in ("UNSUPPORTED_PROTOCOL", "ALERT_PROTOCOL_VERSION", "VERSION_TOO_LOW")
    ):
        return FailureKind.TLS, _OUTDATED
    if any(
        word in said
        for word in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER", "UNKNOWN_PROTOCOL")
    ):
        return FailureKind.TLS, "the server does not support TLS"
    return FailureKind.TLS, "the TLS handshake failed: " + said.replace("_", " ").lower()


def validity(certificate: bytes) -> tuple[str, str]:
    """The days (ISO 8601) between which a DER certificate is valid; empty where unreadable."""
    try:
        fields = _children(_children(certificate)[0][1])
        if fields[0][0] == 0xA0:  # the version is optional
            fields = fields[1:]
        begins, ends = (_day(tag, value) for tag, value in _children(fields[3][1], wrapped=False))
    except (IndexError, ValueError):
        return "", ""
    return begins, ends


def _children(data: bytes, *, wrapped: bool = True) -> list[tuple[int, bytes]]:
    if wrapped and data[:1] == b"\x30":
        data = _split(data)[1]
    found = []
    while data:
        tag, value, data = _split(data)
        found.append((tag, value))
    return found


def _split(data: bytes) -> tuple[int, bytes, bytes]:
    tag, length, at = data[0], data[1], 2
    if length & 0x80:
        size = length & 0x7F
        length, at = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
    return tag, data[at : at + length], data[at + length :]


def _day(tag: int, value: bytes) -> str:
    text = value.decode("ascii")
    if tag == 0x17:  # UTCTime has two digits of the year, RFC 5280 §4.1.2.5.1
        text = ("19" if int(text[:2]) >= 50 else "20") + text
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"
