"""Being heard, lapsing, appealing, conflicts, absences: what makes the procedure fair, by service and by database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories.deciding import recommend_on_appeal, ruling_on
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.selectors import certificate_of, status_of
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.expiry import act_on_expiry
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.claims.enums import ClaimState, DecisionOutcome, RecommendationKind
from verification.claims.models import Claim, Decision
from verification.claims.services import deciding, review
from verification.claims.services.appeals import appeal_due_on, lodge_appeal
from verification.claims.services.deadlines import act_on_deadlines
from verification.determination.models import Override
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, SecondFactorNeeded
from verification.notifications.models import Notice

pytestmark = pytest.mark.db
Acting = Callable[..., Actor]
ClaimAt = Callable[[str], Claim]
NOBODY = {"lapsed": 0, "resumed": 0, "hearings_closed": 0, "reminded": 0}


# being heard


def test_nobody_is_refused_unheard(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    with pytest.raises(Conflict, match="has not been heard"):
        deciding.refuse_claim(claim, actor=acting("approver"), ruling=ruling_on(claim))
    assert not Decision.objects.filter(claim=claim).exists()


def test_comment_comes_back_to_the_approver(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    draft = deciding.draft_refusal(claim, actor=acting("approver"), ruling=ruling_on(claim, "Not proved."))
    assert (claim.state, claim.due_on) == (ClaimState.HEARING, draft.comment_due_on)
    with pytest.raises(InvalidInput):
        deciding.comment_on_draft(claim, actor=acting("producer"), comment=" ")
    deciding.comment_on_draft(claim, actor=acting("producer"), comment="See annex 3.")
    assert claim.state == ClaimState.RECOMMENDED
    assert Notice.objects.filter(kind="draft_commented", subject__contains=claim.number).count() == 1


def test_draft_needs_a_fresh_second_factor(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    with pytest.raises(SecondFactorNeeded):
        deciding.draft_refusal(claim, actor=acting("approver", has_factor=False), ruling=ruling_on(claim))


def test_hearing_ends_with_its_last_day(acting: Acting, claim_at: ClaimAt, on_day) -> None:
    claim = claim_at("Gebze")
    draft = deciding.draft_refusal(claim, actor=acting("approver"), ruling=ruling_on(claim))
    with pytest.raises(Conflict, match="may still comment"):
        deciding.close_hearing(claim, actor=Actor.system())
    on_day(draft.comment_due_on + timedelta(days=1))
    assert act_on_deadlines()["hearings_closed"] == 1
    claim.refresh_from_db()
    assert claim.state == ClaimState.RECOMMENDED
    decision = deciding.refuse_claim(claim, actor=acting("approver"), ruling=ruling_on(claim))
    assert decision.outcome == DecisionOutcome.REFUSED


def test_heard_on_older_numbers_is_not_heard(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Gebze")
    deciding.draft_refusal(claim, actor=acting("approver"), ruling=ruling_on(claim))
    deciding.comment_on_draft(claim, actor=acting("producer"), comment="New numbers follow.")
    last = claim.snapshots.last()
    claim.snapshots.create(
        number=last.number + 1, content=last.content, sha256="0" * 64, sealed_at=clock.now(), sealed_by=last.sealed_by
    )
    with pytest.raises(Conflict, match="has not been heard"):
        deciding.refuse_claim(claim, actor=acting("approver"), ruling=ruling_on(claim))


# reminders, lapse, expiry


def test_unanswered_question_is_reminded_and_then_lapses(claim_at: ClaimAt, on_day) -> None:
    claim = claim_at("Dilovası")
    due_on = claim.questions.get().due_on
    on_day(due_on - timedelta(days=1))
    assert act_on_deadlines() == NOBODY | {"reminded": 1}
    assert act_on_deadlines() == NOBODY
    on_day(due_on)
    assert act_on_deadlines()["lapsed"] == 0
    on_day(due_on + timedelta(days=1))
    assert act_on_deadlines() == NOBODY | {"lapsed": 1}
    claim.refresh_from_db()
    assert (claim.state, claim.due_on, claim.decision) == (ClaimState.REFUSED, None, None)
    assert appeal_due_on(claim) is not None
    assert act_on_deadlines() == NOBODY


def test_no_claim_lapses_without_a_reminder(claim_at: ClaimAt, on_day) -> None:
    """Where the daily work stood still, the producer has one more day."""
    claim = claim_at("Dilovası")
    on_day(claim.questions.get().due_on + timedelta(days=10))
    assert act_on_deadlines() == NOBODY | {"reminded": 1}
    claim.refresh_from_db()
    assert claim.state == ClaimState.INFO_REQUESTED
    on_day(claim.questions.get().due_on + timedelta(days=1))
    assert act_on_deadlines()["lapsed"] == 1


def test_approval_expires_after_its_last_use(claim_at: ClaimAt, on_day) -> None:
    claim = claim_at("Aliağa")
    assert act_on_expiry() == {"expired": 0, "reminded": 0}
    on_day(date(2027, 9, 25))
    reminded = act_on_expiry()["reminded"]
    assert (reminded > 0, act_on_expiry()) == (True, {"expired": 0, "reminded": 0})
    on_day(date(2027, 10, 1))
    act_on_expiry()
    claim.refresh_from_db()
    assert claim.state == ClaimState.EXPIRED
    assert Override.objects.filter(claim_reference=claim.number, known_to=None).exists()


# appeals


def test_appeal_is_decided_by_two_others(acting: Acting, appealed: Claim) -> None:
    with pytest.raises(NotAllowed, match="had a part"):
        review.take_claim(appealed, actor=acting("reviewer"), has_no_conflict=True)
    recommend_on_appeal(appealed, acting("lead"), RecommendationKind.APPROVE)
    with pytest.raises(NotAllowed, match="had a part"):
        approve_claim(appealed, actor=acting("approver"), ruling=ruling_on(appealed))
    certificate = approve_claim(appealed, actor=acting("judge"), ruling=ruling_on(appealed))
    appealed.refresh_from_db()
    assert appealed.state == ClaimState.APPROVED
    assert [decision.outcome for decision in appealed.decisions.order_by("pk")] == ["refused", "approved"]
    assert appealed.decision.appeal == appealed.appeals.get()
    assert appealed.appeals.get().closed_at is not None
    assert certificate_of(appealed) == certificate


def test_dismissed_appeal_leaves_the_refusal(acting: Acting, appealed: Claim) -> None:
    recommend_on_appeal(appealed, acting("lead"), RecommendationKind.REFUSE)
    for act in (deciding.refuse_claim, deciding.draft_refusal):
        with pytest.raises(Conflict, match="An appeal is being decided"):
            act(appealed, actor=acting("judge"), ruling=ruling_on(appealed))
    decision = deciding.dismiss_appeal(appealed, actor=acting("judge"), ruling=ruling_on(appealed))
    assert (appealed.state, decision.outcome) == (ClaimState.REFUSED, DecisionOutcome.UPHELD)
    with pytest.raises(Conflict, match="made before"):
        lodge_appeal(appealed, actor=acting("producer"), grounds="Once more.")


def test_revoked_certificate_is_replaced_when_the_appeal_is_allowed(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Aliağa")
    first = Certificate.objects.get(claim=claim)
    grounds = RevocationGrounds("Wrong meter.", "Article 19", first.valid_from)
    confirm_revocation(propose_revocation(first, actor=acting("reviewer"), grounds=grounds), actor=acting("approver"))
    claim.refresh_from_db()
    lodge_appeal(claim, actor=acting("producer"), grounds="The meter was right.")
    for key in ("reviewer", "approver"):
        with pytest.raises(NotAllowed):
            review.take_claim(claim, actor=replace(acting(key), roles=frozenset({"reviewer"})), has_no_conflict=True)
    recommend_on_appeal(claim, acting("lead"), RecommendationKind.APPROVE)
    second = approve_claim(claim, actor=acting("judge"), ruling=ruling_on(claim))
    assert status_of(Certificate.objects.get(pk=first.pk)) == "revoked"
    values = Override.objects.filter(claim_reference=claim.number, known_to=None)
    assert {override.certificate_number for override in values} == {second.number}


def test_dismissed_appeal_leaves_the_revocation(acting: Acting, claim_at: ClaimAt) -> None:
    claim = claim_at("Aliağa")
    certificate = Certificate.objects.get(claim=claim)
    grounds = RevocationGrounds("Wrong meter.", "Article 19", certificate.valid_from)
    proposal = propose_revocation(certificate, actor=acting("reviewer"), grounds=grounds)
    confirm_revocation(proposal, actor=acting("approver"))
    claim.refresh_from_db()
    lodge_appeal(claim, actor=acting("producer"), grounds="The meter was right.")
    recommend_on_appeal(claim, acting("lead"), RecommendationKind.REFUSE)
    deciding.dismiss_appeal(claim, actor=acting("judge"), ruling=ruling_on(claim))
    assert claim.state == ClaimState.REVOKED


def test_appeal_has_a_time_limit(acting: Acting, refused: Claim, on_day) -> None:
    on_day(appeal_due_on(refused) + timedelta(days=1))
    with pytest.raises(InvalidInput, match="time to appeal is over"):
        lodge_appeal(refused, actor=acting("producer"), grounds="Late.")
    refused.refresh_from_db()
    assert refused.state == ClaimState.REFUSED


def test_only_the_producer_appeals(acting: Acting, refused: Claim) -> None:
    for key in ("importer", "verifier", "reviewer", "approver", "lead"):
        with pytest.raises(NotAllowed):
            lodge_appeal(refused, actor=acting(key), grounds="Wrong.")


def test_appeal_goes_on_without_an_answer(acting: Acting, appealed: Claim, on_day) -> None:
    review.take_claim(appealed, actor=acting("lead"), has_no_conflict=True)
    (question,) = review.ask_producer(appealed, actor=acting("lead"), questions=[review.Asking("Which annex?")])
    on_day(question.due_on + timedelta(days=1))
    assert act_on_deadlines()["resumed"] == 1
    appealed.refresh_from_db()
    assert appealed.state == ClaimState.IN_REVIEW


def test_appeal_is_given_back_as_an_appeal(acting: Acting, appealed: Claim) -> None:
    review.take_claim(appealed, actor=acting("lead"), has_no_conflict=True)
    review.release_claim(appealed, actor=acting("lead"), reason="Too much else.")
    assert appealed.state == ClaimState.IN_APPEAL
    with pytest.raises(Conflict):
        deciding.comment_on_draft(appealed, actor=acting("producer"), comment="?")
