from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.official.working_days import working_days_between

pytestmark = pytest.mark.unit
MONDAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (MONDAY, MONDAY, 0),
        (MONDAY, date(2027, 3, 2), 1),
        (date(2027, 3, 5), MONDAY + timedelta(days=7), 1),
        (date(2027, 3, 6), date(2027, 3, 7), 0),
        (MONDAY, date(2027, 3, 15), 10),
        (date(2027, 3, 15), MONDAY, 0),
    ],
)
def test_working_days_are_monday_to_friday(start, end, expected):
    assert working_days_between(start, end) == expected


@pytest.mark.parametrize("length", range(30))
@pytest.mark.parametrize("offset", range(7))
def test_working_days_are_those_that_one_counts(length, offset):
    start = MONDAY + timedelta(days=offset)
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, length + 1))
    assert working_days_between(start, start + timedelta(days=length)) == counted
