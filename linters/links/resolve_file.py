"""Links to files of the repository: relative ones, and those from the docset's root."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from linters.links.facts import Link, Use
from linters.links.resolved_link import OK, ResolvedLink
from linters.links.rewriting import rewrite
from linters.links.rules import (
    BACKSLASH_IN_LINK,
    FILE_CASE_MISMATCH,
    FILE_NOT_FOUND,
    INCLUDE_NOT_FOUND,
    LINK_INVALID,
    LINK_OUT_OF_SCOPE,
    LINK_REDIRECTED,
)
from linters.links.url_kind import UrlKind, UrlParts
from linters.model.finding import Rule, Severity
from linters.model.link import Cause, Kind, Outcome, Verdict
from linters.model.settings import Settings
from linters.repository.docsets import Docsets
from linters.repository.file_lookup import Files
from linters.repository.repository import Repository
from linters.util.paths import join_path

_OUTSIDE = Outcome(Verdict.SKIPPED, Cause.EXCLUDED, "outside the repository")
_FOREIGN = Outcome(Verdict.SKIPPED, Cause.FOREIGN_REPOSITORY, "part of another repository")
_INDEXES = ("index.md", "index.yml", "README.md", "index.html")
_TOCS = ("TOC.yml", "TOC.md")


class FileResolver:
    """Finds the files that links point to."""

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

    def resolve(self, source: str, link: Link, parts: UrlParts) -> ResolvedLink:
        """The target of a link that is neither a URL nor a path from the site's root."""
        if link.use is Use.TAB:
            return ResolvedLink(source, link, Kind.BOOKMARK, source + parts.url, OK)
        if not parts.path and parts.kind is not UrlKind.DOCSET:
            return _same_file(source, link, parts)
        if link.use is Use.SPACED:
            return self._spaced(source, link, parts)
        folders = self._roots(source) if parts.kind is UrlKind.DOCSET else [_folder_of(source)]
        if len(folders) == 1:
            return self._from(folders[0], source, link, parts)
        found = (self._from(folder, source, link, parts) for folder in folders)
        return min(found, key=_badness)

    def _spaced(self, source: str, link: Link, parts: UrlParts) -> ResolvedLink:
        """Text that was meant as a link to a file that exists; any other text is only text."""
        meant = self.resolve(source, replace(link, use=Use.LINK), parts)
        meant = replace(meant, link=link)
        if meant.path is None or meant.finding is not None:
            return replace(meant, outcome=OK, finding=None)
        message = "a space ends a link destination, so this is not a link"
        fix = self._rewritten(source, link, parts, meant.path)
        return meant.broken(LINK_INVALID, Cause.INVALID_URL, message, replacement=fix)

    def _roots(self, source: str) -> list[str]:
        """The folders that ``~/`` may mean in a file, the likeliest first."""
        root = self._docsets.root_of(source)
        return list(dict.fromkeys([self._configured or root or "", root or "", ""]))

    def _from(self, folder: str, source: str, link: Link, parts: UrlParts) -> ResolvedLink:
        wanted = ""
        for written in _readings(link, parts):
            joined = join_path(folder, written)
            if joined is None:
                message = f"{parts.path} points outside the repository and is not checked"
                outside = ResolvedLink(source, link, Kind.FILE, parts.url, _OUTSIDE)
                return outside.with_finding(LINK_OUT_OF_SCOPE, message)
            wanted = joined
            found = self._existing(source, link, parts, wanted)
            if found is not None:
                return found
        return self._absent(source, link, parts, wanted)

    def _existing(
        self, source: str, link: Link, parts: UrlParts, wanted: str
    ) -> ResolvedLink | None:
        if wanted in self._files and not parts.path.endswith(("/", "\\")):
            return self._file(source, link, parts, wanted)
        if self._files.is_folder(wanted) and link.use is not Use.INCLUDE:
            return self._folder(source, link, parts, wanted)
        if self._files.in_submodule(wanted) or self._docsets.is_foreign(wanted):
            return replace(self._at(source, link, parts, wanted), outcome=_FOREIGN)
        return None

    def _at(self, source: str, link: Link, parts: UrlParts, wanted: str) -> ResolvedLink:
        kind = Kind.BOOKMARK if wanted == source else Kind.FILE
        return ResolvedLink(source, link, kind, parts.target(wanted), OK)

    def _file(self, source: str, link: Link, parts: UrlParts, path: str) -> ResolvedLink:
        found = self._at(source, link, parts, path)
        found = replace(found, path=path, bookmark=parts.fragment)
        return self._checked_separators(found, parts, path)

    def _checked_separators(self, found: ResolvedLink, parts: UrlParts, path: str) -> ResolvedLink:
        """With a finding for backslashes: docfx and browsers read them as slashes."""
        if "\\" not in parts.path or found.finding is not None:
            return found
        message = f"{parts.path} contains backslashes, expected / as path separator"
        fix = self._rewritten(found.source, found.link, parts, path)
        return found.with_finding(BACKSLASH_IN_LINK, message, replacement=fix)

    def _folder(self, source: str, link: Link, parts: UrlParts, wanted: str) -> ResolvedLink:
        """A link to a folder means its index file; docfx publishes no page without one."""
        names = (*_TOCS, *_INDEXES) if link.use is Use.TOC else _INDEXES
        index = self._files.index(wanted, names)
        found = replace(self._at(source, link, parts, wanted), kind=Kind.FILE)
        if index is None and link.use is not Use.RESOURCE and self._is_page(source):
            message = f"folder {wanted or '.'} has no index.md or index.yml"
            return self._at(source, link, parts, wanted).broken(
                FILE_NOT_FOUND, Cause.STATUS, message
            )
        found = replace(found, path=index, bookmark=parts.fragment)
        return self._checked_separators(found, parts, wanted)

    def _is_page(self, path: str) -> bool:
        """Whether docfx builds a file; READMEs and the like are read on GitHub."""
        name = posixpath.basename(path)
        shouting = name.upper().replace(".MD", ".md")
        return self._docsets.root_of(path) is not None and name != shouting

    def _absent(self, source: str, link: Link, parts: UrlParts, wanted: str) -> ResolvedLink:
        lost = self._at(source, link, parts, wanted)
        if wanted in self._files:
            fix = self._rewritten(source, link, parts, wanted)
            message = f"{wanted} is a file, not a folder"
            return lost.broken(FILE_NOT_FOUND, Cause.STATUS, message, replacement=fix)
        other = self._files.other_case(wanted) or self._files.folder_other_case(wanted)
        if other is not None:
            return self._other_case(lost, parts, wanted, other)
        if self._docsets.redirect(wanted) is not None:
            return self._redirected(lost, parts, wanted)
        rule = INCLUDE_NOT_FOUND if link.use is Use.INCLUDE else FILE_NOT_FOUND
        return self.missing(
            lost,
            rule,
            wanted,
            f"{wanted} does not exist",
            lambda path: self._rewritten(source, link, parts, path),
        )

    def missing(
        self,
        lost: ResolvedLink,
        rule: Rule,
        wanted: str,
        message: str,
        rewritten: Callable[[str], str | None],
    ) -> ResolvedLink:
        """A link to a file that does not exist: to where it has moved, or to a similar name.

        ``rewritten`` is the URL as it would be written with another file's root-relative path.
        """
        moved = self._moved.get(wanted)
        if moved is not None:
            message, fix = f"{wanted} has moved to {moved}", rewritten(moved)
            return lost.broken(rule, Cause.STATUS, message, replacement=fix)
        near = self._files.nearest(wanted)
        return lost.broken(
            rule,
            Cause.STATUS,
            message,
            help=f"did you mean {near[0]}?" if near else None,
            replacement=rewritten(near[0]) if len(near) == 1 else None,
            safe=False,
        )

    def _other_case(
        self, lost: ResolvedLink, parts: UrlParts, wanted: str, other: str
    ) -> ResolvedLink:
        """docfx finds files in any case; GitHub, and file systems of build machines, do not."""
        source, link = lost.source, lost.link
        fix = self._rewritten(source, link, parts, other)
        message = difference(wanted, other)
        if self._docsets.root_of(source) is None:
            return lost.broken(FILE_CASE_MISMATCH, Cause.STATUS, message, replacement=fix)
        exists = other in self._files
        found = (self._file if exists else self._folder)(source, link, parts, other)
        if found.finding is not None:
            return found
        return found.with_finding(
            FILE_CASE_MISMATCH, message, replacement=fix, severity=Severity.WARNING
        )

    def _redirected(self, lost: ResolvedLink, parts: UrlParts, wanted: str) -> ResolvedLink:
        """A removed file whose readers are redirected: the link works, and should change."""
        found = replace(lost, kind=Kind.FILE)
        successor = self._docsets.successor(wanted)
        if successor is None or lost.link.use is Use.INCLUDE:
            return found
        message = f"{wanted} is redirected to {successor}"
        fix = self._rewritten(lost.source, lost.link, parts, successor)
        found = replace(found, outcome=Outcome(Verdict.REDIRECTED, reason=message))
        return found.with_finding(LINK_REDIRECTED, message, replacement=fix)

    def _rewritten(self, source: str, link: Link, parts: UrlParts, path: str) -> str:
        return rewrite(link, parts, source, path, self._roots(source)[0])


