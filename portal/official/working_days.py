"""Working days, Monday to Friday. Public holidays are not known here, and the pages say so."""

from __future__ import annotations

from datetime import date, timedelta

from verification.claims.models import Claim

DAYS_OF_A_WEEK, WORKING_DAYS_OF_A_WEEK = 7, 5


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; zero where ``end`` is not later."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, DAYS_OF_A_WEEK)
    last_days = (end - timedelta(days=ago) for ago in range(rest))
    return weeks * WORKING_DAYS_OF_A_WEEK + sum(day.weekday() < WORKING_DAYS_OF_A_WEEK for day in last_days)


def working_days_since_sent(claim: Claim, today: date) -> int:
    return working_days_between(claim.submitted_at.date(), today) if claim.submitted_at else 0
