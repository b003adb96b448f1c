"""A carbon price that the demonstration's producer paid at home, down to its certificate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from portal.commands.demonstration.stage import Stage, Storyline
from portal.commands.demonstration.workbooks import paper
from verification.audit.actors import Actor
from verification.certificates.services.approval import approve_claim
from verification.claims.enums import InstrumentKind, RecommendationKind, SurrenderKind, ValueBasis
from verification.claims.findings import open_findings
from verification.claims.models import Claim
from verification.claims.services import producer as producing
from verification.claims.services import review as reviewing
from verification.claims.services.prices import save_price_row, save_surrender, say_of_price, start_price_claim
from verification.evidence.enums import Purpose
from verification.evidence.models import EvidenceFile
from verification.evidence.services import store_evidence
from verification.kernel import clock

GROUND = "Regulation (EU) 2023/956, Article 9"
INSTRUMENT = {
    "instrument_kind": InstrumentKind.NATIONAL_ETS,
    "instrument_name": "Turkish emissions trading system",
    "law": "Climate Law No. 7552, Article 9",
    "authority": "Directorate of Climate Change",
    "country": "TR",
    "is_binding": True,
    "obligation_tco2e": Decimal(7_866_044),
    "free_allocation_tco2e": Decimal(6_666_044),
}
CERTIFIER = {
    "certifier_name": "Deniz Aksoy",
    "certifier_body": "Turkish Accreditation Agency",
    "certifier_accreditation": "AB-0042-P",
    "certifier_accredited_from": date(2026, 1, 1),
    "certifier_accredited_to": date(2028, 12, 31),
    "certification_statement": "The allowances were bought and surrendered; nothing was given back.",
}
GOOD = {
    "code": "72083900",
    "description": "Hot-rolled coil under 3 mm",
    "quantity_t": Decimal(4_800_000),
    "see_tco2e_per_t": Decimal("1.538976"),
    "own_priced_tco2e_per_t": Decimal("1.538976"),
    "basis": ValueBasis.ACTUAL,
}


def price_paid(stage: Stage) -> Storyline:
    """Aliağa: allowances for what exceeds free allocation, certified by an independent person."""
    yield date(2027, 3, 2)
    actor = stage.actor("producer")
    claim = start_price_claim(stage.installations["aliaga"], scheme="eu-cbam", year=2026, actor=actor)
    receipt = _attach(stage, claim, actor, "Statement of the registry account", Purpose.PRICE_RECEIPTS)
    certification = _attach(stage, claim, actor, "Certification of the price", Purpose.PRICE_CERTIFICATION)
    certified = {**CERTIFIER, "certified_on": clock.today() - timedelta(days=3), "certification": certification}
    say_of_price(claim, actor=actor, values=INSTRUMENT)
    say_of_price(claim, actor=actor, values=certified)
    surrendered = {
        "kind": SurrenderKind.ALLOWANCE,
        "label": "Auctions of 2026",
        "quantity_t": 1_200_000,
        "price_per_t": Decimal("9.20"),
        "currency": "EUR",
        "surrendered_on": date(2027, 2, 20),
        "receipt": receipt,
    }
    save_surrender(claim, actor=actor, values=surrendered, serials="")
    save_price_row(claim, "goods", actor=actor, values=GOOD)
    claim = Claim.objects.get(pk=claim.pk)
    yield clock.today() + timedelta(days=1)
    producing.submit_claim(claim, actor=stage.actor("producer"), has_declared=True)
    yield clock.today() + timedelta(days=2)
    reviewer = stage.actor("reviewer")
    reviewing.take_claim(claim, actor=reviewer)
    for finding in open_findings(claim):
        reviewing.answer_finding(claim, actor=reviewer, finding_key=finding.key, text="Compared with the registry.")
    reasons = "Paid under a binding scheme, certified, net of free allocation and rebates."
    reviewing.recommend(claim, actor=reviewer, kind=RecommendationKind.APPROVE, reasons=reasons)
    yield clock.today() + timedelta(days=3)
    ruling = reviewing.Ruling(reasons=reasons, legal_ground=GROUND, seen_version=claim.version)
    approve_claim(claim, actor=stage.actor("approver"), ruling=ruling)


PRICE_STORYLINES = [price_paid]


def _attach(stage: Stage, claim: Claim, actor: Actor, title: str, purpose: Purpose) -> EvidenceFile:
    text = [f"Claim {claim.number}.", f"Issued to {stage.producer.name}.", "Specimen of the demonstration."]
    name = f"{title.replace(' ', '_')}.pdf"
    file = store_evidence([paper(title, text)], name=name, organisation_id=stage.producer.pk, actor=actor)
    producing.attach_evidence(claim, actor=actor, file=file, purpose=purpose)
    return file
