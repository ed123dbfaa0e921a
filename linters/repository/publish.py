"""``.openpublishing.publish.config.json``: what Microsoft Learn publishes of a repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linters.article.yaml_nodes import Node
from linters.repository.docfx import child
from linters.util.paths import join_path

NAME = ".openpublishing.publish.config.json"
BASE_KEYS = ("basePath", "base_path", "site_base_path", "url_base_path")
_NAME_KEYS = ("build_source_folder", "build_output_subfolder", "docset_name")


@dataclass(frozen=True, slots=True)
class PublishedDocset:
    """One entry of ``docsets_to_publish``.

    ``folder`` is root-relative. ``bases`` are the paths on the site that the entry states,
    ``names`` those that its names hint at.
    """

    folder: str
    locale: str | None = None
    bases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishConfiguration:
    """The publish configuration.

    ``public_urls`` are the public addresses of the repository, ``branch`` is the one that is
    open to the public. ``dependencies`` are the folders, relative to the root of each docset,
    that the build fetches from other repositories.
    """

    docsets: tuple[PublishedDocset, ...] = ()
    public_urls: tuple[str, ...] = ()
    branch: str | None = None
    dependencies: tuple[str, ...] = ()


def read_publish_configuration(root: Node) -> PublishConfiguration:
    """The publish configuration of a document; names are read in any case."""
    docsets = []
    urls = list(public_urls(root))
    for item in _items(root, "docsets_to_publish"):
        urls += public_urls(item)
        folder = _text(item, "build_source_folder")
        if folder is not None:
            docsets.append(
                PublishedDocset(
                    _folder(folder),
                    _text(item, "locale"),
                    tuple(filter(None, (_text(item, key) for key in BASE_KEYS))),
                    tuple(filter(None, (_text(item, key) for key in _NAME_KEYS))),
                )
            )
    paths = (_text(item, "path_to_root") for item in _items(root, "dependent_repositories"))
    return PublishConfiguration(
        tuple(docsets),
        tuple(urls),
        _text(root, "git_repository_branch_open_to_public_contributors"),
        tuple(folder for path in paths if path and (folder := _folder(path))),
    )


def public_urls(node: Node) -> Iterator[str]:
    """The public addresses of the repository that a mapping names."""
    for entry in node.entries:
        if entry.key.lower().startswith("git_repository_url"):
            value = entry.node.value
            if isinstance(value, str) and value.strip():
                yield value.strip()


def _items(node: Node, key: str) -> tuple[Node, ...]:
    value = child(node, key)
    return () if value is None else tuple(item for item in value.items if item.entries)


def _text(node: Node, key: str) -> str | None:
    value = child(node, key)
    return value.value if value is not None and isinstance(value.value, str) else None


def _folder(path: str) -> str:
    """A folder as root-relative path; ``""`` for the root, and for what is outside."""
    return join_path("", path) or ""
