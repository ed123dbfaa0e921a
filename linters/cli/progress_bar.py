"""The progress bar of rich, with the verdicts so far; needs the extra ``progress``."""

from __future__ import annotations

from typing import NoReturn, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from linters.cli.progress_state import ProgressState


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave a closed terminal to the caller; rich would end the program."""
        raise BrokenPipeError


class RichBar:
    """A bar that disappears when it is closed."""

    def __init__(self, stream: TextIO) -> None:
        self._progress = Progress(
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[verdicts]}"),
            console=_Console(file=stream),
            transient=True,
            auto_refresh=False,  # no thread: signals and forks stay simple
        )
        self._task = self._progress.add_task("links", count="", verdicts="")
        self._progress.start()

    def update(self, state: ProgressState) -> None:
        """Draw the state."""
        self._progress.update(
            self._task,
            completed=state.done,
            total=state.total,
            count=f"{state.done:,} of {state.total:,} links, {state.rate:.0f}/s",
            verdicts=", ".join(state.verdict_parts()),
        )
        self._progress.refresh()

    def close(self) -> None:
        """Remove the bar."""
        self._progress.stop()
