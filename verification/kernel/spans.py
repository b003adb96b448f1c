"""Half-open pairs of dates: the first day belongs to the span, the end does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Span:
    """Days from ``start`` up to, not including, ``end``; ``end=None`` is open.

    Raises ``ValueError`` when the end is not after the start.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"A span must end after it starts: {self.start} to {self.end}.")

    @classmethod
    def year(cls, year: int) -> Span:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last_day(self) -> date | None:
        """The last day inside the span, as people write it."""
        return self.end - timedelta(days=1) if self.end else None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Span) -> bool:
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def without(self, other: Span) -> list[Span]:
        """The days of this span before and after ``other``; all of them where the two share none."""
        if not self.overlaps(other):
            return [self]
        rest = []
        if self.start < other.start:
            rest.append(Span(self.start, other.start))
        if other.end is not None and (self.end is None or other.end < self.end):
            rest.append(Span(other.end, self.end))
        return rest
