"""The checkers: three built in, foreign ones through ``articlelint.checkers``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import entry_points

from linters.checker import Checker
from linters.errors import UserError
from linters.links.checker import LinkChecker
from linters.localization.checker import LocalizationChecker
from linters.metadata.checker import MetadataChecker
from linters.rules import CORE_RULES

GROUP = "articlelint.checkers"
BUILT_IN: tuple[Callable[[], Checker], ...] = (MetadataChecker, LocalizationChecker, LinkChecker)


def load_checkers() -> tuple[Checker, ...]:
    """All checkers; UserError names the plug-in that fails or claims a name twice."""
    checkers = [make() for make in BUILT_IN]
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            checkers.append(point.load()())
        except Exception as error:
            raise UserError(f"plug-in {point.name} ({point.value}): {error!r}") from error
    _refuse_duplicates(checkers)
    return tuple(checkers)


def _refuse_duplicates(checkers: Iterable[Checker]) -> None:
    owners: dict[str, str] = dict.fromkeys(
        (word for rule in CORE_RULES for word in (rule.code, rule.name)), "articlelint"
    )
    for checker in checkers:
        for rule in checker.rules:
            for word in (rule.code, rule.name):
                if word in owners:
                    raise UserError(
                        f"plug-in {checker.name}: {word} is already taken by {owners[word]}"
                    )
                owners[word] = checker.name
