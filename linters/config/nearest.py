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
    those of every file; ``exclude`` are further globs of the root.
    """

    def __init__(
        self,
        root: Path,
        *,
        only: Path | None = None,
        isolated: bool = False,
        overrides: Mapping[str, Any] | None = None,
        exclude: tuple[str, ...] = (),
    ) -> None:
        self._root = root
        self._search = only is None and not isolated
        self._overrides = overrides or {}
        if only is not None and not isolated:
            settings = replace(load(only, root, self._overrides), folder="")
        else:
            settings = self._load(root) or replace(
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
    def used(self) -> tuple[Settings, ...]:
        """Every configuration that was asked for so far."""
        return tuple({settings.source: settings for settings in self._of_folder.values()}.values())

    def _folder(self, folder: str) -> Settings:
        if folder not in self._of_folder:
            own = self._load(self._root / folder) if self._search else None
            if own is None:
                self._of_folder[folder] = self._folder(folder.rpartition("/")[0])
            else:
                if own.links != load(None, None, self._overrides).links:
                    self.ignored_links.append(own.source or "")
                self._of_folder[folder] = replace(own, links=self._of_folder[""].links)
        return self._of_folder[folder]

    def _load(self, folder: Path) -> Settings | None:
        file = config_in(folder, self._root) if self._search else None
        return None if file is None else load(file, self._root, self._overrides)
