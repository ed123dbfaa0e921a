"""What every command that reads articles shares: its arguments, and what they mean."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from linters.config.loading import find_config
from linters.config.nearest import Configurations
from linters.findings import rule_selectors
from linters.findings.rule_settings import RuleSelection
from linters.findings.selection_checks import check_configurations, check_selection
from linters.model.errors import UserError
from linters.model.finding import Rule
from linters.model.note import Note
from linters.reports.escape import escape
from linters.reports.formats import FORMATS
from linters.repository.discovery import Selection, find_root, select

FORMAT_VARIABLE = "ARTICLELINT_OUTPUT_FORMAT"
HUMAN_FORMATS = ("full", "concise")


@dataclass(frozen=True, slots=True)
class Input:
    """One root: what is selected below it, and its configurations.

    ``prefix`` goes before its paths in the report where there are several roots.
    """

    selection: Selection
    configurations: Configurations
    prefix: str = ""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was passed over or ignored while this root was opened."""
        ignored = "[links] is read from the root's configuration alone"
        sources = self.configurations.ignored_links
        return (*self.selection.notes, *(Note(ignored, source) for source in sources))


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the articles come from: paths of the command line, and bytes that stand for files."""

    paths: tuple[Path, ...]
    overlay: Mapping[Path, bytes] = field(default_factory=dict)


def add_common_arguments(
    parser: argparse.ArgumentParser,
    metavar: str | tuple[str, ...] = "PATH",
    text: str = "files and folders (default: this folder)",
) -> None:
    """The paths, and the flags that mean the same in every command that reads articles."""
    parser.add_argument("paths", nargs="*", default=[], metavar=metavar, help=text)
    group = add_configuration(parser)
    add_codes(
        group, "--select", "report only these rules: codes, prefixes, names or ALL, comma-separated"
    )
    group.add_argument(
        "--force-exclude",
        action="store_true",
        help="pass over ignored and excluded files even where they are named",
    )
    add_cache(parser)


def add_configuration(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """``--config`` and ``--isolated``; gives the group, for what else belongs there."""
    group = parser.add_argument_group("configuration")
    group.add_argument("--config", metavar="FILE", help="use this configuration for all files")
    group.add_argument("--isolated", action="store_true", help="read no configuration at all")
    return group


def add_cache(parser: argparse.ArgumentParser) -> None:
    """``--cache-dir`` and ``--no-cache``."""
    group = parser.add_argument_group("cache")
    group.add_argument(
        "--cache-dir", metavar="DIR", help="the folder of the cache (default: the user's)"
    )
    group.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")


def add_codes(group: argparse._ActionsContainer, flag: str, text: str) -> None:
    """A flag that takes CODES, and adds up where it is repeated."""
    group.add_argument(flag, metavar="CODES", action="extend", type=rule_selectors.split, help=text)


def add_output_format(group: argparse._ActionsContainer) -> None:
    """``--output-format``, whose default the environment may set."""
    group.add_argument(
        "--output-format",
        choices=list(FORMATS),
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)} (default: {FORMAT_VARIABLE}, else full)",
    )


def output_format(arguments: argparse.Namespace) -> str:
    """The format asked for; UserError if the environment names one that there is not."""
    asked: str | None = arguments.output_format
    name = asked or os.environ.get(FORMAT_VARIABLE) or "full"
    if name not in FORMATS:
        raise UserError(f"{FORMAT_VARIABLE}: {name!r} is none of {', '.join(FORMATS)}")
    return name


def cache_dir(arguments: argparse.Namespace) -> Path | None:
    """The folder of the cache; None without one."""
    if arguments.no_cache:
        return None
    if arguments.cache_dir:
        return absolute(arguments.cache_dir)
    from linters.store.cache_location import default_cache_dir

    return default_cache_dir()


def absolute(path: str) -> Path:
    """A path of the command line made absolute, symbolic links kept."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def sources(paths: Iterable[str]) -> Sources:
    """The named paths; the current folder where there are none."""
    try:
        return Sources(tuple(map(absolute, paths)) or (Path.cwd(),))
    except FileNotFoundError as error:
        raise UserError("the current folder does not exist any more") from error


