"""Unit claims beside those of the demonstration, made through the services."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tests.factories.files import pdf
from verification.audit.actors import Actor
from verification.claims.enums import UnitEventKind
from verification.claims.models import Claim
from verification.claims.services.producer import attach_evidence
from verification.claims.services.unit_offers import offer_pasted
from verification.claims.services.units import BlockAnswers, add_blocks, describe_blocks, start_unit_claim
from verification.claims.unit_entry import read_paste
from verification.determination.unit_base import GoodsRow, state_amount, state_goods
from verification.evidence.enums import Purpose
from verification.evidence.services import store_evidence
from verification.kernel import clock
from verification.registry.models import Organisation

ALLOWANCES, MODEL, YEAR = "allowance-requirement", "model-bca", 2026
VERRA = "19309-936487628-936491271-VCS-VCU-279-VER-RW-14-4150-01102024-31122024-1"
GOLD_STANDARD = "GS1-1-KE-GS11603-16-2025-30256-110-5463"
CERTIFIED = "RW-5-1463953-2-2-0-7014 - RW-5-1464152-2-2-0-7014"
_NUMBERS = itertools.count(1)
MISTYPED = "GS1-1-KE-GS11603-16-2025-30256-110-546O"


def make_unit_claim(organisation: Organisation, actor: Actor, *, serials: str = "", scheme: str = ALLOWANCES) -> Claim:
    """A draft; with ``serials``, one that offers them and says nothing else."""
    claim = start_unit_claim(organisation, scheme=scheme, year=YEAR, actor=actor)
    if serials:
        offer_pasted(claim, actor=actor, text=serials)
    return claim


def make_sendable_unit_claim(organisation: Organisation, actor: Actor, *, serials: str = CERTIFIED) -> Claim:
    """Treaty units cancelled for the claimant, with their certificate, against goods with default values."""
    claim = make_unit_claim(organisation, actor, serials=serials)
    stored = store_evidence([pdf()], name="Cancellation.pdf", organisation_id=organisation.pk, actor=actor)
    attach_evidence(claim, actor=actor, file=stored, purpose=Purpose.RETIREMENT_CERTIFICATE)
    answers = BlockAnswers(
        UnitEventKind.CANCELLATION,
        event_on=date(2027, 2, 26),
        beneficiary=organisation.name,
        purpose="Allowance requirement, period 2026, surrendered for imports of 2026",
        facts={"issued_on": "2025-03-02", "methodology": "AMS-II.G"},
        evidence=stored,
    )
    describe_blocks(
        claim, actor=actor, positions=list(claim.blocks.values_list("position", flat=True)), answers=answers
    )
    state_goods(claim, actor=actor, rows=[GoodsRow(1, "72083900", "TR", Decimal(1_200))])
    return claim


def many_serials(count: int) -> str:
    """Lines of ten units each, none of which overlap."""
    return "\n".join(
        f"19309-{first}-{first + 9}-VCS-VCU-279-VER-RW-14-4150-01102024-31122024-1"
        for first in range(836_487_630, 836_487_630 + 10 * count, 10)
    )


def cer(first: int, last: int, *, party: str = "RW", project: int = 7014) -> str:
    """A block of certified emission reductions, whose number space is the host Party's."""
    return f"{party}-5-{first}-2-2-0-{project} - {party}-5-{last}-2-2-0-{project}"


def draft_with(serials: Sequence[str], *, actor: Actor, organisation: Organisation, scheme: str = ALLOWANCES) -> Claim:
    """A draft of 2026 that offers the blocks and says nothing more of them."""
    claim = start_unit_claim(organisation, scheme=scheme, year=YEAR, actor=actor)
    reading = read_paste("\n".join(serials))
    if reading.refused:
        raise AssertionError([item.raw for item in reading.refused])
    add_blocks(claim, actor=actor, entries=reading.entries)
    return claim


def ready_with(
    serials: Sequence[str], *, actor: Actor, organisation: Organisation, taxable: Decimal = Decimal(10**9)
) -> Claim:
    """A draft under the allowance requirement that can be sent as it stands."""
    claim = draft_with(serials, actor=actor, organisation=organisation)
    paper = pdf() + f"% cancellation {next(_NUMBERS)} of {claim.number}\n".encode()
    file = store_evidence([paper], name="cancellation.pdf", organisation_id=organisation.pk, actor=actor)
    attach_evidence(claim, actor=actor, file=file, purpose=Purpose.RETIREMENT_CERTIFICATE)
    answers = BlockAnswers(
        UnitEventKind.CANCELLATION,
        event_on=clock.today(),
        beneficiary=organisation.name,
        purpose="Allowance requirement, period 2026",
        facts={"issued_on": "2025-03-02"},
        evidence=file,
    )
    positions = list(claim.blocks.values_list("position", flat=True))
    describe_blocks(claim, actor=actor, positions=positions, answers=answers)
    state_amount(claim, actor=actor, base_name="taxable", tonnes=taxable, source="Emissions report of 2026")
    return claim
