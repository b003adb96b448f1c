"""Claims that wait for this very person. Each reason is a question of its own, so that an index answers it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from portal.official.queue import away_for
from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.models import Appeal, Claim, ConflictDeclaration, Step
from verification.claims.selectors import queue_for
from verification.claims.workflow import TAKING

REVIEWED_STEPS = (*TAKING, "recommend")


def needing(actor: Actor, most: int) -> list[UUID]:
    """Keys of at most so many, the shortest clock first: own reviews, decisions it may make, appeals it may take,
    claims of those it stands in for. The services judge again."""
    claims = queue_for(actor).select_related(None)
    reasons = [claims.filter(state=ClaimState.IN_REVIEW, reviewer_id=int(actor.id))]
    if actor.has_role("approver"):
        reasons.append(_decisions(claims, actor))
    if actor.has_role("reviewer"):
        reasons.append(_appeals(claims, actor))
        reasons.append(claims.filter(state=ClaimState.IN_REVIEW, reviewer_id__in=away_for(actor)))
    found = {row for reason in reasons for row in reason.values_list("due_on", "pk")[:most]}
    return [key for _due_on, key in sorted(found)[:most]]


def _decisions(claims: QuerySet[Claim], actor: Actor) -> QuerySet[Claim]:
    """Recommended by others. On an appeal, decided by people who had no part in what it is against."""
    own = Step.objects.filter(claim=OuterRef("pk"), actor_id=actor.id, name__in=REVIEWED_STEPS)
    first_decision = Appeal.objects.filter(
        Q(claim__steps__actor_id=actor.id) | Q(claim__steps__second_actor_id=actor.id),
        claim=OuterRef("pk"),
        closed_at=None,
        claim__steps__claim_version__lt=F("lodged_version"),
    )
    return claims.filter(
        ~Exists(own), ~Exists(first_decision), ~Exists(_conflicts(actor)), state=ClaimState.RECOMMENDED
    )


def _appeals(claims: QuerySet[Claim], actor: Actor) -> QuerySet[Claim]:
    part = Step.objects.filter(Q(actor_id=actor.id) | Q(second_actor_id=actor.id), claim=OuterRef("pk"))
    return claims.filter(~Exists(part), ~Exists(_conflicts(actor)), state=ClaimState.IN_APPEAL)


def _conflicts(actor: Actor) -> QuerySet[ConflictDeclaration]:
    return ConflictDeclaration.objects.filter(claim=OuterRef("pk"), official_id=actor.id, has_conflict=True)
