"""The settings in force, frozen; ``linters.config.loading`` reads them from TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from linters.model.finding import Range, Severity


@dataclass(frozen=True, slots=True)
class SchemaChoice:
    """Articles matching ``files`` (gitignore globs) are checked against ``schema``.

    ``schema`` is a bundled schema's name or a path relative to the configuration file.
    """

    files: tuple[str, ...]
    schema: str


@dataclass(frozen=True, slots=True)
class MetadataSettings:
    """``[metadata]``: schemas and inherited values of the front matter.

    ``schemas`` is None for the default choice: ``localized-article`` where segments or a
    localization block are, else ``article``.
    """

    schemas: tuple[SchemaChoice, ...] | None = None
    date_formats: tuple[str, ...] = ("M/d/yyyy",)
    global_metadata: Mapping[str, Any] = field(default_factory=dict)
    file_metadata: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    url_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalizationSettings:
    """``[localization]``; ``locale`` is None where the repository or the article decides.

    ``source_locale`` is what the source sides of segments are written in.
    """

    locale: str | None = None
    source_locale: str = "en-US"


@dataclass(frozen=True, slots=True)
class FreshSettings:
    """How long a stored answer serves, in seconds, by the verdict derived from it."""

    ok: float = 3 * 86400.0
    redirected: float = 3 * 86400.0
    broken: float = 3600.0
    unknown: float = 600.0


@dataclass(frozen=True, slots=True)
class HostOverrides:
    """What ``[links.hosts."NAME"]`` may say of one host; None: as in ``[links]``.

    Durations are in seconds, sizes in bytes.
    ``headers`` contain their ``${NAME}`` references unexpanded.
    """

    timeout: float | None = None
    retries: int | None = None
    max_wait: float | None = None
    max_body: int | None = None
    host_concurrency: int | None = None
    interval: float | None = None
    user_agent: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """``[links]`` of the root's configuration; durations in seconds, sizes in bytes."""

    site: str = "https://learn.microsoft.com"
    docset_root: str = "."
    exclude: tuple[str, ...] = ()
    remap: Mapping[str, str] = field(default_factory=dict)
    accept: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    short_links: tuple[str, ...] = ("aka.ms", "go.microsoft.com/fwlink*")
    not_found_redirects: Mapping[str, str] = field(default_factory=dict)
    outdated_hosts: Mapping[str, str] = field(
        default_factory=lambda: {"docs.microsoft.com": "learn.microsoft.com"}
    )
    locale_free_hosts: tuple[str, ...] = ("learn.microsoft.com",)
    fragments: bool = True
    timeout: float = 20.0
    retries: int = 3
    max_wait: float = 60.0
    max_body: int = 4 * 1024 * 1024
    concurrency: int = 256
    host_concurrency: int = 32
    interval: float = 0.0
    user_agent: str = ""
    ca_files: tuple[str, ...] = ()
    fresh: FreshSettings = FreshSettings()
    hosts: Mapping[str, HostOverrides] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """``[audit]`` of the root's configuration.

    A counted failure is ``broken`` after ``runs`` failed runs in a row and ``days`` without
    a success. More than ``flaps`` changes of verdict in 30 days are flapping. ``keep`` is in
    seconds: older runs are thinned to one a month.
    """

    runs: int = 3
    days: int = 3
    flaps: int = 3
    keep: float = 400 * 86400.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a configuration file can say.

    ``directory`` is the absolute folder that relative paths in it belong to; ``folder`` is
    the root-relative folder that its globs belong to (``""`` for the root), ``source`` the
    file, root-relative where it is below the root, and None for the defaults.
    ``places`` are the ranges of the values below ``[metadata]`` in that file, by the keys
    that lead to them: ``("metadata", "global", "ms.topic")``.
    """

    include: tuple[str, ...] = ("*.md", "TOC.yml", "toc.yml", "index.yml")
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ("ALL",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    metadata: MetadataSettings = MetadataSettings()
    localization: LocalizationSettings = LocalizationSettings()
    links: LinkSettings = LinkSettings()
    plugins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    audit: AuditSettings = AuditSettings()
    directory: str = "."
    source: str | None = None
    folder: str = ""
    places: Mapping[tuple[str | int, ...], Range] = field(default_factory=dict)

    def local(self, path: str) -> str:
        """A root-relative path as the globs of this configuration see it."""
        return path.removeprefix(self.folder + "/") if self.folder else path
