"""Unit claims of the demonstration's producer, from empty to ready to be sent, made through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.files.base import ContentFile

from tests.factories.files import pdf
from verification.audit.actors import Actor
from verification.claims.enums import UnitEventKind
from verification.claims.models import Claim
from verification.claims.services.producer import attach_evidence
from verification.claims.services.unit_offers import offer_pasted
from verification.claims.services.units import BlockAnswers, describe_blocks, start_unit_claim
from verification.determination.unit_base import GoodsRow, state_goods
from verification.evidence.enums import Purpose
from verification.evidence.services import store_evidence
from verification.reference.services import load_pack
from verification.registry.models import Organisation

SCHEME, YEAR = "allowance-requirement", 2026
TAXED_SCHEME = "model-bca"
PUBLISHERS = ("R-0172", "A-0039")
VERRA = "19309-936487628-936491271-VCS-VCU-279-VER-RW-14-4150-01102024-31122024-1"
GOLD_STANDARD = "GS1-1-KE-GS11603-16-2025-30256-110-5463"
KYOTO = "IN-5-1000-2000-2-2-0-2212"
BACKWARDS = "19309-936491271-936487628-VCS-VCU-279-VER-RW-14-4150-01102024-31122024-1"


def load_unit_schemes() -> None:
    """Publish the schemes that take units, by the demonstration's two officials."""
    for code in (SCHEME, TAXED_SCHEME):
        folder = settings.BASE_DIR / "verification" / "reference" / "packs" / code
        load_pack(folder, actor=Actor.system("test"), publish_with=PUBLISHERS)


def start_claim_of(organisation: Organisation, actor: Actor, *, scheme: str = SCHEME, year: int = YEAR) -> Claim:
    return start_unit_claim(organisation, scheme=scheme, year=year, actor=actor)


def fill_claim(claim: Claim, actor: Actor, *, serials: str = KYOTO) -> Claim:
    """Units that are retired for the claimant, with their certificate, offered against goods with default values."""
    offer_pasted(claim, actor=actor, text=serials)
    stored = store_evidence(
        ContentFile(pdf()).chunks(), name="Retirement.pdf", organisation_id=claim.organisation_id, actor=actor
    )
    attach_evidence(claim, actor=actor, file=stored, purpose=Purpose.RETIREMENT_CERTIFICATE)
    answers = BlockAnswers(
        UnitEventKind.CANCELLATION,
        event_on=date(YEAR, 11, 2),
        beneficiary=claim.organisation.name,
        purpose=f"Cancelled for the allowance requirement {YEAR}",
        facts={"methodology": "ACM0002", "issued_on": "2025-06-01"},
        vintage_from=date(2019, 1, 1),
        vintage_to=date(2019, 12, 31),
        evidence=stored,
    )
    positions = list(claim.blocks.values_list("position", flat=True))
    describe_blocks(claim, actor=actor, positions=positions, answers=answers)
    state_goods(claim, actor=actor, rows=[GoodsRow(1, "72142000", "TR", Decimal("1200"))])
    return claim
