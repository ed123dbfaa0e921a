"""Where the rules of a gate come from: the working tree, or a revision (``--config-from``)."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from linters.cli.options import ConfigOptions
from linters.config.loading import FILE_NAME
from linters.config.nearest import Configurations
from linters.model.errors import UserError
from linters.repository.revision import RevisionFiles, find_commit
from linters.util.files import read_bounded

_NAMES = (FILE_NAME, "pyproject.toml")


class Policy:
    """The configuration and baseline of one run.

    With a revision, everything that lowers a severity is read from it; copies of its
    configuration files are in a temporary folder until ``stack`` is closed.
    """

    def __init__(self, revision: str | None, stack: ExitStack) -> None:
        self._revision = revision
        self._stack = stack
        self._roots: dict[Path, RevisionFiles] = {}

    @property
    def is_revision(self) -> bool:
        """Whether the rules come from a revision."""
        return self._revision is not None

    def files(self, root: Path) -> RevisionFiles | None:
        """The files of a root at the revision; None without one."""
        if self._revision is None:
            return None
        if root not in self._roots:
            commit = find_commit(root, self._revision, "--config-from")
            self._roots[root] = RevisionFiles(root, commit, self._revision)
        return self._roots[root]

    def configurations(
        self, root: Path, options: ConfigOptions, exclude: tuple[str, ...] = ()
    ) -> Configurations:
        """The configurations of a root; ``exclude`` are globs of the command line."""
        files = self.files(root)
        only = options.file
        folder = None
        if files is not None and not options.isolated:
            folder = self._copies(files)
            if only is not None and only.is_relative_to(root):
                only = self._copy_of(files, only.relative_to(root).as_posix(), folder)
        return Configurations(
            root,
            only=only,
            isolated=options.isolated,
            overrides=options.overrides,
            exclude=exclude,
            files=folder,
        )

    def read(self, path: Path, roots: list[Path], limit: int) -> bytes | None:
        """The bytes of a file; None where there is none, at the revision if it is in a root.

        FileError where it has more than ``limit`` bytes or cannot be read.
        """
        root = next((root for root in roots if path.is_relative_to(root)), None)
        files = None if root is None else self.files(root)
        if root is None or files is None:
            return read_bounded(path, limit) if path.is_file() else None
        name = path.relative_to(root).as_posix()
        return files.read_bytes(name) if name in files.files else None

    def _copies(self, files: RevisionFiles) -> Path:
        """A folder with the configuration files of a revision, named after it."""
        temporary = tempfile.TemporaryDirectory(prefix="articlelint-")
        folder = Path(self._stack.enter_context(temporary)).resolve()
        for path, content in files.read_named(_NAMES).items():
            _write(folder / path, content)
        return folder

    def _copy_of(self, files: RevisionFiles, path: str, folder: Path) -> Path:
        if path not in files.files:
            raise UserError(f"--config: {path} is not in {self._revision}")
        _write(folder / path, files.read_bytes(path))
        return folder / path


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
