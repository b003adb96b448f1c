"""Unit claims of the demonstration. Serials follow the registries' grammars; nobody was ever issued these numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from portal.commands.demonstration.stage import Stage, Storyline, StoryOfClaim
from portal.commands.demonstration.workbooks import paper
from verification.certificates.services.approval import approve_claim
from verification.claims.enums import AdjustmentState, RecommendationKind, ReversalKind, UnitEventKind
from verification.claims.findings import open_findings
from verification.claims.models import Authorisation, Claim
from verification.claims.services import deciding
from verification.claims.services import producer as producing
from verification.claims.services import review as reviewing
from verification.claims.services.pre_checks import ask_pre_check
from verification.claims.services.unit_events import ReversalDetails, record_adjustment, record_reversal
from verification.claims.services.units import (
    BlockAnswers,
    LetterDetails,
    add_blocks,
    add_letter,
    describe_blocks,
    say_statement,
    start_unit_claim,
)
from verification.claims.unit_entry import read_paste
from verification.determination.unit_base import GoodsRow, state_amount, state_goods
from verification.evidence.enums import Purpose
from verification.evidence.models import EvidenceFile
from verification.evidence.services import store_evidence
from verification.kernel import clock

MODEL, ALLOWANCES = "model-bca", "allowance-requirement"
RWANDA = "99001-9990000001-9990003644-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1"
RWANDA_LATER = "99002-9990010001-9990012500-VCS-VCU-1491-VER-RW-3-4150-01012025-31122025-1"
GHANA = "GS1-1-GH-GS99013-16-2025-99256-1-1800"
CERTIFIED = "RW-5-9990001-2-2-0-7014 - RW-5-9990900-2-2-0-7014"
GROUND = "Carbon Pricing (Carbon Tax, Carbon Credits and Registries) Regulations 2020 (Singapore), Part 4, as modelled"
STATED = "Emissions report of 2026, table 4, as audited"
LETTER = LetterDetails(
    host_country="RW",
    reference="REMA/A6/2025/017",
    issued_on=date(2025, 6, 2),
    purposes=("OIMP",),
    project="4150",
    quantity=50_000,
    vintage_from=date(2024, 1, 1),
    vintage_to=date(2025, 12, 31),
)


def approved_in_part(stage: Stage) -> Storyline:
    """More than the limit lets in: 3,000 of 3,644 tonnes are accepted, 644 go back; later an event strikes 100."""
    claim = yield from _sent(stage, date(2027, 2, 3), 2026, RWANDA, LETTER, Decimal(60_000))
    yield clock.today() + timedelta(days=2)
    _recommend(stage, claim, "The units are eligible. The limit of the period lets in 3,000 t of the 3,644 t offered.")
    yield clock.today() + timedelta(days=3)
    ruling = deciding.Ruling(
        reasons="Accepted up to the limit of the period. The other 644 units stay with the claimant, not consumed.",
        legal_ground=GROUND,
        seen_version=claim.version,
        has_no_conflict=True,
    )
    approve_claim(claim, actor=stage.actor("approver"), ruling=ruling)
    yield clock.today() + timedelta(days=12)
    block = claim.blocks.get(state="accepted")
    record_adjustment(
        block,
        actor=stage.actor("reviewer"),
        state=AdjustmentState.FIRST_TRANSFERRED,
        source="Annual information of the host country, table of actions",
        known_on=clock.today(),
    )
    details = ReversalDetails(
        kind=ReversalKind.REGISTRY_CORRECTION,
        first=block.first,
        last=block.first + 99,
        effective_on=clock.today(),
        source="Notice of the registry on 100 units that were issued twice",
        replacement_due_on=clock.today() + timedelta(days=90),
    )
    record_reversal(block, actor=stage.actor("reviewer"), details=details)


def waits_for_decision(stage: Stage) -> Storyline:
    """Units of another host, recommended and waiting for the approver."""
    letter = replace(
        LETTER, host_country="GH", reference="EPA/ITMO/2025/031", project="99013", vintage_from=date(2025, 1, 1)
    )
    claim = yield from _sent(stage, date(2027, 3, 1), 2026, GHANA, letter, Decimal(60_000))
    yield clock.today() + timedelta(days=2)
    _recommend(
        stage, claim, "Eligible in every respect. Nothing is left of the limit of 2026, so refuse.", approve=False
    )


def advance_answer(stage: Stage) -> Storyline:
    """The importer asks before it retires anything: a retirement cannot be undone."""
    yield date(2027, 3, 11)
    claim = _start(stage, MODEL, 2027)
    add_blocks(claim, actor=stage.actor("importer"), entries=read_paste(RWANDA_LATER).entries)
    letter = add_letter(claim, actor=stage.actor("importer"), details=LETTER, document=None)
    _describe(stage, claim, BlockAnswers(UnitEventKind.NOT_YET, authorisation=letter, facts=_project_facts()))
    state_amount(
        claim, actor=stage.actor("importer"), base_name="taxable", tonnes=Decimal(64_000), source="Plan of 2027"
    )
    ask_pre_check(claim, actor=stage.actor("importer"))


def treaty_units(stage: Stage) -> Storyline:
    """Certified emission reductions under an allowance requirement: sent, and waiting to be taken."""
    yield date(2027, 3, 4)
    actor = stage.actor("importer")
    claim = _start(stage, ALLOWANCES, 2026)
    add_blocks(claim, actor=actor, entries=read_paste(CERTIFIED).entries)
    file = _attach(stage, claim, "Voluntary cancellation certificate", Purpose.RETIREMENT_CERTIFICATE)
    answers = BlockAnswers(
        UnitEventKind.CANCELLATION,
        event_on=clock.today() - timedelta(days=6),
        beneficiary=stage.importer.name,
        purpose="Allowance requirement, period 2026, surrendered for imports of 2026",
        facts={"issued_on": "2025-03-02", "methodology": "AMS-II.G"},
        evidence=file,
    )
    _describe(stage, claim, answers)
    state_goods(claim, actor=actor, rows=[GoodsRow(1, "72083900", "TR", Decimal(1_200))])
    yield clock.today() + timedelta(days=1)
    producing.submit_claim(claim, actor=stage.actor("importer"), has_declared=True)


def draft_of_units(stage: Stage) -> Storyline:
    """Serials are pasted; the beneficiary names nobody, and no letter is there yet."""
    yield date(2027, 3, 12)
    claim = _start(stage, MODEL, 2026)
    add_blocks(claim, actor=stage.actor("importer"), entries=read_paste(f"{GHANA[:-6]}4001-5200").entries)
    answers = BlockAnswers(
        UnitEventKind.RETIREMENT,
        event_on=date(2027, 3, 10),
        beneficiary="No owner - contributing towards global emissions reductions",
        purpose="Voluntary",
    )
    _describe(stage, claim, answers)


UNIT_STORYLINES = [approved_in_part, waits_for_decision, advance_answer, treaty_units, draft_of_units]


def _start(stage: Stage, scheme: str, year: int) -> Claim:
    return start_unit_claim(stage.importer, scheme=scheme, year=year, actor=stage.actor("importer"))


def _sent(stage: Stage, day: date, year: int, serial: str, letter: LetterDetails, taxable: Decimal) -> StoryOfClaim:
    yield day
    actor = stage.actor("importer")
    claim = _start(stage, MODEL, year)
    add_blocks(claim, actor=actor, entries=read_paste(serial).entries)
    document = _attach(stage, claim, "Letter of authorisation", Purpose.LETTER_OF_AUTHORISATION)
    kept = add_letter(claim, actor=actor, details=letter, document=document)
    file = _attach(stage, claim, "Retirement certificate", Purpose.RETIREMENT_CERTIFICATE)
    _describe(stage, claim, _retired(stage, kept, file))
    state_amount(claim, actor=actor, base_name="taxable", tonnes=taxable, source=STATED)
    say_statement(claim, actor=actor, statement="Offered against the adjustment on our imports of the period.")
    yield clock.today() + timedelta(days=1)
    return producing.submit_claim(claim, actor=stage.actor("importer"), has_declared=True)


def _retired(stage: Stage, letter: Authorisation, file: EvidenceFile) -> BlockAnswers:
    return BlockAnswers(
        UnitEventKind.RETIREMENT,
        event_on=clock.today() - timedelta(days=8),
        beneficiary=stage.importer.name,
        purpose="Model BCA, reporting period 2026",
        facts=_project_facts(),
        authorisation=letter,
        evidence=file,
    )


def _project_facts() -> dict[str, object]:
    return {"methodology": "VM0050", "first_crediting_start": "2022-03-01", "issued_on": "2026-02-11"}


def _describe(stage: Stage, claim: Claim, answers: BlockAnswers) -> None:
    positions = list(claim.blocks.values_list("position", flat=True))
    describe_blocks(claim, actor=stage.actor("importer"), positions=positions, answers=answers)


def _attach(stage: Stage, claim: Claim, title: str, purpose: Purpose) -> EvidenceFile:
    actor = stage.actor("importer")
    text = [f"Claim {claim.number}.", f"Issued to {stage.importer.name}.", "Specimen of the demonstration."]
    name = f"{title.replace(' ', '_')}_{claim.number}.pdf"
    file = store_evidence([paper(title, text)], name=name, organisation_id=stage.importer.pk, actor=actor)
    producing.attach_evidence(claim, actor=actor, file=file, purpose=purpose)
    return file


def _recommend(stage: Stage, claim: Claim, reasons: str, *, approve: bool = True) -> None:
    reviewer = stage.actor("reviewer")
    reviewing.take_claim(claim, actor=reviewer, has_no_conflict=True)
    for finding in open_findings(claim):
        reviewing.answer_finding(claim, actor=reviewer, finding_key=finding.key, text="Looked at with the registry.")
    kind = RecommendationKind.APPROVE if approve else RecommendationKind.REFUSE
    reviewing.recommend(claim, actor=reviewer, kind=kind, reasons=reasons)
