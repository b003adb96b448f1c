"""Approved claims that a claim is compared with: last year's, and those of other installations.

Only what was decided before the content was sealed counts, so that a later run on the same snapshot
compares with the same claims.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import QuerySet

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
    newest = PEERS.rows(**_of(claim, before))
    values: dict[str, dict[tuple[object, str], Decimal]] = defaultdict(dict)
    for key, goods in newest:
        for row in goods or []:
            if row.get("see_applicable"):
                values[row["category"]][key, row.get("process") or ""] = Decimal(row["see_applicable"])
    with exact():
        return {category: Peers(median(found.values()), len(found)) for category, found in values.items()}


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
        .values_list("pk", "goods_in_short")[:PEERS_READ]
    )
)
