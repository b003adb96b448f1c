"""Parts that add up to a value, one a row, each beginning where the one above it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.ui.charts.bars import ROOM_BESIDE_THE_LONGEST, Tick, axis_ticks, percent_of
from portal.ui.charts.labels import clipped
from portal.ui.templatetags.ui import number, percent
from verification.kernel.quantities import SEE_DECIMALS, exact

ROW_PX, BAR_PX, LABEL_PX, AXIS_PX = 46, 14, 22, 26
MOST_LABEL_CHARACTERS = 36


@dataclass(frozen=True)
class Step:
    """A part: ``css_class`` gives its colour, ``pattern`` (``default``, ``mixed`` or empty) what it rests on.

    ``short`` stands in the picture where ``label`` is too long for it.
    """

    label: str
    value: Decimal
    css_class: str
    pattern: str = ""
    is_counted: bool = True
    note: str = ""
    short: str = ""


@dataclass(frozen=True)
class StepBar:
    """Where a part is drawn: per cent across as text, pixels down."""

    label: str
    shown: str
    css_class: str
    pattern: str
    is_open: bool
    is_total: bool
    x: str
    width: str
    top: int

    @property
    def label_y(self) -> int:
        return self.top + 15

    @property
    def bar_y(self) -> int:
        return self.top + LABEL_PX

    @property
    def end_y(self) -> int:
        return self.bar_y + BAR_PX


@dataclass(frozen=True)
class StepRow:
    label: str
    shown: str
    share: str
    note: str
    is_total: bool = False


def composition_chart(
    steps: Sequence[Step], *, total: Decimal, total_label: str, unit: str, title: str, summary: str, chart_id: str
) -> dict[str, Any]:
    """Context of ``components/chart_composition.html``; values in ``unit``, none negative.

    Raises ``ValueError`` where a part is negative or nothing is to be drawn.
    """
    if any(step.value < 0 for step in steps):
        raise ValueError("A part of a value cannot be negative.")
    longest = max([total, *_ends(steps)])
    if longest <= 0:
        raise ValueError("There is nothing to draw: every part is zero.")
    with exact():
        scale = longest * ROOM_BESIDE_THE_LONGEST
    bars, start = [], Decimal(0)
    for position, step in enumerate(steps):
        bars.append(_bar(step, start, scale, position * ROW_PX))
        start += step.value
    whole = Step(total_label, total, "k-4")
    counted = sum(step.is_counted for step in steps)
    bars.insert(counted, _bar(whole, Decimal(0), scale, 0, is_total=True))
    placed = [StepBar(**{**vars(bar), "top": position * ROW_PX}) for position, bar in enumerate(bars)]
    bottom = len(placed) * ROW_PX
    ticks: list[Tick] = axis_ticks(longest, scale)
    return {
        "id": chart_id,
        "title": title,
        "description": "; ".join(f"{bar.label} {bar.shown}" for bar in placed) + f" {unit}.",
        "summary": summary,
        "unit": unit,
        "bars": placed,
        "ticks": ticks,
        "plot_bottom": bottom,
        "tick_y": bottom + AXIS_PX - 8,
        "height": bottom + AXIS_PX,
        "rows": [
            *(_row(step, total) for step in steps if step.is_counted),
            StepRow(total_label, number(total, SEE_DECIMALS), percent(1), "", is_total=True),
            *(_row(step, total) for step in steps if not step.is_counted),
        ],
        "has_default": any(step.pattern == "default" for step in steps),
        "has_mixed": any(step.pattern == "mixed" for step in steps),
    }


def _ends(steps: Sequence[Step]) -> list[Decimal]:
    ends, reached = [Decimal(0)], Decimal(0)
    for step in steps:
        reached += step.value
        ends.append(reached)
    return ends


def _bar(step: Step, start: Decimal, scale: Decimal, top: int, *, is_total: bool = False) -> StepBar:
    return StepBar(
        label=clipped(step.short or step.label, MOST_LABEL_CHARACTERS),
        shown=number(step.value, SEE_DECIMALS),
        css_class=step.css_class,
        pattern=step.pattern,
        is_open=not step.is_counted,
        is_total=is_total,
        x=percent_of(start, scale),
        width=percent_of(step.value, scale),
        top=top,
    )


def _row(step: Step, total: Decimal) -> StepRow:
    with exact():
        share = percent(step.value / total) if total and step.is_counted else ""
    return StepRow(step.label, number(step.value, SEE_DECIMALS), share, step.note)