def _readings(link: Link, parts: UrlParts) -> Iterator[str]:
    """The paths that a destination may mean; docfx does not decode those of includes."""
    yield parts.path
    if link.use is not Use.INCLUDE and "%" in parts.path:
        yield unquote(parts.path)


def _folder_of(path: str) -> str:
    return posixpath.dirname(path)


def _badness(found: ResolvedLink) -> int:
    """0 without a finding, 1 where the file exists under another name, 2 elsewhere."""
    finding = found.finding
    return 0 if finding is None else 1 if finding.fix is not None and finding.fix.safe else 2


def difference(wanted: str, existing: str) -> str:
    """How a path differs from that of the file or folder that exists."""
    if wanted.casefold() == existing.casefold():
        return f"{wanted} differs in case from {existing}"
    return f"{wanted} differs in Unicode normalization from {existing}"


def _same_file(source: str, link: Link, parts: UrlParts) -> ResolvedLink:
    if not parts.url:
        empty = ResolvedLink(source, link, Kind.OTHER, "")
        return empty.broken(LINK_INVALID, Cause.INVALID_URL, "link without a destination")
    target = parts.target(source)
    return ResolvedLink(source, link, Kind.BOOKMARK, target, OK, source, parts.fragment)


def _docset_root(root: Path, settings: Settings) -> str | None:
    """The configured ``docset-root`` as root-relative folder; None for the default."""
    if settings.links.docset_root == ".":
        return None
    folder = os.path.relpath(Path(settings.directory, settings.links.docset_root), root)
    relative = posixpath.normpath(folder.replace("\\", "/"))
    return None if relative.startswith("..") else relative.removeprefix(".")
