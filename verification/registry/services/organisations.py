"""Registering organisations, and who acts for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.registry.enums import MembershipRole
from verification.registry.models import Membership, Organisation
from verification.registry.selectors import manages


@dataclass(frozen=True)
class OrganisationDetails:
    name: str
    registration_number: str
    country: str
    address: str
    contact_email: str
    is_producer: bool = False
    is_verifier: bool = False
    is_importer: bool = False
    local_name: str = ""
    local_language: str = ""


@transaction.atomic
def register_organisation(details: OrganisationDetails, *, actor: Actor, founder: User) -> Organisation:
    """Register an organisation; ``founder`` becomes its first manager.

    Raises ``InvalidInput`` when one with that number is registered in the country, or when a
    verifier is registered by anyone but a steward: its accreditation must be seen first.
    """
    if details.is_verifier and not (actor.has_role("steward") or actor.kind == "system"):
        raise NotAllowed("A verifier is entered in the register by a steward, who has seen its accreditation.")
    if Organisation.objects.filter(
        country=details.country, registration_number__iexact=details.registration_number
    ).exists():
        raise InvalidInput(
            "This organisation is already registered.",
            [
                Problem(
                    "block",
                    "REG-001",
                    "An organisation with this registration number is already registered in this country.",
                    "Ask its manager to add you as a member, or correct the number.",
                    field="registration_number",
                )
            ],
        )
    organisation = Organisation(**vars(details), created_at=clock.now())
    organisation.save(force_insert=True)
    record_event(
        "registry.organisation.registered",
        actor=actor,
        subject_type="organisation",
        subject_id=organisation.pk,
        facts={"name": details.name, "country": details.country, "registration_number": details.registration_number},
    )
    _add_membership(organisation, founder, MembershipRole.MANAGER, actor)
    return organisation


@transaction.atomic
def add_member(organisation: Organisation, user: User, role: MembershipRole, *, actor: Actor) -> Membership:
    """A manager lets another person act for the organisation, from this moment.

    Raises ``InvalidInput`` when the person acts for it already.
    """
    _lock(organisation)
    if actor.kind != "system" and not manages(actor, organisation):
        raise NotAllowed("Only a manager of the organisation may add members.")
    if Membership.objects.filter(organisation=organisation, user=user, ended_at=None).exists():
        problem = Problem(
            "block",
            "REG-020",
            "This person acts for the organisation already.",
            "To change the role, end the membership and add the person again.",
            field="email",
        )
        raise InvalidInput("The member was not added.", [problem])
    return _add_membership(organisation, user, role, actor)


@transaction.atomic
def end_membership(membership: Membership, *, actor: Actor) -> Membership:
    """A manager ends what a person may do for the organisation, at once.

    The last manager stays: an organisation without one could let nobody in. Raises ``Conflict``
    when the membership has ended already, or when it is the last manager's.
    """
    organisation = membership.organisation
    _lock(organisation)
    if actor.kind != "system" and not manages(actor, organisation):
        raise NotAllowed("Only a manager of the organisation may end memberships.")
    membership.refresh_from_db()
    if membership.ended_at is not None:
        raise Conflict("This membership has ended already.")
    managers = Membership.objects.filter(
        organisation=organisation, role=MembershipRole.MANAGER, ended_at=None, user__is_active=True
    )
    if membership.role == MembershipRole.MANAGER and not managers.exclude(pk=membership.pk).exists():
        raise Conflict("The last manager of an organisation stays. Add another manager first.")
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])
    record_event(
        "registry.member.ended",
        actor=actor,
        subject_type="organisation",
        subject_id=organisation.pk,
        facts={"user": str(membership.user_id), "role": str(membership.role)},
    )
    return membership


def _add_membership(organisation: Organisation, user: User, role: MembershipRole, actor: Actor) -> Membership:
    membership = Membership(organisation=organisation, user=user, role=role, joined_at=clock.now())
    membership.save(force_insert=True)
    record_event(
        "registry.member.added",
        actor=actor,
        subject_type="organisation",
        subject_id=organisation.pk,
        facts={"user": str(user.pk), "role": str(role)},
    )
    return membership


def _lock(organisation: Organisation) -> None:
    """Changes of an organisation's members happen one after the other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
