"""Numbers given at once, some of them taken back: every number of the year is there once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from django.db import connection, transaction

from verification.audit.models import NumberSeries
from verification.audit.numbering import next_number

pytestmark = pytest.mark.db
THREADS, EACH = 8, 25


class TakenBack(Exception):
    """The transaction that had a number fails."""


def test_numbers_have_no_gap_and_no_double(own_database: None) -> None:
    """The series is new, so that its first row is a race as well."""
    barrier, lock = Barrier(THREADS), Lock()
    kept: list[str] = []

    def take(thread: int) -> None:
        barrier.wait()
        try:
            for turn in range(EACH):
                number = _taken(is_kept=(thread + turn) % 5 != 0)
                if number:
                    with lock:
                        kept.append(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(take, range(THREADS)))
    assert len(kept) == THREADS * EACH * 4 // 5
    assert sorted(kept) == [f"RACE-2027-{number:06d}" for number in range(1, len(kept) + 1)]
    assert NumberSeries.objects.get(name="RACE").last == len(kept)


def _taken(*, is_kept: bool) -> str | None:
    try:
        with transaction.atomic():
            number = next_number("RACE")
            if not is_kept:
                raise TakenBack
    except TakenBack:
        return None
    return number
