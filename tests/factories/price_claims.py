"""A complete carbon price claim of the demonstration's producer, as its pages would make it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from verification.audit.actors import Actor
from verification.claims.enums import (
    InstrumentKind,
    RecommendationKind,
    SurrenderKind,
    ValueBasis,
)
from verification.claims.findings import open_findings
from verification.claims.models import Claim
from verification.claims.services.prices import save_price_row, save_surrender, say_of_price, start_price_claim
from verification.claims.services.producer import attach_evidence, submit_claim
from verification.claims.services.review import answer_finding, recommend, take_claim
from verification.evidence.enums import Purpose
from verification.evidence.models import EvidenceFile
from verification.evidence.services import store_evidence
from verification.registry.models import Installation

SERIALS = "RW-5-9970001-2-2-0-7014 - RW-5-9971200-2-2-0-7014"
INSTRUMENT = {
    "instrument_kind": InstrumentKind.NATIONAL_ETS,
    "instrument_name": "Turkish emissions trading system",
    "law": "Climate Law No. 7552, Article 9",
    "authority": "Directorate of Climate Change",
    "country": "TR",
    "is_binding": True,
    "obligation_tco2e": Decimal(8000),
    "free_allocation_tco2e": Decimal(0),
}
CERTIFIER = {
    "certifier_name": "Deniz Aksoy",
    "certifier_body": "Turkish Accreditation Agency",
    "certifier_accreditation": "AB-0042-P",
    "certifier_accredited_from": date(2026, 1, 1),
    "certifier_accredited_to": date(2028, 12, 31),
    "certified_on": date(2027, 3, 5),
    "certification_statement": "The amounts were paid and nothing was given back beyond what is stated.",
}


def attached(claim: Claim, actor: Actor, purpose: Purpose, text: str) -> EvidenceFile:
    """A file with the text, as evidence of the claim."""
    raw = f"date,amount\n2027-01-20,{text}\n".encode()
    file = store_evidence([raw], name=f"{purpose}.csv", organisation_id=claim.organisation_id, actor=actor)
    attach_evidence(claim, actor=actor, file=file, purpose=purpose)
    return file


def complete_price_claim(
    installation: Installation, actor: Actor, *, scheme: str = "eu-cbam", serials: str = SERIALS
) -> Claim:
    """The seventh vector: 6,300 allowances, 500 domestic and 1,200 Article 6 credits for 8,000 t; one good."""
    claim = start_price_claim(installation, scheme=scheme, year=2026, actor=actor)
    receipt = attached(claim, actor, Purpose.PRICE_RECEIPTS, "71,300 EUR")
    certification = attached(claim, actor, Purpose.PRICE_CERTIFICATION, "certified")
    say_of_price(claim, actor=actor, values=INSTRUMENT)
    say_of_price(claim, actor=actor, values={**CERTIFIER, "certification": certification})
    for kind, quantity_t, price, typed in (
        (SurrenderKind.ALLOWANCE, 6300, "9", ""),
        (SurrenderKind.DOMESTIC_CREDIT, 500, "10", ""),
        (SurrenderKind.ARTICLE_6_CREDIT, 1200, "12", serials),
    ):
        values = surrendered(kind, quantity_t, price, receipt)
        save_surrender(claim, actor=actor, values=values, serials=typed)
    save_price_row(
        claim,
        "goods",
        actor=actor,
        values={
            "code": "72142000",
            "description": "Reinforcing bars",
            "quantity_t": Decimal(10_000),
            "see_tco2e_per_t": Decimal("1.6"),
            "own_priced_tco2e_per_t": Decimal("0.8"),
            "basis": ValueBasis.ACTUAL,
        },
    )
    return Claim.objects.get(pk=claim.pk)


def surrendered(kind: SurrenderKind, quantity_t: int, price: str, receipt: EvidenceFile | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "label": "",
        "quantity_t": quantity_t,
        "price_per_t": Decimal(price),
        "currency": "EUR",
        "surrendered_on": date(2027, 2, 20),
        "receipt": receipt,
    }


def recommended_price_claim(claim: Claim, producer: Actor, reviewer: Actor) -> Claim:
    """Sent, taken, its findings answered, and recommended."""
    submit_claim(claim, actor=producer, has_declared=True)
    take_claim(claim, actor=reviewer, has_no_conflict=True)
    for finding in open_findings(claim):
        answer_finding(claim, actor=reviewer, finding_key=finding.key, text="Looked at; it is as the act says.")
    recommend(claim, actor=reviewer, kind=RecommendationKind.APPROVE, reasons="Paid, certified, and net of rebates.")
    return Claim.objects.get(pk=claim.pk)
