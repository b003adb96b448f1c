"""Working days of a calendar: counted, and found from a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.kernel.working_days import is_working_day, months_later, working_days_between, working_days_later

pytestmark = pytest.mark.unit
EASTER_MONDAY = date(2027, 3, 29)
HOLIDAYS = frozenset({date(2027, 3, 26), EASTER_MONDAY, date(2027, 5, 1)})
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), 0),
        (date(2027, 3, 1), date(2027, 3, 2), 1),
        (date(2027, 3, 5), date(2027, 3, 8), 1),  # Friday to Monday
        (date(2027, 3, 25), date(2027, 3, 30), 1),  # over Easter
        (date(2027, 4, 30), date(2027, 5, 3), 1),  # a holiday on a Saturday counts for nothing
        (date(2027, 3, 8), date(2027, 3, 5), 0),
    ],
)
def test_working_days_after_a_day(start, end, expected):
    assert working_days_between(start, end, HOLIDAYS) == expected


@given(start=DAYS, end=DAYS)
def test_counting_agrees_with_looking_at_every_day(start, end):
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    assert working_days_between(start, end, HOLIDAYS) == sum(is_working_day(day, HOLIDAYS) for day in days)


@given(start=DAYS, count=st.integers(1, 60))
def test_the_day_found_lies_as_many_working_days_later(start, count):
    found = working_days_later(start, count, HOLIDAYS)
    assert is_working_day(found, HOLIDAYS)
    assert working_days_between(start, found, HOLIDAYS) == count


def test_a_day_before_and_the_day_itself():
    assert working_days_later(date(2027, 3, 30), -1, HOLIDAYS) == date(2027, 3, 25)
    assert working_days_later(date(2027, 3, 27), 0, HOLIDAYS) == date(2027, 3, 30)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2027, 1, 29), date(2027, 3, 30)),  # 29 March is a holiday
        (date(2026, 12, 31), date(2027, 3, 1)),  # no 31 February, and its last day is a Sunday
        (date(2027, 3, 10), date(2027, 5, 10)),
    ],
)
def test_two_months_end_on_a_working_day(start, expected):
    assert months_later(start, 2, HOLIDAYS) == expected
