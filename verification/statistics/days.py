"""How long officials had a claim: working days, Monday to Friday, while it was theirs. Pure.

The default of the report; a calendar with public holidays is given to it as another function of the same shape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

Passage = tuple[date, str]
"""The day on which the claim came into a state, and the state."""
Elapsed = Callable[[Sequence[Passage]], int]
"""Working days from sending to decision, for the passages of a claim in their order, up to the decision."""

SATURDAY = 5
WITH_OFFICIALS = frozenset({"submitted", "in_review", "recommended"})


def weekdays_with_officials(passages: Sequence[Passage]) -> int:
    return sum(
        _weekdays_between(start, end) for (start, state), (end, _next) in pairwise(passages) if state in WITH_OFFICIALS
    )


def _weekdays_between(start: date, end: date) -> int:
    """Days after ``start`` up to and including ``end`` that are no Saturday or Sunday."""
    weeks, rest = divmod((end - start).days, 7)
    return weeks * 5 + sum((end - timedelta(days=ago)).weekday() < SATURDAY for ago in range(rest))
