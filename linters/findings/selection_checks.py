"""Reports selectors of the command line and of configurations that name no rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from linters.config.kinds import KeyPath, Mistake
from linters.config.loading import locate_in
from linters.findings.rule_selectors import names, problems
from linters.findings.rule_settings import RuleSelection
from linters.model.errors import ConfigurationError, ConfigurationProblem, UserError
from linters.model.finding import Rule, Severity
from linters.model.note import Note
from linters.model.settings import Settings


def check_configurations(
    settings: Iterable[Settings], rules: Sequence[Rule], overrides: Mapping[str, Any]
) -> None:
    """ConfigurationError with every selector that names no rule.

    ``overrides`` are the values of the command line in the settings.
    """
    found: dict[ConfigurationProblem, None] = {}  # what overrides every file is said once
    for configuration in settings:
        mistakes = _mistakes(configuration, rules)
        found |= dict.fromkeys(locate_in(configuration, mistakes, overrides))
    if found:
        raise ConfigurationError(found)


def overruled_severities(settings: Iterable[Settings], rules: Sequence[Rule]) -> Iterator[Note]:
    """A note for each severity that has no effect because the rule is ignored by name as well."""
    for configuration in settings:
        ignored = {rule.code for rule in rules if any(names(w, rule) for w in configuration.ignore)}
        for word, severity in configuration.severity.items():
            overruled = any(rule.code in ignored and names(word, rule) for rule in rules)
            if overruled and severity is not Severity.OFF:
                yield Note(f"severity.{word} has no effect: ignore names it", configuration.source)


def check_selection(selection: RuleSelection, rules: Sequence[Rule]) -> None:
    """UserError if the command line names a rule that does not exist."""
    for flag, words in (
        ("--select", selection.select or ()),
        ("--ignore", selection.ignore),
        ("--extend-select", selection.extend_select),
    ):
        for _, message in problems(words, rules):
            raise UserError(f"{flag}: {message}")
    if selection.select is not None and not selection.select:
        raise UserError("--select: expected at least one rule")


def _mistakes(settings: Settings, rules: Sequence[Rule]) -> Iterator[Mistake]:
    lists: list[tuple[KeyPath, Iterable[str]]] = [
        (("select",), settings.select),
        (("extend-select",), settings.extend_select),
        (("ignore",), settings.ignore),
        *((("per-file-ignores", glob), words) for glob, words in settings.per_file_ignores.items()),
    ]
    for path, words in lists:
        for _, message in problems(words, rules):
            yield Mistake(message, path)
    for word, message in problems(settings.severity, rules):
        yield Mistake(message, ("severity", word))
