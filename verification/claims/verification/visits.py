"""Which visits of the site a reporting period allows (Implementing Regulation (EU) 2025/2546, Articles 2 to 4).

The history of visits is the state; a period's kind of visit is the step. The first period that is
verified needs a visit in person, without exception. The checks VER-005, VER-012 and VER-013 judge the
signed statement by the same limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from verification.checks.limits import limit
from verification.claims.enums import VisitKind

ACT = "Implementing Regulation (EU) 2025/2546"


@dataclass(frozen=True)
class VisitLimits:
    """How many periods with a visit in person the act asks for."""

    before_virtual: int
    before_waiver: int
    periods_for_electricity: int


@dataclass(frozen=True)
class VisitRefusal:
    """Why a kind of visit is not enough: the code of the check that says the same, and the rule."""

    code: str
    message: str
    mend: str
    reference: str


def limits_on(day: date) -> VisitLimits:
    """The limits of the act that hold for a period ending on ``day``."""
    return VisitLimits(
        int(limit("physical_visits_before_virtual_visit", day)),
        int(limit("physical_visits_before_waiver", day)),
        int(limit("periods_with_a_visit_for_electricity", day)),
    )


def allowed_kinds(
    history: Mapping[int, str], year: int, *, limits: VisitLimits, makes_electricity_alone: bool = False
) -> frozenset[VisitKind]:
    """Kinds that ``year`` allows after the visits of earlier years, but for force majeure (Article 4)."""
    allowed = {VisitKind.PHYSICAL}
    if _was_visited(history, year, limits.before_virtual):
        allowed.add(VisitKind.VIRTUAL)
    if _was_visited(history, year, limits.before_waiver):
        allowed.add(VisitKind.WAIVED)
    window = range(year - limits.periods_for_electricity, year)
    if makes_electricity_alone and any(history.get(earlier) == VisitKind.PHYSICAL for earlier in window):
        allowed.add(VisitKind.WAIVED)
    return frozenset(allowed)


def visit_refusal(
    kind: str,
    history: Mapping[int, str],
    year: int,
    *,
    limits: VisitLimits,
    makes_electricity_alone: bool = False,
    is_force_majeure: bool = False,
) -> VisitRefusal | None:
    """The rule that a visit of ``kind`` in ``year`` breaks; ``None`` where it is allowed."""
    if kind in allowed_kinds(history, year, limits=limits, makes_electricity_alone=makes_electricity_alone):
        return None
    if not any(earlier < year for earlier in history):
        return VisitRefusal(
            "VER-005",
            "In the first period that is verified the site is visited in person.",
            "Visit the site, or name the earlier periods that were verified.",
            f"{ACT}, Article 2",
        )
    if kind == VisitKind.VIRTUAL:
        if is_force_majeure:
            return None
        return VisitRefusal(
            "VER-012",
            "A virtual visit needs a visit in person in the period before, or force majeure.",
            "Visit the site, or say which circumstances outside the operator’s control keep you away.",
            f"{ACT}, Articles 3(1)(a) and 4",
        )
    return VisitRefusal(
        "VER-013",
        f"A visit may be waived only after visits in person in the {limits.before_waiver} periods before"
        f" (power stations: one in {limits.periods_for_electricity}).",
        "Visit the site in person.",
        f"{ACT}, Article 3(1)(b) and (2)(c)",
    )


def _was_visited(history: Mapping[int, str], year: int, periods: int) -> bool:
    """Whether each of the ``periods`` before ``year`` had a visit in person."""
    return all(history.get(year - back) == VisitKind.PHYSICAL for back in range(1, periods + 1))
