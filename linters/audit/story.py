"""The history of one link in words, for ``why --journal``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from linters.audit.journal import Journal
from linters.audit.journal_file import refuse_symbolic_links
from linters.audit.run_summary import instant
from linters.model.errors import UserError
from linters.model.link import Outcome
from linters.util.clock import rfc3339
from linters.util.redact import masked


def story(path: Path, url: str) -> Iterator[str]:
    """Lines on the state of a link and each change of its outcome, the oldest first.

    UserError if the journal does not exist or cannot be read.
    """
    if not path.is_file():
        raise UserError(f"journal {path}: no such file")
    refuse_symbolic_links(path)
    try:
        with Journal(path) as journal:
            yield from _story(journal, masked(url))
    except sqlite3.Error as error:
        raise UserError(f"journal {path}: {error}") from error


def _story(journal: Journal, target: str) -> Iterator[str]:
    state = journal.links.state(target)
    if state is None:
        yield "history: the journal has no such link"
        return
    yield "history:"
    yield f"  first seen {rfc3339(instant(state.first_seen))}"
    if state.last_ok is not None:
        yield f"  last success {rfc3339(instant(state.last_ok))}"
    if state.failures:
        yield f"  failed runs in a row: {state.failures}"
    for change in journal.links.story(target):
        was = f" (was {change.before.verdict})" if change.before is not None else ""
        yield f"  {rfc3339(instant(change.date))} run {change.run}: {_words(change.outcome)}{was}"
    copy = journal.copy(target)
    if copy is not None:
        yield f"  archived copy: {copy}"


def _words(outcome: Outcome) -> str:
    parts = [str(outcome.verdict), outcome.reason or str(outcome.cause or "")]
    if outcome.final_url:
        parts.append(f"redirects to {outcome.final_url}")
    return ", ".join(part for part in parts if part)
