"""A carbon price claim approved: a dated credit for each good, and what its certificate says."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.price_record import build_price_record
from verification.certificates.record import Identity
from verification.certificates.services.effect import Effect
from verification.claims.content import evidence_manifest
from verification.claims.enums import BlockState, DecisionOutcome
from verification.claims.models import Claim, Decision
from verification.claims.services.deciding import Ruling, decide
from verification.determination.price_credits.services import PriceCreditTerms, open_price_credit
from verification.determination.selectors import public_price_credits_known_at
from verification.determination.services import span_of_override
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import InvalidInput, Problem

ARTICLE_9 = "Regulation (EU) 2023/956, Article 9"


def approve_price(claim: Claim, *, actor: Actor, ruling: Ruling) -> Decision:
    """Approved as it was worked out: credits beyond the cap are in the sealed result, priced at zero."""
    return decide(claim, actor=actor, outcome=DecisionOutcome.APPROVED, ruling=ruling)


def put_into_force(claim: Claim, decision: Decision, number: str, actor: Actor) -> Effect:
    """One credit for each good; serials handed in stay with the claim, also those that were not counted.

    Certificates are superseded whose credits were all replaced. Raises ``InvalidInput`` where the sealed content
    has no result or the same good twice, and where nothing was paid in the end.
    """
    content = json.loads(decision.snapshot.content)
    _demand_result(content)
    touched: set[str] = set()
    for good in content["result"]["goods"]:
        terms = _terms(claim, decision, number, content, good)
        _credit, replaced = open_price_credit(claim.scheme, terms, reporting_year=claim.period_start.year, actor=actor)
        touched |= {row.certificate_number for row in replaced}
    claim.blocks.filter(state=BlockState.RESERVED).update(state=BlockState.ACCEPTED)
    evidence_sha256 = sha256_of(evidence_manifest(claim))

    def record(identity: Identity, decision_block: dict[str, Any]) -> dict[str, Any]:
        return build_price_record(
            identity,
            content=content,
            decision=decision_block,
            evidence_sha256=evidence_sha256,
            snapshot_sha256=decision.snapshot.sha256,
        )

    return Effect(
        span=span_of_override(claim.scheme, claim.period_start.year),
        build_record=record,
        legal_basis=content["terms"]["reference"],
        replaced=_replaced(claim, touched),
    )


def _terms(
    claim: Claim, decision: Decision, number: str, content: dict[str, Any], good: dict[str, Any]
) -> PriceCreditTerms:
    return PriceCreditTerms(
        installation_code=claim.site.code,
        instrument=content["instrument"]["name"],
        instrument_country=content["instrument"]["country"],
        good_code=good["code"],
        amount_per_tco2e=Decimal(good["per_tco2e"]),
        amount_per_t=Decimal(good["per_t"]),
        see_tco2e_per_t=Decimal(good["see_tco2e_per_t"]),
        currency=content["result"]["currency"],
        claim_reference=claim.number,
        snapshot_sha256=decision.snapshot.sha256,
        decision_reference=decision.number,
        reference=decision.legal_ground,
        certificate_number=number,
    )


def _demand_result(content: dict[str, Any]) -> None:
    result = content["result"]
    codes = [good["code"] for good in result["goods"]] if result else []
    problems = []
    if result is None:
        gaps = " ".join(content["gaps"])
        problems.append(
            _refusal(f"The price could not be worked out. {gaps}", "Refuse the claim, or ask the producer.")
        )
    elif not codes or all(Decimal(good["per_t"]) == 0 for good in result["goods"]):
        problems.append(
            _refusal("No price was effectively paid on any good.", "Refuse the claim: nothing would be credited.")
        )
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        problems.append(_refusal(f"{code} stands twice in the claim.", "Ask the producer to join the two rows."))
    if problems:
        raise InvalidInput("The claim cannot be approved.", problems)


def _refusal(message: str, mend: str) -> Problem:
    return Problem("block", "PRI-COUNT", message, mend, reference=ARTICLE_9)


def _replaced(claim: Claim, touched: set[str]) -> tuple[Certificate, ...]:
    in_force = public_price_credits_known_at(clock.now(), scheme=claim.scheme, installation_code=claim.site.code)
    still = set(in_force.values_list("certificate_number", flat=True))
    return tuple(Certificate.objects.filter(number__in=touched - still).select_related("claim"))
