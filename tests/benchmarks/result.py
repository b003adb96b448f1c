"""One line of the table, and how times are taken."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Result:
    """``value`` and ``floor`` in ``unit``, measured side by side; the goal is about ``value / floor``."""

    name: str
    unit: str
    value: float
    floor: float
    floor_name: str
    goal: Literal["at most", "at least"]
    limit: float

    @property
    def ratio(self) -> float:
        return self.value / self.floor

    @property
    def holds(self) -> bool:
        return self.ratio <= self.limit if self.goal == "at most" else self.ratio >= self.limit


def best_seconds_of_two(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The best time of each, measured in turn so that both meet the same machine; one round before is not counted."""
    first(), second()
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for index, work in enumerate((first, second)):
            start = time.perf_counter()
            work()
            best[index] = min(best[index], time.perf_counter() - start)
    return best[0], best[1]
