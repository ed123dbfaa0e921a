"""The geometry of an audit's charts: inline SVG without script, style attribute or reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linters.model.audit_report import TrendPoint
from linters.model.link import Verdict

WIDTH, HEIGHT = 640, 160
_LEFT, _BOTTOM, _TOP = 48, 24, 8
_STACK = (Verdict.BROKEN, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a stacked bar, in the units of the view box; ``title`` is its tooltip."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a point."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars; ``description`` says in words what it shows."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    description: str
    width: int = WIDTH
    height: int = HEIGHT
    axis_x: int = _LEFT
    axis_y: int = HEIGHT - _BOTTOM


def trend_chart(points: Sequence[TrendPoint]) -> Chart:
    """Broken and unknown links of each run, one stacked bar a run."""
    highest = max((_total(point) for point in points), default=0) or 1
    room = HEIGHT - _BOTTOM - _TOP
    step = (WIDTH - _LEFT) / max(len(points), 1)
    bars = []
    for number, point in enumerate(points):
        y = float(HEIGHT - _BOTTOM)
        for verdict in _STACK:
            count = point.links[verdict]
            height = room * count / highest
            y -= height
            if count:
                bars.append(
                    Bar(
                        kind=str(verdict),
                        x=round(_LEFT + step * (number + 0.1), 2),
                        y=round(y, 2),
                        width=round(step * 0.8, 2),
                        height=round(height, 2),
                        title=f"{point.date.date().isoformat()}: {count:,} {verdict}",
                    )
                )
    labels = [
        Label(_LEFT - 6, _TOP + 8, f"{highest:,}", "end"),
        Label(_LEFT - 6, HEIGHT - _BOTTOM, "0", "end"),
    ]
    if points:
        dates = [point.date.date().isoformat() for point in points]
        labels.append(Label(_LEFT, HEIGHT - 6, dates[0], "start"))
        if len(points) > 1:
            labels.append(Label(WIDTH, HEIGHT - 6, dates[-1], "end"))
    return Chart(tuple(bars), tuple(labels), _description(points))


def _total(point: TrendPoint) -> int:
    return sum(point.links[verdict] for verdict in _STACK)


def _description(points: Sequence[TrendPoint]) -> str:
    if not points:
        return "No runs."
    first, last = points[0], points[-1]
    return (
        f"Broken links: {first.links[Verdict.BROKEN]:,} on {first.date.date().isoformat()}, "
        f"{last.links[Verdict.BROKEN]:,} on {last.date.date().isoformat()}."
    )
