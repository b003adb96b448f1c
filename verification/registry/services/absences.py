"""Officials say when they are away and who stands in for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from verification.accounts.enums import OfficialRole
from verification.accounts.models import Absence, User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.registry.selectors import officials_with_role


@dataclass(frozen=True)
class AbsenceTerms:
    """``ends_on`` is the first day back."""

    substitute: User
    starts_on: date
    ends_on: date


@transaction.atomic
def record_absence(user: User, *, actor: Actor, terms: AbsenceTerms) -> Absence:
    """By the person, or by a head of team. Raises ``InvalidInput`` naming each field."""
    _demand_own_or_lead(user, actor)
    problems = _problems(user, terms)
    if problems:
        raise InvalidInput("The absence was not recorded.", problems)
    absence = Absence(user=user, recorded_at=clock.now(), **vars(terms))
    absence.save(force_insert=True)
    record_event(
        "accounts.absence.recorded",
        actor=actor,
        subject_type="user",
        subject_id=user.pk,
        facts={
            "from": terms.starts_on.isoformat(),
            "back_on": terms.ends_on.isoformat(),
            "substitute": str(terms.substitute.pk),
        },
    )
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, actor: Actor) -> None:
    """The person is there after all. Raises ``Conflict`` where it was cancelled before."""
    _demand_own_or_lead(absence.user, actor)
    if Absence.objects.filter(pk=absence.pk, cancelled_at=None).update(cancelled_at=clock.now()) != 1:
        raise Conflict("This absence was cancelled before.")
    record_event("accounts.absence.cancelled", actor=actor, subject_type="user", subject_id=absence.user_id)


def _demand_own_or_lead(user: User, actor: Actor) -> None:
    if not actor.is_official or not (str(user.pk) == actor.id or actor.has_role(OfficialRole.LEAD)):
        raise NotAllowed("An absence is recorded by the official or by a head of team.")


def _problems(user: User, terms: AbsenceTerms) -> list[Problem]:
    def problem(field: str, message: str, mend: str) -> Problem:
        return Problem("block", "REV-040", message, mend, field=field)

    problems = []
    if terms.ends_on <= terms.starts_on:
        problems.append(problem("ends_on", "The first day back is not later than the first day away.", "Correct it."))
    if terms.ends_on <= clock.today():
        problems.append(problem("ends_on", "The absence is over already.", "Give a first day back after today."))
    if terms.substitute == user:
        problems.append(problem("substitute", "Nobody stands in for oneself.", "Choose another person."))
    roles = [role for role in (OfficialRole.REVIEWER, OfficialRole.APPROVER) if user in officials_with_role(role)]
    if not any(terms.substitute in officials_with_role(role) for role in roles):
        problems.append(problem("substitute", "The substitute has no role in common with you.", "Choose a colleague."))
    overlapping = Absence.objects.filter(
        user=user, cancelled_at=None, starts_on__lt=terms.ends_on, ends_on__gt=terms.starts_on
    )
    if overlapping.exists():
        problems.append(problem("starts_on", "An absence is recorded for some of these days.", "Cancel that one."))
    return problems
