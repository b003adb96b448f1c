"""Days that lie whole years apart."""

from __future__ import annotations

from datetime import date


def same_day_later(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February falls on the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
