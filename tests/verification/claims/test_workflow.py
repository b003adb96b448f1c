"""State × transition, who may do what, four eyes at the service and in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from verification.accounts.models import Appointment
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.services.approval import approve_claim
from verification.claims.enums import ClaimState, DecisionOutcome, RecommendationKind
from verification.claims.findings import open_findings
from verification.claims.models import Claim, Decision
from verification.claims.services import review
from verification.claims.services.transitions import move
from verification.claims.workflow import TRANSITIONS, Party
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, SecondFactorNeeded
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
Acting = Callable[..., Actor]
ClaimAt = Callable[[str], Claim]
ACTORS = {
    "producer": {Party.PRODUCER},
    "reviewer": {Party.REVIEWER, Party.OFFICIAL},
    "approver": {Party.APPROVER},
}


def ruling(claim: Claim) -> review.Ruling:
    return review.Ruling("Sound and complete.", "Regulation (EU) 2023/956, Article 8", claim.version)


@pytest.mark.parametrize("key", ["producer", "reviewer", "approver", "verifier", "importer"])
@pytest.mark.parametrize("name", list(TRANSITIONS))
def test_only_the_cells_of_the_table_change_state(acting: Acting, claim_at: ClaimAt, name: str, key: str) -> None:
    """Every transition from every state by everyone: either the table allows it, or nothing moves."""
    claim, actor, transition = claim_at("Karabük"), acting(key), TRANSITIONS[name]
    reviewer_id = None if name == "take" else int(acting("reviewer").id)
    for state in ClaimState.values:
        Claim.objects.filter(pk=claim.pk).update(state=state, reviewer=reviewer_id)
        claim.refresh_from_db()
        is_of_party = transition.party in ACTORS.get(key, ())
        if state in transition.sources and is_of_party and claim.kind in transition.kinds:
            with transaction.atomic():
                move(claim, name, actor)
            assert Claim.objects.get(pk=claim.pk).state == transition.target, state
        else:
            with pytest.raises((NotAllowed, Conflict)), transaction.atomic():
                move(claim, name, actor)
            assert Claim.objects.get(pk=claim.pk).state == state


def test_second_run_of_a_transition_does_nothing(acting: Acting, claim_at: ClaimAt) -> None:
    claim, same = claim_at("Silifke"), claim_at("Silifke")
    review.take_claim(claim, actor=acting("reviewer"))
    with pytest.raises(Conflict):
        review.take_claim(same, actor=acting("reviewer"))
    assert claim.steps.filter(name="take").count() == 1


def test_reviewer_may_not_decide_even_with_both_roles(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    both = replace(acting("reviewer"), roles=frozenset({"reviewer", "approver"}))
    with pytest.raises(NotAllowed, match="different person"):
        approve_claim(claim, actor=both, ruling=ruling(claim))
    assert not Certificate.objects.filter(claim=claim).exists()


def test_earlier_reviewer_may_not_decide_after_handing_over(
    acting: Acting, claim_at: ClaimAt, user_of: Callable
) -> None:
    """Release and hand-over do not wash a reviewer clean."""
    claim = claim_at("Gemlik")
    first = acting("reviewer")
    review.release_claim(claim, actor=first, reason="Holiday.")
    second = replace(acting("approver"), roles=frozenset({"reviewer"}))
    review.take_claim(claim, actor=second)
    for finding in open_findings(claim):
        review.answer_finding(claim, actor=second, finding_key=finding.key, text="Seen.")
    Appointment.objects.create(
        user=user_of("approver"), role="reviewer", official_number="R-2", valid_from="2026-01-01"
    )
    review.recommend(claim, actor=second, kind=RecommendationKind.APPROVE, reasons="Fine.")
    with pytest.raises(NotAllowed, match="different person"):
        approve_claim(claim, actor=replace(first, roles=frozenset({"approver"})), ruling=ruling(claim))


def test_database_refuses_a_decision_by_one_person(claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    recommendation = claim.recommendations.get()
    with pytest.raises(IntegrityError, match="decision_by_two_people"), transaction.atomic():
        Decision.objects.create(
            number="D-X",
            claim=claim,
            snapshot=recommendation.snapshot,
            recommendation=recommendation,
            outcome=DecisionOutcome.APPROVED,
            reasons="x",
            legal_ground="x",
            reviewer=recommendation.reviewer,
            approver=recommendation.reviewer,
            reviewer_number="R",
            approver_number="A",
            second_factor_at=wall_now(),
            decided_at=wall_now(),
        )


@pytest.mark.parametrize("age", [None, timedelta(minutes=6)])
def test_approval_needs_a_fresh_second_factor(acting: Acting, claim_at: ClaimAt, age: timedelta | None) -> None:
    claim = claim_at("Gebze")
    stale = replace(acting("approver"), second_factor_at=age and wall_now() - age)
    with pytest.raises(SecondFactorNeeded):
        approve_claim(claim, actor=stale, ruling=ruling(claim))


def test_decision_on_a_claim_that_changed_meanwhile_is_refused(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    old = replace(ruling(claim), seen_version=claim.version - 1)
    with pytest.raises(Conflict, match="changed after you opened"):
        approve_claim(claim, actor=acting("approver"), ruling=old)


@pytest.mark.parametrize("field", ["reasons", "legal_ground"])
def test_decision_without_reasons_or_ground_is_refused(acting: Acting, claim_at: ClaimAt, field: str) -> None:
    claim = claim_at("Gebze")
    with pytest.raises(InvalidInput) as refusal:
        approve_claim(claim, actor=acting("approver"), ruling=replace(ruling(claim), **{field: "  "}))
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.RECOMMENDED


def test_member_of_the_producer_may_not_review(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    insider = replace(acting("reviewer"), organisation_ids=frozenset({str(claim.organisation_id)}))
    with pytest.raises(NotAllowed, match="You belong to the producer"):
        review.take_claim(claim, actor=insider)


def test_member_of_the_verifier_may_not_decide(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    verifier = str(claim.engagements.first().verifier_id)
    insider = replace(acting("approver"), organisation_ids=frozenset({verifier}))
    with pytest.raises(NotAllowed, match="You belong to the verifier"):
        approve_claim(claim, actor=insider, ruling=ruling(claim))


def test_recommendation_waits_for_answers_to_findings(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gemlik")
    assert [finding.code for finding in open_findings(claim)] == ["PRE-002"]
    with pytest.raises(InvalidInput, match="need your answer"):
        review.recommend(claim, actor=acting("reviewer"), kind=RecommendationKind.APPROVE, reasons="Fine.")


def test_ended_appointment_takes_effect_at_once(user_of: Callable, claim_at: ClaimAt) -> None:
    user = user_of("approver")
    user.appointments.update(valid_to="2027-03-15")
    actor = actor_for(user, second_factor_at=wall_now())
    claim = claim_at("Gebze")
    with pytest.raises(NotAllowed, match="Only an approver"):
        approve_claim(claim, actor=actor, ruling=ruling(claim))
