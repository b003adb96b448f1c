"""Being heard, lapsing, appealing, conflicts, absences: what makes the procedure fair, by service and by database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from tests.clock import TODAY
from tests.factories.deciding import refuse_after_hearing, ruling_on
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.selectors import certificate_of, status_of
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.expiry import act_on_expiry
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.claims.enums import ClaimState, DecisionOutcome, RecommendationKind
from verification.claims.findings import open_findings
from verification.claims.models import Claim, Decision, Recommendation
from verification.claims.parts import KEY
from verification.claims.services import deciding, review
from verification.claims.services.appeals import appeal_due_on, lodge_appeal
from verification.claims.services.conflicts import declare_conflict, declare_no_conflict
from verification.claims.services.deadlines import act_on_deadlines
from verification.determination.models import Override
from verification.kernel import clock
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, SecondFactorNeeded
from verification.notifications.models import Notice
from verification.registry.services.absences import AbsenceTerms, cancel_absence, record_absence

pytestmark = pytest.mark.db
Acting = Callable[..., Actor]
ClaimAt = Callable[[str], Claim]
NOBODY = {"lapsed": 0, "resumed": 0, "hearings_closed": 0, "reminded": 0}


@pytest.fixture
def on_day():
    """Moves the product's clock; the day of the tests comes back afterwards."""

    def move_to(day: date) -> None:
        clock.demonstrate(clock.Demonstration(starts_on=day, anchored_on=wall_now().date()))

    yield move_to
    move_to(TODAY)


@pytest.fixture
def refused(acting: Acting, claim_at: ClaimAt) -> Claim:
    claim = claim_at("Gebze")
    refuse_after_hearing(claim, approver=acting("approver"), producer=acting("producer"))
    return claim


@pytest.fixture
def appealed(acting: Acting, refused: Claim) -> Claim:
    lodge_appeal(refused, actor=acting("producer"), grounds="The laboratory report was overlooked.")
    return refused


def recommended_on_appeal(claim: Claim, acting: Acting, kind: RecommendationKind) -> Claim:
    lead = acting("lead")
    review.take_claim(claim, actor=lead, has_no_conflict=True)
    for finding in open_findings(claim):
        review.answer_finding(claim, actor=lead, finding_key=finding.key, text="Seen again.")
    review.recommend(claim, actor=lead, kind=kind, reasons="Looked at anew.")
    return claim


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
    recommended_on_appeal(appealed, acting, RecommendationKind.APPROVE)
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
    recommended_on_appeal(appealed, acting, RecommendationKind.REFUSE)
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
    recommended_on_appeal(claim, acting, RecommendationKind.APPROVE)
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
    recommended_on_appeal(claim, acting, RecommendationKind.REFUSE)
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
    recommended_on_appeal(appealed, acting, RecommendationKind.APPROVE)
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
    claim, reviewer = claim_at("Silifke"), acting("reviewer")
    review.take_claim(claim, actor=reviewer, has_no_conflict=True)
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
