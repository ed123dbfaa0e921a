"""The report is built path by path, as if all findings were sorted at once."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linters.checker import Resolution, ResolveContext
from linters.findings.baseline import Baseline, BaselineEntry
from linters.model.finding import Finding, FindingKey
from tests.running import check, shown
from tests.toy import ToyChecker

_PATHS = 8
_EACH = 25


class _Watch:
    """Counts the findings that are objects, of those made since it was opened."""

    def __init__(self) -> None:
        self.most = 0

    def __enter__(self) -> _Watch:
        gc.collect()
        gc.freeze()
        return self

    def __exit__(self, *_: object) -> None:
        gc.unfreeze()

    def look(self) -> None:
        """Count them now."""
        self.most = max(self.most, sum(type(found) is Finding for found in gc.get_objects()))


class _WatchedEntries(dict[FindingKey, BaselineEntry]):
    """Entries of a baseline; every finding of the report is looked up in them."""

    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def get(self, key: FindingKey, default: Any = None) -> Any:
        """No entry hides the finding."""
        self._watch.look()
        return default


class _RevisingChecker(ToyChecker):
    """Looks at every finding of ``check`` again once the repository is known."""

    def __init__(self, watch: _Watch) -> None:
        self._watch = watch

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """No findings of its own."""
        return Resolution(revise=self._revise)

    def _revise(self, finding: Finding) -> Finding:
        self._watch.look()
        return finding


def test_only_the_findings_of_one_path_are_objects_at_a_time(tmp_path: Path) -> None:
    files = {f"{number}.md": "bad " * _EACH for number in range(_PATHS)}
    with _Watch() as watch:
        baseline = Baseline(entries=_WatchedEntries(watch))
        report = check(tmp_path, files, checkers=[_RevisingChecker(watch)], baseline=baseline)
    assert len(report.findings) == _PATHS * _EACH
    assert _EACH <= watch.most <= 4 * _EACH < len(report.findings)


def test_findings_of_both_stages_are_in_order(tmp_path: Path) -> None:
    files = {"b.md": "late bad\n", "a.md": "bad\n\nlate\n", "a/c.md": "late\n"}
    assert shown(check(tmp_path, files, offline=False)) == [
        "a.md:1:1 bad-word",
        "a.md:3:1 late-word",
        "a/c.md:1:1 late-word",
        "b.md:1:1 late-word",
        "b.md:1:6 bad-word",
    ]


def test_an_article_without_findings_may_have_an_unused_directive(tmp_path: Path) -> None:
    files = {
        "a.md": "<!-- articlelint-disable-next-line TOY001 -->\ngood\n",
        "b.md": "<!-- articlelint-disable-next-line TOY001 -->\nbad\n",
    }
    report = check(tmp_path, files)
    assert (shown(report), report.suppressed) == (["a.md:1:1 unused-suppression"], 1)
