"""Appointing officials, and ending it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from verification.accounts.enums import OfficialRole
from verification.accounts.models import Appointment, User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed

LONGEST_NUMBER = 20


@transaction.atomic
def appoint_official(user: User, role: str, *, official_number: str, actor: Actor) -> Appointment:
    """Give a person an official role from today. By the operator of the site (system) or a steward.

    Raises ``InvalidInput`` for a role that is unknown or that the person holds already, and for a
    number that is empty or longer than its place on decisions.
    """
    if not (actor.kind == "system" or actor.has_role("steward")):
        raise NotAllowed("Officials are appointed by a steward.")
    if role not in OfficialRole.values:
        raise InvalidInput(f"{role} is no role of officials; there are {', '.join(OfficialRole.values)}.")
    number = official_number.strip()
    if not 0 < len(number) <= LONGEST_NUMBER:
        raise InvalidInput(f"The number of an official has 1 to {LONGEST_NUMBER} characters.")
    if _open_appointments(user, role).exists():
        raise InvalidInput(f"{user.email} is {role} already.")
    appointment = Appointment(user=user, role=role, official_number=number, valid_from=clock.today())
    appointment.save(force_insert=True)
    record_event(
        "accounts.official.appointed",
        actor=actor,
        subject_type="user",
        subject_id=user.pk,
        facts={"role": role, "official_number": number},
    )
    return appointment


@transaction.atomic
def end_appointment(user: User, role: str, *, actor: Actor) -> Appointment:
    """End an official's role; from today on the person no longer holds it. Raises ``Conflict`` where none is held."""
    if not (actor.kind == "system" or actor.has_role("steward")):
        raise NotAllowed("Appointments are ended by a steward.")
    appointment = _open_appointments(user, role).select_for_update().first()
    if appointment is None:
        raise Conflict(f"{user.email} is not {role}.")
    appointment.valid_to = clock.today()
    appointment.save(update_fields=["valid_to"])
    record_event(
        "accounts.official.ended",
        actor=actor,
        subject_type="user",
        subject_id=user.pk,
        facts={"role": role, "official_number": appointment.official_number},
    )
    return appointment


def _open_appointments(user: User, role: str) -> QuerySet[Appointment]:
    return Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=clock.today()), user=user, role=role)
