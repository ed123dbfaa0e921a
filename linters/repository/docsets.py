"""The paths of the site that the articles of a repository are published under.

Which docset is published where is partly stated by the build's configuration, and partly
seen from its redirections and breadcrumbs.
"""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from linters.repository.docfx import Docset
from linters.repository.docset_index import ancestors
from linters.repository.file_lookup import Files
from linters.repository.publish import BASE_KEYS
from linters.repository.repository import Repository
from linters.repository.url_locale import without_locale
from linters.util.paths import join_path

_PAGES = (".md", ".yml", "", "/index.md", "/index.yml")
_ENOUGH = 3
_MAX_HOPS = 10


class PublishedPage(NamedTuple):
    """The file that is published at a path of the site.

    ``sure`` where the configuration says so; one that does not exist is redirected, unless
    it is ``removed`` by the change.
    """

    path: str
    sure: bool
    exists: bool = True
    removed: bool = False


class Docsets:
    """The docsets of one repository; reads each file when it is first needed.

    ``removed`` are the files that a change removes.
    """

    def __init__(
        self, repository: Repository, files: Files, removed: Collection[str] = frozenset()
    ) -> None:
        self._repository = repository
        self._files = files
        self._removed = removed
        self._build = repository.build

    def root_of(self, path: str) -> str | None:
        """The folder of the docset that a file belongs to; None outside of docsets."""
        return self._build.docset_root(path)

    def is_foreign(self, path: str) -> bool:
        """Whether a path is in a folder that the build fetches from another repository."""
        return self._build.is_foreign(path)

    def redirect(self, path: str) -> str | None:
        """Where the readers of a removed file are sent."""
        return self._build.redirect(path)

    def successor(self, path: str) -> str | None:
        """The file of this repository that a redirection sends the readers of ``path`` to.

        None where none is surely meant: the redirect leads to a page of a docset here, to a
        path relative to the source, or to the one file that ends like it, folder included.
        A file that is redirected itself leads on.
        """
        for _ in range(_MAX_HOPS):
            following = self._next(path)
            if following is None or following in self._files:
                return following
            path = following
        return None

    def _next(self, path: str) -> str | None:
        """The file, there or redirected as well, that one redirection leads to."""
        url = self.redirect(path)
        if url is None or "://" in url:
            return None
        wanted = without_locale(unquote(url.partition("#")[0].partition("?")[0]))
        if not wanted.startswith("/"):
            stem = join_path(posixpath.dirname(path), wanted)
            if stem is None:
                return None
            there = (self._files.other_case(stem + end) for end in _PAGES)
            return next(filter(None, there), None) or self._redirected(stem)
        page = self.page(wanted)
        if page is not None:
            return None if page.removed else page.path
        parts = wanted.strip("/").split("/")
        for count in range(len(parts) - 1):
            same = self._tails.get("/".join(parts[count:]).casefold(), [])
            if len(same) == 1:
                return same[0]
        return None

    def _redirected(self, stem: str) -> str | None:
        """The page without extension that is redirected."""
        names = (stem + end for end in _PAGES)
        return next((name for name in names if self.redirect(name) is not None), None)

    @cached_property
    def _tails(self) -> Mapping[str, list[str]]:
        """Pages by every ending of their paths that has a folder in it, without extension."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._repository.files:
            if path.endswith((".md", ".yml")):
                parts = path.rpartition(".")[0].casefold().split("/")
                for count in range(max(len(parts) - 1, 1)):
                    found["/".join(parts[count:])].append(path)
        return found

    def page(self, url_path: str) -> PublishedPage | None:
        """The file of a docset here that is published at a path of the site.

        The site ignores case. A removed file counts as long as it is redirected.
        """
        wanted = url_path.strip("/")
        for base in ancestors(wanted.casefold()):
            for root, sure in self._bases.get(base, ()):
                page = self._page_below(posixpath.join(root, wanted[len(base) :].strip("/")), sure)
                if page is not None:
                    return page
        return None

    def _page_below(self, stem: str, sure: bool) -> PublishedPage | None:
        for suffix in _PAGES:
            found = self._files.other_case(stem + suffix)
            if found is not None:
                return PublishedPage(found, sure)
        redirected = self._redirected(stem)
        if redirected is not None:
            return PublishedPage(redirected, sure, exists=False)
        for suffix in _PAGES:
            if stem + suffix in self._removed:
                return PublishedPage(stem + suffix, sure, exists=False, removed=True)
        return None

    @cached_property
    def public_urls(self) -> tuple[str, ...]:
        """The public addresses of this repository that the configuration names."""
        roots = self._build.docset_roots.values()
        inherited = (value for docset in roots if docset for value in docset.everywhere)
        return (
            *self._build.publish.public_urls,
            *(
                value.value
                for value in inherited
                if value.key.lower().startswith("git_repository_url")
                and isinstance(value.value, str)
            ),
        )

    @property
    def public_branch(self) -> str | None:
        """The branch that the configuration calls open to the public."""
        return self._build.publish.branch

    @cached_property
    def _bases(self) -> Mapping[str, list[tuple[str, bool]]]:
        """Case-folded path on the site without slashes to docset folders, and whether sure."""
        found: dict[tuple[str, str], bool] = {}
        observed = self._observed_bases
        for root, docset in self._build.docset_roots.items():
            for base in self._stated_bases(docset) if docset else ():
                found[root, base.strip("/").casefold()] = True
            if root in observed:
                found[root, observed[root]] = True
            dest = docset.properties.get("dest", "") if docset else ""
            if dest.strip("/."):
                found.setdefault((root, dest.strip("/.").casefold()), False)
        for published in self._build.publish.docsets:
            for name in published.names:
                if name.strip("/."):
                    found.setdefault((published.folder, name.strip("/.").casefold()), False)
            for base in published.bases:
                found[published.folder, base.strip("/").casefold()] = True
        bases: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for (root, base), sure in found.items():
            if base:
                bases[base].append((root, sure))
        return bases

    def _stated_bases(self, docset: Docset) -> Iterator[str]:
        """The bases that a docfx.json states, itself or by where its breadcrumbs are."""
        stated = (docset.properties.get(key.lower()) for key in BASE_KEYS)
        yield from (base for base in stated if base)
        crumbs = docset.metadata("breadcrumb_path")
        if not isinstance(crumbs, str) or not crumbs.startswith("/"):
            return
        parts = crumbs.rpartition(".")[0].strip("/").split("/")
        for count in range(1, len(parts)):
            stem = posixpath.join(docset.folder, *parts[count:])
            if self._files.other_case(stem + ".yml") or self._files.other_case(stem + ".md"):
                yield "/".join(parts[:count])
                return

    @cached_property
    def _observed_bases(self) -> Mapping[str, str]:
        """By docset: what the redirections to its pages have in common, if they do."""
        roots = self._build.docset_roots
        stems = {
            path.rpartition(".")[0].casefold()
            for path in self._repository.files
            if path.endswith((".md", ".yml"))
        }
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for source, url in self._build.redirections.items():
            if not url.startswith("/"):
                continue
            parts = url.partition("#")[0].partition("?")[0].strip("/").casefold().split("/")
            for root in ancestors(source):
                if root not in roots:
                    continue
                for count in range(1, len(parts)):
                    if posixpath.join(root.casefold(), *parts[count:]) in stems:
                        counts[root]["/".join(parts[:count])] += 1
                        break
        most = {root: found.most_common(1)[0] for root, found in counts.items()}
        return {
            root: base
            for root, (base, count) in most.items()
            if count >= _ENOUGH and 2 * count > counts[root].total()
        }
