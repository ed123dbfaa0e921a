"""TOML to frozen Settings; an unknown key is an error with a suggestion."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linters.article.text.lines import line_of
from linters.config.kinds import Invalid, KeyPath, Mistake
from linters.model.errors import ConfigurationError, ConfigurationProblem, UserError
from linters.model.finding import Range
from linters.model.settings import Settings
from linters.util.files import FileError, read_bounded
from linters.util.safe_paths import detour

if TYPE_CHECKING:
    from linters.config.positions import KeyPlace

FILE_NAME = "articlelint.toml"
_COMMAND_LINE = "--config"
MAX_BYTES = 1024 * 1024
_MAX_PARTS = 100
# tomllib takes time quadratic in the number of a key's parts.
_PART = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*\"|'[^'\n]*')[ \t]*+\.[ \t]*+"
_SYNTAX_PLACE = re.compile(
    r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$"
)
_LONG_KEY = re.compile(rf"(?<![\w-])(?:{_PART}){{{_MAX_PARTS}}}")


def find_config(start: Path) -> Path | None:
    """The nearest ``articlelint.toml``, or ``pyproject.toml`` with ``[tool.articlelint]``.

    Looks in ``start`` and the folders above it, and not beyond a folder with ``.git``.
    """
    for folder in (start, *start.parents):
        file = config_in(folder)
        if file is not None:
            return file
        if (folder / ".git").exists():
            return None
    return None


def config_in(folder: Path, root: Path | None = None) -> Path | None:
    """The configuration file directly in a folder.

    UserError where it is a symbolic link that leaves ``root``: nothing outside is read.
    """
    file = folder / FILE_NAME
    if os.path.lexists(file) and not file.is_dir():
        _refuse_outside(file, root)
        return file
    file = folder / "pyproject.toml"
    if not file.is_file():
        return None
    _refuse_outside(file, root)
    # Only what may contain our table is parsed: a broken pyproject.toml is its owner's affair.
    if "articlelint" in _text(file) and "articlelint" in _tools(_parse(file)):
        return file
    return None


def _refuse_outside(file: Path, root: Path | None) -> None:
    if root is None:
        return
    wrong = detour(file, root)
    if wrong is not None:
        raise UserError(f"{file}: {wrong}")


def load(
    path: Path | None, root: Path | None = None, overrides: Mapping[str, Any] | None = None
) -> Settings:
    """The settings of a file; the defaults without one.

    ``overrides`` are valid TOML values that replace those of the file. Globs belong to the
    file's folder; ``root`` (the folder itself by default) is what ``Settings.folder`` and
    ``Settings.source`` are relative to. ConfigurationError names every mistake with its line
    and key; UserError says why a file cannot be read.
    """
    if path is None and not overrides:
        return Settings()
    from linters.config.keys import SETTINGS

    if path is None:
        defaults: Settings = SETTINGS.parse(overrides)
        return defaults
    root = root or path.parent
    data = merged(read_table(path), overrides or {})

    try:
        settings: Settings = SETTINGS.parse(data)
    except Invalid as error:
        raise ConfigurationError(locate(path, error.mistakes, overrides or {})) from error
    given = (overrides or {}).get("links", {})
    is_given = isinstance(given, dict) and "ca-files" in given
    ca_files = tuple(str(path.parent / file) for file in settings.links.ca_files)
    for file, name in zip(ca_files, settings.links.ca_files, strict=True):
        # An authority can vouch for any server: those of a pull request are in its own files.
        if not is_given and not Path(file).resolve().is_relative_to(root.resolve()):
            raise UserError(
                f"{path}: links.ca-files: {name!r} is outside the repository; name it by "
                "--config links.ca-files=[…]"
            )
    return replace(
        settings,
        links=replace(settings.links, ca_files=ca_files),
        directory=str(path.parent),
        folder=_relative(path.parent, root),
        source=_relative(path, root),
        places=_metadata_places(path) if "metadata" in data else {},
    )


def merged(values: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    """The TOML values with others in their place; tables are merged key by key."""
    result = dict(values)
    for key, value in overrides.items():
        below = result.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        result[key] = merged(dict(below or {}), value) if both else value
    return result


def read_table(path: Path) -> dict[str, Any]:
    """The configuration of a file as TOML values, not validated."""
    data = _parse(path)
    return _table(_tools(data), "articlelint") if path.name == "pyproject.toml" else data


def _tools(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return _table(data, "tool")


def _table(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key, {})
    return value if isinstance(value, dict) else {}


def _relative(path: Path, root: Path) -> str:
    if not path.is_relative_to(root):
        return "" if path.is_dir() else str(path)
    relative = path.relative_to(root).as_posix()
    return "" if relative == "." else relative


def find_places(path: Path) -> dict[KeyPath, KeyPlace]:
    """The ranges of each key and value of the configuration in its file."""
    from linters.config import positions

    found = positions.find_places(_text(path))
    if path.name != "pyproject.toml":
        return found
    return {key[2:]: place for key, place in found.items() if key[:2] == ("tool", "articlelint")}


def _metadata_places(path: Path) -> dict[KeyPath, Range]:
    return {
        key: place.value for key, place in find_places(path).items() if key[:1] == ("metadata",)
    }


def locate_in(
    settings: Settings, mistakes: Iterable[Mistake], overrides: Mapping[str, Any]
) -> Iterator[ConfigurationProblem]:
    """``locate`` with the file that the settings come from."""
    source = settings.source
    path = None if source is None else Path(settings.directory) / Path(source).name
    return locate(path, mistakes, overrides)


def locate(
    path: Path | None, mistakes: Iterable[Mistake], overrides: Mapping[str, Any]
) -> Iterator[ConfigurationProblem]:
    """The mistakes with their places: ``--config`` where it sets the value, and without a file;
    else the line in the configuration file, in the order of the file."""
    in_file = []
    for mistake in mistakes:
        if path is None or _is_given(overrides, mistake.path):
            yield ConfigurationProblem(_COMMAND_LINE, mistake.message, _dotted(mistake.path))
        else:
            in_file.append(mistake)
    if path is not None and in_file:
        yield from _locate_in_file(path, in_file)


def _is_given(overrides: Any, keys: KeyPath) -> bool:
    for key in keys:
        if not isinstance(overrides, Mapping):
            break  # a list or value, which replaces the file's as a whole
        if key not in overrides:
            return False
        overrides = overrides[key]
    return True


def _dotted(keys: KeyPath) -> str:
    key = ".".join(f"[{part}]" if isinstance(part, int) else part for part in keys)
    return key.replace(".[", "[")


def _locate_in_file(path: Path, mistakes: Iterable[Mistake]) -> Iterator[ConfigurationProblem]:
    places = find_places(path)
    lines = _text(path).splitlines()
    problems = []
    for message, keys in mistakes:
        known = keys
        while known and known not in places:
            known = known[:-1]
        problem = ConfigurationProblem(str(path), message, _dotted(keys))
        if known:
            # An unknown key is marked itself, an invalid value where it is written.
            unknown = message.startswith("unknown key")
            (line, column), end = places[known][not unknown]
            problem = replace(
                problem,
                line=line,
                column=column,
                end=end.column if end.line == line else None,
                excerpt=lines[line - 1] if line <= len(lines) else None,
            )
        problems.append(problem)
    yield from sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))


def _text(path: Path) -> str:
    try:
        return read_bounded(path, MAX_BYTES).removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except FileError as error:
        raise UserError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        line = line_of(error.object[: error.start].decode(), error.start)
        byte = error.object[error.start]
        raise UserError(f"{path}:{line}: not UTF-8: byte 0x{byte:02x}") from error


def _parse(path: Path) -> dict[str, Any]:
    import tomllib

    text = _text(path)
    long = _LONG_KEY.search(text)
    if long is not None:
        line = line_of(text, long.start())
        raise UserError(f"{path}:{line}: a key with more than {_MAX_PARTS} parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise UserError(f"{path}: nested too deeply") from error
    except ValueError as error:
        raise ConfigurationError([_syntax_problem(path, text, str(error))]) from error


def _syntax_problem(path: Path, text: str, message: str) -> ConfigurationProblem:
    """The place that ``tomllib`` ends its message with, as that of other mistakes."""
    match = _SYNTAX_PLACE.search(message)
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if match is None:
        return ConfigurationProblem(str(path), message)
    reason = message[: match.start()]
    reason = reason[:1].lower() + reason[1:]
    at_end = match["line"] is None  # "(at end of document)"
    line = len(lines) if at_end else min(int(match["line"]), len(lines))
    excerpt = lines[line - 1]
    column = len(excerpt) + 1 if at_end else int(match["column"])
    return ConfigurationProblem(str(path), reason, "", line, column, column + 1, excerpt)
