"""Shares of a hundred, one bar a group; a group that is not shown has a label and no bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.ui.charts.bars import percent_of
from portal.ui.charts.years import AXIS_PX, LABEL_PX, ROW_PX

FULL = Decimal(1000)
TICKS = (
    (0, "0 %", "start"),
    (25, "25 %", "middle"),
    (50, "50 %", "middle"),
    (75, "75 %", "middle"),
    (100, "100 %", "end"),
)


@dataclass(frozen=True)
class Share:
    """``permille`` is ``None`` where the group is not shown; ``shown`` is what stands at the bar."""

    label: str
    permille: int | None
    shown: str


def shares_chart(shares: Sequence[Share], *, title: str, summary: str, chart_id: str) -> dict[str, Any] | None:
    """Context of ``components/chart_shares.html``; ``None`` where no group is shown. The table is the page's."""
    if all(share.permille is None for share in shares):
        return None
    bars = [
        {
            "label": share.label,
            "shown": share.shown,
            "width": percent_of(Decimal(share.permille), FULL) if share.permille is not None else "",
            "label_y": position * ROW_PX + 15,
            "bar_y": position * ROW_PX + LABEL_PX,
        }
        for position, share in enumerate(shares)
    ]
    bottom = len(bars) * ROW_PX
    return {
        "id": chart_id,
        "title": title,
        "description": "; ".join(f"{share.label} {share.shown}" for share in shares) + ".",
        "summary": summary,
        "bars": bars,
        "ticks": [{"x": f"{x}%", "label": label, "anchor": anchor} for x, label, anchor in TICKS],
        "plot_bottom": bottom,
        "tick_y": bottom + AXIS_PX - 8,
        "height": bottom + AXIS_PX,
    }
