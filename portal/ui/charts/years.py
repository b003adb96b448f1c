"""The same value over several years, one bar a year, with the default of the year as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.ui.charts.bars import ROOM_BESIDE_THE_LONGEST, axis_ticks, percent_of
from portal.ui.templatetags.ui import default_value, see
from verification.kernel.quantities import exact

ROW_PX, BAR_PX, LABEL_PX, AXIS_PX = 46, 14, 22, 26
OVERHANG_PX = 4


@dataclass(frozen=True)
class YearValue:
    """``value`` and ``default`` in one unit; ``is_now`` is the year that the page is about."""

    label: str
    value: Decimal
    default: Decimal | None
    source: str
    is_now: bool = False


@dataclass(frozen=True)
class YearBar:
    label: str
    shown: str
    is_now: bool
    width: str
    mark_x: str
    top: int

    @property
    def label_y(self) -> int:
        return self.top + 15

    @property
    def bar_y(self) -> int:
        return self.top + LABEL_PX

    @property
    def mark_from(self) -> int:
        return self.bar_y - OVERHANG_PX

    @property
    def mark_to(self) -> int:
        return self.bar_y + BAR_PX + OVERHANG_PX


def years_chart(
    years: Sequence[YearValue], *, unit: str, title: str, summary: str, chart_id: str
) -> dict[str, Any] | None:
    """Context of ``components/chart_years.html``, the oldest year first; ``None`` where no value is above zero.

    Raises ``ValueError`` for a negative value.
    """
    values = [value for year in years for value in (year.value, year.default) if value is not None]
    if any(value < 0 for value in values):
        raise ValueError("A bar cannot show a negative value.")
    longest = max(values, default=Decimal(0))
    if not longest:
        return None
    with exact():
        scale = longest * ROOM_BESIDE_THE_LONGEST
    bars = [
        YearBar(
            label=year.label,
            shown=see(year.value),
            is_now=year.is_now,
            width=percent_of(year.value, scale),
            mark_x=percent_of(year.default, scale) if year.default is not None else "",
            top=position * ROW_PX,
        )
        for position, year in enumerate(years)
    ]
    bottom = len(bars) * ROW_PX
    return {
        "id": chart_id,
        "title": title,
        "description": "; ".join(f"{bar.label} {bar.shown}" for bar in bars) + f" {unit}.",
        "summary": summary,
        "unit": unit,
        "bars": bars,
        "ticks": axis_ticks(longest, scale),
        "plot_bottom": bottom,
        "tick_y": bottom + AXIS_PX - 8,
        "height": bottom + AXIS_PX,
        "has_default": any(year.default is not None for year in years),
        "rows": [
            {
                "label": year.label,
                "shown": see(year.value),
                "default": default_value(year.default),
                "source": year.source,
                "is_now": year.is_now,
            }
            for year in years
        ],
    }
