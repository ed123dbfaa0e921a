"""From a destination to its target, with what the repository's list of files says of it."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from linters.links.destinations import Destination, Sort, read_destination
from linters.links.files import Files
from linters.links.link import Link, Use
from linters.links.located import Located, Problem
from linters.links.record import Cause, Kind, Outcome, Verdict
from linters.links.rules import (
    FILE_CASE_MISMATCH,
    FILE_NOT_FOUND,
    INCLUDE_NOT_FOUND,
    LINK_INVALID,
    LINK_OUT_OF_SCOPE,
    LOCAL_FILE_PATH,
)
from linters.repository import Repository
from linters.settings import LinkSettings

OK = Outcome(Verdict.OK)
_SCHEME = Outcome(Verdict.SKIPPED, Cause.SCHEME)
_UNCHECKED = Outcome(Verdict.SKIPPED, Cause.EXCLUDED, "not part of this repository")
_INDEXES = ("index.md", "index.yml", "README.md", "index.html")
_TOCS = ("TOC.yml", "TOC.md")


class Locator:
    """Finds the targets of one repository's links."""

    def __init__(self, repository: Repository, settings: LinkSettings) -> None:
        self._files = Files(repository)
        self._settings = settings

    def locate(self, path: str, link: Link) -> Located:
        """The target of a link that stands in the file ``path``."""
        one = read_destination(link)
        if one.sort is Sort.WEB:
            return Located(Kind.EXTERNAL, one.url)
        if one.sort is Sort.SITE:
            return Located(Kind.SITE, self._settings.site.rstrip("/") + one.url)
        if one.sort is Sort.MAIL:
            return Located(Kind.MAIL, one.url, _SCHEME)
        if one.sort is Sort.XREF:
            return Located(Kind.XREF, one.url, _SCHEME)
        if one.sort is Sort.OTHER:
            return Located(Kind.OTHER, one.url, _SCHEME)
        if one.sort is Sort.LOCAL:
            problem = Problem(LOCAL_FILE_PATH, f"a path on the author's own machine: {one.url}")
            return Located(Kind.OTHER, one.url, _broken(Cause.SCHEME, problem), problem=problem)
        if one.sort is Sort.INVALID:
            problem = Problem(LINK_INVALID, f"not a URL: {one.url}")
            outcome = _broken(Cause.INVALID_URL, problem)
            return Located(Kind.EXTERNAL, one.url, outcome, problem=problem)
        return self._local(path, link, one)

    def _local(self, path: str, link: Link, one: Destination) -> Located:
        if link.use is Use.TAB:
            return Located(Kind.BOOKMARK, path + one.url, OK)
        if not one.path:
            return self._same_file(path, link, one)
        folder = posixpath.dirname(path)
        wanted = self._join(folder, unquote(one.path))
        if wanted is None:
            problem = Problem(LINK_OUT_OF_SCOPE, f"{one.path} leads out of the repository")
            return Located(Kind.FILE, one.url, _UNCHECKED, problem=problem)
        return self._file(path, link, one, wanted)

    def _same_file(self, path: str, link: Link, one: Destination) -> Located:
        if not one.url:
            problem = Problem(LINK_INVALID, "the link has no destination")
            outcome = _broken(Cause.INVALID_URL, problem)
            return Located(Kind.OTHER, "", outcome, problem=problem)
        target = path if one.fragment is None else f"{path}#{one.fragment}"
        return Located(Kind.BOOKMARK, target, OK, path, one.fragment)

    def _join(self, folder: str, path: str) -> str | None:
        """A relative path as root-relative one; None where it leaves the root."""
        joined = posixpath.normpath(posixpath.join("/", folder, path.replace("\\", "/")))
        depth = len([part for part in folder.split("/") if part])
        for part in path.replace("\\", "/").split("/"):
            if part == "..":
                depth -= 1
                if depth < 0:
                    return None
            elif part not in ("", "."):
                depth += 1
        return joined.lstrip("/")

    def _file(self, path: str, link: Link, one: Destination, wanted: str) -> Located:
        target = wanted if one.fragment is None else f"{wanted}#{one.fragment}"
        kind = Kind.BOOKMARK if wanted == path else Kind.FILE
        if wanted in self._files and not one.path.endswith("/"):
            return Located(kind, target, OK, wanted, one.fragment)
        if self._files.is_folder(wanted):
            names = (*_TOCS, *_INDEXES) if link.use is Use.TOC else _INDEXES
            index = self._files.index(wanted, names)
            return Located(kind, target, OK, index, one.fragment)
        if self._files.in_submodule(wanted):
            return Located(kind, target, _UNCHECKED)
        other = self._files.other_case(wanted)
        if other is not None:
            problem = Problem(FILE_CASE_MISMATCH, f"the file is called {other}")
        else:
            rule = INCLUDE_NOT_FOUND if link.use is Use.INCLUDE else FILE_NOT_FOUND
            near = self._files.nearest(wanted)
            problem = Problem(rule, f"{wanted} does not exist", near and f"did you mean {near}?")
        return Located(kind, target, _broken(Cause.STATUS, problem), other, problem=problem)


def _broken(cause: Cause, problem: Problem) -> Outcome:
    return Outcome(Verdict.BROKEN, cause, problem.message)
