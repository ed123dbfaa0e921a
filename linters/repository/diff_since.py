"""What has changed since a base revision (``--since``).

As in ``git diff REV...``, from the commit where the branches parted, and with all that is
staged, unstaged or new in the working tree. Files are compared here and not by git, so that no
program, filter or setting of the repository takes part.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from linters.article.article import MAX_BYTES, UnreadableError, decode, read_bytes
from linters.article.text.lines import LINE_END
from linters.model.diff import Diff
from linters.model.errors import UserError
from linters.model.note import Note
from linters.repository.changed_lines import touched_lines
from linters.repository.revision import find_commit, missing_blobs
from linters.util import git
from linters.util.git_blobs import list_blobs, read_blobs

MAX_PAIRS = 10_000
SIMILAR = 0.5

_TEXTS = (".md", ".markdown", ".yml", ".yaml")


@dataclass
class _Files:
    """Paths of now and before: ``before`` maps old paths to blobs, ``origins`` new to old."""

    before: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str | None] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)


def find_diff(
    root: Path,
    revision: str,
    overlay: Mapping[str, bytes] = MappingProxyType({}),
    articles: Collection[str] = (),
) -> Diff:
    """What has changed below a repository's root since a revision.

    ``overlay`` has bytes to use in place of files, by root-relative path; ``articles`` are
    paths whose text at the base is needed, whatever their names are.
    UserError if the root is not a repository, has no such commit, or is a clone that does not
    have the text of an article at the base.
    """
    commit = find_commit(root, revision, "--since")
    base, notes = _base(root, commit, revision)
    try:
        files = _changed_files(root, base)
        _add_overlay(root, base, files, overlay)
        wanted = {path: blob for path, blob in files.before.items() if blob.strip("0")}
        blobs = read_blobs(root, wanted, MAX_BYTES)
    except git.GitError as error:
        raise UserError(f"--since {revision}: {error}") from error
    unread = {path for path in blobs.missing if path in articles or path.endswith(_TEXTS)}
    if unread:
        command = f"git diff --stat {revision}..."
        raise UserError(f"--since: {missing_blobs(unread, revision, command)}")
    texts = dict(_texts(blobs.found))
    read = partial(_read, root, overlay)
    _find_moves(read, files, texts)
    lines: dict[str, Collection[int]] = {}
    bases: dict[str, str] = {}
    for path, origin in files.origins.items():
        now = read(path)
        before = texts.get(origin) if origin is not None else None
        if now is not None:
            lines[path] = touched_lines(before, now)
        elif path in overlay or os.path.lexists(root / path):
            lines[path] = frozenset({1})  # what cannot be read is reported there
        if before is not None:
            bases[path] = before
    renamed = {
        origin: path
        for path, origin in files.origins.items()
        if origin is not None and origin != path and origin in files.deleted
    }
    removed = frozenset(files.deleted - renamed.keys())
    return Diff(revision, lines, removed, renamed, bases, notes)


def find_renames(root: Path, origin: str | None, lost: Collection[str]) -> dict[str, str]:
    """The new paths of those ``lost`` files that git knows as renamed.

    Compared is the last commit that changed the file ``origin`` (a root-relative path), or
    HEAD, with the working tree. Empty without git, and where a clone lacks what it takes.
    """
    try:
        path = () if origin is None else ("--", f":(literal){origin}")
        found = git.run(root, "rev-list", "-1", "HEAD", *path)
        commit = found.decode().strip() or git.run(root, "rev-parse", "HEAD").decode().strip()
        changed = _changed_files(root, commit)
        wanted = {path: changed.before[path] for path in changed.deleted if path in lost}
        texts = dict(_texts(read_blobs(root, wanted, MAX_BYTES).found))
    except git.GitError:
        return {}
    changed.deleted &= wanted.keys()
    _find_moves(partial(_read, root, {}), changed, texts)
    return {
        before: path
        for path, before in changed.origins.items()
        if before is not None and before != path and before in lost
    }


def _base(root: Path, commit: str, revision: str) -> tuple[str, tuple[Note, ...]]:
    """The commit where HEAD and the revision parted; the revision itself where that is unknown.

    What an unfinished merge brings in counts as HEAD's.
    """
    tips = ["HEAD"]
    with suppress(git.GitError):
        merged = git.run(root, "rev-parse", "--verify", "--quiet", "MERGE_HEAD")
        tips.append(merged.decode().strip())
    try:
        return git.run(root, "merge-base", commit, *tips).decode().split()[0], ()
    except git.GitError:
        message = (
            f"--since: no common ancestor of {revision} and HEAD in this clone, so lines that "
            f"only {revision} has changed count as new; a deeper fetch finds it"
        )
        return commit, (Note(message),)


def _changed_files(root: Path, base: str) -> _Files:
    files = _Files()
    raw = ("--raw", "-z", "--no-abbrev", "--ignore-submodules=all", "--no-ext-diff")
    try:
        staged = git.run(root, "diff-index", "--cached", "-M", *raw, base)
    except git.GitError:
        # A partial clone may not have the contents to compare; equal ones need none.
        staged = git.run(root, "diff-index", "--cached", "-M100%", *raw, base)
    for status, blob, old, new in _entries(staged):
        if status != "A":
            files.before[old] = blob
        if status in "DR":
            files.deleted.add(old)
        if status != "D":
            files.origins[new] = None if status == "A" else old
    for status, blob, path, _ in _entries(git.run(root, "diff-files", *raw)):
        if path not in files.origins:
            files.before.setdefault(path, blob)
        if status == "D":
            origin = files.origins.pop(path, path)
            if origin is not None:
                files.deleted.add(origin)
        else:
            files.origins.setdefault(path, path)
    others = git.run(root, "ls-files", "-z", "--others", "--exclude-standard")
    for path in git.paths(others):
        files.origins[path] = path if path in files.before else None
    files.deleted -= files.origins.keys()
    return files


def _add_overlay(root: Path, base: str, files: _Files, overlay: Mapping[str, bytes]) -> None:
    """Take files for changed whose bytes are not on the disk."""
    for path in overlay:
        files.deleted.discard(path)
        if path in files.origins:
            continue
        listed = list_blobs(root, base, [path])
        files.origins[path] = path if listed else None
        files.before |= listed


class _RawEntry(NamedTuple):
    """A file in the output of ``git diff --raw -z``: its status letter, its old blob, its paths."""

    status: str
    blob: str
    old: str
    new: str


def _entries(output: bytes) -> Iterator[_RawEntry]:
    fields = iter(output.split(b"\0"))
    for header in fields:
        if not header:
            continue
        _, _, blob, _, status = header.decode().removeprefix(":").split(" ")
        old = os.fsdecode(next(fields))
        new = os.fsdecode(next(fields)) if status[0] in "RC" else old
        yield _RawEntry(status[0], blob, old, new)


def _texts(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Path and text of the files that are UTF-8."""
    for path, content in contents.items():
        try:
            yield path, decode(content)
        except UnreadableError:
            continue


