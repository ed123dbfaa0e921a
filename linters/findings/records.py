"""Findings and other values as bytes: for the spool, the cache, and between processes."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from linters.model.finding import Finding, Fix, Range, Related, Rule, Severity

T = TypeVar("T")


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


class Codec(Generic[T]):
    """Values of one type to bytes and back.

    What msgspec cannot encode (the name of a file that is not Unicode, a plug-in's own type in
    ``data``) is pickled: the bytes stay within one run and its own processes.
    """

    def __init__(self, kind: type[T]) -> None:
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def encode(self, value: T) -> bytes:
        """The bytes of a value."""
        try:
            return self._encode(value)
        except (TypeError, ValueError, OverflowError):
            return b"\xc1" + pickle.dumps(value)  # a byte that msgpack never begins with

    def decode(self, data: bytes) -> T:
        """The value of the bytes."""
        if data.startswith(b"\xc1"):
            value: T = pickle.loads(data[1:])  # noqa: S301 - our own bytes
            return value
        return self._decode(data)


class FindingCodec:
    """Findings of some rules to bytes and back."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.code: rule for rule in rules}
        self._codec = Codec(list[FindingRecord])

    def encode(self, findings: Iterable[Finding]) -> bytes:
        """The bytes of some findings."""
        return self.encode_records([FindingRecord.of(finding) for finding in findings])

    def encode_records(self, records: Sequence[FindingRecord]) -> bytes:
        """The bytes of findings that are records already."""
        return self._codec.encode(list(records))

    def decode(self, data: bytes) -> list[Finding]:
        """The findings of the bytes."""
        return [record.finding(self._rules) for record in self._codec.decode(data)]
