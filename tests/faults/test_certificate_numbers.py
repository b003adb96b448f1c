"""The database refuses a number of a certificate that leaves one out or is there already, whatever wrote it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from verification.audit.numbering import next_number
from verification.certificates.models import Certificate
from verification.kernel.identifiers import new_check_code

pytestmark = pytest.mark.db
THREADS, EACH = 4, 6


class TakenBack(Exception):
    """The approval that had a number fails."""


def test_numbers_follow_one_another_in_all_schemes_together(own_database: None) -> None:
    _without_decisions()
    last = _last()
    refused = (
        _like(last + 2),
        _like(last, "MODEL-BCA"),
        _like(last + 1, in_year=last + 2),
        _like(last + 1, year=2028),
        _like(0),
    )
    for certificate in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            certificate.save(force_insert=True)
    _like(1, year=2028).save(force_insert=True)
    _like(last + 1, "MODEL-BCA").save(force_insert=True)
    _like(last + 2).save(force_insert=True)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Certificate.objects.filter(number_in_year=last).update(number_in_year=last + 9)


def test_approvals_at_once_leave_no_gap(own_database: None) -> None:
    """Every third takes its number back."""
    _without_decisions()
    before = _last()

    def approve(thread: int, turn: int) -> None:
        with transaction.atomic():
            _like(int(next_number("C").rpartition("-")[2])).save(force_insert=True)
            if (thread + turn) % 3 == 0:
                raise TakenBack

    kept = _at_once(approve, TakenBack)
    assert _numbers() == list(range(1, before + kept + 1))


def test_writers_that_know_no_series_cannot_double_or_skip(own_database: None) -> None:
    """Each takes the number after the last one that it sees, or the one after that."""
    _without_decisions()
    before = _last()

    def write(thread: int, turn: int) -> None:
        _like(_last() + 1 + turn % 2).save(force_insert=True)

    kept = _at_once(write, DatabaseError)
    assert 0 < kept < THREADS * EACH
    assert _numbers() == list(range(1, before + kept + 1))


def _at_once(act: Callable[[int, int], None], expected: type[Exception]) -> int:
    """How many of all turns were not refused."""
    barrier = Barrier(THREADS)

    def take(thread: int) -> int:
        kept = 0
        try:
            _without_decisions()
            barrier.wait()
            for turn in range(EACH):
                try:
                    act(thread, turn)
                except expected:
                    continue
                kept += 1
        finally:
            connection.close()
        return kept

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(take, range(THREADS)))


def _without_decisions() -> None:
    """These certificates name decisions that are not there: what is tried is what numbers do to each other.

    On SQLite for this connection, on PostgreSQL for the database.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            return
        constraints = connection.introspection.get_constraints(cursor, Certificate._meta.db_table)
        for name, found in constraints.items():
            if found["foreign_key"] and found["columns"] == ["decision_id"]:
                cursor.execute(f'ALTER TABLE certificates_certificate DROP CONSTRAINT "{name}"')


def _like(number: int, scheme: str = "EU-CBAM", *, year: int = 2027, in_year: int | None = None) -> Certificate:
    values: dict[str, Any] = Certificate.objects.filter(number_year=2027, number_in_year=1).values().get()
    return Certificate(
        **values
        | {
            "id": uuid.uuid4(),
            "number": f"{scheme}-{year}-{number:06d}",
            "number_year": year,
            "number_in_year": number if in_year is None else in_year,
            "code": new_check_code(),
            "decision_id": uuid.uuid4().int % 10**9 + 10**9,
        }
    )


def _numbers() -> list[int]:
    found = Certificate.objects.filter(number_year=2027).order_by("number_in_year")
    return list(found.values_list("number_in_year", flat=True))


def _last() -> int:
    return _numbers()[-1]
