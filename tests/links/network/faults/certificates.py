"""Certificates for every way in which one can be wrong; made by trustme on the spot."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

NAMES = tuple(
    f"{name}.test"
    for name in (
        "tls-good",
        "tls-chain",
        "tls-expired",
        "to-expired",
        "tls-early",
        "tls-untrusted",
        "tls-old",
        "tls-weak-cipher",
        "tls-client-certificate",
        "tls-client-certificate-early",
        "tls-incomplete",
        "tls-self-signed",
        "tls-http2",
    )
)
_DAY = timedelta(days=1)


@cache
def authority() -> trustme.CA:
    """The CA that the tests' settings trust."""
    return trustme.CA()


def contexts() -> Mapping[str, ssl.SSLContext]:
    """Server contexts by the name of their port."""
    now = datetime.now(UTC)
    ca = authority()
    good = ca.issue_cert(*NAMES)
    child = ca.create_child_ca().issue_cert(*NAMES)
    wanting = _context(good)
    wanting.verify_mode = ssl.CERT_REQUIRED
    ca.configure_trust(wanting)
    wanting_early = _context(good)
    wanting_early.verify_mode = ssl.CERT_REQUIRED
    wanting_early.maximum_version = ssl.TLSVersion.TLSv1_2
    ca.configure_trust(wanting_early)
    return {
        "tls": _context(good),
        "tls-expired": _context(
            ca.issue_cert(*NAMES, not_before=now - 20 * _DAY, not_after=now - _DAY)
        ),
        "tls-early": _context(
            ca.issue_cert(*NAMES, not_before=now + _DAY, not_after=now + 20 * _DAY)
        ),
        "tls-other-name": _context(ca.issue_cert("elsewhere.example")),
        "tls-no-name": _context(ca.issue_cert(common_name="nobody")),
        "tls-common-name": _context(ca.issue_cert(common_name="tls-common-name.test")),
        "tls-untrusted": _untrusted(trustme.CA()),
        "tls-self-signed": _loaded(*_self_signed()),
        "tls-chain": _context(child),
        "tls-incomplete": _incomplete(ca),
        "tls-old": _old(_context(good)),
        "tls-client": wanting,
        "tls-client-early": wanting_early,
        "tls-weak-cipher": _null_cipher(_context(good)),
    }


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _untrusted(ca: trustme.CA) -> ssl.SSLContext:
    """As corporate servers do: the whole chain, up to an unknown root."""
    leaf = ca.issue_cert(*NAMES)
    chain = [blob.bytes() for blob in leaf.cert_chain_pems]
    if ca.cert_pem.bytes() not in chain:
        chain.append(ca.cert_pem.bytes())
    return _loaded(leaf.private_key_pem.bytes(), b"".join(chain))


def _null_cipher(context: ssl.SSLContext) -> ssl.SSLContext:
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("NULL-SHA256:@SECLEVEL=0")
    return context


def _old(context: ssl.SSLContext) -> ssl.SSLContext:
    """A server that supports nothing newer than TLS 1.0."""
    import warnings

    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    return context


def _loaded(key: bytes, chain: bytes) -> ssl.SSLContext:
    import tempfile
    from pathlib import Path

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chain.pem"
        path.write_bytes(key + b"\n" + chain)
        context.load_cert_chain(path)
    return context


def _self_signed() -> tuple[bytes, bytes]:
    return _leaf(None, None)


def _incomplete(ca: trustme.CA) -> ssl.SSLContext:
    """Only the leaf of a chain with an intermediate; the leaf says where that one is (AIA)."""
    now = datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Intermediate of the tests")])
    root_key = serialization.load_pem_private_key(ca.private_key_pem.bytes(), None)
    assert isinstance(root_key, ec.EllipticCurvePrivateKey)
    root = x509.load_pem_x509_certificate(ca.cert_pem.bytes())
    (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    return _loaded(*_leaf(key, name))


def _leaf(
    issuer_key: ec.EllipticCurvePrivateKey | None, issuer: x509.Name | None
) -> tuple[bytes, bytes]:
    """(private key, certificate) as PEM; self-signed without an issuer."""
    now = datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "leaf")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(entry) for entry in NAMES]), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key((issuer_key or key).public_key()),
            critical=False,
        )
    )
    if issuer is not None:
        place = x509.UniformResourceIdentifier("http://ca.test/intermediate.der")
        description = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
        builder = builder.add_extension(
            x509.AuthorityInformationAccess([description]), critical=False
        )
    certificate = builder.sign(issuer_key or key, hashes.SHA256())
    return (
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        certificate.public_bytes(serialization.Encoding.PEM),
    )
