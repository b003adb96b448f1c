"""Approved claims that a claim is compared with: last year's, and those of other installations.

Only what was decided before the content was sealed counts, so that a later run on the same snapshot
compares with the same claims.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from statistics import median
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from verification.checks.model import EarlierGood, Peers
from verification.claims.content import decimal_or_none
from verification.claims.enums import ClaimState
from verification.claims.models import Claim
from verification.database.kept import Given, Kept
from verification.kernel.quantities import exact

APPROVED = (ClaimState.APPROVED, ClaimState.EXPIRED, ClaimState.SUPERSEDED)
PEERS_READ = 200
"""The newest claims of the period are enough for a median, and bound the work."""


def goods_of_the_year_before(claim: Claim, before: datetime) -> tuple[EarlierGood, ...]:
    """Goods of the newest approved claim of the installation for the period that ended where this begins."""
    found = YEAR_BEFORE.first(**_of(claim, before))
    return tuple(
        EarlierGood(
            code=row["cn"],
            process=row.get("process") or "",
            applicable=decimal_or_none(row.get("see_applicable")),
            direct=decimal_or_none(row.get("see_direct")),
            quantity=decimal_or_none(row.get("quantity")),
        )
        for row in found or []
    )


def medians_by_category(claim: Claim, before: datetime) -> dict[str, Peers]:
    """Median of the values in scope by goods category; one value for each process of another installation."""
    values: dict[str, list[Decimal]] = defaultdict(list)
    for goods in PEERS.rows(**_of(claim, before)):
        for category, value in _values_in(goods):
            values[category].append(value)
    with exact():
        return {category: Peers(median(found), len(found)) for category, found in values.items()}


@lru_cache(maxsize=2_000)
def _values_in(goods: str) -> tuple[tuple[str, Decimal], ...]:
    """Category and value for each process of a claim. The claims of a period are peers of many others; what the text
    of their goods says is worked out once."""
    found = {
        (row["category"], row.get("process") or ""): Decimal(row["see_applicable"])
        for row in json.loads(goods) or []
        if row.get("see_applicable")
    }
    return tuple((category, value) for (category, _process), value in found.items())


def _of(claim: Claim, before: datetime) -> dict[str, Any]:
    """What the questions below are asked with."""
    return {
        "claim": claim.pk,
        "scheme": claim.scheme,
        "installation": claim.site.pk,
        "starts_on": claim.period_start,
        "before": before,
    }


def _approved() -> QuerySet[Claim]:
    return (
        Claim.objects.filter(
            scheme=Given("scheme"), state__in=APPROVED, decided_at__lt=Given("before"), goods_in_short__isnull=False
        )
        .exclude(pk=Given("claim"))
        .order_by("-decided_at")
    )


YEAR_BEFORE = Kept(
    lambda: (
        _approved()
        .filter(installation_id=Given("installation"), period_end=Given("starts_on"))
        .values_list("goods_in_short", flat=True)[:1]
    )
)
PEERS = Kept(
    lambda: (
        _approved()
        .filter(period_start=Given("starts_on"))
        .exclude(installation_id=Given("installation"))
        .values_list(Cast("goods_in_short", TextField()), flat=True)[:PEERS_READ]
    )
)
