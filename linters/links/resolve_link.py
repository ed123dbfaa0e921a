"""From a link to its target, as far as the repository can tell."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from linters.checker import Diff
from linters.links.facts import Link, Use
from linters.links.github_urls import OwnRepository
from linters.links.resolve_file import LocalTargets, difference
from linters.links.resolved_link import OK, Located, Problem, broken
from linters.links.rewriting import encode
from linters.links.rules import FILE_CASE_MISMATCH, FILE_NOT_FOUND, LINK_INVALID, LOCAL_FILE_PATH
from linters.links.url_kind import Destination, Sort, read_destination
from linters.model.finding import Rule
from linters.model.link import Cause, Kind, Outcome, Verdict
from linters.model.settings import Settings
from linters.repository.docsets import Docsets
from linters.repository.file_lookup import Files
from linters.repository.repository import Repository
from linters.repository.url_locale import without_locale

_SCHEME = Outcome(Verdict.SKIPPED, Cause.SCHEME)
_KINDS = {Sort.MAIL: Kind.MAIL, Sort.XREF: Kind.XREF, Sort.OTHER: Kind.OTHER}


class Locator:
    """Finds the targets of one repository's links.

    ``change`` tells which files are gone, and which have moved.
    """

    def __init__(
        self, repository: Repository, settings: Settings, change: Diff | None = None
    ) -> None:
        self._moved = change.renamed if change else {}
        gone = (change.removed | self._moved.keys()) - repository.files if change else frozenset()
        self._files = Files(repository)
        self.docsets = Docsets(repository, self._files, gone)
        self._own = OwnRepository(repository.root, self.docsets)
        self._site = settings.links.site.rstrip("/")
        address = re.escape(self._site.partition("://")[2])
        self._on_site = re.compile(rf"https?://{address}/", re.IGNORECASE)
        self._local = LocalTargets(repository, self._files, self.docsets, settings, self._moved)

    def locate(self, path: str, link: Link) -> Located:
        """The target of a link that stands in the file ``path``."""
        one = read_destination(link)
        if link.use is Use.SPACED and one.sort not in (Sort.RELATIVE, Sort.DOCSET):
            return Located(Kind.OTHER, one.url, OK)
        if one.sort in _KINDS:
            return Located(_KINDS[one.sort], one.url, _SCHEME)
        if one.sort is Sort.WEB:
            return self._web(link, one.url) or Located(Kind.EXTERNAL, one.url)
        if one.sort is Sort.SITE:
            url = self._site + one.url
            found = self._page(link, url) or self._from_root(path, one)
            return found or Located(Kind.SITE, url)
        if one.sort in (Sort.LOCAL, Sort.INVALID):
            return _useless(one)
        return self._local.locate(path, link, one)

    def _web(self, link: Link, url: str) -> Located | None:
        """A URL that is a file of this checkout: on the site, or on GitHub."""
        if self._on_site.match(url):
            return self._page(link, url)
        own = self._own.file(url)
        if own is None or self._files.in_submodule(own.path):
            return None
        target = own.path if own.fragment is None else f"{own.path}#{own.fragment}"
        if own.path in self._files:
            return Located(Kind.FILE, target, OK, own.path, own.fragment)
        if self._files.is_folder(own.path):
            return Located(Kind.FILE, target, OK)
        other = self._files.other_case(own.path) or self._files.folder_other_case(own.path)
        moved = self._moved.get(own.path)
        if other is not None:
            message = difference(own.path, other)
            problem = _problem(FILE_CASE_MISMATCH, message, link, own.path, other)
        elif moved is not None:
            message = f"{own.path} has moved to {moved}"
            problem = _problem(FILE_NOT_FOUND, message, link, own.path, moved)
        else:
            near = self._files.nearest(own.path)
            message = f"{own.path} is not in this repository"
            problem = Problem(FILE_NOT_FOUND, message, near and f"did you mean {near}?")
        return Located(Kind.FILE, target, broken(problem, Cause.STATUS), problem=problem)

    def _from_root(self, path: str, one: Destination) -> Located | None:
        """The file of the repository that a path from its root names, as GitHub reads it.

        In a docset it is a path of the site, whatever files there are.
        """
        wanted = unquote(one.path).removeprefix("/")
        if wanted not in self._files or self.docsets.root_of(path) is not None:
            return None
        target = wanted if one.fragment is None else f"{wanted}#{one.fragment}"
        return Located(Kind.FILE, target, OK, wanted, one.fragment)

    def _page(self, link: Link, url: str) -> Located | None:
        """The file behind a URL of the site, where a docset here says which it is."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        page = self.docsets.page(without_locale(unquote(parts.path)))
        if page is None or (page.gone and not page.sure):
            return None
        if page.gone:
            return self._gone(link, page.path)
        if not page.exists or not parts.fragment:
            return Located(Kind.FILE, page.path, OK)
        target = f"{page.path}#{parts.fragment}"
        return Located(
            Kind.FILE, target, OK, page.path, parts.fragment, url=None if page.sure else url
        )

    def _gone(self, link: Link, path: str) -> Located:
        """A page of the site whose file the change takes away."""
        moved = self._moved.get(path)
        if moved is None:
            problem = Problem(FILE_NOT_FOUND, f"{path}, which was published here, is gone")
        else:
            root = self.docsets.root_of(path) or ""
            old, new = (_stem(posixpath.relpath(one, root or ".")) for one in (path, moved))
            message = f"{path}, which was published here, has moved to {moved}"
            problem = _problem(FILE_NOT_FOUND, message, link, old, new)
        return Located(Kind.FILE, path, broken(problem, Cause.STATUS), problem=problem)


def _problem(rule: Rule, message: str, link: Link, old: str, new: str) -> Problem:
    """A problem that another path in the URL mends, where it can be told which part it is."""
    if link.written.count(old) != 1 or new.startswith("../"):
        return Problem(rule, message)
    fix = link.written.replace(old, encode(new))
    return Problem(rule, message, f"write {fix}", fix)


def _stem(path: str) -> str:
    """The path of a page on the site: without its extension, and without ``index``."""
    stem = posixpath.splitext(path)[0]
    return stem.removesuffix("index").rstrip("/") or stem


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
