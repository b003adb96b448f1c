"""Conflicts of interest, hands that change, goods left out; and what the database refuses on its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from tests.clock import TODAY
from tests.factories.deciding import recommend_on_appeal, ruling_on
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.revocation import RevocationGrounds, propose_revocation
from verification.claims.enums import ClaimState, DecisionOutcome, RecommendationKind
from verification.claims.findings import open_findings
from verification.claims.models import Claim, Decision, Recommendation
from verification.claims.parts import KEY
from verification.claims.services import deciding, review
from verification.claims.services.conflicts import declare_conflict, declare_no_conflict
from verification.determination.models import Override
from verification.kernel import clock
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.registry.services.absences import AbsenceTerms, cancel_absence, record_absence

pytestmark = pytest.mark.db
Acting = Callable[..., Actor]
ClaimAt = Callable[[str], Claim]
NOBODY = {"lapsed": 0, "resumed": 0, "hearings_closed": 0, "reminded": 0}


# conflicts of interest


def test_taking_needs_the_declaration(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    with pytest.raises(InvalidInput, match="declaration is missing"):
        review.take_claim(claim, actor=acting("reviewer"), has_no_conflict=False)
    claim.refresh_from_db()
    assert (claim.state, claim.conflict_declarations.count()) == (ClaimState.SUBMITTED, 0)


def test_declared_conflict_gives_the_claim_back_for_good(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gemlik")
    declare_conflict(claim, actor=acting("reviewer"), statement="My brother works there.")
    assert (claim.state, claim.reviewer) == (ClaimState.SUBMITTED, None)
    with pytest.raises(NotAllowed, match="declared a conflict"):
        review.take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)


def test_approver_in_conflict_cannot_sign(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    declare_conflict(claim, actor=acting("approver"), statement="I own shares.")
    for act in (approve_claim, deciding.draft_refusal):
        with pytest.raises(NotAllowed, match="declared a conflict"):
            act(claim, actor=acting("approver"), ruling=ruling_on(claim))


def test_nobody_revokes_in_conflict(acting: Acting, claim_at: ClaimAt) -> None:
    certificate = Certificate.objects.get(claim=claim_at("Aliağa"))
    declare_conflict(certificate.claim, actor=acting("approver"), statement="I own shares.")
    grounds = RevocationGrounds("Wrong meter.", "Article 19", certificate.valid_from)
    with pytest.raises(NotAllowed, match="declared a conflict"):
        propose_revocation(certificate, actor=acting("approver"), grounds=grounds)


# the database says no too


def _declared_past_the_service(claim: Claim, person: User) -> None:
    claim.conflict_declarations.create(official=person, has_conflict=False, declared_at=clock.now())


def _recommendation(claim: Claim, reviewer: User) -> Recommendation:
    return Recommendation(
        claim=claim,
        snapshot=claim.snapshots.last(),
        reviewer=reviewer,
        reviewer_number="R-9",
        kind="approve",
        reasons="x",
        recommended_at=clock.now(),
    )


def _decision(claim: Claim, approver: User, **changes: object) -> Decision:
    recommendation = claim.recommendations.last()
    values = {
        "number": "D-X",
        "claim": claim,
        "snapshot": recommendation.snapshot,
        "recommendation": recommendation,
        "outcome": DecisionOutcome.APPROVED,
        "reasons": "x",
        "legal_ground": "x",
        "reviewer": recommendation.reviewer,
        "approver": approver,
        "reviewer_number": "R",
        "approver_number": "A",
        "second_factor_at": wall_now(),
        "decided_at": clock.now(),
    }
    return Decision(**(values | changes))


def test_database_refuses_a_recommendation_of_the_claimant_or_without_declaration(
    acting: Acting, claim_at: ClaimAt, user_of
) -> None:
    claim = claim_at("Gemlik")
    for key in ("producer", "verifier"):
        _declared_past_the_service(claim, user_of(key))
    for key, words in (("producer", "belongs to a party"), ("verifier", "belongs to a party"), ("lead", "declared")):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            _recommendation(claim, user_of(key)).save(force_insert=True)
    declare_no_conflict(claim, actor=acting("lead"), has_no_conflict=True)
    _recommendation(claim, user_of("lead")).save(force_insert=True)


@pytest.mark.parametrize(
    ("key", "changes", "words"),
    [
        ("producer", {}, "belongs to a party"),
        ("verifier", {}, "belongs to a party"),
        ("judge", {}, "declared to be free of conflicts"),
        ("lead", {"outcome": "refused"}, "was not heard"),
        ("lead", {"second_factor_age_seconds": 901}, "decision_fresh_second_factor"),
    ],
)
def test_database_refuses_a_decision(acting: Acting, claim_at: ClaimAt, user_of, key, changes, words) -> None:
    claim = claim_at("Gebze")
    if key != "judge":
        _declared_past_the_service(claim, user_of(key))
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        _decision(claim, user_of(key), **changes).save(force_insert=True)


def test_database_wants_the_reviewer_who_recommended_and_another_approver(
    acting: Acting, claim_at: ClaimAt, user_of
) -> None:
    claim = claim_at("Gebze")
    declare_no_conflict(claim, actor=acting("lead"), has_no_conflict=True)
    with pytest.raises(IntegrityError, match="not the reviewer of this claim"), transaction.atomic():
        _decision(claim, user_of("lead"), reviewer=user_of("judge")).save(force_insert=True)
    with pytest.raises(IntegrityError, match="claims_decision"), transaction.atomic():
        _decision(claim, user_of("reviewer"), reviewer=user_of("lead")).save(force_insert=True)


def test_database_refuses_the_first_pair_on_appeal(acting: Acting, appealed: Claim, user_of) -> None:
    recommend_on_appeal(appealed, acting("lead"), RecommendationKind.APPROVE)
    with pytest.raises(IntegrityError, match="another pair"), transaction.atomic():
        _decision(appealed, user_of("approver"), appeal=appealed.appeals.get()).save(force_insert=True)


# changing hands


def test_lead_gives_a_claim_to_another_who_declares_first(acting: Acting, claim_at: ClaimAt, user_of) -> None:
    claim = claim_at("Gemlik")
    with pytest.raises(NotAllowed):
        review.reassign_claim(claim, actor=acting("approver"), to=user_of("lead"), reason="Ill.")
    with pytest.raises(NotAllowed):
        review.reassign_claim(claim, actor=acting("lead"), to=user_of("approver"), reason="Ill.")
    review.reassign_claim(claim, actor=acting("lead"), to=user_of("lead"), reason="Ill.")
    assert (claim.state, claim.reviewer) == (ClaimState.IN_REVIEW, user_of("lead"))
    with pytest.raises(NotAllowed, match="Declare first"):
        review.ask_producer(claim, actor=acting("lead"), questions=[review.Asking("Why?")])
    declare_no_conflict(claim, actor=acting("lead"), has_no_conflict=True)
    review.ask_producer(claim, actor=acting("lead"), questions=[review.Asking("Why?")])


def test_substitute_takes_over_while_the_reviewer_is_away(acting: Acting, claim_at: ClaimAt, user_of) -> None:
    claim = claim_at("Gemlik")
    lead = replace(acting("lead"), roles=frozenset({"reviewer"}))
    with pytest.raises(NotAllowed, match="substitute"):
        review.reassign_claim(claim, actor=lead, to=user_of("lead"), reason="Away.")
    terms = AbsenceTerms(user_of("lead"), TODAY, TODAY + timedelta(days=7))
    absence = record_absence(user_of("reviewer"), actor=acting("reviewer"), terms=terms)
    review.reassign_claim(claim, actor=lead, to=user_of("lead"), reason="Away.")
    assert claim.reviewer == user_of("lead")
    cancel_absence(absence, actor=acting("reviewer"))
    with pytest.raises(Conflict):
        cancel_absence(absence, actor=acting("reviewer"))


@pytest.mark.parametrize(
    ("substitute", "first", "back", "field"),
    [
        ("lead", 3, 3, "ends_on"),
        ("lead", -5, -2, "ends_on"),
        ("reviewer", 0, 3, "substitute"),
        ("judge", 0, 3, "substitute"),
    ],
)
def test_absence_names_what_is_wrong(acting: Acting, user_of, substitute, first, back, field) -> None:
    terms = AbsenceTerms(user_of(substitute), TODAY + timedelta(days=first), TODAY + timedelta(days=back))
    with pytest.raises(InvalidInput) as refusal:
        record_absence(user_of("reviewer"), actor=acting("reviewer"), terms=terms)
    assert field in {problem.field for problem in refusal.value.problems}


def test_absence_of_another_is_recorded_by_a_lead_alone(acting: Acting, user_of) -> None:
    terms = AbsenceTerms(user_of("lead"), TODAY, TODAY + timedelta(days=2))
    with pytest.raises(NotAllowed):
        record_absence(user_of("reviewer"), actor=acting("approver"), terms=terms)


# approving in part


def _left_out(row: dict, reason: str) -> dict:
    return {name: row.get(name) for name in KEY} | {"reason": reason}


def test_goods_left_out_stay_on_the_default(acting: Acting, claim_at: ClaimAt) -> None:
    claim, reviewer = claim_at("Gebze"), acting("reviewer")
    review.send_back(claim, actor=acting("approver"), reason="The first good is not proved.")
    for finding in open_findings(claim):
        review.answer_finding(claim, actor=reviewer, finding_key=finding.key, text="Seen.")
    first, *others = json.loads(claim.snapshots.last().content)["reading"]["goods"]
    assert others
    in_part = partial(review.recommend, claim, actor=reviewer, kind=RecommendationKind.IN_PART, reasons="Some of it.")
    for wrong in ([], [_left_out(first, "")], [_left_out(row, "All.") for row in (first, *others)], [{"cn": "99"}]):
        with pytest.raises(InvalidInput, match="not complete"):
            in_part(left_out=wrong)
    in_part(left_out=[_left_out(first, "Not proved.")])
    certificate = approve_claim(claim, actor=acting("approver"), ruling=ruling_on(claim))
    values = Override.objects.filter(certificate_number=certificate.number)
    assert {override.good_code for override in values} == {row["cn"] for row in others}
    assert [row["cn_code"] for row in json.loads(certificate.record)["goods"]] == [row["cn"] for row in others]
    assert claim.decision.outcome == DecisionOutcome.APPROVED_IN_PART
