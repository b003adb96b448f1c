"""Who may do what with a claim. Every refusal says why, in words fit to be shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.models import Appeal, Claim, ConflictDeclaration, Recommendation, Step
from verification.claims.workflow import EDITABLE_STATES, OPEN_STATES, TAKING, Party, Transition
from verification.database.kept import Given, Kept
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, NotAllowed, SecondFactorNeeded
from verification.registry.selectors import stands_in_for


def demand(actor: Actor, transition: Transition, claim: Claim) -> None:
    """Raise ``NotAllowed`` unless the actor may make this transition of this claim."""
    if transition.party is Party.PRODUCER:
        demand_producer(actor, claim)
    elif transition.party is Party.REVIEWER:
        demand_reviewer(actor, claim, is_taking=transition.name in TAKING)
    elif transition.party is Party.OFFICIAL:
        demand_reviewer(actor, claim, is_taking=True)
    elif transition.party is Party.LEAD:
        demand_reassigner(actor, claim)
    elif transition.party is Party.APPROVER:
        demand_approver(actor, claim)
    elif actor.kind != "system":
        raise NotAllowed("Only the portal itself does this.")
    if transition.needs_fresh_second_factor:
        demand_fresh_second_factor(actor)


def demand_producer(actor: Actor, claim: Claim) -> None:
    if not actor.belongs_to(claim.organisation_id):
        raise NotAllowed("Only the producer of this claim may do this.")


def demand_editable(actor: Actor, claim: Claim) -> None:
    """The claim's contents change only while it is with the producer."""
    demand_producer(actor, claim)
    if claim.state not in EDITABLE_STATES:
        raise Conflict(f"The claim is “{ClaimState(claim.state).label}”; its contents can no longer be changed.")


def demand_reviewer(actor: Actor, claim: Claim, *, is_taking: bool = False) -> None:
    if not actor.has_role("reviewer"):
        raise NotAllowed("Only a reviewer may do this.")
    _demand_no_conflict_of_interest(actor, claim)
    _demand_not_of_first_decision(actor, claim)
    if is_taking:
        return
    if str(claim.reviewer_id) != actor.id:
        raise NotAllowed("Only the reviewer who took this claim may do this.")
    demand_declared(actor, claim)


def demand_reassigner(actor: Actor, claim: Claim) -> None:
    """A head of team, or a reviewer who stands in for the one who is away."""
    if actor.has_role("lead"):
        _demand_no_conflict_of_interest(actor, claim)
        return
    if not (actor.has_role("reviewer") and stands_in_for(actor, claim.reviewer_id)):
        raise NotAllowed("Only a head of team, or the substitute of the reviewer, gives a claim to another person.")


def may_hold(official: Actor, claim: Claim) -> None:
    """Raise ``NotAllowed`` where the person could not examine the claim."""
    demand_reviewer(official, claim, is_taking=True)


def demand_official_without_conflict(actor: Actor, claim: Claim) -> None:
    if not actor.is_official:
        raise NotAllowed("Only an official may do this.")
    _demand_no_conflict_of_interest(actor, claim)


def demand_declared(actor: Actor, claim: Claim) -> None:
    """The person has said in this claim that it has no conflict of interest."""
    if not DECLARED.rows(claim=claim.pk, person=int(actor.id), has_conflict=False):
        raise NotAllowed("Declare first that you have no conflict of interest in this claim.")


DECLARED = Kept(
    lambda: (
        ConflictDeclaration.objects.filter(
            claim=Given("claim"), official_id=Given("person"), has_conflict=Given("has_conflict")
        )
        .order_by()
        .values("pk")[:1]
    )
)
RECOMMENDED = Kept(
    lambda: Recommendation.objects.filter(claim=Given("claim"), reviewer_id=Given("person")).order_by().values("pk")[:1]
)
EXAMINED = Kept(
    lambda: (
        Step.objects.filter(claim=Given("claim"), actor_id=Given("person"), name__in=(*TAKING, "recommend"))
        .order_by()
        .values("pk")[:1]
    )
)
APPEALS = Kept(
    lambda: Appeal.objects.filter(claim=Given("claim")).order_by("-pk").values_list("lodged_version", flat=True)[:1]
)
TOOK_PART = Kept(
    lambda: (
        Step.objects.filter(
            Q(actor_id=Given("person")) | Q(second_actor_id=Given("person")),
            claim=Given("claim"),
            claim_version__lt=Given("before"),
        )
        .order_by()
        .values("pk")[:1]
    )
)


def demand_approver(actor: Actor, claim: Claim) -> None:
    """Four eyes: whoever took or recommended this claim, ever, may not decide on it."""
    if not actor.has_role("approver"):
        raise NotAllowed("Only an approver may do this.")
    _demand_no_conflict_of_interest(actor, claim)
    has_reviewed = (
        str(claim.reviewer_id) == actor.id
        or RECOMMENDED.rows(claim=claim.pk, person=int(actor.id))
        or EXAMINED.rows(claim=claim.pk, person=int(actor.id))
    )
    if has_reviewed:
        raise NotAllowed("You reviewed this claim. A different person must decide on it.")
    _demand_not_of_first_decision(actor, claim)


def demand_verifier(actor: Actor, claim: Claim, verifier_id: object) -> None:
    """A member of the verifier that was asked, who does not act for the producer as well."""
    if not actor.belongs_to(verifier_id):
        raise NotAllowed("Only the invited verifier may do this.")
    if actor.belongs_to(claim.organisation_id):
        raise NotAllowed("You belong to the producer of this claim; a verifier is independent of it.")


def demand_registry_keeper(actor: Actor) -> None:
    """Exports of registries are loaded by those who keep reference data or examine claims."""
    if not (actor.has_role("steward") or actor.has_role("reviewer")):
        raise NotAllowed("Only a steward or a reviewer loads the exports of registries.")


def demand_fresh_second_factor(actor: Actor) -> datetime:
    """When the person proved a second factor, which must be within the last minutes (wall clock)."""
    limit = timedelta(seconds=settings.SECOND_FACTOR_FRESH_SECONDS)
    if actor.second_factor_at is None or wall_now() - actor.second_factor_at > limit:
        raise SecondFactorNeeded("Confirm with your second factor, then sign again. What you typed is kept.")
    return actor.second_factor_at


def _demand_not_of_first_decision(actor: Actor, claim: Claim) -> None:
    """An appeal is decided by two people who had no part in what it is against."""
    if claim.state not in OPEN_STATES:
        return
    lodged = APPEALS.first(claim=claim.pk)
    if lodged is not None and TOOK_PART.rows(claim=claim.pk, person=int(actor.id), before=lodged):
        raise NotAllowed("You had a part in the decision that the appeal is against. Other people must decide on it.")


def _demand_no_conflict_of_interest(actor: Actor, claim: Claim) -> None:
    if DECLARED.rows(claim=claim.pk, person=int(actor.id), has_conflict=True):
        raise NotAllowed("You declared a conflict of interest in this claim.")
    if actor.belongs_to(claim.organisation_id):
        raise NotAllowed("You belong to the producer of this claim.")
    if claim.engagements.filter(verifier__pk__in=actor.organisation_ids).exists():
        raise NotAllowed("You belong to the verifier of this claim.")
