"""Unit claims for tests, through the same services as the pages."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from tests.factories.files import pdf
from verification.audit.actors import Actor
from verification.claims.enums import UnitEventKind
from verification.claims.models import Claim
from verification.claims.services.producer import attach_evidence
from verification.claims.services.units import BlockAnswers, add_blocks, describe_blocks, start_unit_claim
from verification.claims.unit_entry import read_paste
from verification.determination.unit_base import state_amount
from verification.evidence.enums import Purpose
from verification.evidence.services import store_evidence
from verification.kernel import clock
from verification.registry.models import Organisation

ALLOWANCES = "allowance-requirement"
_NUMBERS = itertools.count(1)


def cer(first: int, last: int, *, party: str = "RW", project: int = 7014) -> str:
    """A block of certified emission reductions, whose number space is the host Party's."""
    return f"{party}-5-{first}-2-2-0-{project} - {party}-5-{last}-2-2-0-{project}"


def draft_with(serials: Sequence[str], *, actor: Actor, organisation: Organisation, scheme: str = ALLOWANCES) -> Claim:
    """A draft of 2026 that offers the blocks and says nothing more of them."""
    claim = start_unit_claim(organisation, scheme=scheme, year=2026, actor=actor)
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
