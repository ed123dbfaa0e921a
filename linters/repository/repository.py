"""What exists: the files of one root, and their bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from linters.article.article import MAX_BYTES, Article, UnreadableError, read_bytes
from linters.model.settings import Settings
from linters.repository.build import BuildConfiguration, FileSource, Origin
from linters.util.quantities import shown_size
from linters.util.safe_paths import detour


@dataclass(frozen=True)
class Repository:
    """The files below a root, whether or not they are reported on.

    ``files`` are root-relative paths with ``/``: all that git tracks or would add, or what
    a walk with the same ignore rules finds. ``articles`` are those of them that the
    configuration includes. ``overlay`` contains bytes in place of those on the disk:
    standard input, and files in the course of being fixed. ``settings_of`` gives the
    settings of a root-relative path (``""``: the root's). ``policy`` are the files that
    decide what is published and in which locale, where these are not the repository's own.
    ``submodules`` are the folders of other repositories.
    """

    root: Path
    files: frozenset[str]
    articles: tuple[str, ...] = ()
    name: str = field(default="")
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    settings_of: Callable[[str], Settings] = field(
        default=lambda _: Settings(), repr=False, compare=False
    )
    policy: FileSource | None = field(default=None, repr=False, compare=False)
    submodules: frozenset[str] = frozenset()

    @cached_property
    def build(self) -> BuildConfiguration:
        """What the configuration of the build says of this repository."""
        origin = Origin(self.root, self.name, self.submodules)
        return BuildConfiguration(self, self.policy, origin)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that contains a file, as root-relative paths; the root is ``""``."""
        folders = {""}
        for path in self.files:
            parent = path.rpartition("/")[0]
            while parent and parent not in folders:
                folders.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(folders)

    def read(self, path: str) -> Article:
        """The article at a root-relative path; UnreadableError says why it is none."""
        return Article.from_bytes(path, self.read_bytes(path))

    def read_bytes(self, path: str) -> bytes:
        """The bytes of a regular file of at most 16 MiB inside the repository."""
        if path in self.overlay:
            data = self.overlay[path]
            if len(data) > MAX_BYTES:
                raise UnreadableError(f"larger than {shown_size(MAX_BYTES)}")
            return data
        full = self.root / path
        if not self._is_real(path.rpartition("/")[0]) or full.is_symlink():
            self._follow(path)
        return read_bytes(full)

    def _is_real(self, folder: str) -> bool:
        """Whether no symbolic link is on the way to a folder; looked up once."""
        if folder not in self._real_folders:
            try:
                real = (self.root / folder).resolve()
            except (OSError, RuntimeError):
                real = None
            self._real_folders[folder] = real == self._real_root / folder
        return self._real_folders[folder]

    def _follow(self, path: str) -> None:
        """UnreadableError where symbolic links lead out of the repository."""
        wrong = detour(self.root / path, self.root)
        if wrong is not None:
            raise UnreadableError(wrong)

    @cached_property
    def _real_folders(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _real_root(self) -> Path:
        return self.root.resolve()
