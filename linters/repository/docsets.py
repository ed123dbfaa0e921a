"""What the configuration of Microsoft Learn's build says of a repository.

``docfx.json`` marks the root of a docset (``~/``), ``.openpublishing.publish.config.json``
names docsets and folders that come from other repositories, and both hint at the path on
the site that a docset is published under. Damaged files count as absent.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from linters.article.article import UnreadableError, decode
from linters.repository.file_lookup import Files
from linters.repository.redirections import is_redirection_file, read_json, redirections
from linters.repository.repository import Repository
from linters.repository.url_locale import without_locale

_PUBLISH = ".openpublishing.publish.config.json"
_MODULES = ".gitmodules"
_MODULE_PATH = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(\S.*)$", re.MULTILINE)
_BASE_KEYS = ("basePath", "base_path", "site_base_path", "url_base_path")
_NAME_KEYS = ("build_source_folder", "build_output_subfolder", "docset_name")
_PAGES = (".md", ".yml", "", "/index.md", "/index.yml")
_ENOUGH = 3
_MAX_HOPS = 10


class Page(NamedTuple):
    """The file behind a path of the site.

    ``sure`` where the configuration says so; one that does not exist is redirected, unless
    it is ``gone``: the change took it away.
    """

    path: str
    sure: bool
    exists: bool = True
    gone: bool = False


class Docsets:
    """The docsets of one repository; reads each file when it is first needed.

    ``gone`` are the files that a change takes away.
    """

    def __init__(
        self, repository: Repository, files: Files, gone: Collection[str] = frozenset()
    ) -> None:
        self._repository = repository
        self._files = files
        self._gone = gone

    def root_of(self, path: str) -> str | None:
        """The folder of the docset that a file belongs to; None outside of docsets."""
        folder = posixpath.dirname(path)
        while True:
            if folder in self._roots:
                return folder
            if not folder:
                return None
            folder = posixpath.dirname(folder)

    def is_foreign(self, path: str) -> bool:
        """Whether a path lies in a folder that the build fetches from another repository."""
        return any(path == one or path.startswith(one + "/") for one in self._foreign)

    def redirect(self, path: str) -> str | None:
        """Where the readers of a file that is gone are sent."""
        return self._redirections.get(path) or self._redirections_folded.get(path.casefold())

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
            stem = posixpath.normpath(posixpath.join(posixpath.dirname(path), wanted))
            there = (self._files.other_case(stem + end) for end in _PAGES)
            return next(filter(None, there), None) or self._redirected(stem)
        page = self.page(wanted)
        if page is not None:
            return None if page.gone else page.path
        parts = wanted.strip("/").split("/")
        for count in range(len(parts) - 1):
            same = self._tails.get("/".join(parts[count:]).casefold(), [])
            if len(same) == 1:
                return same[0]
        return None

    def _redirected(self, stem: str) -> str | None:
        """The page without extension that a redirection speaks of."""
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

    def page(self, url_path: str) -> Page | None:
        """The file of a docset here that is published at a path of the site.

        The site does not tell upper from lower case. A file that is gone but redirected
        stands for itself.
        """
        wanted = url_path.strip("/")
        for root, base, sure in self._bases:
            if base and not (wanted + "/").casefold().startswith(base + "/"):
                continue
            rest = wanted[len(base) :].strip("/")
            if not rest:
                continue
            stem = posixpath.join(root, rest)
            for suffix in _PAGES:
                found = self._files.other_case(stem + suffix)
                if found is not None:
                    return Page(found, sure)
            redirected = self._redirected(stem)
            if redirected is not None:
                return Page(redirected, sure, exists=False)
            for suffix in _PAGES:
                if stem + suffix in self._gone:
                    return Page(stem + suffix, sure, exists=False, gone=True)
        return None

    @cached_property
    def _roots(self) -> Mapping[str, Any]:
        """The folders of docsets, with their docfx.json's content."""
        names = [path for path in self._repository.files if _called(path, "docfx.json")]
        roots = {posixpath.dirname(path): read_json(self._repository, path) for path in names}
        for docset in self._published:
            folder = docset.get("build_source_folder")
            if isinstance(folder, str):
                roots.setdefault(folder.replace("\\", "/").strip("/."), None)
        return roots

    @cached_property
    def _publish(self) -> Mapping[str, Any]:
        if _PUBLISH not in self._repository.files:
            return {}
        data = read_json(self._repository, _PUBLISH)
        return data if isinstance(data, dict) else {}

    @property
    def _published(self) -> list[Mapping[str, Any]]:
        return _mappings(self._publish.get("docsets_to_publish"))

    @cached_property
    def public_urls(self) -> tuple[str, ...]:
        """The public addresses of this repository that the configuration names."""
        found: list[str] = []
        for data in (self._publish, *self._published, *map(_build, self._roots.values())):
            found += [
                value
                for key, value in data.items()
                if key.startswith("git_repository_url") and isinstance(value, str)
            ]
        return tuple(found)

    @property
    def public_branch(self) -> str | None:
        """The branch that the configuration calls open to the public."""
        value = self._publish.get("git_repository_branch_open_to_public_contributors")
        return value if isinstance(value, str) else None

    @cached_property
    def _foreign(self) -> frozenset[str]:
        folders: set[str] = set()
        for one in _mappings(self._publish.get("dependent_repositories")):
            value = one.get("path_to_root")
            if isinstance(value, str) and value.strip("/."):
                folder = value.replace("\\", "/").strip("/")
                folders.update(posixpath.join(root, folder) for root in ("", *self._roots))
        if _MODULES in self._repository.files:
            folders.update(_module_paths(self._repository))
        return frozenset(folders)

    @cached_property
    def _redirections(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for path in sorted(filter(is_redirection_file, self._repository.files)):
            for source, url in redirections(path, read_json(self._repository, path)).items():
                found.setdefault(source, url)
        return found

    @cached_property
    def _redirections_folded(self) -> Mapping[str, str]:
        return {source.casefold(): url for source, url in self._redirections.items()}

    @cached_property
    def _bases(self) -> list[tuple[str, str, bool]]:
        """(docset folder, case-folded path on the site without slashes, sure)."""
        found: dict[tuple[str, str], bool] = {}
        for root, data in self._roots.items():
            for base in self._stated_bases(root, data):
                found[root, base.strip("/").casefold()] = True
            for base in self._observed_bases(root):
                found[root, base.casefold()] = True
            dest = _build(data, metadata=False).get("dest")
            if isinstance(dest, str) and dest.strip("/."):
                found.setdefault((root, dest.strip("/.").casefold()), False)
        for docset in self._published:
            folder = docset.get("build_source_folder")
            if not isinstance(folder, str):
                continue
            root = folder.replace("\\", "/").strip("/.")
            for key in _NAME_KEYS:
                name = docset.get(key)
                if isinstance(name, str) and name.strip("/."):
                    found.setdefault((root, name.strip("/.").casefold()), False)
            for key in _BASE_KEYS:
                name = docset.get(key)
                if isinstance(name, str):
                    found[root, name.strip("/").casefold()] = True
        return [(root, base, sure) for (root, base), sure in found.items() if base]

    def _stated_bases(self, root: str, data: Any) -> Iterator[str]:
        """The bases that a docfx.json states, itself or by where its breadcrumbs are."""
        top = data if isinstance(data, dict) else {}
        for one in (top, _build(data, metadata=False)):
            for key in _BASE_KEYS:
                if isinstance(one.get(key), str):
                    yield one[key]
        crumbs = _build(data).get("breadcrumb_path")
        if not isinstance(crumbs, str) or not crumbs.startswith("/"):
            return
        parts = crumbs.rpartition(".")[0].strip("/").split("/")
        for count in range(1, len(parts)):
            stem = posixpath.join(root, *parts[count:])
            if self._files.other_case(stem + ".yml") or self._files.other_case(stem + ".md"):
                yield "/".join(parts[:count])
                return

    def _observed_bases(self, root: str) -> Iterator[str]:
        """What the redirections to pages of this docset have in common, if they do."""
        prefix = root + "/" if root else ""
        stems = {
            path[len(prefix) :].rpartition(".")[0].casefold()
            for path in self._repository.files
            if path.startswith(prefix) and path.endswith((".md", ".yml"))
        }
        counts: Counter[str] = Counter()
        for source, url in self._redirections.items():
            if not (source.startswith(prefix) and url.startswith("/")):
                continue
            parts = url.partition("#")[0].partition("?")[0].strip("/").split("/")
            for count in range(1, len(parts)):
                if "/".join(parts[count:]).casefold() in stems:
                    counts["/".join(parts[:count]).casefold()] += 1
                    break
        if counts:
            base, count = counts.most_common(1)[0]
            if count >= _ENOUGH and 2 * count > counts.total():
                yield base


def _module_paths(repository: Repository) -> list[str]:
    """The folders of git submodules: checked out or not, what is in them is another's."""
    try:
        text = decode(repository.read_bytes(_MODULES))
    except UnreadableError:
        return []
    return [match.strip().strip('"/') for match in _MODULE_PATH.findall(text)]


def _called(path: str, name: str) -> bool:
    return path == name or path.endswith("/" + name)


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _build(data: Any, *, metadata: bool = True) -> Mapping[str, Any]:
    """The ``build`` part of a docfx.json, or its ``globalMetadata``."""
    build = data.get("build") if isinstance(data, dict) else None
    if not isinstance(build, dict):
        return {}
    part = build.get("globalMetadata") if metadata else build
    return part if isinstance(part, dict) else {}
