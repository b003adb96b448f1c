"""Which claims wait, for how long, and how they are narrowed. What a page asks of the database is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, JSONField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from portal.official.forms import ClaimFilterForm
from portal.official.forms_queue import COLLEAGUE, QueueFilterForm
from portal.ui.clocks import ShownClock, clocks_of
from verification.audit.actors import Actor
from verification.claims.enums import BlockState, ClaimState
from verification.claims.kinds import manifest_of
from verification.claims.models import Claim, Snapshot, UnitBlock
from verification.claims.search_selectors import FEW, Printed, printed_on
from verification.claims.selectors import queue_for
from verification.claims.workflow import WITH_OFFICIALS
from verification.kernel import clock
from verification.registry.selectors import absences_on
from verification.units.serials import parse_serial

NUMBERS = re.compile(r"(?P<first>[0-9]{1,18})(?:\s*(?:-|–|to)\s*(?P<last>[0-9]{1,18}))?")
UNTAKEN = (ClaimState.SUBMITTED, ClaimState.IN_APPEAL)
SHOWN = (
    *("number", "kind", "scheme", "state", "period_start", "due_on", "submitted_at", "created_at", "decided_at"),
    *("organisation__name", "organisation__country", "installation__name", "installation__country"),
    *("reviewer__full_name", "reviewer__email"),
)
SUNDAY = 7


@dataclass(frozen=True)
class QueueRow:
    """A claim with what the queue says about it; values are those of the last sealed snapshot."""

    claim: Claim
    address: str
    clock: ShownClock | None
    is_mine: bool
    is_untaken: bool
    first_good: str
    more_goods: int
    value: str | None
    default: str | None
    blocks: int = 0
    offered_t: int | None = None


def searched(filters: ClaimFilterForm, *, country: str = "", is_open: bool = False) -> Printed:
    """What was typed and the country, as a condition; a serial that a claim offers counts as printed on it."""
    words = filters.chosen("q").strip()
    if not words and not country:
        return Printed(Q())
    printed = printed_on(words, country=country, is_open=is_open)
    serials = _claims_with_serial(words, country)
    return replace(printed, condition=printed.condition | Q(pk__in=serials)) if serials else printed


def narrowed(claims: QuerySet[Claim], filters: ClaimFilterForm, printed: Printed) -> QuerySet[Claim]:
    claims = claims.filter(printed.condition)
    if kind := filters.chosen("kind"):
        claims = claims.filter(kind=kind)
    return claims


def filtered_queue(actor: Actor, filters: QueueFilterForm, printed: Printed) -> QuerySet[Claim]:
    """Keys and days of the claims; ``lines_of`` reads what their lines say."""
    claims = narrowed(queue_for(actor).select_related(None).only("due_on"), filters, printed)
    if scheme := filters.chosen("scheme"):
        claims = claims.filter(scheme=scheme)
    state = filters.chosen("state")
    if state == "untaken":
        claims = claims.filter(state__in=UNTAKEN)
    elif state:
        claims = claims.filter(state=state)
    return due(_held_by(claims, actor, filters.chosen("who")), filters.chosen("due"))


def _held_by(claims: QuerySet[Claim], actor: Actor, who: str) -> QuerySet[Claim]:
    if who == "me":
        return claims.filter(reviewer_id=int(actor.id))
    if who == "nobody":
        return claims.filter(reviewer=None)
    if who == "away":
        return claims.filter(reviewer_id__in=away_for(actor))
    if who.startswith(COLLEAGUE):
        return claims.filter(reviewer_id=int(who.removeprefix(COLLEAGUE)))
    return claims


def due(claims: QuerySet[Claim], when: str) -> QuerySet[Claim]:
    """What officials owe; a day on which a producer should answer is not theirs."""
    today = clock.today()
    if when == "late":
        return claims.filter(due_on__lt=today, state__in=WITH_OFFICIALS)
    if when == "week":
        last = today + timedelta(days=SUNDAY - today.isoweekday())
        return claims.filter(due_on__gte=today, due_on__lte=last, state__in=WITH_OFFICIALS)
    return claims


def away_for(actor: Actor) -> list[int]:
    """People for whom this person stands in today."""
    return list(absences_on(clock.today()).filter(substitute__pk=actor.id).values_list("user_id", flat=True))


def lines_of(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, Claim]:
    """By key: no more of each open claim and its parties than a line about it says. ``country`` is that of its
    installation, or of the party that claims; ``sealed_goods`` are those of its last snapshot."""
    claims = queue_for(actor).order_by().filter(pk__in=set(keys)).only(*SHOWN)
    country = Coalesce("installation__country", "organisation__country")
    return {claim.pk: claim for claim in claims.annotate(country=country, sealed_goods=_sealed_goods())}


def _claims_with_serial(words: str, country: str) -> list[Any]:
    """Claims that offer the serial typed, a part of it, or any number of the range typed; no more than a few."""
    if not any(letter.isdigit() for letter in words):
        return []
    is_named = Q(serial__icontains=words) | Q(raw_serial__icontains=words)
    serial = parse_serial(words).serial
    numbers = NUMBERS.fullmatch(words)
    if serial is not None and serial.start is not None and serial.end is not None:
        is_named |= Q(family_key=serial.family_key, first__lte=serial.end, last__gte=serial.start)
    elif numbers is not None:
        first, last = int(numbers["first"]), int(numbers["last"] or numbers["first"])
        is_named |= Q(first__lte=last, last__gte=first)
    offered = UnitBlock.objects.exclude(state=BlockState.DRAFT).filter(is_named).order_by()
    if country:
        site, party = Q(claim__installation__country=country), Q(claim__organisation__country=country)
        offered = offered.filter(site | Q(party, claim__installation=None))
    return list(offered.values_list("claim_id", flat=True).distinct()[:FEW])


def queue_rows(claims: Iterable[Claim], actor: Actor) -> list[QueueRow]:
    """Rows for the page from lines of the queue; their clocks and their units come with one query each."""
    found = list(claims)
    units, clocks = _offered_units(found), clocks_of(found)
    return [_row(claim, units.get(claim.pk, (0, None)), clocks.get(claim.pk), actor) for claim in found]


def _row(claim: Any, units: tuple[int, int | None], shown: ShownClock | None, actor: Actor) -> QueueRow:
    goods: list[dict] = claim.sealed_goods or []
    first = goods[0] if goods else {}
    return QueueRow(
        claim=claim,
        address=reverse("official:claim", args=[claim.pk]),
        clock=shown,
        is_mine=str(claim.reviewer_id) == actor.id,
        is_untaken=claim.state in UNTAKEN,
        first_good=first.get("cn", ""),
        more_goods=max(0, len(goods) - 1),
        value=first.get("see_applicable"),
        default=(first.get("default") or {}).get("value"),
        blocks=units[0],
        offered_t=units[1],
    )


def _offered_units(claims: list[Claim]) -> dict[object, tuple[int, int | None]]:
    """Blocks and tonnes of each claim that offers units; one query, none where no kind of claim here has any."""
    holding = [claim.pk for claim in claims if manifest_of(claim).holds_blocks]
    if not holding:
        return {}
    sent = UnitBlock.objects.filter(claim__in=holding).exclude(state=BlockState.DRAFT).order_by()
    sums = sent.values("claim_id").annotate(count=Count("pk"), total=Sum("quantity"))
    return {row["claim_id"]: (row["count"], row["total"]) for row in sums}


def _sealed_goods() -> Subquery:
    """Goods of the last snapshot of a claim; the rest of the content stays in the database."""
    goods = KeyTransform("goods", KeyTransform("reading", Cast("content", JSONField())))
    return Subquery(Snapshot.objects.filter(claim=OuterRef("pk")).order_by("-number").values(goods=goods)[:1])
