"""The checkers: three are built in, plug-ins come through ``articlelint.checkers``."""

from __future__ import annotations

import pickle
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from inspect import iscoroutinefunction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linters.checker import Checker, NetworkClient, NetworkOptions
from linters.findings.core_rules import CORE_RULES
from linters.links.checker import LinkChecker
from linters.localization.checker import LocalizationChecker
from linters.metadata.checker import MetadataChecker
from linters.model.errors import UserError
from linters.model.finding import Rule, Severity
from linters.model.settings import LinkSettings
from linters.pipeline.plugin_output import output_to_stderr
from linters.util.installed import may_have_entry_points

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "articlelint.checkers"
BUILT_IN: tuple[Callable[[], Checker], ...] = (MetadataChecker, LocalizationChecker, LinkChecker)

_CODE = re.compile(r"[A-Z]+[0-9]+")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def entry_points(*, group: str) -> Sequence[EntryPoint]:
    """The entry points of a group; nothing is imported for it where there are none."""
    if not may_have_entry_points(group):
        return ()
    from importlib import metadata

    return tuple(metadata.entry_points(group=group))


def load_checkers() -> tuple[Checker, ...]:
    """All checkers; UserError names the plug-in that fails or claims a name twice."""
    checkers = [make() for make in BUILT_IN]
    own = (*CORE_RULES, *(rule for checker in checkers for rule in checker.rules))
    owners = dict.fromkeys(_claims([checker.name for checker in checkers], own), "articlelint")
    plugins: list[tuple[EntryPoint, Checker]] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        checker = _load(point)
        for claim in _claims([checker.name], checker.rules):
            if claim in owners:
                raise UserError(f"{_title(point)}: {claim} is already taken by {owners[claim]}")
            owners[claim] = _title(point)
        plugins.append((point, checker))
    for point, checker in plugins:
        _refuse_unpicklable(point, checker)
    return (*checkers, *(checker for _, checker in plugins))


@asynccontextmanager
async def network_client(
    settings: LinkSettings, network: NetworkOptions, root: Path
) -> AsyncIterator[NetworkClient]:
    """The client that plug-ins send requests with; closed at the end."""
    from linters.links.network.network_check import NetworkCheck

    client = NetworkCheck(settings, network, roots=(root,))
    try:
        yield client
    finally:
        await client.close()


def _claims(names: Iterable[str], rules: Iterable[Rule]) -> list[str]:
    """The names and codes that only one checker may have."""
    claims = [f"the checker name {name}" for name in names]
    for rule in rules:
        claims += [f"the code {rule.code}", f"the rule name {rule.name}"]
    return claims


def _load(point: EntryPoint) -> Checker:
    """The checker that an entry point's class or function returns when called."""
    try:
        with output_to_stderr():
            checker = point.load()()
        problem = _problem(checker)
    except (Exception, SystemExit) as error:  # whatever a plug-in raises
        kind = type(error).__name__
        raise UserError(f"{_title(point)} cannot be loaded: {kind}: {error}") from error
    if problem is not None:
        raise UserError(f"{_title(point)} is not a checker: {problem}")
    loaded: Checker = checker
    return loaded


def _refuse_unpicklable(point: EntryPoint, checker: Checker) -> None:
    try:
        pickle.dumps(checker)
    except Exception as error:
        raise UserError(f"{_title(point)} cannot be sent to other processes: {error}") from error


def _title(point: EntryPoint) -> str:
    distribution = f", of {point.dist.name} {point.dist.version}" if point.dist else ""
    return f"plug-in {point.name} ({point.value}{distribution})"


def _problem(checker: Any) -> str | None:
    """What keeps an object from being a checker (see ``linters.checker.Checker``)."""
    for name in ("name", "rules", "facts_type", "check", "collect", "resolve"):
        if not hasattr(checker, name):
            return f"it has no {name}"
    if not isinstance(checker.name, str) or not _NAME.fullmatch(checker.name):
        return "name must be lower-case words joined by hyphens"
    if not isinstance(checker.rules, tuple):
        return "rules must be a tuple"
    if not callable(checker.check) or not callable(checker.collect):
        return "check and collect must be methods"
    if not iscoroutinefunction(checker.resolve):
        return "resolve must be an async method"
    schema_problem = _schema_problem(getattr(checker, "settings_schema", None))
    if schema_problem is not None:
        return schema_problem
    return _rules_problem(checker.rules)


def _schema_problem(schema: Any) -> str | None:
    if schema is None:
        return None
    if not isinstance(schema, Mapping):
        return "settings_schema must be a JSON Schema as a mapping"
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return f"settings_schema is not a JSON Schema: {error.message}"
    return None


def _rules_problem(rules: Sequence[Any]) -> str | None:
    if not rules:
        return "it has no rules"
    for rule in rules:
        if not isinstance(rule, Rule) or not isinstance(rule.severity, Severity):
            return f"not a Rule: {rule!r}"
        if not _CODE.fullmatch(rule.code) or not _NAME.fullmatch(rule.name):
            return f"{rule.code} {rule.name}: codes are like ABC001, names like empty-heading"
    return None
