"""The options that several commands share, as frozen records with the arguments that set them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from linters.checker import NetworkOptions
from linters.cli.parser import UsageError
from linters.config.kinds import Invalid
from linters.config.overrides import is_override, misspelt_key, read_overrides
from linters.findings import rule_selectors
from linters.findings.rule_settings import RuleSelection
from linters.model.errors import UserError
from linters.reports.formats import FORMATS
from linters.util.quantities import seconds

FORMAT_VARIABLE = "ARTICLELINT_OUTPUT_FORMAT"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigOptions:
    """Which configuration is in force."""

    config: tuple[str, ...] = ()
    isolated: bool = False

    @property
    def file(self) -> Path | None:
        """The file of ``--config``; None without it, and with ``--isolated``."""
        files = [text for text in self.config if not is_override(text)]
        if len(files) > 1:
            raise UsageError(f"--config: expected one file, got {', '.join(files)}")
        if not files or self.isolated:
            return None
        file = absolute(files[0])
        if not file.exists():
            raise UserError(f"--config: {files[0]}: no such file{misspelt_key(files[0])}")
        return file

    @property
    def overrides(self) -> dict[str, Any]:
        """The values of ``--config KEY=VALUE``, as TOML values."""
        return read_overrides(text for text in self.config if is_override(text))


def add_config_arguments(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """The arguments of ``ConfigOptions``; returns the group, for related arguments."""
    group = parser.add_argument_group("configuration")
    group.add_argument(
        "--config",
        metavar="FILE|KEY=VALUE",
        action="append",
        default=[],
        help="use this configuration for all files, or set one key, in TOML (repeatable)",
    )
    group.add_argument("--isolated", action="store_true", help="ignore all configuration files")
    return group


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheOptions:
    """Where the cache is."""

    cache_dir: str | None = None
    no_cache: bool = False

    @property
    def folder(self) -> Path | None:
        """The folder of the cache; None with ``--no-cache``."""
        if self.no_cache:
            return None
        if self.cache_dir:
            return absolute(self.cache_dir)
        from linters.store.cache_location import default_cache_dir

        return default_cache_dir()


def add_cache_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``CacheOptions``."""
    group = parser.add_argument_group("cache")
    group.add_argument(
        "--cache-dir", metavar="DIR", help="the folder of the cache (default: the user's)"
    )
    group.add_argument("--no-cache", action="store_true", help="do not read or write the cache")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What every command that reads articles has: the paths, and how they are read."""

    paths: tuple[str, ...] = ()
    configuration: ConfigOptions
    cache: CacheOptions
    select: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    quiet: bool = False


def add_read_arguments(
    parser: argparse.ArgumentParser,
    metavar: str | tuple[str, ...] = "PATH",
    text: str = "files and folders (default: the current folder)",
) -> None:
    """The arguments of ``ReadOptions``, but ``--quiet``."""
    parser.add_argument("paths", nargs="*", default=[], metavar=metavar, help=text)
    group = add_config_arguments(parser)
    add_select(group)
    group.add_argument(
        "--exclude",
        metavar="GLOB",
        action="append",
        type=_typed(_glob),
        default=[],
        help="skip these files and folders as well, relative to the root (repeatable)",
    )
    group.add_argument(
        "--force-exclude",
        action="store_true",
        help="skip ignored and excluded files even if they are named",
    )
    add_cache_arguments(parser)


def add_select(group: argparse._ActionsContainer) -> None:
    """``--select``, which every command that reads articles has."""
    text = "report only these rules: codes, prefixes, names or ALL, comma-separated"
    _add_codes(group, "--select", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOptions:
    """Which rules are reported."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] | None = None

    @property
    def selection(self) -> RuleSelection:
        """The options as the rules see them."""
        return RuleSelection(
            select=self.select,
            ignore=self.ignore or (),
            extend_select=self.extend_select or (),
        )


def add_rule_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``RuleOptions``, but ``--select``, which ``ReadOptions`` has."""
    group = parser.add_argument_group("rules")
    _add_codes(group, "--ignore", "do not report these rules")
    _add_codes(group, "--extend-select", "report these rules as well")


def _add_codes(group: argparse._ActionsContainer, flag: str, text: str) -> None:
    group.add_argument(flag, metavar="CODES", action="extend", type=rule_selectors.split, help=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFlags:
    """The flags of every command that uses the network; ``deadline`` is in seconds."""

    cache: CacheOptions
    offline: bool = False
    deadline: float | None = None
    allow_network: tuple[IPv4Network | IPv6Network, ...] = ()
    allow_env: tuple[str, ...] = ()

    def network_options(self, started: float | None = None) -> NetworkOptions:
        """The flags as checkers see them; ``started`` is the start of the run."""
        return NetworkOptions(
            started=started,
            offline=self.offline,
            deadline=self.deadline,
            allow_network=self.allow_network,
            allow_env=frozenset(self.allow_env),
            cache_dir=self.cache.folder,
        )


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``NetworkFlags``."""
    group = parser.add_argument_group("network")
    group.add_argument("--offline", action="store_true", help="do not use the network")
    group.add_argument(
        "--deadline",
        metavar="DURATION",
        type=_typed(seconds),
        help='stop sending requests after this time ("20s", "5m"); other links are unknown',
    )
    group.add_argument(
        "--allow-network",
        metavar="CIDR",
        action="append",
        type=_typed(_cidr),
        default=[],
        help="allow requests to these addresses although they are not public (repeatable)",
    )
    group.add_argument(
        "--allow-env",
        metavar="NAME",
        action="append",
        default=[],
        help="let configured headers use this environment variable (repeatable)",
    )


def add_output_format(
    group: argparse._ActionsContainer, formats: Collection[str] = FORMATS
) -> None:
    """``--output-format``, whose default the environment may set."""
    group.add_argument(
        "--output-format",
        choices=list(formats),
        metavar="FORMAT",
        help=f"{', '.join(formats)} (default: {FORMAT_VARIABLE}, else full)",
    )


def output_format(option: str | None, formats: Collection[str] = FORMATS) -> str:
    """The format of ``--output-format``, else of the environment if the command has it.

    UserError if the environment names an unknown one.
    """
    name = option or os.environ.get(FORMAT_VARIABLE) or "full"
    if option is None and name not in FORMATS:
        raise UserError(
            f"{FORMAT_VARIABLE}: unknown format {name!r}; expected {', '.join(FORMATS)}"
        )
    return name if name in formats else "full"


def absolute(path: str) -> Path:
    """A path of the command line made absolute; symbolic links are kept."""
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100
    except FileNotFoundError as error:
        raise UserError("the current folder no longer exists") from error


def _typed(convert: Callable[[str], object]) -> Callable[[str], object]:
    """A converter whose own message ``argparse`` prints."""

    def converted(text: str) -> object:
        try:
            return convert(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return converted


def _glob(text: str) -> str:
    from linters.config.keys import GLOB

    try:
        pattern: str = GLOB.parse(text)
    except Invalid as error:
        raise ValueError(error.mistakes[0].message) from error
    return pattern


def _cidr(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)
