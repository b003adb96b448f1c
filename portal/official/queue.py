"""Which claims wait, for how long, and how they are narrowed. What a page asks of the database is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, JSONField, OuterRef, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.official.forms import ClaimFilterForm
from portal.official.forms_queue import COLLEAGUE, QueueFilterForm
from portal.ui.clocks import ShownClock, clocks_of
from verification.audit.actors import Actor
from verification.claims.enums import BlockState, ClaimState
from verification.claims.models import Claim, Snapshot, UnitBlock
from verification.claims.search_selectors import FEW, Printed, printed_on
from verification.claims.selectors import queue_for
from verification.claims.workflow import WITH_OFFICIALS
from verification.kernel import clock
from verification.registry.selectors import absences_on
from verification.units.serials import parse_serial

NUMBERS = re.compile(r"(?P<first>[0-9]{1,18})(?:\s*(?:-|–|to)\s*(?P<last>[0-9]{1,18}))?")
UNTAKEN = (ClaimState.SUBMITTED, ClaimState.IN_APPEAL)
MOST_COUNTED = 1_000
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
    claims = narrowed(with_country(in_short(queue_for(actor))), filters, printed)
    if scheme := filters.chosen("scheme"):
        claims = claims.filter(scheme=scheme)
    state = filters.chosen("state")
    if state == "untaken":
        claims = claims.filter(state__in=UNTAKEN)
    elif state:
        claims = claims.filter(state=state)
    return _due(_held_by(claims, actor, filters.chosen("who")), filters.chosen("due"))


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


def _due(claims: QuerySet[Claim], due: str) -> QuerySet[Claim]:
    """What officials owe; a day on which a producer should answer is not theirs."""
    today = clock.today()
    if due == "late":
        return claims.filter(due_on__lt=today, state__in=WITH_OFFICIALS)
    if due == "week":
        last = today + timedelta(days=SUNDAY - today.isoweekday())
        return claims.filter(due_on__gte=today, due_on__lte=last, state__in=WITH_OFFICIALS)
    return claims


def away_for(actor: Actor) -> list[int]:
    """People for whom this person stands in today."""
    return list(absences_on(clock.today()).filter(substitute__pk=actor.id).values_list("user_id", flat=True))


def in_short(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """No more of each claim and its parties than a line about it says."""
    return claims.only(*SHOWN)


def with_country(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Each with the ``country`` of its installation, or of the party that claims."""
    return claims.annotate(country=Coalesce("installation__country", "organisation__country"))


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


def figures(actor: Actor, needing: str) -> list[dict[str, str]]:
    """The four numbers on top; each count stops at a thousand."""
    waiting = queue_for(actor).order_by()
    return [
        {"label": _("Need you now"), "value": needing},
        {"label": _("Not taken"), "value": _up_to_most(waiting.filter(state__in=UNTAKEN))},
        {"label": _("Due this week"), "value": _up_to_most(_due(waiting, "week"))},
        {"label": _("Past the date"), "value": _up_to_most(_due(waiting, "late"))},
    ]


def _up_to_most(claims: QuerySet[Claim]) -> str:
    count = claims.values("pk")[: MOST_COUNTED + 1].count()
    return f"{count:,}" if count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"


def queue_rows(claims: Iterable[Claim], actor: Actor) -> list[QueueRow]:
    """Rows for the page; clocks, sealed goods and units of all of them come with one query each."""
    found = list(claims)
    goods, units, clocks = _sealed_goods(found), _offered_units(found), clocks_of(found)
    return [
        _row(claim, goods.get(claim.pk) or [], units.get(claim.pk, (0, None)), clocks.get(claim.pk), actor)
        for claim in found
    ]


def _row(
    claim: Claim, goods: list[dict], units: tuple[int, int | None], shown: ShownClock | None, actor: Actor
) -> QueueRow:
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
    """Blocks and tonnes of each claim that offers units; one query."""
    sent = UnitBlock.objects.filter(claim__in=claims).exclude(state=BlockState.DRAFT).order_by()
    sums = sent.values("claim_id").annotate(count=Count("pk"), total=Sum("quantity"))
    return {row["claim_id"]: (row["count"], row["total"]) for row in sums}


def _sealed_goods(claims: list[Claim]) -> dict[object, list[dict]]:
    """Goods of the last snapshot of each claim; the rest of the content stays in the database."""
    newer = Snapshot.objects.filter(claim=OuterRef("claim"), number__gt=OuterRef("number"))
    rows = (
        Snapshot.objects.filter(~Exists(newer), claim__in=claims)
        .annotate(goods=KeyTransform("goods", KeyTransform("reading", Cast("content", JSONField()))))
        .order_by()
        .values_list("claim_id", "goods")
    )
    return dict(rows)
