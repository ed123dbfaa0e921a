"""Which configuration is in force for each article of one root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from linters.config.loading import config_in, load
from linters.model.settings import Settings


class Configurations:
    """The nearest file above an article decides; ``[links]`` is the root's alone.

    ``only`` is the file of ``--config``: it is in force everywhere, its globs belong to the
    root. With ``isolated`` no file is read at all. ``overrides`` are TOML values that replace
    those of every file; ``exclude`` are further globs of the root. ``files`` is the folder that
    the configuration files are read from, where that is a copy of another revision of them.
    """

    def __init__(
        self,
        root: Path,
        *,
        only: Path | None = None,
        isolated: bool = False,
        overrides: Mapping[str, Any] | None = None,
        exclude: tuple[str, ...] = (),
        files: Path | None = None,
    ) -> None:
        self._root = root
        self._files = files or root
        self._search = only is None and not isolated
        self._overrides = overrides or {}
        if only is not None and not isolated:
            base = self._files if only.is_relative_to(self._files) else root
            settings = replace(self._moved(load(only, base, self._overrides)), folder="")
        else:
            settings = self._load(self._files) or replace(
                load(None, root, self._overrides), directory=str(root)
            )
        self._of_folder = {"": replace(settings, exclude=settings.exclude + exclude)}
        self.ignored_links: list[str] = []

    def of(self, path: str) -> Settings:
        """The settings for a root-relative path; ``""`` is the root's."""
        return self._folder(path.rpartition("/")[0])

    def above(self, path: str) -> Iterable[Settings]:
        """The settings of every file from the one that decides up to the root's."""
        folder = path.rpartition("/")[0]
        seen: set[str | None] = set()
        while True:
            settings = self._folder(folder)
            if settings.source not in seen:
                seen.add(settings.source)
                yield settings
            if not folder:
                return
            folder = folder.rpartition("/")[0]

    @property
    def overrides(self) -> Mapping[str, Any]:
        """The values of the command line, as TOML values."""
        return self._overrides

    @property
    def used(self) -> tuple[Settings, ...]:
        """Every configuration that was asked for so far."""
        return tuple({settings.source: settings for settings in self._of_folder.values()}.values())

    def _folder(self, folder: str) -> Settings:
        pending = []  # a path may have more folders than Python has stack
        while folder not in self._of_folder:
            pending.append(folder)
            folder = folder.rpartition("/")[0]
        settings = self._of_folder[folder]
        for below in reversed(pending):
            own = self._load(self._files / below) if self._search else None
            if own is not None:
                if own.links != load(None, None, self._overrides).links:
                    self.ignored_links.append(own.source or "")
                settings = replace(own, links=self._of_folder[""].links)
            self._of_folder[below] = settings
        return settings

    def _load(self, folder: Path) -> Settings | None:
        file = config_in(folder, self._files) if self._search else None
        return None if file is None else self._moved(load(file, self._files, self._overrides))

    def _moved(self, settings: Settings) -> Settings:
        """The settings of a copied file, with the folder that it was copied from."""
        directory = Path(settings.directory)
        if self._files == self._root or not directory.is_relative_to(self._files):
            return settings
        copied, original = str(self._files), str(self._root)
        ca_files = tuple(file.replace(copied, original, 1) for file in settings.links.ca_files)
        return replace(
            settings,
            directory=str(self._root / directory.relative_to(self._files)),
            links=replace(settings.links, ca_files=ca_files),
        )
