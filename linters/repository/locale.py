"""Which locale a repository's articles are in."""

from __future__ import annotations

import re

_IN_NAME = re.compile(
    r"(?:^|[._])(?P<locale>(?:[a-z]{2}|fil|kok|quz|chr|prs|tzm|hsb|dsb)"
    r"(?:-(?:latn|cyrl|hans|hant|arab|beng|guru))?-(?:[a-z]{2}|419))(?:-pr)?$",
    re.IGNORECASE | re.ASCII,
)
TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*",
    re.IGNORECASE | re.ASCII,
)
"""A language tag as the pipeline writes it: language, script, region (BCP 47)."""


def locale_in_name(name: str) -> str | None:
    """The locale at the end of a repository's name: ``azure-docs.nb-NO``; None without one."""
    match = _IN_NAME.search(name)
    return match["locale"] if match else None


def same_locale(one: str, other: str) -> bool:
    """Whether two tags name one locale; case does not count (BCP 47, 2.1.1)."""
    return one.lower() == other.lower()
