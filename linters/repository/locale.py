"""The one answer to which locale articles are in, and whether they are a translation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linters.model.settings import Settings
from linters.repository.build import BuildConfiguration
from linters.repository.cldr import canonical_locale
from linters.repository.docset_index import ancestors

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


@dataclass(frozen=True, slots=True)
class StatedLocales:
    """The locales that configuration or name state, before any article is read.

    ``published`` are folder and locale of each docset of the publish configuration, ``shared``
    the one locale of all of them, ``named`` that of the repository's name.
    """

    published: tuple[tuple[str, str | None], ...] = ()
    shared: str | None = None
    named: str | None = None

    def of(self, path: str, settings: Settings) -> str | None:
        """The first of ``[localization] locale``, the publish configuration's, the name's.

        None where nothing is stated; what the articles themselves say is
        ``Decisions.locale``'s to add.
        """
        return settings.localization.locale or self._published(path) or self.named

    def _published(self, path: str) -> str | None:
        locales = dict(reversed(self.published))
        folder = next((folder for folder in ancestors(path) if folder in locales), None)
        return self.shared if folder is None else locales[folder]


def stated_locales(build: BuildConfiguration) -> StatedLocales:
    docsets = build.publish.docsets
    locales = {docset.locale for docset in docsets}
    return StatedLocales(
        tuple((docset.folder, docset.locale) for docset in docsets),
        locales.pop() if len(locales) == 1 else None,
        locale_in_name(build.repository_name),
    )


def same_locale(first: str, second: str) -> bool:
    """Whether two tags name one locale; case does not count (BCP 47, 2.1.1)."""
    return first.lower() == second.lower()


def same_language(first: str, second: str) -> bool:
    """Whether two tags name one language, whatever the script and region."""
    return first.lower().partition("-")[0] == second.lower().partition("-")[0]
