"""How long officials have had a claim, in working days of the authority's calendar. Pure.

The clock runs from sending to decision, and from an appeal to the decision on it. It stands still while the
producer is asked or heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from verification.claims.enums import ClaimState
from verification.claims.workflow import OPEN_STATES, WITH_OFFICIALS, WITH_PRODUCER
from verification.reference.selectors import Procedure


class Tone(StrEnum):
    ON_TIME = "on_time"
    SOON = "soon"
    LATE = "late"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True)
class Passage:
    """The claim came into ``to_state`` on a day."""

    on: date
    to_state: str


@dataclass(frozen=True)
class Clock:
    """``used_days`` and ``stopped_days`` are working days up to today; ``due_on`` is the officials' last day.

    While stopped, ``due_on`` is ``None`` and ``stopped_on`` says since when; ``left_days`` is what is left then.
    Once late, ``left_days`` is negative.
    """

    tone: Tone
    used_days: int
    left_days: int
    stopped_days: int
    due_on: date | None = None
    stopped_on: date | None = None


def read_clock(passages: Sequence[Passage], today: date, procedure: Procedure) -> Clock:
    """The clock of the present procedure: the last appeal, or the first examination. ``passages`` in their order."""
    current = passages[_start(passages) :]
    used = stopped = 0
    for passage, following in pairwise([*current, Passage(today, "")]):
        days = procedure.days_between(passage.on, following.on)
        if passage.to_state in WITH_OFFICIALS:
            used += days
        elif passage.to_state in WITH_PRODUCER:
            stopped += days
    allowed = procedure.decision_working_days
    state = current[-1].to_state if current else ""
    if state in WITH_PRODUCER:
        return Clock(Tone.STOPPED, used, allowed - used, stopped, stopped_on=_since(current))
    if state not in WITH_OFFICIALS:
        return Clock(Tone.DONE, used, allowed - used, stopped)
    since = current[-1].on
    due_on = procedure.days_later(since, allowed - used + procedure.days_between(since, today))
    if today > due_on:
        return Clock(Tone.LATE, used, -procedure.days_between(due_on, today), stopped, due_on)
    left = procedure.days_between(today, due_on)
    tone = Tone.SOON if left <= procedure.attention_working_days else Tone.ON_TIME
    return Clock(tone, used, left, stopped, due_on)


def next_due_on(passages: Sequence[Passage], today: date, procedure: Procedure) -> date | None:
    """By when whoever has the claim must act: officials, or the producer; ``None`` for a claim nobody waits for."""
    state = passages[-1].to_state if passages else ""
    if state == ClaimState.INFO_REQUESTED:
        return procedure.answer_due_on(today)
    if state == ClaimState.HEARING:
        return procedure.comment_due_on(today)
    return read_clock(passages, today, procedure).due_on


def _start(passages: Sequence[Passage]) -> int:
    """Where the present procedure began: an appeal that is lodged comes out of a closed state."""
    start = 0
    for position, (before, after) in enumerate(pairwise(passages), start=1):
        if after.to_state == ClaimState.IN_APPEAL and before.to_state not in OPEN_STATES:
            start = position
    return start


def _since(passages: Sequence[Passage]) -> date:
    """When the state that the claim is in began, whatever changed hands in it."""
    since = passages[-1]
    for passage in reversed(passages):
        if passage.to_state != since.to_state:
            break
        since = passage
    return since.on
