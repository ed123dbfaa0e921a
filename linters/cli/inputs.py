"""The roots, repositories and configurations of the paths on a command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from linters.checker import Checker
from linters.cli.options import ConfigOptions, ReadOptions, absolute
from linters.cli.output import print_notes
from linters.cli.policy import Policy
from linters.config.loading import find_config
from linters.config.nearest import Configurations
from linters.findings.rule_settings import RuleSelection
from linters.findings.selection_checks import (
    check_configurations,
    check_selection,
    overruled_severities,
)
from linters.model.errors import UserError
from linters.model.finding import Rule
from linters.model.note import Note
from linters.repository.discovery import Selection, select
from linters.repository.listing import find_root


@dataclass(frozen=True, slots=True)
class Input:
    """One root: the articles selected below it, and its configurations.

    ``prefix`` goes before its paths in the report if there are several roots.
    """

    selection: Selection
    configurations: Configurations
    prefix: str = ""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was skipped or ignored while this root was opened."""
        ignored = "[links] is ignored: only the root's configuration sets it"
        sources = self.configurations.ignored_links
        return (*self.selection.notes, *(Note(ignored, source) for source in sources))


@dataclass(frozen=True, slots=True)
class NamedPaths:
    """Absolute paths of the command line; ``overlay`` has bytes in place of files on disk."""

    paths: tuple[Path, ...]
    overlay: Mapping[Path, bytes] = field(default_factory=dict)


def named_paths(paths: Iterable[str]) -> NamedPaths:
    """The named paths; the current folder if there are none."""
    return NamedPaths(tuple(map(absolute, paths)) or (absolute("."),))


def open_inputs(
    options: ReadOptions,
    named: NamedPaths,
    *,
    prints_notes: bool = True,
    policy: Policy | None = None,
) -> tuple[Input, ...]:
    """The roots of the named paths, each with its articles and configurations.

    ``policy`` says where the configurations come from, by default the working tree.
    With ``prints_notes`` notes go to standard error; otherwise the report has them.
    UserError if a path does not exist, a folder contains no articles, or a configuration is
    invalid.
    """
    from linters.cli.logged_notes import show_logged_notes

    show_logged_notes(quiet=options.quiet)
    roots: dict[Path, list[Path]] = {}
    for path in named.paths:
        if path not in named.overlay and not os.path.lexists(path):
            raise UserError(f"{path}: no such file or folder")
        roots.setdefault(root_of(path, options.configuration), []).append(path)
    prefixes = _prefixes(list(_outermost(roots)))
    inputs = []
    for root, prefix in prefixes.items():
        below = [path for inner, paths in roots.items() for path in paths if _is_of(inner, root)]
        inputs.append(_open(root, prefix, below, options, named.overlay, policy))
    if prints_notes and not options.quiet:
        print_notes(note for entry in inputs for note in entry.notes)
    return tuple(inputs)


def open_inputs_of(options: ReadOptions) -> tuple[Input, ...]:
    """As ``open_inputs`` with a command's own paths, for commands that run no checker.

    UserError as there, and where ``--select`` or a configuration names an unknown rule.
    """
    inputs = open_inputs(options, named_paths(options.paths))
    check_selectors_of_all(options.select, configurations_of(inputs))
    return inputs


def _open(
    root: Path,
    prefix: str,
    named: Sequence[Path],
    options: ReadOptions,
    overlay: Mapping[Path, bytes],
    policy: Policy | None,
) -> Input:
    policy = policy or Policy(None, ExitStack())
    found = policy.configurations(root, options.configuration, options.exclude)
    selection = select(
        root,
        named,
        found,
        force_exclude=options.force_exclude,
        overlay={
            path.relative_to(root).as_posix(): data
            for path, data in overlay.items()
            if path in named
        },
    )
    for name in selection.reported:
        found.of(name)  # reads the nearest configuration now: its errors come before any work
    files = policy.files(root)
    if files is not None:
        repository = replace(selection.repository, policy=files)
        selection = replace(selection, repository=repository)
    return Input(selection, found, prefix)


def root_of(path: Path, options: ConfigOptions) -> Path:
    """The root that a path belongs to."""
    if options.isolated:
        return find_root(path, None)
    folder = path if path.is_dir() else path.parent
    return find_root(path, options.file or find_config(folder))


def configurations(root: Path, options: ConfigOptions) -> Configurations:
    """The configurations of a root in the working tree."""
    return Policy(None, ExitStack()).configurations(root, options)


def run_notes(entry: Input, checkers: Sequence[Checker]) -> tuple[Note, ...]:
    """The notes of a root, and those about settings of the checkers' rules."""
    from linters.findings.build_report import rules_of

    used = entry.configurations.used
    return (*entry.notes, *overruled_severities(used, rules_of(checkers)))


def check_selectors(
    selection: RuleSelection, found: Iterable[Configurations], rules: Sequence[Rule]
) -> None:
    """UserError if the command line or a configuration names an unknown rule."""
    check_selection(selection, rules)
    configurations = list(found)
    used = [settings for each in configurations for settings in each.used]
    check_configurations(used, rules, _overrides(configurations))


def checkers_for(inputs: Sequence[Input], selection: RuleSelection) -> tuple[Checker, ...]:
    """All checkers; UserError if what the inputs or the command line say of them is invalid."""
    from linters.findings.build_report import rules_of
    from linters.pipeline.plugin_settings import check_plugin_settings
    from linters.pipeline.plugins import load_checkers

    checkers = load_checkers()
    found = configurations_of(inputs)
    check_selectors(selection, found, rules_of(checkers))
    used = [settings for each in found for settings in each.used]
    check_plugin_settings(used, checkers, _overrides(found))
    return checkers


def configurations_of(inputs: Iterable[Input]) -> list[Configurations]:
    """The configurations of each root."""
    return [entry.configurations for entry in inputs]


def check_selectors_of_all(select: tuple[str, ...] | None, found: Iterable[Configurations]) -> None:
    """``check_selectors`` with the rules of all checkers, plug-ins included: for commands that
    run no checker, or only one."""
    from linters.findings.build_report import rules_of
    from linters.pipeline.plugins import load_checkers

    check_selectors(RuleSelection(select=select), found, rules_of(load_checkers()))


def _overrides(found: Sequence[Configurations]) -> Mapping[str, Any]:
    """The values of the command line, which all roots have."""
    return found[0].overrides if found else {}


def _outermost(roots: Iterable[Path]) -> Iterable[Path]:
    """The roots, without those that are plain folders below another one."""
    known = list(roots)
    for root in known:
        if not any(root != other and _is_of(root, other) for other in known):
            yield root


def _is_of(inner: Path, root: Path) -> bool:
    """Whether a root is another one, or a plain folder (no repository) below it."""
    return inner == root or (inner.is_relative_to(root) and not (inner / ".git").exists())


def _prefixes(roots: Sequence[Path]) -> dict[Path, str]:
    """The name of each root with a ``/``, as short as is unique; none for a single root."""
    if len(roots) < 2:
        return dict.fromkeys(roots, "")
    for length in range(1, max(len(root.parts) for root in roots) + 1):
        names = {root: "/".join(root.parts[-length:]).replace("//", "/") for root in roots}
        if len(set(names.values())) == len(roots):
            return {root: f"{name}/" for root, name in names.items()}
    return {root: f"{root.as_posix()}/" for root in roots}
