"""Reading organisations, installations and accreditations, scoped to the actor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Prefetch, Q, QuerySet

from verification.accounts.enums import OfficialRole
from verification.accounts.models import Absence, Appointment, User
from verification.audit.actors import Actor
from verification.database.kept import Given, Kept
from verification.kernel import clock
from verification.registry.accreditation import AccreditationStanding, standing_on
from verification.registry.enums import MembershipRole
from verification.registry.models import Accreditation, AccreditationMeasure, Installation, Membership, Organisation


def actor_for(user: User, *, second_factor_at: datetime | None = None) -> Actor:
    """The actor that a signed-in user is at this moment; one query, for every page of the portal asks it."""
    rows = ROLES_AND_ORGANISATIONS.rows(person=user.pk, today=clock.today())
    return Actor(
        kind="user",
        id=str(user.pk),
        label=str(user),
        roles=frozenset(role for role, _organisation in rows if role is not None),
        organisation_ids=frozenset(str(pk) for _role, pk in rows if pk is not None),
        second_factor_at=second_factor_at,
    )


def _roles_and_organisations(person: Given, today: Given) -> QuerySet[User, tuple[Any, ...]]:
    """Every role that a person has today beside every organisation that it acts for."""
    is_open = Q(appointments__valid_to=None) | Q(appointments__valid_to__gt=today)
    held = FilteredRelation("appointments", condition=is_open & Q(appointments__valid_from__lte=today))
    joined = FilteredRelation("memberships", condition=Q(memberships__ended_at=None))
    people = User.objects.filter(pk=person).annotate(held=held, joined=joined)
    return people.values_list("held__role", "joined__organisation_id")


ROLES_AND_ORGANISATIONS = Kept(lambda: _roles_and_organisations(Given("person"), Given("today")))


def needs_second_factor(user: User) -> bool:
    """Officials and members of verifiers must have one."""
    today = clock.today()
    return (
        user.appointments.filter(Q(valid_to=None) | Q(valid_to__gt=today)).exists()
        or user.memberships.filter(ended_at=None, organisation__is_verifier=True).exists()
    )


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=actor.organisation_ids).order_by("name")


def members_of(organisation_id: UUID | str) -> QuerySet[User]:
    """People who act for the organisation now. For the system's messages only."""
    return User.objects.filter(
        is_active=True, memberships__organisation_id=organisation_id, memberships__ended_at=None
    ).distinct()


def memberships_for(actor: Actor, organisation_id: UUID | str) -> QuerySet[Membership]:
    """Who acts for the organisation now, managers first; nobody for people who do not belong to it."""
    if not actor.belongs_to(organisation_id):
        return Membership.objects.none()
    return (
        Membership.objects.filter(organisation_id=organisation_id, ended_at=None)
        .select_related("user", "organisation")
        .order_by("role", "user__full_name", "pk")
    )


def manages(actor: Actor, organisation: Organisation) -> bool:
    """Whether the person is a manager of the organisation now."""
    managers = Membership.objects.filter(organisation=organisation, role=MembershipRole.MANAGER, ended_at=None)
    return actor.kind == "user" and managers.filter(user_id=actor.id).exists()


def officials_with_role(role: str) -> QuerySet[User]:
    return _appointed(role, clock.today())


def names_of_reviewers() -> list[tuple[int, str]]:
    """Keys and names, in the order of the names."""
    return REVIEWERS.rows(today=clock.today())


def _appointed(role: str, today: date | Given) -> QuerySet[User]:
    return User.objects.filter(
        Q(appointments__valid_to=None) | Q(appointments__valid_to__gt=today),
        is_active=True,
        appointments__role=role,
        appointments__valid_from__lte=today,
    ).distinct()


REVIEWERS = Kept(
    lambda: _appointed(OfficialRole.REVIEWER, Given("today")).order_by("full_name").values_list("pk", "full_name")
)


