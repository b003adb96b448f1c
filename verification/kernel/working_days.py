"""Working days: Monday to Friday without the public holidays of an authority's calendar.

The day of an act is not counted, and a period that would end on another day ends with the next working day
(Regulation (EEC, Euratom) No 1182/71, Articles 2 and 3; the same is usual elsewhere).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Set
from datetime import date, timedelta

DAYS_OF_A_WEEK, WORKING_DAYS_OF_A_WEEK = 7, 5
MONTHS_OF_A_YEAR = 12
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Set[date]) -> bool:
    return day.weekday() < WORKING_DAYS_OF_A_WEEK and day not in holidays


def working_days_between(start: date, end: date, holidays: Set[date]) -> int:
    """Working days after ``start`` up to and including ``end``; zero where ``end`` is not later."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, DAYS_OF_A_WEEK)
    last_days = (end - timedelta(days=ago) for ago in range(rest))
    weekdays = weeks * WORKING_DAYS_OF_A_WEEK + sum(day.weekday() < WORKING_DAYS_OF_A_WEEK for day in last_days)
    return weekdays - sum(start < day <= end and day.weekday() < WORKING_DAYS_OF_A_WEEK for day in holidays)


def working_days_later(start: date, count: int, holidays: Set[date]) -> date:
    """The ``count``-th working day after ``start``, or before it where ``count`` is negative; for 0 the next
    working day from ``start`` on."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    day = start
    for _ in range(abs(count)):
        day = _from(day + step, step, holidays)
    return _from(day, ONE_DAY, holidays)


def months_later(start: date, count: int, holidays: Set[date]) -> date:
    """The same day ``count`` months later, or the last of a shorter month; on a working day."""
    months = start.month - 1 + count
    year, month = start.year + months // MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR + 1
    return _from(date(year, month, min(start.day, monthrange(year, month)[1])), ONE_DAY, holidays)


def _from(day: date, step: timedelta, holidays: Set[date]) -> date:
    while not is_working_day(day, holidays):
        day += step
    return day
