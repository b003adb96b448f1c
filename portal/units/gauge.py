"""The limit of a claim as its pages show it."""

from __future__ import annotations

from typing import Any

from portal.ui.charts.limit import ClassRow, limit_chart
from portal.units.schemes import BASE_WORDS
from verification.claims.models import Claim
from verification.claims.unit_limit import ClaimLimit, limit_of_claim
from verification.claims.unit_rules import rules_for
from verification.kernel.errors import MissingReference


def gauge_of(claim: Claim) -> dict[str, Any] | None:
    """``limit``, its ``chart`` and its base in words; ``None`` while the limit cannot be worked out."""
    limit = limit_of_claim(claim)
    if limit is None:
        return None
    return {"limit": limit, "base": BASE_WORDS[limit.base_name], "chart": _chart(limit)}


def base_asked(claim: Claim) -> str:
    """The base that the scheme's limit is a percentage of; empty where it sets none for the period."""
    try:
        return rules_for(claim).limit_for(claim.period_start).base
    except MissingReference:
        return ""


def _chart(limit: ClaimLimit) -> dict[str, Any]:
    classes = [ClassRow(row.unit_class, row.claimed, row.accepted, row.excess, row.sublimit_t) for row in limit.classes]
    return limit_chart(
        limit_t=limit.limit_t,
        used_t=limit.used_t,
        accepted_t=limit.accepted_t,
        excess_t=limit.excess_t,
        classes=classes,
    )
