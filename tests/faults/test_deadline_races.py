"""The day's work runs twice at once: what one run read before the other wrote must not decide."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.transitions import claim_of, move_clock
from verification.claims.enums import ClaimState
from verification.claims.services import deadlines
from verification.claims.services.deadlines import act_on_deadlines

pytestmark = pytest.mark.db
HELD_SECONDS = 1


def test_no_claim_lapses_on_a_reminder_that_another_run_sent_meanwhile(
    own_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claim_of("Dilovası")
    move_clock(claim.questions.get().due_on + timedelta(days=1))
    has_read, other_is_done = threading.Event(), threading.Event()
    procedure_of = deadlines.procedure_of

    def paused(scheme: str):
        if threading.current_thread() is slow:
            has_read.set()
            other_is_done.wait(HELD_SECONDS)
        return procedure_of(scheme)

    def run() -> None:
        try:
            act_on_deadlines()
        finally:
            has_read.set()
            connection.close()

    slow, quick = threading.Thread(target=run), threading.Thread(target=run)
    monkeypatch.setattr(deadlines, "procedure_of", paused)
    slow.start()
    assert has_read.wait(timeout=20)
    quick.start()
    quick.join(timeout=HELD_SECONDS / 2)
    if not quick.is_alive():
        other_is_done.set()
    slow.join()
    quick.join()
    claim.refresh_from_db()
    assert claim.state == ClaimState.INFO_REQUESTED, "the producer has one more working day after a reminder"
    assert claim.reminders.count() == 1
