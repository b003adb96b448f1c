"""What happens because a day has come: reminders, and the end of a period in which somebody should have acted.

Each claim stands in a transaction of its own: what cannot be done for one of them does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db import IntegrityError, transaction

from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.kinds import address_of
from verification.claims.models import Claim, Question, Reminder
from verification.claims.services.deciding import close_hearing
from verification.claims.services.transitions import has_open_appeal, move
from verification.kernel import clock
from verification.kernel.errors import Conflict
from verification.notifications.services import notify
from verification.reference.selectors import Procedure, procedure_of
from verification.registry.selectors import members_of

DEADLINES = Actor.system("deadlines")


def act_on_deadlines() -> dict[str, int]:
    """Lapse, close hearings and remind, as of today; how many of each. What was done before is not done again."""
    done = {"lapsed": 0, "resumed": 0, "hearings_closed": 0, "reminded": 0}
    for claim in Claim.objects.filter(state=ClaimState.INFO_REQUESTED).iterator(chunk_size=500):
        outcome = _alone(claim, _follow_question)
        if outcome:
            done[outcome] += 1
    for claim in Claim.objects.filter(state=ClaimState.HEARING).iterator(chunk_size=500):
        outcome = _alone(claim, _follow_hearing)
        if outcome:
            done[outcome] += 1
    return done


def remind_once(claim: Claim, people: Iterable[User], kind: str, *, key: str, **facts: str) -> bool:
    """Send a message unless it was sent under ``key`` before; inside the caller's transaction."""
    reminder = Reminder(claim=claim, key=key, sent_at=clock.now())
    try:
        with transaction.atomic():
            reminder.save(force_insert=True)
    except IntegrityError:
        return False
    notify(people, kind, claim=claim.number, **facts)
    return True


def days_to_remind(due_on: date, procedure: Procedure) -> list[int]:
    """Of the days before ``due_on`` on which to remind, those that have come; the nearest first."""
    left = procedure.days_between(clock.today(), due_on)
    return sorted(days for days in procedure.answer_reminder_working_days if left <= days)


def _alone(claim: Claim, act: Callable[[Claim], str]) -> str:
    """The claim as it is now, held for one transaction; somebody else’s step before it is no error."""
    try:
        with transaction.atomic():
            claim.refresh_from_db(from_queryset=Claim.objects.select_for_update(of=("self",)))
            return act(claim)
    except Conflict:
        return ""


def _follow_question(claim: Claim) -> str:
    question = claim.questions.filter(answered_at=None).order_by("due_on").first()
    if claim.state != ClaimState.INFO_REQUESTED or question is None:
        return ""
    procedure = procedure_of(claim.scheme)
    if clock.today() > question.due_on:
        return _end_time_to_answer(claim, question, procedure)
    days = days_to_remind(question.due_on, procedure)[:1]
    return "reminded" if days and _remind_to_answer(claim, question, f"{days[0]}") else ""


def _remind_to_answer(claim: Claim, question: Question, which: str) -> bool:
    return remind_once(
        claim,
        members_of(claim.organisation_id),
        "answer_reminder",
        key=f"answer-{question.pk}-{which}",
        address=address_of(claim),
        due_on=question.due_on.isoformat(),
        question=question.text,
    )


def _remind_late(claim: Claim, question: Question, procedure: Procedure) -> str:
    """No claim lapses without a reminder: where none went out, the producer has one more working day."""
    question.due_on = procedure.days_later(clock.today(), 1)
    question.save(update_fields=["due_on"])
    Claim.objects.filter(pk=claim.pk).update(due_on=question.due_on)
    which = [*days_to_remind(question.due_on, procedure), "late"][0]
    return "reminded" if _remind_to_answer(claim, question, f"{which}") else ""


def _end_time_to_answer(claim: Claim, question: Question, procedure: Procedure) -> str:
    """A first examination ends in a refusal; an appeal goes on without the answer."""
    if has_open_appeal(claim):
        move(claim, "resume", DEADLINES)
        people = [claim.reviewer] if claim.reviewer else []
        notify(people, "answer_time_over", address=f"/official/claims/{claim.pk}/", claim=claim.number)
        return "resumed"
    if not claim.reminders.filter(key__startswith=f"answer-{question.pk}-").exists():
        return _remind_late(claim, question, procedure)
    due_on = question.due_on
    move(
        claim,
        "lapse",
        DEADLINES,
        comment=f"The question was not answered by {due_on.isoformat()}. {procedure.reference}",
        decided_at=clock.now(),
    )
    notify(
        members_of(claim.organisation_id),
        "claim_lapsed",
        address=address_of(claim),
        claim=claim.number,
        due_on=due_on.isoformat(),
        appeal_by=procedure.appeal_due_on(clock.today()).isoformat(),
    )
    return "lapsed"


def _follow_hearing(claim: Claim) -> str:
    draft = claim.draft_decisions.filter(closed_at=None).first()
    if claim.state != ClaimState.HEARING or draft is None:
        return ""
    if clock.today() > draft.comment_due_on:
        close_hearing(claim, actor=DEADLINES)
        return "hearings_closed"
    for days in days_to_remind(draft.comment_due_on, procedure_of(claim.scheme))[:1]:
        if remind_once(
            claim,
            members_of(claim.organisation_id),
            "hearing_reminder",
            key=f"hearing-{draft.pk}-{days}",
            address=address_of(claim),
            due_on=draft.comment_due_on.isoformat(),
        ):
            return "reminded"
    return ""
