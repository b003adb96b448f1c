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
from verification.claims.models import Appeal, Claim, Decision
from verification.claims.services import deciding, review
from verification.claims.services.conflicts import declare_no_conflict
from verification.claims.services.transitions import move
from verification.claims.workflow import AGAINST_APPEALS, FOR_APPEALS, TAKING, TRANSITIONS, Party
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, SecondFactorNeeded
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
Acting = Callable[..., Actor]
ClaimAt = Callable[[str], Claim]
PEOPLE = ("producer", "reviewer", "approver", "lead", "judge", "verifier", "importer", "system")
ACTORS = {
    "producer": {Party.PRODUCER},
    "reviewer": {Party.REVIEWER, Party.OFFICIAL},
    "approver": {Party.APPROVER},
    "lead": {Party.LEAD, Party.OFFICIAL},
    "judge": {Party.APPROVER},
    "system": {Party.SYSTEM},
}
"""Who is of the party of a transition, where the reviewer holds the claim; anybody with the role may take it."""


def ruling(claim: Claim) -> deciding.Ruling:
    return deciding.Ruling("Sound and complete.", "Regulation (EU) 2023/956, Article 8", claim.version, True)


@pytest.mark.parametrize("is_appeal", [False, True], ids=["first", "appeal"])
@pytest.mark.parametrize("name", list(TRANSITIONS))
def test_only_the_cells_of_the_table_change_state(
    acting: Acting, claim_at: ClaimAt, name: str, is_appeal: bool
) -> None:
    """Every transition from every state by everyone: either the table allows it, or nothing moves."""
    claim, transition, holder = claim_at("Karabük"), TRANSITIONS[name], acting("reviewer")
    declare_no_conflict(claim, actor=holder, has_no_conflict=True)
    if is_appeal:
        lodged = {"lodged_by_id": holder.id, "lodged_at": wall_now(), "lodged_version": 1}
        Appeal.objects.create(number="AP-0", claim=claim, against="refused", grounds="Wrong.", **lodged)
    is_of_stage = name not in (AGAINST_APPEALS if is_appeal else FOR_APPEALS) and claim.kind in transition.kinds
    for key in PEOPLE:
        actor = Actor.system() if key == "system" else acting(key)
        is_of_party = transition.party in ACTORS.get(key, ()) or (name in TAKING and key == "lead")
        for state in ClaimState.values:
            Claim.objects.filter(pk=claim.pk).update(state=state, reviewer=None if name in TAKING else int(holder.id))
            is_cell = state in transition.sources and is_of_party and is_of_stage
            assert _state_after(claim, name, actor) == (transition.target if is_cell else state), (key, state)


def _state_after(claim: Claim, name: str, actor: Actor) -> str:
    """The state that the claim would be in; nothing of the try stays."""
    claim.refresh_from_db()
    with transaction.atomic():
        try:
            with transaction.atomic():
                move(claim, name, actor)
        except (NotAllowed, Conflict):
            pass
        state = Claim.objects.get(pk=claim.pk).state
        transaction.set_rollback(True)
    return state


def test_second_run_of_a_transition_does_nothing(acting: Acting, claim_at: ClaimAt) -> None:
    claim, same = claim_at("Silifke"), claim_at("Silifke")
    review.take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    with pytest.raises(Conflict):
        review.take_claim(same, actor=acting("reviewer"), has_no_conflict=True)
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
    review.take_claim(claim, actor=second, has_no_conflict=True)
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
    with pytest.raises(IntegrityError), transaction.atomic():
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
        review.take_claim(claim, actor=insider, has_no_conflict=True)


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
