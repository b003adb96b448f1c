"""The day on which tests happen."""

from __future__ import annotations

from datetime import date

from verification.kernel import clock

TODAY = date(2027, 3, 15)


def set_test_clock() -> None:
    """The product's clock reads 15 March 2027, as in the demonstration."""
    clock.demonstrate(clock.Demonstration(starts_on=TODAY, anchored_on=clock.wall_now().date()))
