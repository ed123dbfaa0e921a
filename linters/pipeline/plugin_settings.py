"""Validates ``[plugins.NAME]`` of every configuration by the plug-in's own JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linters.checker import Checker
from linters.config.kinds import Mistake, suggestion
from linters.config.loading import locate
from linters.model.errors import ConfigurationError, ConfigurationProblem
from linters.model.settings import Settings
from linters.pipeline.run_checker import is_built_in


def check_plugin_settings(configurations: Iterable[Settings], checkers: Sequence[Checker]) -> None:
    """ConfigurationError with everything that the plug-ins' schemas do not allow."""
    plugins = {checker.name: checker for checker in checkers if not is_built_in(checker)}
    found: list[ConfigurationProblem] = []
    for settings in configurations:
        mistakes = list(_mistakes(settings, plugins)) if settings.plugins else []
        if mistakes and settings.source is not None:
            found += locate(Path(settings.directory) / Path(settings.source).name, mistakes)
    if found:
        raise ConfigurationError(found)


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
        yield Mistake(error.message, (*path, *error.absolute_path))
