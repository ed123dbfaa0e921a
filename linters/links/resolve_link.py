"""From a link to its target, without the network."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from linters.checker import Diff
from linters.links.facts import Link, Use
from linters.links.github_urls import GitHubUrls
from linters.links.resolve_file import FileResolver, difference
from linters.links.resolved_link import OK, ResolvedLink
from linters.links.rewriting import encode
from linters.links.rules import (
    BACKSLASH_IN_LINK,
    FILE_CASE_MISMATCH,
    FILE_NOT_FOUND,
    LINK_INVALID,
    LOCAL_FILE_PATH,
)
from linters.links.url_kind import UrlKind, UrlParts, split_url
from linters.model.link import Cause, Kind, Outcome, Verdict
from linters.model.settings import Settings
from linters.repository.docsets import Docsets
from linters.repository.file_lookup import Files
from linters.repository.repository import Repository
from linters.repository.url_locale import without_locale

_SCHEME = Outcome(Verdict.SKIPPED, Cause.SCHEME)
_PLACEHOLDER = Outcome(Verdict.SKIPPED, Cause.INVALID_URL, "a placeholder, not a URL")
_NOT_FOLLOWED = {
    UrlKind.MAIL: (Kind.MAIL, _SCHEME),
    UrlKind.XREF: (Kind.XREF, _SCHEME),
    UrlKind.OTHER: (Kind.OTHER, _SCHEME),
    UrlKind.PLACEHOLDER: (Kind.OTHER, _PLACEHOLDER),
}


class LinkResolver:
    """Finds the targets of one repository's links.

    ``change`` names removed and renamed files.
    """

    def __init__(
        self, repository: Repository, settings: Settings, change: Diff | None = None
    ) -> None:
        self._moved = change.renamed if change else {}
        removed = (
            (change.removed | self._moved.keys()) - repository.files if change else frozenset()
        )
        self._files = Files(repository)
        self.docsets = Docsets(repository, self._files, removed)
        self._github = GitHubUrls(repository.root, self.docsets)
        self._site = settings.links.site.rstrip("/")
        address = re.escape(self._site.partition("://")[2])
        self._on_site = re.compile(rf"https?://{address}/", re.IGNORECASE)
        self._local = FileResolver(repository, self._files, self.docsets, settings, self._moved)

    def resolve(self, source: str, link: Link) -> ResolvedLink:
        """A link of the article ``source`` with its target."""
        parts = split_url(link)
        if link.use is Use.SPACED and parts.kind not in (UrlKind.RELATIVE, UrlKind.DOCSET):
            return ResolvedLink(source, link, Kind.OTHER, parts.url, OK)
        if parts.kind in _NOT_FOLLOWED:
            kind, outcome = _NOT_FOLLOWED[parts.kind]
            return ResolvedLink(source, link, kind, parts.url, outcome)
        if parts.kind is UrlKind.WEB:
            web = ResolvedLink(source, link, Kind.EXTERNAL, parts.url)
            return self._web(web, parts) or web
        if parts.kind is UrlKind.SITE:
            site = ResolvedLink(source, link, Kind.SITE, self._site + parts.url)
            found = self._page(site) or self._from_root(site, parts) or site
            return _with_slashes(found) if link.url.startswith("\\") else found
        if parts.kind is UrlKind.LOCAL_PATH:
            local = ResolvedLink(source, link, Kind.OTHER, parts.url)
            message = f"{parts.url} is a path on one machine, expected a URL or relative path"
            return local.broken(LOCAL_FILE_PATH, Cause.SCHEME, message)
        if parts.kind is UrlKind.INVALID:
            invalid = ResolvedLink(source, link, Kind.EXTERNAL, parts.url)
            message = f"{parts.url} is not a valid URL"
            return invalid.broken(LINK_INVALID, Cause.INVALID_URL, message)
        return self._local.resolve(source, link, parts)

    def _web(self, web: ResolvedLink, parts: UrlParts) -> ResolvedLink | None:
        """A URL that is a file of this checkout: on the site, or on GitHub."""
        if self._on_site.match(web.target):
            return self._page(web)
        path = self._github.path(web.target)
        if path is None or self._files.in_submodule(path):
            return None
        found = replace(web, kind=Kind.FILE, target=parts.target(path), outcome=OK)
        if path in self._files:
            return replace(found, path=path, bookmark=parts.fragment)
        if self._files.is_folder(path):
            return found
        other = self._files.other_case(path) or self._files.folder_other_case(path)
        if other is not None:
            fix = _replaced(web.link, path, other)
            message = difference(path, other)
            return found.broken(FILE_CASE_MISMATCH, Cause.STATUS, message, replacement=fix)
        return self._local.missing(
            found,
            FILE_NOT_FOUND,
            path,
            f"{path} is not in this repository",
            lambda other: _replaced(web.link, path, other),
        )

    def _from_root(self, site: ResolvedLink, parts: UrlParts) -> ResolvedLink | None:
        """The file of the repository that a path from its root names, as GitHub reads it.

        In a docset such a path is one of the site, whatever files exist.
        """
        wanted = unquote(parts.path).removeprefix("/")
        if wanted not in self._files or self.docsets.root_of(site.source) is not None:
            return None
        target = parts.target(wanted)
        return replace(
            site,
            kind=Kind.FILE,
            target=target,
            outcome=OK,
            path=wanted,
            bookmark=parts.fragment,
        )

    def _page(self, site: ResolvedLink) -> ResolvedLink | None:
        """The source file of a page of the site, where a docset of this repository has it."""
        url = site.target
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        page = self.docsets.page(without_locale(unquote(parts.path)))
        if page is None or (page.removed and not page.sure):
            return None
        found = replace(site, kind=Kind.FILE, target=page.path, outcome=OK)
        if page.removed:
            return self._removed(found, page.path)
        if not page.exists or not parts.fragment:
            return found
        return replace(
            found,
            target=f"{page.path}#{parts.fragment}",
            path=page.path,
            bookmark=parts.fragment,
            url=None if page.sure else url,
        )

    def _removed(self, found: ResolvedLink, path: str) -> ResolvedLink:
        """A page of the site whose source file the change removes."""
        moved = self._moved.get(path)
        if moved is None:
            message = f"{path}, the source of this page, is removed"
            return found.broken(FILE_NOT_FOUND, Cause.STATUS, message)
        root = self.docsets.root_of(path) or "."
        old, new = (_stem(posixpath.relpath(name, root)) for name in (path, moved))
        message = f"{path}, the source of this page, has moved to {moved}"
        fix = _replaced(found.link, old, new)
        return found.broken(FILE_NOT_FOUND, Cause.STATUS, message, replacement=fix)


def _with_slashes(found: ResolvedLink) -> ResolvedLink:
    """A path from the site's root that begins with a backslash, with a finding."""
    if found.finding is not None:
        return found
    written = found.link.written
    message = f"{written} contains backslashes, expected / as path separator"
    fix = written.replace("\\", "/")
    return found.with_finding(BACKSLASH_IN_LINK, message, replacement=fix)


def _replaced(link: Link, old: str, new: str) -> str | None:
    """The URL with another path, where it is certain which part of it that is."""
    if link.written.count(old) != 1 or new.startswith("../"):
        return None
    return link.written.replace(old, encode(new))


def _stem(path: str) -> str:
    """The path of a page on the site: without its extension, and without ``index``."""
    stem = posixpath.splitext(path)[0]
    return stem.removesuffix("index").rstrip("/") or stem
