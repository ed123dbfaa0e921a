"""Links to files of the repository: relative ones, and those from the docset's root."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from linters.links.facts import Link, Use
from linters.links.resolved_link import OK, Located, Problem, broken
from linters.links.rewriting import rewrite
from linters.links.rules import (
    FILE_CASE_MISMATCH,
    FILE_NOT_FOUND,
    INCLUDE_NOT_FOUND,
    LINK_INVALID,
    LINK_OUT_OF_SCOPE,
    LINK_REDIRECTED,
)
from linters.links.url_kind import Destination, Sort
from linters.model.finding import Rule
from linters.model.link import Cause, Kind, Outcome, Verdict
from linters.model.settings import Settings
from linters.repository.docsets import Docsets
from linters.repository.file_lookup import Files
from linters.repository.repository import Repository

_ELSEWHERE = Outcome(Verdict.SKIPPED, Cause.EXCLUDED, "not part of this repository")
_INDEXES = ("index.md", "index.yml", "README.md", "index.html")
_TOCS = ("TOC.yml", "TOC.md")


class LocalTargets:
    """Finds the files that links lead to."""

    def __init__(
        self,
        repository: Repository,
        files: Files,
        docsets: Docsets,
        settings: Settings,
        moved: Mapping[str, str],
    ) -> None:
        self._files = files
        self._docsets = docsets
        self._configured = _docset_root(repository.root, settings)
        self._moved = moved

    def locate(self, path: str, link: Link, one: Destination) -> Located:
        """The target of a link in the file ``path`` that is neither a URL nor site-rooted."""
        if link.use is Use.TAB:
            return Located(Kind.BOOKMARK, path + one.url, OK)
        if not one.path and one.sort is not Sort.DOCSET:
            return _same_file(path, one)
        if link.use is Use.SPACED:
            return self._spaced(path, link, one)
        if one.sort is not Sort.DOCSET:
            return self._from(posixpath.dirname(path), path, link, one)
        tried = [self._from(folder, path, link, one) for folder in self._roots(path)]
        return min(tried, key=_badness)

    def _spaced(self, path: str, link: Link, one: Destination) -> Located:
        """What is only meant as a link, to a file that exists; else it is just text."""
        meant = self.locate(path, replace(link, use=Use.LINK), one)
        if meant.path is None or meant.problem is not None:
            return replace(meant, outcome=OK, problem=None)
        message = "a space ends a destination, so this is no link"
        problem = self._problem(LINK_INVALID, message, path, link, one, meant.path)
        return replace(meant, outcome=broken(problem, Cause.INVALID_URL), problem=problem)

    def _roots(self, path: str) -> list[str]:
        """The folders that ``~/`` may mean in a file, the likeliest first."""
        root = self._docsets.root_of(path)
        return list(dict.fromkeys([self._configured or root or "", root or "", ""]))

    def _from(self, folder: str, path: str, link: Link, one: Destination) -> Located:
        wanted = ""
        for written in dict.fromkeys((one.path, unquote(one.path))):
            joined = join(folder, written)
            if joined is None:
                problem = Problem(
                    LINK_OUT_OF_SCOPE, f"{one.path} leads out of the repository, nobody looks there"
                )
                return Located(Kind.FILE, one.url, _ELSEWHERE, problem=problem)
            wanted = joined
            found = self._existing(path, link, one, wanted)
            if found is not None and "\\" in one.path:
                problem = self._problem(
                    FILE_NOT_FOUND,
                    f"{one.path} is separated by backslashes, which URLs do not know",
                    path,
                    link,
                    one,
                    wanted,
                )
                return _lost(path, wanted, one, problem)
            if found is not None:
                return found
        return self._absent(path, link, one, wanted)

    def _existing(self, path: str, link: Link, one: Destination, wanted: str) -> Located | None:
        target = _target(wanted, one)
        kind = Kind.BOOKMARK if wanted == path else Kind.FILE
        if wanted in self._files and not one.path.endswith(("/", "\\")):
            return Located(kind, target, OK, wanted, one.fragment)
        if self._files.is_folder(wanted) and link.use is not Use.INCLUDE:
            return self._folder(path, link, one, wanted)
        if self._files.in_submodule(wanted) or self._docsets.is_foreign(wanted):
            return Located(kind, target, _ELSEWHERE)
        return None

    def _folder(self, path: str, link: Link, one: Destination, wanted: str) -> Located:
        """A folder stands for its index; the build publishes none for one without."""
        names = (*_TOCS, *_INDEXES) if link.use is Use.TOC else _INDEXES
        index = self._files.index(wanted, names)
        if index is None and link.use is not Use.RESOURCE and self._is_page(path):
            message = f"the folder {wanted or '.'} has no index.md or index.yml"
            return _lost(path, wanted, one, Problem(FILE_NOT_FOUND, message))
        return Located(Kind.FILE, _target(wanted, one), OK, index, one.fragment)

    def _is_page(self, path: str) -> bool:
        """Whether the build publishes a file, rather than people reading it on GitHub."""
        name = posixpath.basename(path)
        return self._docsets.root_of(path) is not None and name != name.upper().replace(
            ".MD", ".md"
        )

    def _absent(self, path: str, link: Link, one: Destination, wanted: str) -> Located:
        other = self._files.other_case(wanted) or self._files.folder_other_case(wanted)
        if other is not None:
            message = difference(wanted, other)
            problem = self._problem(FILE_CASE_MISMATCH, message, path, link, one, other)
            return _lost(path, wanted, one, problem)
        if self._docsets.redirect(wanted) is not None:
            return self._redirected(path, link, one, wanted)
        rule = INCLUDE_NOT_FOUND if link.use is Use.INCLUDE else FILE_NOT_FOUND
        moved = self._moved.get(wanted)
        if moved is not None:
            message = f"{wanted} has moved to {moved}"
            problem = self._problem(rule, message, path, link, one, moved)
        else:
            near = self._files.nearest(wanted)
            problem = Problem(rule, f"{wanted} does not exist", near and f"did you mean {near}?")
        return _lost(path, wanted, one, problem)

    def _redirected(self, path: str, link: Link, one: Destination, wanted: str) -> Located:
        """A file that is gone, but whose readers are sent on: it works, and should change."""
        target = _target(wanted, one)
        successor = self._docsets.successor(wanted)
        if successor is None or link.use is Use.INCLUDE:
            return Located(Kind.FILE, target, OK)
        message = f"{wanted} has moved to {successor}, as its redirection says"
        problem = self._problem(LINK_REDIRECTED, message, path, link, one, successor)
        outcome = Outcome(Verdict.REDIRECTED, reason=message)
        return Located(Kind.FILE, target, outcome, problem=problem)

    def _problem(
        self, rule: Rule, message: str, path: str, link: Link, one: Destination, to: str
    ) -> Problem:
        """A problem that writing the destination anew mends."""
        root = self._roots(path)[0]
        fix = rewrite(link, one, path, to, root)
        return Problem(rule, message, f"write {fix}", fix)


def join(folder: str, path: str) -> str | None:
    """A path seen from a folder, as root-relative one; None where it leaves the root."""
    parts = [part for part in folder.split("/") if part]
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _badness(found: Located) -> int:
    """0 where nothing is wrong, 1 where the file is there under another name, 2 elsewhere."""
    return 0 if found.problem is None else 1 if found.problem.fix is not None else 2


def difference(wanted: str, there: str) -> str:
    """In what a path differs from that of the file or folder that is there."""
    if wanted.casefold() == there.casefold():
        return f"upper and lower case differ: it is called {there}"
    return f"letters with marks are composed otherwise in the name of the file, {there}"


def _same_file(path: str, one: Destination) -> Located:
    if not one.url:
        problem = Problem(LINK_INVALID, "the link has no destination")
        outcome = broken(problem, Cause.INVALID_URL)
        return Located(Kind.OTHER, "", outcome, problem=problem)
    return Located(Kind.BOOKMARK, _target(path, one), OK, path, one.fragment)


def _target(path: str, one: Destination) -> str:
    return path if one.fragment is None else f"{path}#{one.fragment}"


def _lost(path: str, wanted: str, one: Destination, problem: Problem) -> Located:
    kind = Kind.BOOKMARK if wanted == path else Kind.FILE
    return Located(kind, _target(wanted, one), broken(problem, Cause.STATUS), problem=problem)


def _docset_root(root: Path, settings: Settings) -> str | None:
    """The configured ``docset-root`` as root-relative folder; None where it says nothing."""
    if settings.links.docset_root == ".":
        return None
    folder = os.path.relpath(Path(settings.directory, settings.links.docset_root), root)
    relative = posixpath.normpath(folder.replace("\\", "/"))
    return None if relative.startswith("..") else relative.removeprefix(".")
