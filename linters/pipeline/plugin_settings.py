"""Validates ``[plugins.NAME]`` of every configuration by the plug-in's own JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from linters.checker import Checker
from linters.config.kinds import KeyPath, Mistake, unexpected
from linters.config.loading import locate_in
from linters.model.errors import ConfigurationError, ConfigurationProblem
from linters.model.settings import Settings
from linters.pipeline.run_checker import is_built_in
from linters.util.suggestions import suggestion

if TYPE_CHECKING:
    from jsonschema import ValidationError

_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a table",
    "string": "text",
}


def check_plugin_settings(
    configurations: Iterable[Settings], checkers: Sequence[Checker], overrides: Mapping[str, Any]
) -> None:
    """ConfigurationError with everything that the plug-ins' schemas do not allow.

    ``overrides`` are the values of the command line in the settings.
    """
    plugins = {checker.name: checker for checker in checkers if not is_built_in(checker)}
    found: dict[ConfigurationProblem, None] = {}  # what overrides every file is said once
    for settings in configurations:
        mistakes = _mistakes(settings, plugins)
        found |= dict.fromkeys(locate_in(settings, mistakes, overrides))
    if found:
        raise ConfigurationError(found)


def with_plugin_settings(schema: Mapping[str, Any], checkers: Sequence[Checker]) -> dict[str, Any]:
    """The JSON Schema of the configuration with those of the plug-ins' tables.

    Each gets an ``$id``: its references (``#/$defs/…``) begin at itself, not at the whole.
    """
    tables = {
        checker.name: {"$id": f"urn:articlelint:plugin:{quote(checker.name)}", **settings}
        for checker in checkers
        if not is_built_in(checker)
        and isinstance(settings := getattr(checker, "settings_schema", None), Mapping)
    }
    if not tables:
        return dict(schema)
    plugins = {**schema["properties"]["plugins"], "properties": tables}
    return {**schema, "properties": {**schema["properties"], "plugins": plugins}}


def _mistakes(settings: Settings, plugins: Mapping[str, Checker]) -> Iterator[Mistake]:
    for name, values in settings.plugins.items():
        path = ("plugins", name)
        if name not in plugins:
            near = suggestion(name, tuple(plugins))
            yield Mistake(f"no plug-in {name!r} is installed{near}", path)
            continue
        schema = getattr(plugins[name], "settings_schema", None)
        if schema is None:
            if values:
                yield Mistake(f"the plug-in {name!r} has no settings", path)
            continue
        yield from _violations(schema, values, path)


def _violations(
    schema: Mapping[str, Any], values: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[Mistake]:
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema).iter_errors(values)
    for error in sorted(errors, key=lambda error: list(map(str, error.absolute_path))):
        yield from _mistakes_of(error, (*path, *error.absolute_path))


def _mistakes_of(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    """A violation in the words of the other keys, where there are such words."""
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator == "additionalProperties" and error.validator_value is False:
        known = tuple(schema.get("properties", ()))
        patterns = tuple(schema.get("patternProperties", ()))
        given: Any = error.instance
        for key in given:
            if key not in known and not any(re.search(pattern, key) for pattern in patterns):
                yield Mistake(f"unknown key {key!r}{suggestion(key, known)}", (*path, key))
    elif error.validator == "type":
        kinds: Any = error.validator_value
        names = [kinds] if isinstance(kinds, str) else kinds
        expected = " or ".join(_KINDS.get(name, name) for name in names)
        wrong = unexpected(expected, error.instance)
        yield from (Mistake(mistake.message, path) for mistake in wrong.mistakes)
    else:
        yield Mistake(error.message, path)
