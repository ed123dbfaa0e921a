"""What the build's files say (docfx.json, docfx.yml, publish configuration, redirections)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from linters.reports.summary import plural
from linters.repository import publish
from linters.repository.build import BuildConfiguration
from linters.repository.docfx import Content, Docset
from linters.repository.inheritance import Inherited
from linters.util.shorten import shorten

_LONGEST = 100


def build_data(build: BuildConfiguration, path: str | None) -> dict[str, Any]:
    """The build's files as JSON values; for one file, or for the whole repository."""
    docsets = build.docsets.docsets
    if path is not None:
        docset = build.docsets.of(path)
        docsets = (docset,) if docset is not None else ()
    return {
        "docsets": [_docset(docset, path) for docset in docsets],
        "published": [
            {"folder": docset.folder or ".", "locale": docset.locale}
            for docset in build.publish.docsets
        ],
        "repositories": list(dict.fromkeys(build.publish.public_urls)),
        "redirections": dict(build.redirection_files),
        "notes": list(map(str, build.notes)),
    }


def build_lines(data: Mapping[str, Any]) -> Iterator[str]:
    """``build_data`` as comments of TOML."""
    for docset in data["docsets"]:
        yield ""
        yield f"# {docset['path']}"
        for title in ("content", "overwrite"):
            for content in docset[title]:
                yield f"#   {title}: {_content_text(content)}"
        yield from map(_metadata_line, docset["metadata"])
    if data["published"] or data["repositories"]:
        yield ""
        yield f"# {publish.NAME}"
        for published in data["published"]:
            locale = f", locale {published['locale']}" if published["locale"] else ""
            yield f"#   docset {published['folder']}{locale}"
        for url in data["repositories"]:
            yield f"#   repository {url}"
    for path, count in data["redirections"].items():
        yield ""
        yield f"# {path}"
        yield f"#   {plural(count, 'redirection')}"
    for note in data["notes"]:
        yield f"# note: {note}"


def _docset(docset: Docset, path: str | None) -> dict[str, Any]:
    inherited = docset.everywhere if path is None else docset.inherited(path)
    metadata = [_metadata(None, value) for value in inherited]
    if path is None:
        metadata += [_metadata(pattern, value) for pattern, value in docset.somewhere]
    return {
        "path": docset.path,
        "content": [_content(content) for content in docset.content],
        "overwrite": [_content(content) for content in docset.overwrite],
        "metadata": metadata,
    }


def _content(content: Content) -> dict[str, Any]:
    return {
        "files": list(content.files),
        "folder": content.folder or None,
        "exclude": list(content.exclude),
    }


def _content_text(content: Mapping[str, Any]) -> str:
    parts = [", ".join(content["files"])]
    if content["folder"]:
        parts.append(f"in {content['folder']}")
    if content["exclude"]:
        parts.append(f"without {', '.join(content['exclude'])}")
    return " ".join(parts)


def _metadata(pattern: str | None, inherited: Inherited) -> dict[str, Any]:
    return {
        "key": inherited.key,
        "value": inherited.value,
        "files": pattern,
        "source": f"{inherited.path}:{inherited.range.start.line}",
    }


def _metadata_line(entry: Mapping[str, Any]) -> str:
    value = shorten(json.dumps(entry["value"], ensure_ascii=False), _LONGEST)
    files = f" of {entry['files']}" if entry["files"] is not None else ""
    return f"#   metadata{files}: {entry['key']} = {value}  # {entry['source']}"
