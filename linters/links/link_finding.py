"""The one place where findings of the links room are made, from ranges that facts keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.model.finding import Edit, Finding, Fix, Range, Related, Rule, Severity
from linters.util.redact import masked


def link_finding(
    rule: Rule,
    path: str,
    place: Range,
    message: str,
    *,
    help: str | None = None,  # noqa: A002 - the field's name in the report
    replacement: str | None = None,
    safe: bool = True,
    severity: Severity | None = None,
    data: Mapping[str, Any] | None = None,
    related: Iterable[Related] = (),
) -> Finding:
    """A finding at a link's destination; user info in URLs is masked.

    ``replacement`` is the text that the fix puts in place of the destination; the default
    help then names it.
    """
    if help is None and replacement is not None:
        help = f"write {replacement}"  # noqa: A001 - as above
    return Finding(
        rule=rule,
        path=path,
        range=place,
        message=masked(message),
        help=help and masked(help),
        severity=severity,
        data=data or {},
        related=tuple(related),
        fix=None if replacement is None else Fix(safe, (Edit(*place, replacement),)),
    )
