"""The officials' clock runs in working days, stands still with the producer, and starts anew with an appeal."""

from __future__ import annotations

from datetime import date

import pytest

from verification.claims.clocks import Clock, Passage, Tone, next_due_on, read_clock
from verification.reference.selectors import Procedure

pytestmark = pytest.mark.unit
PROCEDURE = Procedure(
    reference="Act 1",
    calendar="Test",
    holidays=frozenset({date(2027, 3, 29)}),
    decision_working_days=10,
    attention_working_days=3,
    answer_working_days=15,
    hearing_working_days=15,
    appeal_months=2,
    answer_reminder_working_days=(5, 1),
    renewal_reminder_days=(90,),
    last_use="+1-09-30",
)
SENT = Passage(date(2027, 3, 1), "submitted")
TAKEN = Passage(date(2027, 3, 3), "in_review")
ASKED = Passage(date(2027, 3, 4), "info_requested")
ANSWERED = Passage(date(2027, 3, 11), "in_review")
REFUSED = Passage(date(2027, 3, 12), "refused")
APPEALED = Passage(date(2027, 4, 1), "in_appeal")


@pytest.mark.parametrize(
    ("passages", "today", "expected"),
    [
        ([SENT], date(2027, 3, 1), Clock(Tone.ON_TIME, 0, 10, 0, due_on=date(2027, 3, 15))),
        ([SENT, TAKEN], date(2027, 3, 6), Clock(Tone.ON_TIME, 4, 6, 0, due_on=date(2027, 3, 15))),
        ([SENT, TAKEN], date(2027, 3, 10), Clock(Tone.SOON, 7, 3, 0, due_on=date(2027, 3, 15))),
        ([SENT, TAKEN], date(2027, 3, 15), Clock(Tone.SOON, 10, 0, 0, due_on=date(2027, 3, 15))),
        ([SENT, TAKEN], date(2027, 3, 17), Clock(Tone.LATE, 12, -2, 0, due_on=date(2027, 3, 15))),
        ([SENT, TAKEN, ASKED], date(2027, 3, 10), Clock(Tone.STOPPED, 3, 7, 4, stopped_on=date(2027, 3, 4))),
        ([SENT, TAKEN, ASKED, ANSWERED], date(2027, 3, 12), Clock(Tone.ON_TIME, 4, 6, 5, due_on=date(2027, 3, 22))),
        ([SENT, TAKEN, ASKED, ANSWERED, REFUSED], date(2027, 5, 1), Clock(Tone.DONE, 4, 6, 5)),
        (
            [SENT, TAKEN, REFUSED, APPEALED, Passage(date(2027, 4, 2), "in_review")],
            date(2027, 4, 5),
            Clock(Tone.ON_TIME, 2, 8, 0, due_on=date(2027, 4, 15)),
        ),
    ],
)
def test_clock(passages, today, expected):
    assert read_clock(passages, today, PROCEDURE) == expected


def test_appeal_that_is_given_back_does_not_start_anew():
    passages = [SENT, REFUSED, APPEALED, Passage(date(2027, 4, 2), "in_review"), Passage(date(2027, 4, 6), "in_appeal")]
    assert read_clock(passages, date(2027, 4, 7), PROCEDURE).used_days == 4


def test_stopped_since_the_question_even_if_another_reviewer_came():
    passages = [SENT, TAKEN, ASKED, Passage(date(2027, 3, 8), "info_requested")]
    assert read_clock(passages, date(2027, 3, 9), PROCEDURE).stopped_on == ASKED.on


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("submitted", date(2027, 3, 15)),
        ("info_requested", date(2027, 3, 22)),
        ("hearing", date(2027, 3, 22)),
        ("approved", None),
        ("draft", None),
    ],
)
def test_who_must_act_by_when(state, expected):
    assert next_due_on([Passage(date(2027, 3, 1), state)], date(2027, 3, 1), PROCEDURE) == expected
