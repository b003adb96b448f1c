"""What officials do with a claim, up to and including the decision on the claim itself.

The override and the certificate that follow an approval belong to higher rooms: officials call
``certificates.services.approval.approve_claim``, which calls ``decide`` here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from verification.accounts.models import Appointment
from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import ClaimState, DecisionOutcome, RecommendationKind
from verification.claims.findings import last_snapshot, open_findings
from verification.claims.models import Claim, Decision, FindingAnswer, Question, Recommendation
from verification.claims.services.transitions import move
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.notifications.services import notify
from verification.registry.selectors import members_of, officials_with_role

ANSWER_DAYS = 15
TRANSITION_BY_OUTCOME = {
    DecisionOutcome.APPROVED: "approve",
    DecisionOutcome.APPROVED_IN_PART: "approve_in_part",
    DecisionOutcome.REFUSED: "refuse",
}


@transaction.atomic
def take_claim(claim: Claim, *, actor: Actor) -> Claim:
    """The reviewer takes the claim and declares that no conflict of interest exists."""
    move(claim, "take", actor, reviewer_id=actor.id or None)
    return claim


@transaction.atomic
def release_claim(claim: Claim, *, actor: Actor, reason: str) -> Claim:
    move(claim, "release", actor, comment=_required(reason, "reason", "Say why you give it back."), reviewer=None)
    return claim


@transaction.atomic
def ask_producer(claim: Claim, *, actor: Actor, questions: Sequence[tuple[str, str]]) -> list[Question]:
    """Ask one or more questions, each (subject, text). The official's clock stops."""
    texts = [(subject, text.strip()) for subject, text in questions if text.strip()]
    if not texts:
        raise InvalidInput(
            "No question was asked.", [Problem("block", "REV-001", "Write at least one question.", field="text")]
        )
    move(claim, "ask", actor, comment="\n".join(text for _, text in texts))
    number = claim.questions.count()
    asked = []
    for offset, (subject, text) in enumerate(texts, start=1):
        question = Question(
            claim=claim,
            number=number + offset,
            subject=subject,
            text=text,
            asked_by_id=actor.id,
            asked_at=clock.now(),
            due_on=clock.today() + timedelta(days=ANSWER_DAYS),
        )
        question.save(force_insert=True)
        asked.append(question)
    notify(
        members_of(claim.organisation_id),
        "question_asked",
        address=f"/producer/claims/{claim.pk}/",
        claim=claim.number,
        question=texts[0][1],
        due_on=asked[0].due_on.isoformat(),
    )
    return asked


@transaction.atomic
def answer_finding(claim: Claim, *, actor: Actor, finding_key: str, text: str) -> FindingAnswer:
    """Record the reviewer's answer to a finding on the sealed snapshot."""
    policy.demand_reviewer(actor, claim)
    if claim.state != ClaimState.IN_REVIEW:
        raise Conflict("Findings are answered while the claim is in review.")
    answer = FindingAnswer(
        claim=claim,
        snapshot=last_snapshot(claim),
        finding_key=finding_key,
        text=_required(text, "text", "Write what you found out about this."),
        answered_by_id=actor.id,
        answered_at=clock.now(),
    )
    answer.save(force_insert=True)
    record_event(
        "claims.finding.answered",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"finding": finding_key, "answer": answer.text},
    )
    return answer


