"""Work that is done once a day. Each room registers its own; the sweeper queues it when the day has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from verification.jobs.handlers import handles
from verification.jobs.services import enqueue
from verification.kernel import clock

_WORK: dict[str, Callable[[], Any]] = {}


def every_day(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register a function without arguments; what it returns is kept as the result of its job."""

    def register(work: Callable[[], Any]) -> Callable[[], Any]:
        if name in _WORK and _WORK[name] is not work:
            raise ValueError(f"Daily work named {name} is registered twice.")
        _WORK[name] = work
        handles(f"daily.{name}")(lambda payload: work())
        return work

    return register


def daily_work() -> dict[str, Callable[[], Any]]:
    """Everything that is registered, by name."""
    return dict(_WORK)


def queue_daily_work(day: date | None = None) -> int:
    """One job per piece of work and day, whatever the number of calls and workers; how many are known."""
    on = day or clock.today()
    with transaction.atomic():
        for name in _WORK:
            enqueue(f"daily.{name}", key=f"daily-{name}-{on.isoformat()}", payload={"day": on.isoformat()})
    return len(_WORK)
