"""The one source of time. Domain code never calls ``datetime.now``.

In a demonstration the product's clock runs at a distance from the wall clock: it read
``starts_on`` on the real day ``anchored_on`` and goes on from there. Sign-in codes, TLS and
job leases use the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Demonstration:
    """The product's clock reads ``starts_on`` on the real date ``anchored_on``."""

    starts_on: date
    anchored_on: date

    @property
    def offset(self) -> timedelta:
        return self.starts_on - self.anchored_on


_demonstration: Demonstration | None = None


def demonstrate(demonstration: Demonstration | None) -> None:
    """Move the clock for a demonstration, or back to real time with ``None``."""
    global _demonstration
    _demonstration = demonstration


def demonstration() -> Demonstration | None:
    return _demonstration


def wall_now() -> datetime:
    """Real time in UTC, whatever the demonstration says."""
    return datetime.now(UTC)


def now() -> datetime:
    """The product's time in UTC."""
    return wall_now() + (_demonstration.offset if _demonstration else timedelta())


def today() -> date:
    """The product's date (UTC)."""
    return now().date()
