"""The one answer to which locale articles are in, and whether they are a translation."""

from __future__ import annotations

import re

from linters.model.settings import Settings
from linters.repository.build import BuildConfiguration
from linters.repository.cldr import canonical_locale

TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*",
    re.IGNORECASE | re.ASCII,
)
"""A language tag as the pipeline writes it: language, script, region (BCP 47)."""

# The last dot of a site's name, such as contoso.github.io, does not begin a locale.
_SITES = (".github.io", ".gitlab.io")


def locale_in_name(name: str) -> str | None:
    """The locale at the end of a repository's name: nb-NO for ``azure-docs.nb-NO-pr``.

    It is what comes after the last dot of the name without ``.git`` and ``-pr``, if CLDR
    knows it as a locale.
    """
    lower = name.lower()
    for suffix in (".git", "-pr"):
        if lower.endswith(suffix):
            name = name[: -len(suffix)]
            lower = name.lower()
    _, dot, tail = name.rpartition(".")
    known = dot and not lower.endswith(_SITES) and canonical_locale(tail) is not None
    return tail if known else None


def stated_locale(path: str, settings: Settings, build: BuildConfiguration) -> str | None:
    """The locale that configuration or name state for an article; None where neither does.

    The first of: ``[localization] locale``, the publish configuration's, that of the
    repository's name. What the articles themselves say is ``Decisions.locale``'s to add.
    """
    stated = settings.localization.locale or build.published_locale(path)
    return stated or locale_in_name(build.repository_name)


def same_locale(first: str, second: str) -> bool:
    """Whether two tags name one locale; case does not count (BCP 47, 2.1.1)."""
    return first.lower() == second.lower()


def same_language(first: str, second: str) -> bool:
    """Whether two tags name one language, whatever the script and region."""
    return first.lower().partition("-")[0] == second.lower().partition("-")[0]