def _find_moves(read: Callable[[str], str | None], files: _Files, texts: Mapping[str, str]) -> None:
    """Pairs removed files with similar new ones: moves that are not staged yet."""
    taken = set(files.origins.values())
    deleted = [path for path in sorted(files.deleted) if path not in taken and path in texts]
    added = [path for path, origin in sorted(files.origins.items()) if origin is None]
    new = {path: text for path in added if deleted and (text := read(path)) is not None}
    thorough = len(deleted) * len(new) <= MAX_PAIRS
    by_text = {text: path for path, text in new.items()}
    for old in deleted:
        best = by_text.get(texts[old])
        if (best is None or best not in new) and thorough:
            alike = [
                (_similarity(texts[old], text), path)
                for path, text in new.items()
                if Path(path).suffix == Path(old).suffix
            ]
            share, path = max(alike, default=(0.0, ""))
            best = path if share >= SIMILAR else None
        if best in new:
            files.origins[best] = old
            del new[best]


def _similarity(old: str, new: str) -> float:
    """The share of lines that two texts have in common, from 0 to 1."""
    if old == new:
        return 1.0
    first, second = (Counter(_lines(text)) for text in (old, new))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


def _lines(text: str) -> Iterable[str]:
    return (line for line in LINE_END.split(text) if line.strip())


def _read(root: Path, overlay: Mapping[str, bytes], path: str) -> str | None:
    """The text of a file that is there and that can be read; symbolic links have none."""
    file = root / path
    try:
        if path in overlay:
            return decode(overlay[path])
        return None if file.is_symlink() else decode(read_bytes(file))
    except UnreadableError:
        return None