def official_number(actor: Actor, role: str) -> str:
    """Printed on decisions instead of the name."""
    return Appointment.objects.filter(user_id=actor.id, role=role).latest("valid_from").official_number


def official_number_on(user_id: str | int, day: date, roles: Sequence[str]) -> str:
    """Under which a person acted on a day, in the first of the roles that the person had."""
    held = Appointment.objects.filter(user_id=user_id, role__in=roles, valid_from__lte=day).order_by("-valid_from")
    by_role = {row.role: row.official_number for row in reversed(held)}
    return next(by_role[role] for role in roles if role in by_role)


def absences_on(day: date | Given) -> QuerySet[Absence]:
    return Absence.objects.filter(cancelled_at=None, starts_on__lte=day, ends_on__gt=day)


def away_with_substitute(actor: Actor) -> list[int]:
    """People for whom this person stands in today."""
    return AWAY.rows(today=clock.today(), person=int(actor.id))


AWAY = Kept(lambda: absences_on(Given("today")).filter(substitute_id=Given("person")).values_list("user_id", flat=True))


def absences_for(actor: Actor) -> QuerySet[Absence]:
    """One's own, and those in which one stands in; all of them for a head of team."""
    absences = Absence.objects.filter(cancelled_at=None).select_related("user", "substitute")
    if actor.has_role(OfficialRole.LEAD):
        return absences
    return absences.filter(Q(user__pk=actor.id) | Q(substitute__pk=actor.id)) if actor.is_official else absences.none()


def stands_in_for(actor: Actor, user_id: int | None) -> bool:
    """Whether the person is the substitute of an official who is away today."""
    if user_id is None or not actor.id:
        return False
    return absences_on(clock.today()).filter(user__pk=user_id, substitute__pk=actor.id).exists()


def installations_for(actor: Actor) -> QuerySet[Installation]:
    """Installations of the actor's organisations; officials see all."""
    installations = Installation.objects.select_related("organisation")
    if actor.is_official:
        return installations
    return installations.filter(organisation_id__in=actor.organisation_ids)


def verifiers_accredited_on(day: date) -> list[Organisation]:
    """Verifiers with an accreditation that holds on ``day``, for producers to choose from."""
    measures = Prefetch("measures", queryset=AccreditationMeasure.objects.order_by("effective_on", "pk"))
    accreditations = Accreditation.objects.select_related("organisation").prefetch_related(measures)
    holding = {a.organisation for a in accreditations if standing_of(a, day).holds}
    return sorted(holding, key=lambda organisation: organisation.name)


def verifiers_for(actor: Actor) -> QuerySet[Organisation]:
    """The register of verifiers with accreditations and measures, for stewards; empty for others."""
    if not actor.has_role("steward"):
        return Organisation.objects.none()
    accreditations = Accreditation.objects.order_by("-valid_from", "-pk").prefetch_related("measures")
    return Organisation.objects.filter(is_verifier=True).prefetch_related(Prefetch("accreditations", accreditations))


def accreditations_for(actor: Actor) -> QuerySet[Accreditation]:
    """Accreditations that the actor may change: every one for stewards, none for others."""
    if not actor.has_role("steward"):
        return Accreditation.objects.none()
    return Accreditation.objects.select_related("organisation").prefetch_related("measures")


def accreditations_of(organisation_id: UUID | str) -> list[Accreditation]:
    return list(
        Accreditation.objects.filter(organisation_id=organisation_id)
        .prefetch_related("measures")
        .order_by("-valid_from")
    )


def standing_of(accreditation: Accreditation, day: date, *, sector: str | None = None) -> AccreditationStanding:
    return standing_on(
        day,
        valid_from=accreditation.valid_from,
        valid_to=accreditation.valid_to,
        sectors=accreditation.sectors,
        measures=[(measure.kind, measure.effective_on) for measure in accreditation.measures.all()],
        sector=sector,
    )
