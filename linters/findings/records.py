"""Findings and links as bytes: for the spool, the cache, and between processes."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from linters.model.finding import Finding, Fix, Range, Related, Rule, Severity
from linters.model.link import LinkRecord


class FindingRecord(msgspec.Struct, array_like=True, gc=False):
    """A finding with its rule's code for the rule."""

    code: str
    path: str
    range: Range
    message: str
    severity: Severity | None
    help: str | None
    data: dict[str, Any]
    related: tuple[Related, ...]
    fix: Fix | None
    fingerprint: str
    text_digest: str
    occurrence: int
    owner: str | None
    by_change: bool

    @classmethod
    def of(cls, finding: Finding) -> FindingRecord:
        """The record of a finding."""
        return cls(
            finding.rule.code,
            finding.path,
            finding.range,
            finding.message,
            finding.severity,
            finding.help,
            dict(finding.data),
            finding.related,
            finding.fix,
            finding.fingerprint,
            finding.text_digest,
            finding.occurrence,
            finding.owner,
            finding.by_change,
        )

    def finding(self, rules: dict[str, Rule]) -> Finding:
        """The finding; KeyError for the code of another version's rule."""
        return Finding(
            rule=rules[self.code],
            path=self.path,
            range=self.range,
            message=self.message,
            severity=self.severity,
            help=self.help,
            data=self.data,
            related=self.related,
            fix=self.fix,
            fingerprint=self.fingerprint,
            text_digest=self.text_digest,
            occurrence=self.occurrence,
            owner=self.owner,
            by_change=self.by_change,
        )


class FindingCodec:
    """Findings of some rules to bytes and back.

    What msgspec cannot encode (the name of a file that is not Unicode, a plug-in's own type in
    ``data``) is pickled: the bytes of this codec stay within one run and its own processes.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.code: rule for rule in rules}
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(list[FindingRecord]).decode

    def encode(self, findings: Iterable[Finding]) -> bytes:
        """The bytes of some findings."""
        every = list(findings)
        try:
            return self._encode([FindingRecord.of(finding) for finding in every])
        except (TypeError, ValueError, OverflowError):
            return b"\xc1" + pickle.dumps(every)  # a byte that msgpack never begins with

    def encode_records(self, records: Sequence[FindingRecord]) -> bytes:
        """The bytes of findings that are records already."""
        return self._encode(records)

    def decode(self, data: bytes) -> list[Finding]:
        """The findings of the bytes."""
        if data.startswith(b"\xc1"):
            findings: list[Finding] = pickle.loads(data[1:])  # noqa: S301 - our own bytes
            return findings
        return [record.finding(self._rules) for record in self._decode(data)]


class LinkCodec:
    """Link records to bytes and back; as for findings, the bytes stay within one run."""

    def __init__(self) -> None:
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(LinkRecord).decode

    def encode(self, link: LinkRecord) -> bytes:
        """The bytes of a link."""
        try:
            return self._encode(link)
        except (TypeError, ValueError):
            return b"\xc1" + pickle.dumps(link)  # a byte that msgpack never begins with

    def decode(self, data: bytes) -> LinkRecord:
        """The link of the bytes."""
        if data.startswith(b"\xc1"):
            link: LinkRecord = pickle.loads(data[1:])  # noqa: S301 - our own bytes
            return link
        return self._decode(data)
