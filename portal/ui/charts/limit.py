"""The gauge of a limit on units: what was used before, what this claim adds, what is over, and where the limit is.

Pure: numbers in, numbers out; ``components/chart_limit.html`` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.ui.templatetags.ui import number
from verification.kernel.quantities import exact, plain, round_half_up

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Piece:
    """A part of the bar; ``x`` and ``width`` in per cent as text."""

    label: str
    css_class: str
    tonnes: int
    x: str
    width: str


@dataclass(frozen=True)
class ClassRow:
    """One class of units beside the bar, in tonnes; ``sublimit_t`` is ``None`` where the class has none."""

    name: str
    claimed: int
    accepted: int
    excess: int
    sublimit_t: int | None


def limit_chart(
    *,
    limit_t: int,
    used_t: int,
    accepted_t: int,
    excess_t: int,
    classes: Sequence[ClassRow],
    chart_id: str = "limit",
) -> dict[str, Any]:
    """Context of the gauge. All numbers are whole tonnes; the bar ends at the limit or at what is over it."""
    whole = max(limit_t, used_t + accepted_t + excess_t, 1)
    pieces, start = [], 0
    parts = (
        (_("Used before"), "k-2", used_t),
        (_("Accepted of this claim"), "k-1", accepted_t),
        (_("Over the limit, stays yours"), "k-open", excess_t),
    )
    for label, css_class, tonnes in parts:
        pieces.append(Piece(label, css_class, tonnes, _share(start, whole), _share(tonnes, whole)))
        start += tonnes
    words = _("Limit %(limit)s t: %(used)s t used before, %(accepted)s t of this claim fit, %(excess)s t are over.")
    summary = words % {
        "limit": number(limit_t), "used": number(used_t), "accepted": number(accepted_t), "excess": number(excess_t),
    }  # fmt: skip
    return {
        "id": chart_id,
        "title": _("Limit of the period"),
        "summary": summary,
        "pieces": pieces,
        "limit_x": _share(limit_t, whole),
        "limit_t": limit_t,
        "left_t": max(limit_t - used_t - accepted_t, 0),
        "classes": list(classes),
        "has_sublimits": any(row.sublimit_t is not None for row in classes),
    }


def _share(part: int, whole: int) -> str:
    with exact():
        return plain(round_half_up(HUNDRED * part / whole, 2))
