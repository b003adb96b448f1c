"""A carbon price claim before an official: what was paid, what came back, and what each tonne carries of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.official.findings import PageOfClaim
from verification.claims.enums import DecisionOutcome
from verification.claims.models import Claim, Snapshot
from verification.determination.services import span_of_override


def price_panel(page: PageOfClaim) -> dict[str, Any]:
    """Drawn from what was sealed."""
    content = page.content
    return {
        "result": content["result"],
        "gaps": content["gaps"],
        "instrument": content["instrument"],
        "certifier": content["certifier"],
        "terms": content["terms"],
        "payments": content["payments"],
        "rebates": content["rebates"],
        "surrenders": content["surrenders"],
        "priced_blocks": content["blocks"],
    }


def price_effect(claim: Claim, content: Mapping[str, Any]) -> dict[str, Any]:
    """What an approval would do: one dated credit for each good."""
    outcomes = [(DecisionOutcome.APPROVED, _("Approve the carbon price"))] if content["result"] else []
    return {
        "span": span_of_override(claim.scheme, claim.period_start.year),
        "result": content["result"],
        "terms": content["terms"],
        "fingerprint": "",
        "done": _("Approved. The carbon price is credited; certificate %(number)s is being sealed."),
        "outcomes": outcomes,
        "legal_ground": content["terms"]["reference"],
    }


def price_words(claim: Claim, snapshot: Snapshot) -> dict[str, str]:
    """What fills the braces of a wording."""
    return {"claim": claim.number, "year": str(claim.period_start.year)}
