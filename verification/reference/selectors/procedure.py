"""The periods of a scheme's procedure and its authority's calendar, as the release in force states them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from verification.kernel.errors import MissingReference
from verification.kernel.working_days import months_later, working_days_between, working_days_later
from verification.reference.models import Release
from verification.reference.pack.procedure import last_use_of
from verification.reference.selectors.releases import kept_by_release, published_release


@dataclass(frozen=True)
class Procedure:
    """Periods in working days of ``holidays``' calendar where the name says so; ``last_use`` like ``+1-09-30``."""

    reference: str
    calendar: str
    holidays: frozenset[date]
    decision_working_days: int
    attention_working_days: int
    answer_working_days: int
    hearing_working_days: int
    appeal_months: int
    answer_reminder_working_days: tuple[int, ...]
    renewal_reminder_days: tuple[int, ...]
    last_use: str

    def days_between(self, start: date, end: date) -> int:
        return _days_between(start, end, self.holidays)

    def days_later(self, start: date, count: int) -> date:
        return _days_later(start, count, self.holidays)

    def answer_due_on(self, asked_on: date) -> date:
        return self.days_later(asked_on, self.answer_working_days)

    def comment_due_on(self, drafted_on: date) -> date:
        return self.days_later(drafted_on, self.hearing_working_days)

    def appeal_due_on(self, decided_on: date) -> date:
        return months_later(decided_on, self.appeal_months, self.holidays)

    def last_use_on(self, period_end: date) -> date:
        """Last day on which a declaration may rest on an approval for the period that ends before ``period_end``."""
        return last_use_of(self.last_use, period_end)


def procedure_of(scheme: str, known_at: datetime | None = None) -> Procedure:
    """Raises ``MissingReference`` where no release was published by then, or it states no procedure."""
    return _procedure_in_force(scheme) if known_at is None else _read(scheme, published_release(scheme, known_at))


@kept_by_release
def _procedure_in_force(scheme: str) -> Procedure:
    return _read(scheme, published_release(scheme))


@lru_cache(maxsize=8_192)
def _days_between(start: date, end: date, holidays: frozenset[date]) -> int:
    """A list of claims asks for the same few days over and over."""
    return working_days_between(start, end, holidays)


@lru_cache(maxsize=8_192)
def _days_later(start: date, count: int, holidays: frozenset[date]) -> date:
    return working_days_later(start, count, holidays)


def _read(scheme: str, release: Release) -> Procedure:
    section = release.definition.get("procedure")
    if section is None:
        raise MissingReference(
            f"The release in force of {scheme} states no procedure. Publish a release whose scheme.yaml has one."
        )
    terms: dict[str, Any] = {
        name: tuple(term["value"]) if isinstance(term["value"], list) else term["value"]
        for name, term in section["terms"].items()
    }
    return Procedure(
        reference=section["reference"],
        calendar=section["calendar"]["name"],
        holidays=frozenset(date.fromisoformat(day) for day in section["calendar"]["holidays"]),
        **terms,
    )
