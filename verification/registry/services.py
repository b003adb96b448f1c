"""Registering organisations, people, installations and accreditations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from verification.accounts.models import Appointment, User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, NotAllowed, Problem
from verification.registry.enums import AccreditationMeasureKind, MembershipRole
from verification.registry.models import (
    Accreditation,
    AccreditationMeasure,
    Installation,
    Membership,
    Organisation,
)

REGISTRATION_YEARS = 5
_UNLOCODE = re.compile(r"^[A-Z]{2}[A-Z2-9]{3}$")


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


@dataclass(frozen=True)
class InstallationDetails:
    """Coordinates in decimal degrees, six decimals kept (Regulation (EU) 2023/956, Article 10)."""

    name: str
    address: str
    city: str
    country: str
    latitude: Decimal
    longitude: Decimal
    economic_activity: str
    unlocode: str = ""
    local_name: str = ""


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
    """A manager lets another person act for the organisation."""
    if actor.kind != "system" and not _is_manager(actor, organisation):
        raise NotAllowed("Only a manager of the organisation may add members.")
    return _add_membership(organisation, user, role, actor)


@transaction.atomic
def register_installation(organisation: Organisation, details: InstallationDetails, *, actor: Actor) -> Installation:
    """Register a site for five years. Raises ``InvalidInput`` naming each field, ``NotAllowed``."""
    if not (actor.belongs_to(organisation.pk) and organisation.is_producer):
        raise NotAllowed("Only the producer itself registers its installations.")
    problems = list(_installation_problems(details))
    if problems:
        raise InvalidInput("The installation could not be registered.", problems)
    today = clock.today()
    installation = Installation(
        organisation=organisation,
        code=_next_installation_code(details.country),
        registered_on=today,
        valid_to=_same_day_later(today, REGISTRATION_YEARS),
        **vars(details),
    )
    installation.save(force_insert=True)
    record_event(
        "registry.installation.registered",
        actor=actor,
        subject_type="installation",
        subject_id=installation.pk,
        facts={"code": installation.code, "name": installation.name, "organisation": str(organisation.pk)},
    )
    return installation


@transaction.atomic
def record_accreditation(
    organisation: Organisation,
    *,
    actor: Actor,
    body: str,
    body_country: str,
    number: str,
    sectors: Sequence[str],
    valid_from: date,
    valid_to: date,
) -> Accreditation:
    """Enter an accreditation that a steward has seen. At most five years (2025/2551, Article 6)."""
    if not (actor.has_role("steward") or actor.kind == "system"):
        raise NotAllowed("Accreditations are entered by a steward.")
    if valid_to > _same_day_later(valid_from, 5):
        raise InvalidInput(
            "The accreditation was not recorded.",
            [Problem("block", "REG-010", "An accreditation lasts at most five years.", field="valid_to")],
        )
    accreditation = Accreditation(
        organisation=organisation,
        body=body,
        body_country=body_country,
        number=number,
        sectors=sorted(sectors),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    accreditation.save(force_insert=True)
    record_event(
        "registry.accreditation.recorded",
        actor=actor,
        subject_type="organisation",
        subject_id=organisation.pk,
        facts={"number": number, "body": body, "sectors": sorted(sectors), "valid_to": valid_to.isoformat()},
    )
    return accreditation


@transaction.atomic
def record_accreditation_measure(
    accreditation: Accreditation, kind: AccreditationMeasureKind, *, effective_on: date, reason: str, actor: Actor
) -> AccreditationMeasure:
    """Enter a suspension, reinstatement or withdrawal."""
    if not (actor.has_role("steward") or actor.kind == "system"):
        raise NotAllowed("Measures on accreditations are entered by a steward.")
    measure = AccreditationMeasure(
        accreditation=accreditation, kind=kind, effective_on=effective_on, reason=reason, recorded_at=clock.now()
    )
    measure.save(force_insert=True)
    record_event(
        f"registry.accreditation.{kind}",
        actor=actor,
        subject_type="organisation",
        subject_id=accreditation.organisation_id,
        facts={"number": accreditation.number, "effective_on": effective_on.isoformat(), "reason": reason},
    )
    return measure


@transaction.atomic
def appoint_official(user: User, role: str, *, official_number: str, actor: Actor) -> Appointment:
    """Give a person an official role from today. By the operator of the site (system) or a steward."""
    if not (actor.kind == "system" or actor.has_role("steward")):
        raise NotAllowed("Officials are appointed by a steward.")
    appointment = Appointment(user=user, role=role, official_number=official_number, valid_from=clock.today())
    appointment.save(force_insert=True)
    record_event(
        "accounts.official.appointed",
        actor=actor,
        subject_type="user",
        subject_id=user.pk,
        facts={"role": role, "official_number": official_number},
    )
    return appointment


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


def _is_manager(actor: Actor, organisation: Organisation) -> bool:
    managers = Membership.objects.filter(organisation=organisation, role=MembershipRole.MANAGER, ended_at=None)
    return bool(actor.id) and managers.filter(user_id=actor.id).exists()


def _installation_problems(details: InstallationDetails) -> Iterator[Problem]:
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value = getattr(details, name)
        if not -limit <= value <= limit:
            yield Problem(
                "block",
                "REG-002",
                f"The {name} must lie between −{limit} and {limit} degrees.",
                "Use decimal degrees, for example 38.790000.",
                field=name,
                found=str(value),
            )
    if details.unlocode and not _UNLOCODE.match(details.unlocode):
        yield Problem(
            "block",
            "REG-003",
            "A UN/LOCODE has two letters for the country and three characters for the place.",
            "Write it without a space, for example TRALI, or leave it empty.",
            field="unlocode",
            found=details.unlocode,
        )
    elif details.unlocode and details.unlocode[:2] != details.country:
        yield Problem(
            "block",
            "REG-004",
            "The UN/LOCODE lies in another country than the installation.",
            "Correct the country or the UN/LOCODE.",
            field="unlocode",
            found=details.unlocode,
            expected=details.country,
        )


def _next_installation_code(country: str) -> str:
    last = Installation.objects.select_for_update().filter(country=country).order_by("-code").first()
    number = int(last.code.split("-")[1]) + 1 if last else 1
    return f"{country}-{number:04d}"


def _same_day_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
