"""From a link to its target, as far as the repository can tell."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from linters.links.destinations import Destination, Sort, read_destination
from linters.links.docsets import Docsets
from linters.links.files import Files
from linters.links.link import Link, Use
from linters.links.local_targets import LocalTargets
from linters.links.locales import without_locale
from linters.links.located import OK, Located, Problem, broken
from linters.links.own_repository import OwnRepository
from linters.links.record import Cause, Kind, Outcome, Verdict
from linters.links.rules import FILE_CASE_MISMATCH, FILE_NOT_FOUND, LINK_INVALID, LOCAL_FILE_PATH
from linters.repository import Repository
from linters.settings import Settings

_SCHEME = Outcome(Verdict.SKIPPED, Cause.SCHEME)
_KINDS = {Sort.MAIL: Kind.MAIL, Sort.XREF: Kind.XREF, Sort.OTHER: Kind.OTHER}


class Locator:
    """Finds the targets of one repository's links.

    ``moved`` maps paths that a change renamed to their new ones.
    """

    def __init__(
        self, repository: Repository, settings: Settings, moved: Mapping[str, str] | None = None
    ) -> None:
        self._files = Files(repository)
        self.docsets = Docsets(repository, self._files)
        self._own = OwnRepository(repository.root, self.docsets)
        self._site = settings.links.site.rstrip("/")
        self._local = LocalTargets(repository, self._files, self.docsets, settings, moved or {})

    def locate(self, path: str, link: Link) -> Located:
        """The target of a link that stands in the file ``path``."""
        one = read_destination(link)
        if link.use is Use.SPACED and one.sort not in (Sort.RELATIVE, Sort.DOCSET):
            return Located(Kind.OTHER, one.url, OK)
        if one.sort in _KINDS:
            return Located(_KINDS[one.sort], one.url, _SCHEME)
        if one.sort is Sort.WEB:
            return self._web(one.url) or Located(Kind.EXTERNAL, one.url)
        if one.sort is Sort.SITE:
            url = self._site + one.url
            return self._page(url) or Located(Kind.SITE, url)
        if one.sort in (Sort.LOCAL, Sort.INVALID):
            return _useless(one)
        return self._local.locate(path, link, one)

    def _web(self, url: str) -> Located | None:
        """A URL that is a file of this checkout: on the site, or on GitHub."""
        if url.startswith(self._site + "/"):
            return self._page(url)
        own = self._own.file(url)
        if own is None or self._files.in_submodule(own.path):
            return None
        target = own.path if own.fragment is None else f"{own.path}#{own.fragment}"
        if own.path in self._files:
            return Located(Kind.FILE, target, OK, own.path, own.fragment)
        if self._files.is_folder(own.path):
            return Located(Kind.FILE, target, OK)
        other = self._files.other_case(own.path)
        if other is not None:
            problem = Problem(FILE_CASE_MISMATCH, f"the file is called {other}")
        else:
            near = self._files.nearest(own.path)
            message = f"{own.path} is not in this repository"
            problem = Problem(FILE_NOT_FOUND, message, near and f"did you mean {near}?")
        return Located(Kind.FILE, target, broken(problem, Cause.STATUS), problem=problem)

    def _page(self, url: str) -> Located | None:
        """The file behind a URL of the site, where a docset here says which it is."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        page = self.docsets.page(without_locale(unquote(parts.path)))
        if page is None:
            return None
        if not page.exists or not parts.fragment:
            return Located(Kind.FILE, page.path, OK)
        target = f"{page.path}#{parts.fragment}"
        return Located(
            Kind.FILE, target, OK, page.path, parts.fragment, url=None if page.sure else url
        )


def _useless(one: Destination) -> Located:
    """A destination that leads nowhere, whatever exists."""
    if one.sort is Sort.LOCAL:
        problem = Problem(
            LOCAL_FILE_PATH,
            f"{one.url} is a path on one machine, not a link",
            "link to a file of the repository, or to a page on the web",
        )
        outcome = broken(problem, Cause.SCHEME)
        return Located(Kind.OTHER, one.url, outcome, problem=problem)
    problem = Problem(LINK_INVALID, f"{one.url} is not a URL")
    outcome = broken(problem, Cause.INVALID_URL)
    return Located(Kind.EXTERNAL, one.url, outcome, problem=problem)
