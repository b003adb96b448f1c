"""Claims that wait for this very person. Each reason is a question of its own, so that an index answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.models import Appeal, Claim, ConflictDeclaration, Step
from verification.claims.selectors import open_claims
from verification.claims.workflow import TAKING
from verification.database.kept import Given, Kept
from verification.registry.selectors import away_with_substitute

REVIEWED_STEPS = (*TAKING, "recommend")
Reason = Callable[[QuerySet[Claim]], QuerySet[Claim]]


def needing(actor: Actor, most: int) -> list[UUID]:
    """Keys of at most so many, the shortest clock first: own reviews, decisions it may make, appeals it may take,
    claims of those it stands in for. The services judge again."""
    if not actor.is_official:
        return []
    person = int(actor.id)
    found = set(_asked(_reviews, most).rows(reviewers=[person]))
    if actor.has_role("approver"):
        found |= set(_asked(_decisions, most).rows(person=person))
    if actor.has_role("reviewer"):
        found |= set(_asked(_appeals, most).rows(person=person))
        if away := away_with_substitute(actor):
            found |= set(_asked(_reviews, most).rows(reviewers=away))
    return [key for _due_on, key in sorted(found)[:most]]


@cache
def _asked(reason: Reason, most: int) -> Kept[tuple[date, UUID]]:
    """The claims that there is this reason for, the shortest clock first."""
    return Kept(lambda: reason(open_claims()).order_by("due_on", "id").values_list("due_on", "pk")[:most])


def _reviews(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    return claims.filter(state=ClaimState.IN_REVIEW, reviewer_id__in=Given("reviewers"))


def _decisions(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Recommended by others. On an appeal, decided by people who had no part in what it is against."""
    own = Step.objects.filter(claim=OuterRef("pk"), actor_id=Given("person"), name__in=REVIEWED_STEPS)
    first_decision = Appeal.objects.filter(
        Q(claim__steps__actor_id=Given("person")) | Q(claim__steps__second_actor_id=Given("person")),
        claim=OuterRef("pk"),
        closed_at=None,
        claim__steps__claim_version__lt=F("lodged_version"),
    )
    return claims.filter(~Exists(own), ~Exists(first_decision), ~Exists(_conflicts()), state=ClaimState.RECOMMENDED)


def _appeals(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    part = Step.objects.filter(Q(actor_id=Given("person")) | Q(second_actor_id=Given("person")), claim=OuterRef("pk"))
    return claims.filter(~Exists(part), ~Exists(_conflicts()), state=ClaimState.IN_APPEAL)


def _conflicts() -> QuerySet[ConflictDeclaration]:
    return ConflictDeclaration.objects.filter(claim=OuterRef("pk"), official_id=Given("person"), has_conflict=True)
