"""A unit claim from its serials to the ledger: what is kept, reserved, accepted, returned, struck and replaced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.deciding import refuse_after_hearing
from tests.factories.organisations import make_organisation
from tests.factories.units import cer, draft_with, ready_with
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.claims.enums import (
    BlockState,
    ClaimState,
    PreCheckOutcome,
    RecommendationKind,
    ReversalKind,
    ReversalOutcome,
)
from verification.claims.findings import findings_on_draft, open_findings
from verification.claims.models import Claim, UnitBlock
from verification.claims.services import deciding, review
from verification.claims.services.pre_checks import answer_pre_check, ask_pre_check, take_back_pre_check
from verification.claims.services.producer import submit_claim, withdraw_claim
from verification.claims.services.unit_events import (
    ReversalDetails,
    close_reversal,
    record_reversal,
    set_acceptance,
)
from verification.claims.services.units import add_blocks, remove_blocks, start_unit_claim
from verification.claims.unit_entry import read_paste, read_registry_export
from verification.claims.unit_limit import limit_of_claim
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.ledger.models import UnitAccount, UnitEntry
from verification.registry.models import Organisation
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
Acting = Callable[..., Actor]


@pytest.fixture
def party(world: None) -> Organisation:
    return Organisation.objects.get(is_importer=True)


@pytest.fixture
def importer(acting: Acting) -> Actor:
    return acting("importer")


@pytest.fixture
def stranger(world: None) -> tuple[Organisation, Actor]:
    """Another importer, and a person who acts for it."""
    organisation, user = make_organisation("Secret Rival SARL", is_importer=True)
    return organisation, actor_for(user)


def sent(serials: list[str], *, actor: Actor, organisation: Organisation, taxable: int = 10**9) -> Claim:
    claim = ready_with(serials, actor=actor, organisation=organisation, taxable=Decimal(taxable))
    return submit_claim(claim, actor=actor, has_declared=True)


def recommended(claim: Claim, acting: Acting, **accepted: int) -> Claim:
    reviewer = acting("reviewer")
    review.take_claim(claim, actor=reviewer, has_no_conflict=True)
    for position, quantity in accepted.items():
        set_acceptance(
            claim, actor=reviewer, position=int(position[1:]), quantity=quantity, reason="Proof covers these alone."
        )
    for finding in open_findings(claim):
        review.answer_finding(claim, actor=reviewer, finding_key=finding.key, text="Looked at.")
    review.recommend(claim, actor=reviewer, kind=RecommendationKind.APPROVE, reasons="Eligible.")
    return claim


def approved(claim: Claim, acting: Acting, **accepted: int) -> Certificate:
    recommended(claim, acting, **accepted)
    ruling = deciding.Ruling("Accepted.", "Rule of the scheme", claim.version, True)
    return approve_claim(claim, actor=acting("approver"), ruling=ruling)


def states(claim: Claim) -> list[tuple[str, int, int]]:
    return [(row.state, row.first, row.last) for row in claim.blocks.order_by("first")]


def test_a_scheme_without_a_channel_takes_no_claim(party: Organisation, importer: Actor) -> None:
    with pytest.raises(InvalidInput) as refused:
        start_unit_claim(party, scheme="eu-cbam", year=2026, actor=importer)
    assert refused.value.problems[0].field == "scheme"
    with pytest.raises(NotAllowed):
        start_unit_claim(party, scheme="model-bca", year=2026, actor=Actor.system())


def test_bad_lines_are_named_and_good_ones_kept(party: Organisation, importer: Actor) -> None:
    good = [cer(1_000 * n, 1_000 * n + 99) for n in range(1, 21)]
    wrong_end = "19309-2-1-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1"
    reading = read_paste("\n".join([*good[:10], "no serial at all", *good[10:], wrong_end]))
    assert [item.line for item in reading.refused] == [11, 22]
    assert {problem.code for problem in reading.problems} >= {"S-FORMAT", "S-RANGE"}
    claim = start_unit_claim(party, scheme="allowance-requirement", year=2026, actor=importer)
    assert add_blocks(claim, actor=importer, entries=reading.entries) == 20
    assert sum(claim.blocks.values_list("quantity", flat=True)) == 2_000


def test_issued_units_are_no_retirement(party: Organisation) -> None:
    header = "GSID,Project Name,Country,Product Type,Vintage,Quantity,Serial Number,Issuance Date\n"
    reading = read_registry_export(header.encode(), "anything.csv")
    assert not reading.entries


def test_a_draft_reserves_nothing_and_both_are_warned(party, importer, stranger) -> None:
    other, rival = stranger
    mine = draft_with([cer(500, 599)], actor=importer, organisation=party)
    theirs = draft_with([cer(550, 649)], actor=rival, organisation=other)
    for claim in (mine, theirs):
        soft = [finding for finding in findings_on_draft(claim) if finding.code == "D-SOFT"]
        assert [finding.found for finding in soft] == ["550 to 599, 50 t"]
        assert not {"Rival", "Nordhafen"} & set(str(soft).split())


def test_the_second_claim_on_a_serial_is_refused_without_naming_the_first(party, importer, stranger) -> None:
    other, rival = stranger
    sent([cer(500, 599), cer(900, 999)], actor=rival, organisation=other)
    second = ready_with([cer(10, 20), cer(590, 650)], actor=importer, organisation=party)
    with pytest.raises(InvalidInput) as refused:
        submit_claim(second, actor=importer, has_declared=True)
    (problem,) = refused.value.problems
    assert problem.code == "D-CROSS"
    assert problem.found == "590 to 599, 10 t"
    assert "Rival" not in str(refused.value.problems)
    second.refresh_from_db()
    assert second.state == ClaimState.DRAFT
    assert {row[0] for row in states(second)} == {BlockState.DRAFT}


def test_database_refuses_what_bypasses_the_services(party, importer, stranger) -> None:
    other, rival = stranger
    sent([cer(500, 599)], actor=rival, organisation=other)
    draft = draft_with([cer(599, 599), cer(600, 700)], actor=importer, organisation=party)
    touching, adjacent = draft.blocks.order_by("first")
    with pytest.raises(IntegrityError, match="unit_block_no_double_use"), transaction.atomic():
        UnitBlock.objects.filter(pk=touching.pk).update(state=BlockState.RESERVED, is_active=True)
    UnitBlock.objects.filter(pk=adjacent.pk).update(state=BlockState.RESERVED, is_active=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitBlock.objects.filter(pk=touching.pk).update(is_active=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitBlock.objects.filter(pk=touching.pk).update(quantity=2)


def test_another_number_space_is_another_unit(party, importer, stranger) -> None:
    other, rival = stranger
    sent([cer(500, 599)], actor=rival, organisation=other)
    claim = sent([cer(500, 599, party="IN")], actor=importer, organisation=party)
    assert states(claim) == [(BlockState.RESERVED, 500, 599)]


def test_withdrawing_and_refusing_release_the_serials(party, importer, stranger, acting) -> None:
    other, rival = stranger
    first = sent([cer(500, 599)], actor=rival, organisation=other)
    withdraw_claim(first, actor=rival, reason="Another use.")
    second = recommended(sent([cer(500, 599)], actor=importer, organisation=party), acting)
    refuse_after_hearing(second, approver=acting("approver"), producer=importer)
    assert states(first) == states(second) == [(BlockState.RELEASED, 500, 599)]
    sent([cer(500, 599)], actor=rival, organisation=other)


def test_blocks_taken_out_while_a_question_is_open_are_free_again(party, importer, stranger, acting) -> None:
    claim = sent([cer(500, 599), cer(700, 799)], actor=importer, organisation=party)
    review.take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    review.ask_producer(claim, actor=acting("reviewer"), questions=[review.Asking("Who cancelled the second block?")])
    claim.refresh_from_db()
    remove_blocks(claim, actor=importer, positions=[2])
    other, rival = stranger
    sent([cer(700, 799)], actor=rival, organisation=other)
    assert states(claim) == [(BlockState.RESERVED, 500, 599), (BlockState.RELEASED, 700, 799)]


def test_limit_shows_what_it_would_accept_before_anything_is_sent(party, importer) -> None:
    claim = ready_with([cer(1, 900), cer(2_001, 2_600)], actor=importer, organisation=party, taxable=Decimal("1158.9"))
    limit = limit_of_claim(claim)
    assert (limit.limit_t, limit.claimed_t, limit.accepted_t, limit.excess_t) == (1_158, 1_500, 1_158, 342)
    assert limit.accepted == {1: 900, 2: 258}
    assert [finding.severity for finding in findings_on_draft(claim) if finding.code == "L-LIMIT"] == ["refer"]


def test_approval_in_part_returns_the_rest_of_a_block(party, importer, acting) -> None:
    claim = sent([cer(1, 900), cer(2_001, 2_600)], actor=importer, organisation=party, taxable=1_158)
    certificate = approved(claim, acting)
    assert claim.decision.outcome == "in_part"
    assert states(claim) == [
        (BlockState.ACCEPTED, 1, 900),
        (BlockState.ACCEPTED, 2_001, 2_258),
        (BlockState.RETURNED, 2_259, 2_600),
    ]
    account = UnitAccount.objects.get(organisation=party, scheme=claim.scheme)
    assert (account.limit_t, account.credited_t, account.available_t) == (1_158, 1_158, 1_158)
    assert certificate.valid_from == date(2026, 1, 1)
    again = sent([cer(2_259, 2_600)], actor=importer, organisation=party, taxable=1_500)
    assert limit_of_claim(again).accepted_t == 342


def test_reviewer_may_accept_less_and_says_why(party, importer, acting) -> None:
    claim = sent([cer(1, 900), cer(2_001, 2_600)], actor=importer, organisation=party)
    review.take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    for quantity, reason in ((901, "More"), (-1, "Less"), (10, " ")):
        with pytest.raises(InvalidInput):
            set_acceptance(claim, actor=acting("reviewer"), position=1, quantity=quantity, reason=reason)
    with pytest.raises(NotAllowed):
        set_acceptance(claim, actor=acting("approver"), position=1, quantity=1, reason="Mine")
    claim = Claim.objects.get(pk=claim.pk)
    review.release_claim(claim, actor=acting("reviewer"), reason="Back.")
    approved(claim, acting, b1=0, b2=600)
    assert states(claim) == [(BlockState.RETURNED, 1, 900), (BlockState.ACCEPTED, 2_001, 2_600)]


def test_nothing_left_cannot_be_approved(party, importer, acting) -> None:
    claim = sent([cer(1, 900)], actor=importer, organisation=party)
    with pytest.raises(InvalidInput, match="none of its units"):
        approved(claim, acting, b1=0)
    claim.refresh_from_db()
    assert claim.state == ClaimState.RECOMMENDED
    assert not UnitEntry.objects.filter(reference=claim.number).exists()


def test_struck_units_are_replaced_by_others_within_the_same_limit(party, importer, acting) -> None:
    claim = sent([cer(1, 900)], actor=importer, organisation=party, taxable=900)
    approved(claim, acting)
    block = claim.blocks.get()
    details = ReversalDetails(
        ReversalKind.INVALIDATED, 1, 100, clock.today(), "Notice", clock.today() + timedelta(days=30)
    )
    with pytest.raises(NotAllowed):
        record_reversal(block, actor=importer, details=details)
    event = record_reversal(block, actor=acting("reviewer"), details=details)
    with pytest.raises(InvalidInput):
        record_reversal(block, actor=acting("reviewer"), details=details)
    account = UnitAccount.objects.get(organisation=party, scheme=claim.scheme)
    assert (account.available_t, account.suspended_t) == (800, 100)

    other = ready_with([cer(5_001, 5_150)], actor=importer, organisation=party, taxable=Decimal(900))
    other.unit_details.replaces = event
    other.unit_details.save()
    submit_claim(other, actor=importer, has_declared=True)
    assert limit_of_claim(other).accepted_t == 100
    approved(other, acting)
    event.refresh_from_db()
    account.refresh_from_db()
    assert event.outcome == ReversalOutcome.REPLACED
    assert (account.credited_t, account.lost_t, account.available_t) == (1_000, 100, 900)
    with pytest.raises(Conflict):
        close_reversal(event, actor=acting("approver"), outcome=ReversalOutcome.LIFTED, reason="Again")


def test_one_person_does_not_take_units_away(party, importer, acting) -> None:
    claim = sent([cer(1, 900)], actor=importer, organisation=party)
    approved(claim, acting)
    details = ReversalDetails(
        ReversalKind.STORAGE_REVERSED, 1, 50, clock.today(), "Fire", clock.today() + timedelta(days=9)
    )
    event = record_reversal(claim.blocks.get(), actor=acting("reviewer"), details=details)
    with pytest.raises(NotAllowed, match="different person"):
        close_reversal(event, actor=acting("reviewer"), outcome=ReversalOutcome.REVOKED, reason="Not replaced")
    close_reversal(event, actor=acting("approver"), outcome=ReversalOutcome.REVOKED, reason="Not replaced")
    account = UnitAccount.objects.get(organisation=party, scheme=claim.scheme)
    assert (account.lost_t, account.available_t) == (50, 850)


def test_revoked_certificate_takes_the_units_and_keeps_the_serials(party, importer, acting, stranger) -> None:
    claim = sent([cer(1, 900)], actor=importer, organisation=party)
    certificate = approved(claim, acting)
    grounds = RevocationGrounds("Forged proof.", "Rule of the scheme", certificate.valid_from)
    proposal = propose_revocation(certificate, actor=acting("reviewer"), grounds=grounds)
    confirm_revocation(proposal, actor=acting("approver"))
    assert UnitAccount.objects.get(organisation=party, scheme=claim.scheme).available_t == 0
    other, rival = stranger
    anew = ready_with([cer(1, 900)], actor=rival, organisation=other)
    with pytest.raises(InvalidInput):
        submit_claim(anew, actor=rival, has_declared=True)


def test_advance_answer_is_about_what_was_sealed(party, importer, acting) -> None:
    claim = draft_with([cer(1, 900)], actor=importer, organisation=party)
    check = ask_pre_check(claim, actor=importer)
    with pytest.raises(Conflict):
        add_blocks(claim, actor=importer, entries=read_paste(cer(1_001, 1_002)).entries)
    with pytest.raises(NotAllowed):
        answer_pre_check(claim, actor=importer, outcome=PreCheckOutcome.WOULD_BE_ACCEPTED, text="Yes")
    with pytest.raises(InvalidInput):
        answer_pre_check(claim, actor=acting("reviewer"), outcome=PreCheckOutcome.WOULD_BE_ACCEPTED, text=" ")
    answer_pre_check(claim, actor=acting("reviewer"), outcome=PreCheckOutcome.IN_PART, text="The first 500.")
    check.refresh_from_db()
    assert (claim.state, check.outcome, check.text) == (ClaimState.DRAFT, "in_part", "The first 500.")
    ask_pre_check(claim, actor=importer)
    take_back_pre_check(claim, actor=importer)
    assert claim.pre_checks.count() == 1


def test_units_are_the_partys_alone(party, importer, stranger) -> None:
    claim = draft_with([cer(1, 900)], actor=importer, organisation=party)
    _, rival = stranger
    entries = read_paste(cer(1_001, 1_002)).entries
    for act in (
        lambda: add_blocks(claim, actor=rival, entries=entries),
        lambda: remove_blocks(claim, actor=rival, positions=[1]),
        lambda: submit_claim(claim, actor=rival, has_declared=True),
        lambda: ask_pre_check(claim, actor=rival),
    ):
        with pytest.raises(NotAllowed):
            act()
