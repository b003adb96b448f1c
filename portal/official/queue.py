"""Which claims wait, for how long, and which of them need this person now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, JSONField, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from portal.official.forms import QueueFilterForm
from portal.official.working_days import working_days_since_sent
from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.models import Claim, Snapshot
from verification.claims.selectors import queue_for
from verification.kernel import clock

REVIEWED_STEPS = ("take", "recommend")


@dataclass(frozen=True)
class QueueRow:
    """A claim with what the queue says about it; values are those of the last sealed snapshot."""

    claim: Claim
    working_days: int
    is_clock_stopped: bool
    is_mine: bool
    first_good: str
    more_goods: int
    value: str | None
    default: str | None


def filtered_queue(actor: Actor, filters: QueueFilterForm) -> QuerySet[Claim]:
    claims = queue_for(actor).defer("reading")
    if words := filters.chosen("q").strip():
        claims = claims.filter(
            Q(number__icontains=words)
            | Q(organisation__name__icontains=words)
            | Q(installation__name__icontains=words)
            | Q(installation__code__icontains=words)
            | Q(installation__city__icontains=words)
        )
    if state := filters.chosen("state"):
        claims = claims.filter(state=state)
    if country := filters.chosen("country"):
        claims = claims.filter(installation__country=country)
    who = filters.chosen("who")
    if who == "me":
        claims = claims.filter(reviewer_id=int(actor.id))
    elif who == "nobody":
        claims = claims.filter(reviewer=None)
    return claims


def needing(actor: Actor) -> QuerySet[Claim]:
    """Claims that wait for this person and nobody else could be meant: own reviews, and decisions it may make."""
    mine = Q(state=ClaimState.IN_REVIEW, reviewer_id=int(actor.id))
    claims = queue_for(actor).defer("reading")
    if not actor.has_role("approver"):
        return claims.filter(mine)
    reviewed = Claim.objects.filter(steps__actor_id=int(actor.id), steps__name__in=REVIEWED_STEPS).values("pk")
    return claims.filter(mine | (Q(state=ClaimState.RECOMMENDED) & ~Q(pk__in=reviewed)))


def counts(actor: Actor) -> dict[str, int]:
    """How many claims wait in each state; one query."""
    waiting = queue_for(actor).order_by()
    return waiting.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in ClaimState})


def queue_rows(claims: Iterable[Claim], actor: Actor) -> list[QueueRow]:
    """Rows for the page; the sealed goods of all of them come with one query."""
    found = list(claims)
    goods = _sealed_goods(found)
    today = clock.today()
    return [_row(claim, goods.get(claim.pk) or [], actor, today) for claim in found]


def _row(claim: Claim, goods: list[dict], actor: Actor, today) -> QueueRow:  # type: ignore[no-untyped-def]
    first = goods[0] if goods else {}
    return QueueRow(
        claim=claim,
        working_days=working_days_since_sent(claim, today),
        is_clock_stopped=claim.state == ClaimState.INFO_REQUESTED,
        is_mine=str(claim.reviewer_id) == actor.id,
        first_good=first.get("cn", ""),
        more_goods=max(0, len(goods) - 1),
        value=first.get("see_applicable"),
        default=(first.get("default") or {}).get("value"),
    )


def _sealed_goods(claims: list[Claim]) -> dict[object, list[dict]]:
    """Goods of the last snapshot of each claim; the rest of the content stays in the database."""
    rows = (
        Snapshot.objects.filter(claim__in=claims)
        .annotate(goods=KeyTransform("goods", KeyTransform("reading", Cast("content", JSONField()))))
        .order_by("number")
        .values_list("claim_id", "goods")
    )
    return dict(rows)
