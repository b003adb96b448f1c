"""What the scheme says of a carbon price paid abroad, for the period of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from verification.claims.models import Claim
from verification.claims.unit_rules import rules_for
from verification.kernel.errors import MissingReference
from verification.reference.selectors import published_release, unit_rules_record
from verification.units.rules import UnitRules

CAP, CAP_BASE, UNEVIDENCED_REBATE = "intl_credit_cap", "cap_base", "unevidenced_rebate"
OBLIGATION, VOIDS = "scheme_obligation", "voids_deduction"
INSIDE_A_PRICE = "inside_carbon_price"


@dataclass(frozen=True)
class PriceTerms:
    """``credit_cap_share`` is the fraction of the obligation that international credits may meet; ``None``: no cap.

    ``draft`` cites the act, not in force, on which the counting of credits rests; empty where it rests on none.
    """

    currency: str
    credit_cap_share: Decimal | None
    unevidenced_voids: bool
    reference: str
    draft: str = ""
    rules_sha256: str = ""


def takes_prices(scheme: str) -> bool:
    """A scheme that says what a rebate without proof does takes claims of a price paid; others are silent on it."""
    return UNEVIDENCED_REBATE in unit_rules_record(scheme)["switches"]


def terms_for(claim: Claim) -> PriceTerms:
    """Terms of the release in force for the claim: a sent claim keeps those of the day it was sent.

    Raises ``MissingReference`` for a cap whose base is not known here.
    """
    rules = rules_for(claim)
    release = published_release(claim.scheme, claim.submitted_at)
    cap = rules.switches.get(CAP)
    base = rules.switches.get(CAP_BASE)
    if cap is not None and (base is None or base.value != OBLIGATION):
        raise MissingReference(f"{claim.scheme} caps credits by a base that is not known here.")
    rebate = rules.switches.get(UNEVIDENCED_REBATE)
    stated = cap or rebate
    return PriceTerms(
        currency=release.definition["currency"],
        credit_cap_share=Decimal(cap.value) if cap else None,
        unevidenced_voids=rebate is not None and rebate.value == VOIDS,
        reference=stated.reference if stated else release.definition["reference"],
        draft=_draft(rules, claim),
        rules_sha256=rules.content_sha256,
    )


def _draft(rules: UnitRules, claim: Claim) -> str:
    channel = rules.draft_channel_on(claim.period_start)
    return channel.reference if channel and channel.value == INSIDE_A_PRICE else ""


def terms_record(terms: PriceTerms) -> dict[str, Any]:
    """The terms as they are sealed."""
    share = terms.credit_cap_share
    return {
        "currency": terms.currency,
        "credit_cap_share": None if share is None else str(share),
        "unevidenced_voids": terms.unevidenced_voids,
        "reference": terms.reference,
        "draft": terms.draft,
        "rules_sha256": terms.rules_sha256,
    }


def terms_from_record(record: Mapping[str, Any]) -> PriceTerms:
    """The terms that were sealed."""
    share = record["credit_cap_share"]
    return PriceTerms(**{**record, "credit_cap_share": None if share is None else Decimal(share)})
