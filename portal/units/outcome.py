"""What became of the units of a decided claim: ranges accepted and returned, and what happened to them later."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from verification.claims.enums import BlockState, ReversalOutcome
from verification.claims.models import Claim, ReversalEvent, UnitBlock

RANGES_SHOWN = 50


@dataclass(frozen=True)
class Ranges:
    """Blocks in one state: how many, their tonnes, and the first of them."""

    count: int
    tonnes: int
    shown: tuple[UnitBlock, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Outcome:
    accepted: Ranges
    returned: Ranges
    reversals: tuple[ReversalEvent, ...]

    @property
    def open_reversals(self) -> list[ReversalEvent]:
        return [event for event in self.reversals if event.outcome == ReversalOutcome.OPEN]


def outcome_of(claim: Claim) -> Outcome | None:
    """``None`` before the decision."""
    if claim.decided_at is None:
        return None
    return Outcome(
        accepted=_ranges(claim, BlockState.ACCEPTED, BlockState.SUSPENDED),
        returned=_ranges(claim, BlockState.RETURNED, BlockState.RELEASED),
        reversals=tuple(claim.reversals.select_related("block")),
    )


def _ranges(claim: Claim, *states: BlockState) -> Ranges:
    found = claim.blocks.filter(state__in=states)
    sums = found.aggregate(count=Count("pk"), tonnes=Sum("quantity"))
    return Ranges(sums["count"], sums["tonnes"] or 0, tuple(found.order_by("position", "first")[:RANGES_SHOWN]))
