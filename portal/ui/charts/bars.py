"""Geometry of the pictures, drawn by templates as SVG: per cent across, pixels down.

Pure: numbers in, numbers out. Drawn on the server the pictures print, need no script, and carry
their title, their description and their numbers as a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.ui.templatetags.ui import number
from verification.kernel.quantities import DEFAULT_VALUE_DECIMALS, SEE_DECIMALS, exact, round_half_up

Part = tuple[str, Decimal, str]

NOT_COUNTED = "k-open"
MARK_UP = "k-edge"
LABEL_PX = 24
GAP_PX = 2
THICK_PX, THICK_ROW_PX = 26, 74
THIN_PX, THIN_ROW_PX = 8, 56
AXIS_PX = 26
ROOM_BESIDE_THE_LONGEST = Decimal("1.1")
MOST_TICKS = 6


@dataclass(frozen=True)
class Mark:
    """A piece of a bar: ``x`` and ``width`` in per cent as text, the rest in pixels."""

    css_class: str
    x: str
    width: str
    y: int
    height: int

    @property
    def is_open(self) -> bool:
        """Recorded but not counted: hatched in blue."""
        return self.css_class == NOT_COUNTED

    @property
    def is_mark_up(self) -> bool:
        return self.css_class == MARK_UP


@dataclass(frozen=True)
class Bar:
    """A labelled bar: the label stands above it at ``label_y``, its value at the right edge."""

    label: str
    shown: str
    is_strong: bool
    top: int
    marks: tuple[Mark, ...]

    @property
    def label_y(self) -> int:
        return self.top + 16


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Row:
    """A line of the table beside the picture."""

    label: str
    shown: str
    is_total: bool = False
    source: str = ""


def value_against_default_chart(
    parts: Sequence[Part],
    references: Sequence[Part],
    unit: str,
    title: str,
    summary: str,
    *,
    value_label: str = "Your value",
    mark_up: Decimal | None = None,
    sources: Mapping[str, str] | None = None,
    chart_id: str = "chart",
) -> dict[str, Any]:
    """Context of ``components/chart_value_against_default.html``.

    ``parts`` stack up to the own value; those of class ``k-open`` are drawn but not counted. The
    first of ``references`` is drawn as wide as the own value, and ``mark_up``, in the same unit, is
    the hatched end of it; the others are thin. ``sources`` says by label
    of a reference where it stands. All numbers are specific embedded emissions in
    ``unit`` and not negative. Raises ``ValueError`` for a negative number or when all are zero.
    """
    if any(value < 0 for _label, value, _css in [*parts, *references]):
        raise ValueError("A bar cannot show a negative value.")
    own = sum((value for _label, value, css in parts if css != NOT_COUNTED), Decimal(0))
    longest = max([sum((value for _label, value, _css in parts), Decimal(0)), *(value for _, value, _ in references)])
    if longest == 0:
        raise ValueError("There is nothing to draw: every value is zero.")
    scale = longest * ROOM_BESIDE_THE_LONGEST
    bars = [_bar(value_label, own, parts, scale, top=0, is_thick=True, decimals=SEE_DECIMALS)]
    top = THICK_ROW_PX
    for position, (label, value, css_class) in enumerate(references):
        is_thick = position == 0
        pieces = _with_mark_up(label, value, css_class, mark_up if is_thick else None)
        bars.append(_bar(label, value, pieces, scale, top=top, is_thick=is_thick, decimals=_decimals_of(value)))
        top += THICK_ROW_PX if is_thick else THIN_ROW_PX
    return {
        "id": chart_id,
        "title": title,
        "description": "; ".join(f"{bar.label} {bar.shown}" for bar in bars) + f" {unit}.",
        "summary": summary,
        "unit": unit,
        "legend": [{"label": label, "css_class": css, "is_open": css == NOT_COUNTED} for label, _value, css in parts],
        "bars": bars,
        "ticks": axis_ticks(longest, scale),
        "plot_bottom": top,
        "tick_y": top + AXIS_PX - 8,
        "height": top + AXIS_PX,
        "rows": [
            *(Row(label, number(value, SEE_DECIMALS)) for label, value, _css in parts),
            Row(value_label, number(own, SEE_DECIMALS), is_total=True),
            *(
                Row(label, number(value, _decimals_of(value)), source=(sources or {}).get(label, ""))
                for label, value, _css in references
            ),
        ],
        "has_sources": bool(sources),
        "has_mark_up": bool(mark_up),
    }


def share_of_width(value: Decimal, longest: Decimal) -> str:
    """``value`` as per cent of the width at which ``longest`` fills it, for small bars in tables."""
    return percent_of(value, longest)


def _with_mark_up(label: str, value: Decimal, css_class: str, mark_up: Decimal | None) -> list[Part]:
    if not mark_up:
        return [(label, value, css_class)]
    return [(label, value - mark_up, css_class), (label, mark_up, MARK_UP)]


def _bar(
    label: str, value: Decimal, pieces: Sequence[Part], scale: Decimal, *, top: int, is_thick: bool, decimals: int
) -> Bar:
    marks = []
    start = Decimal(0)
    for _label, length, css_class in pieces:
        marks.append(
            Mark(
                css_class=css_class,
                x=percent_of(start, scale),
                width=percent_of(length, scale),
                y=top + LABEL_PX + GAP_PX,
                height=THICK_PX if is_thick else THIN_PX,
            )
        )
        start += length
    return Bar(label, number(value, decimals), is_thick, top, tuple(marks))


def percent_of(value: Decimal, scale: Decimal) -> str:
    with exact():
        return f"{round_half_up(value / scale * 100, 3)}%"


def _decimals_of(value: Decimal) -> int:
    """Three as published; up to five where the value has them."""
    exponent = value.normalize().as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return min(max(digits, DEFAULT_VALUE_DECIMALS), SEE_DECIMALS)


def axis_ticks(longest: Decimal, scale: Decimal) -> list[Tick]:
    """Round numbers from zero to the longest bar, six steps at most."""
    step = Decimal(1).scaleb((longest / MOST_TICKS).adjusted())
    while longest / step > MOST_TICKS:
        step *= 2 if step.as_tuple().digits == (1,) else Decimal("2.5") if step.as_tuple().digits == (2,) else 2
        step = step.normalize()
    exponent = step.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    count = int(longest / step)
    return [
        Tick(percent_of(step * n, scale), "0" if n == 0 else number(step * n, decimals), "middle" if n else "start")
        for n in range(count + 1)
    ]