def open_inputs(
    arguments: argparse.Namespace, given: Sources, *, prints_notes: bool = True
) -> tuple[Input, ...]:
    """The roots of the given paths, each with its articles and configurations.

    With ``prints_notes`` notes go to standard error; otherwise the report has them. UserError
    where a path does not exist or a folder has no article, and for what is wrong with a
    configuration.
    """
    roots: dict[Path, list[Path]] = {}
    for path in given.paths:
        if path not in given.overlay and not os.path.lexists(path):
            raise UserError(f"{path}: no such file or folder")
        roots.setdefault(root_of(path, arguments), []).append(path)
    prefixes = _prefixes(list(_outermost(roots)))
    inputs = []
    for root, prefix in prefixes.items():
        named = [path for inner, paths in roots.items() for path in paths if _is_of(inner, root)]
        chosen = configurations(root, arguments)
        overlay = {
            path.relative_to(root).as_posix(): data
            for path, data in given.overlay.items()
            if path in named
        }
        selection = select(
            root,
            named,
            chosen,
            force_exclude=arguments.force_exclude,
            overlay=overlay,
        )
        for name in selection.reported:
            chosen.of(name)
        inputs.append(Input(selection, chosen, prefix))
    if prints_notes:
        tell_notes(arguments, (note for source in inputs for note in source.notes))
    return tuple(inputs)


def explicit_config(arguments: argparse.Namespace) -> Path | None:
    """The file of ``--config``; None without it, and with ``--isolated``."""
    return absolute(arguments.config) if arguments.config and not arguments.isolated else None


def root_of(path: Path, arguments: argparse.Namespace) -> Path:
    """The root that a path belongs to."""
    if arguments.isolated:
        return find_root(path, None)
    return find_root(path, explicit_config(arguments) or find_config(_folder(path)))


def configurations(root: Path, arguments: argparse.Namespace) -> Configurations:
    """The configurations of a root, as the command line wants them."""
    return Configurations(root, only=explicit_config(arguments), isolated=arguments.isolated)


def check_rule_words(choice: RuleSelection, inputs: Iterable[Input], rules: Sequence[Rule]) -> None:
    """UserError if command line or configurations name a rule that there is not."""
    check_selection(choice, rules)
    used = [settings for source in inputs for settings in source.configurations.used]
    check_configurations(used, rules)


def check_words(arguments: argparse.Namespace, inputs: Iterable[Input]) -> None:
    """UserError if ``--select`` or configurations name a rule that there is not, plug-ins'
    included: for the commands that run no checker, or only one."""
    from linters.findings.build_report import rules_of
    from linters.pipeline.plugins import load_checkers

    select = None if arguments.select is None else tuple(arguments.select)
    check_rule_words(RuleSelection(select=select), inputs, rules_of(load_checkers()))


def tell(message: str) -> None:
    """Say something on standard error that is no error."""
    print(f"articlelint: note: {escape(message)}", file=sys.stderr)


def complain(message: str) -> None:
    """Say an error on standard error."""
    print(f"articlelint: error: {escape(message)}", file=sys.stderr)


def emit(text: str, name: str) -> None:
    """Print a report to standard output; what programs read is UTF-8 whatever the console."""
    buffer = getattr(sys.stdout, "buffer", None)
    if name in HUMAN_FORMATS or buffer is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode("utf-8", "backslashreplace"))
    buffer.flush()


def tell_notes(arguments: argparse.Namespace, notes: Iterable[Note]) -> None:
    """Print notes to standard error, unless the command is quiet."""
    if not getattr(arguments, "quiet", False):
        for note in notes:
            tell(str(note))


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _outermost(roots: Iterable[Path]) -> Iterable[Path]:
    """The roots without those that are only folders below another one."""
    known = list(roots)
    for root in known:
        if not any(root != other and _is_of(root, other) for other in known):
            yield root


def _is_of(inner: Path, root: Path) -> bool:
    """Whether a root is another one, or a plain folder (no repository) below it."""
    return inner == root or (inner.is_relative_to(root) and not (inner / ".git").exists())


def _prefixes(roots: Sequence[Path]) -> dict[Path, str]:
    """The name of each root with a ``/``, as short as tells them apart; none for a single one."""
    if len(roots) < 2:
        return dict.fromkeys(roots, "")
    for length in range(1, max(len(root.parts) for root in roots) + 1):
        names = {root: "/".join(root.parts[-length:]).replace("//", "/") for root in roots}
        if len(set(names.values())) == len(roots):
            return {root: f"{name}/" for root, name in names.items()}
    return {root: f"{root.as_posix()}/" for root in roots}