@transaction.atomic
def recommend(claim: Claim, *, actor: Actor, kind: RecommendationKind, reasons: str) -> Recommendation:
    """The reviewer's reasoned opinion. Every finding that asks for an answer must have one."""
    policy.demand(actor, TRANSITIONS["recommend"], claim)
    unanswered = open_findings(claim)
    if unanswered:
        raise InvalidInput(
            "Some findings still need your answer.",
            [
                Problem("block", "REV-002", f"{finding.code}: {finding.title}", "Answer it, then recommend.")
                for finding in unanswered
            ],
        )
    snapshot = last_snapshot(claim)
    reasons = _required(reasons, "reasons", "Give the reasons of your recommendation.")
    move(claim, "recommend", actor, comment=reasons, snapshot=snapshot, facts={"kind": str(kind)})
    recommendation = Recommendation(
        claim=claim,
        snapshot=snapshot,
        reviewer_id=actor.id,
        reviewer_number=_official_number(actor, "reviewer"),
        kind=kind,
        reasons=reasons,
        recommended_at=clock.now(),
    )
    recommendation.save(force_insert=True)
    others = officials_with_role("approver").exclude(pk=actor.id)
    notify(
        others,
        "claim_recommended",
        address=f"/official/claims/{claim.pk}/",
        claim=claim.number,
        recommendation=RecommendationKind(kind).label.lower(),
    )
    return recommendation


@transaction.atomic
def send_back(claim: Claim, *, actor: Actor, reason: str) -> Claim:
    """The approver asks the reviewer to look again."""
    move(claim, "send_back", actor, comment=_required(reason, "reason", "Say what the reviewer should look at."))
    notify(
        filter(None, [claim.reviewer]),
        "claim_sent_back",
        address=f"/official/claims/{claim.pk}/",
        claim=claim.number,
        reason=reason,
    )
    return claim


@dataclass(frozen=True)
class Ruling:
    """What the approver signs. ``seen_version`` is the claim's version that was on the page."""

    reasons: str
    legal_ground: str
    seen_version: int


def decide(claim: Claim, *, actor: Actor, outcome: DecisionOutcome, ruling: Ruling) -> Decision:
    """Decide inside the caller's transaction. Four eyes and a fresh second factor are demanded here.

    Raises ``NotAllowed``, ``SecondFactorNeeded``, ``InvalidInput`` (reasons or ground missing) and
    ``Conflict`` when the claim is not the one that was on the page.
    """
    name = TRANSITION_BY_OUTCOME[outcome]
    policy.demand(actor, TRANSITIONS[name], claim)
    if claim.version != ruling.seen_version:
        raise Conflict("The claim changed after you opened the page. Read it again before you sign.")
    reasons = _required(ruling.reasons, "reasons", "Give the reasons of the decision.")
    legal_ground = _required(ruling.legal_ground, "legal_ground", "Name the legal ground.")
    recommendation = claim.recommendations.last()
    if recommendation is None:
        raise Conflict("No reviewer has recommended anything on this claim yet.")
    snapshot = last_snapshot(claim)
    move(
        claim,
        name,
        actor,
        comment=reasons,
        snapshot=snapshot,
        facts={"legal_ground": legal_ground, "reviewer": str(recommendation.reviewer_id)},
        decided_at=clock.now(),
    )
    decision = Decision(
        number=next_number("D"),
        claim=claim,
        snapshot=snapshot,
        recommendation=recommendation,
        outcome=outcome,
        reasons=reasons,
        legal_ground=legal_ground,
        reviewer_id=recommendation.reviewer_id,
        approver_id=actor.id,
        reviewer_number=recommendation.reviewer_number,
        approver_number=_official_number(actor, "approver"),
        second_factor_at=policy.demand_fresh_second_factor(actor),
        decided_at=clock.now(),
    )
    decision.save(force_insert=True)
    return decision


@transaction.atomic
def refuse_claim(claim: Claim, *, actor: Actor, ruling: Ruling) -> Decision:
    """Refuse with reasons; the producer is told what to cure."""
    decision = decide(claim, actor=actor, outcome=DecisionOutcome.REFUSED, ruling=ruling)
    notify(
        members_of(claim.organisation_id),
        "claim_refused",
        address=f"/producer/claims/{claim.pk}/",
        claim=claim.number,
        decision=decision.number,
        reason=decision.reasons,
    )
    return decision


def _official_number(actor: Actor, role: str) -> str:
    return Appointment.objects.filter(user_id=actor.id, role=role).latest("valid_from").official_number


def _required(text: str, field: str, message: str) -> str:
    if not text.strip():
        raise InvalidInput(message, [Problem("block", "REV-010", message, field=field)])
    return text.strip()
