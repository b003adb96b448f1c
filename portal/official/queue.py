"""Which claims wait, for how long, and how they are narrowed. What a page asks of the database is bounded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from portal.official.forms import ClaimFilterForm
from portal.official.forms_queue import COLLEAGUE, QueueFilterForm
from verification.audit.actors import Actor
from verification.claims.enums import BlockState, ClaimState
from verification.claims.models import Claim, UnitBlock
from verification.claims.search_selectors import FEW, Printed, printed_on
from verification.claims.selectors import queue_for
from verification.claims.workflow import WITH_OFFICIALS
from verification.database.kept import Given
from verification.kernel import clock
from verification.registry.selectors import away_with_substitute
from verification.units.serials import parse_serial

NUMBERS = re.compile(r"(?P<first>[0-9]{1,18})(?:\s*(?:-|–|to)\s*(?P<last>[0-9]{1,18}))?")
UNTAKEN = (ClaimState.SUBMITTED, ClaimState.IN_APPEAL)
SUNDAY = 7


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


def filtered_queue(actor: Actor, filters: QueueFilterForm, printed: Printed) -> QuerySet[Claim, Any]:
    """Keys and days of the claims; what their lines say is read by ``lines_of``."""
    claims = narrowed(queue_for(actor).select_related(None), filters, printed)
    if scheme := filters.chosen("scheme"):
        claims = claims.filter(scheme=scheme)
    state = filters.chosen("state")
    if state == "untaken":
        claims = claims.filter(state__in=UNTAKEN)
    elif state:
        claims = claims.filter(state=state)
    claims = due(_held_by(claims, actor, filters.chosen("who")), filters.chosen("due"))
    return claims.values_list("due_on", "id", named=True)


def _held_by(claims: QuerySet[Claim], actor: Actor, who: str) -> QuerySet[Claim]:
    if who == "me":
        return claims.filter(reviewer_id=int(actor.id))
    if who == "nobody":
        return claims.filter(reviewer=None)
    if who == "away":
        return claims.filter(reviewer_id__in=away_with_substitute(actor))
    if who.startswith(COLLEAGUE):
        return claims.filter(reviewer_id=int(who.removeprefix(COLLEAGUE)))
    return claims


def due(claims: QuerySet[Claim], when: str) -> QuerySet[Claim]:
    """What officials owe; a day on which a producer should answer is not theirs."""
    today = clock.today()
    if when == "late":
        return late(claims, today)
    if when == "week":
        return due_within(claims, today, sunday_of(today))
    return claims


def late(claims: QuerySet[Claim], today: date | Given) -> QuerySet[Claim]:
    return claims.filter(due_on__lt=today, state__in=WITH_OFFICIALS)


def due_within(claims: QuerySet[Claim], first: date | Given, last: date | Given) -> QuerySet[Claim]:
    return claims.filter(due_on__gte=first, due_on__lte=last, state__in=WITH_OFFICIALS)


def sunday_of(day: date) -> date:
    return day + timedelta(days=SUNDAY - day.isoweekday())


def _claims_with_serial(words: str, country: str) -> list[Any]:
    """Claims that offer the serial typed, a part of it, or any number of the range typed; no more than a few."""
    if not any(letter.isdigit() for letter in words):
        return []
    serial = parse_serial(words).serial
    numbers = NUMBERS.fullmatch(words)
    in_range = Q(pk__in=[])
    if serial is not None and serial.start is not None and serial.end is not None:
        in_range = Q(family_key=serial.family_key, first__lte=serial.end, last__gte=serial.start)
    elif numbers is not None:
        first, last = int(numbers["first"]), int(numbers["last"] or numbers["first"])
        in_range = Q(first__lte=last, last__gte=first)
    offered = UnitBlock.objects.exclude(state=BlockState.DRAFT).order_by().values_list("claim_id", flat=True).distinct()
    if country:
        site, party = Q(claim__installation__country=country), Q(claim__organisation__country=country)
        offered = offered.filter(site | Q(party, claim__installation=None))
    # Asked apart, so that each is found by an index of its own.
    written = offered.filter(Q(serial__icontains=words) | Q(raw_serial__icontains=words))
    return list({*written[:FEW], *offered.filter(in_range)[:FEW]})[:FEW]
