"""Which claims wait, for how long, and which of them need this person now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, JSONField, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce

from portal.official.forms import ClaimFilterForm, QueueFilterForm
from portal.official.working_days import working_days_since_sent
from verification.audit.actors import Actor
from verification.claims.enums import BlockState, ClaimState
from verification.claims.models import Claim, Snapshot, UnitBlock
from verification.claims.selectors import queue_for
from verification.kernel import clock
from verification.units.serials import parse_serial

NUMBERS = re.compile(r"(?P<first>[0-9]{1,18})(?:\s*(?:-|–|to)\s*(?P<last>[0-9]{1,18}))?")
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
    blocks: int = 0
    offered_t: int | None = None


def narrowed(claims: QuerySet[Claim], filters: ClaimFilterForm) -> QuerySet[Claim]:
    """By words and by kind: number, party, installation, or a serial or number that the claim offers."""
    if words := filters.chosen("q").strip():
        claims = claims.filter(
            Q(number__icontains=words)
            | Q(organisation__name__icontains=words)
            | Q(installation__name__icontains=words)
            | Q(installation__code__icontains=words)
            | Q(installation__city__icontains=words)
            | Q(pk__in=_claims_with_serial(words))
        )
    if kind := filters.chosen("kind"):
        claims = claims.filter(kind=kind)
    return claims


def filtered_queue(actor: Actor, filters: QueueFilterForm) -> QuerySet[Claim]:
    claims = narrowed(with_country(queue_for(actor)).defer("reading"), filters)
    if state := filters.chosen("state"):
        claims = claims.filter(state=state)
    if country := filters.chosen("country"):
        claims = claims.filter(country=country)
    who = filters.chosen("who")
    if who == "me":
        claims = claims.filter(reviewer_id=int(actor.id))
    elif who == "nobody":
        claims = claims.filter(reviewer=None)
    return claims


def with_country(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Each with the ``country`` of its installation, or of the party that claims."""
    return claims.annotate(country=Coalesce("installation__country", "organisation__country"))


def _claims_with_serial(words: str) -> QuerySet[UnitBlock, Any]:
    """Claims that offer the serial typed, a part of it, or any number of the range typed."""
    is_named = Q(serial__icontains=words) | Q(raw_serial__icontains=words)
    serial = parse_serial(words).serial
    numbers = NUMBERS.fullmatch(words)
    if serial is not None and serial.start is not None and serial.end is not None:
        is_named |= Q(family_key=serial.family_key, first__lte=serial.end, last__gte=serial.start)
    elif numbers is not None:
        first, last = int(numbers["first"]), int(numbers["last"] or numbers["first"])
        is_named |= Q(first__lte=last, last__gte=first)
    return UnitBlock.objects.exclude(state=BlockState.DRAFT).filter(is_named).values("claim_id")


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
    goods, units = _sealed_goods(found), _offered_units(found)
    today = clock.today()
    return [_row(claim, goods.get(claim.pk) or [], units.get(claim.pk, (0, None)), actor, today) for claim in found]


def _row(claim: Claim, goods: list[dict], units: tuple[int, int | None], actor: Actor, today: date) -> QueueRow:
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
        blocks=units[0],
        offered_t=units[1],
    )


def _offered_units(claims: list[Claim]) -> dict[object, tuple[int, int | None]]:
    """Blocks and tonnes of each claim that offers units; one query."""
    sent = UnitBlock.objects.filter(claim__in=claims).exclude(state=BlockState.DRAFT).order_by()
    sums = sent.values("claim_id").annotate(count=Count("pk"), total=Sum("quantity"))
    return {row["claim_id"]: (row["count"], row["total"]) for row in sums}


def _sealed_goods(claims: list[Claim]) -> dict[object, list[dict]]:
    """Goods of the last snapshot of each claim; the rest of the content stays in the database."""
    rows = (
        Snapshot.objects.filter(claim__in=claims)
        .annotate(goods=KeyTransform("goods", KeyTransform("reading", Cast("content", JSONField()))))
        .order_by("number")
        .values_list("claim_id", "goods")
    )
    return dict(rows)
