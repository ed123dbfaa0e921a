"""Keeps user names and passwords of URLs out of everything that is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from linters.model.finding import Finding

_USERINFO = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*:[/\\]{2})([^/?#\\\s@]*(?:@[^/?#\\\s@]*)*)@")


def masked(text: str) -> str:
    """The text with the user info of every URL in it as ``***``."""
    return _USERINFO.sub(r"\1***@", text) if "@" in text else text


def masked_in_place(text: str) -> str:
    """As ``masked``, with a ``*`` for each character, so that no column moves."""
    if "@" not in text:
        return text
    return _USERINFO.sub(lambda match: f"{match[1]}{'*' * len(match[2])}@", text)


def masked_finding(finding: Finding) -> Finding:
    """A finding whose words and data are masked."""
    return replace(
        finding,
        message=masked(finding.message),
        help=finding.help and masked(finding.help),
        data=_masked_data(finding.data),
    )


def _masked_data(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {key: _masked_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_masked_data, value))
    return value
