"""The approver's acts: hear the producer before a refusal, decide, dismiss an appeal.

What an approval brings about belongs to higher rooms: officials call
``certificates.services.approval.approve_claim``, which calls ``decide`` here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.claims import policy
from verification.claims.enums import ClaimState, DecisionOutcome, RecommendationKind
from verification.claims.findings import last_snapshot
from verification.claims.kinds import address_of
from verification.claims.models import Appeal, Claim, Decision, DraftDecision, Recommendation, Snapshot
from verification.claims.services.conflicts import declare_no_conflict
from verification.claims.services.required import required
from verification.claims.services.transitions import move
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.notifications.services import notify
from verification.reference.selectors import procedure_of
from verification.registry.selectors import members_of, official_number

TRANSITION_BY_OUTCOME = {
    DecisionOutcome.APPROVED: "approve",
    DecisionOutcome.APPROVED_IN_PART: "approve_in_part",
    DecisionOutcome.REFUSED: "refuse",
}
UPHOLDING = {ClaimState.REFUSED: "uphold_refusal", ClaimState.REVOKED: "uphold_revocation"}


@dataclass(frozen=True)
class Ruling:
    """What the approver signs. ``seen_version`` is the claim's version that was on the page."""

    reasons: str
    legal_ground: str
    seen_version: int
    has_no_conflict: bool


@transaction.atomic
def draft_refusal(claim: Claim, *, actor: Actor, ruling: Ruling) -> DraftDecision:
    """Tell the producer why its claim would be refused; it may comment before anything is decided.

    Regulation (EU) 2023/956, Article 17, by analogy; Charter of Fundamental Rights, Article 41(2)(a).
    """
    reasons, legal_ground = _words_to_sign(claim, "draft_refusal", actor, ruling)
    snapshot = last_snapshot(claim)
    move(claim, "draft_refusal", actor, comment=reasons, snapshot=snapshot, facts={"legal_ground": legal_ground})
    draft = DraftDecision(
        claim=claim,
        snapshot=snapshot,
        reasons=reasons,
        legal_ground=legal_ground,
        drafted_by_id=actor.id,
        drafted_at=clock.now(),
        comment_due_on=procedure_of(claim.scheme).comment_due_on(clock.today()),
    )
    draft.save(force_insert=True)
    notify(
        members_of(claim.organisation_id),
        "refusal_drafted",
        address=address_of(claim),
        claim=claim.number,
        due_on=draft.comment_due_on.isoformat(),
        reason=reasons,
    )
    return draft


@transaction.atomic
def comment_on_draft(claim: Claim, *, actor: Actor, comment: str) -> DraftDecision:
    """The producer is heard; the approver decides with the comment before it."""
    policy.demand(actor, TRANSITIONS["comment"], claim)
    said = required(comment, "comment", "Write what you have to say to the draft.")
    move(claim, "comment", actor, comment=said)
    draft = _close_draft(claim, comment=said, commented_by_id=int(actor.id))
    notify([draft.drafted_by], "draft_commented", address=f"/official/claims/{claim.pk}/", claim=claim.number)
    return draft


@transaction.atomic
def close_hearing(claim: Claim, *, actor: Actor) -> DraftDecision:
    """The time to comment is over. By the system. Raises ``Conflict`` before that."""
    move(claim, "close_hearing", actor)
    draft = _close_draft(claim)
    if draft.comment_due_on >= clock.today():
        raise Conflict("The producer may still comment.")
    notify([draft.drafted_by], "hearing_closed", address=f"/official/claims/{claim.pk}/", claim=claim.number)
    return draft


def decide(claim: Claim, *, actor: Actor, outcome: DecisionOutcome, ruling: Ruling) -> Decision:
    """Decide inside the caller's transaction. Four eyes and a fresh second factor are demanded here.

    Raises ``NotAllowed``, ``SecondFactorNeeded``, ``InvalidInput`` (reasons, ground or declaration missing, goods
    left out of a full approval) and ``Conflict`` when the claim is not the one that was on the page, or its producer
    was not heard before a refusal.
    """
    name = TRANSITION_BY_OUTCOME[outcome]
    reasons, legal_ground = _words_to_sign(claim, name, actor, ruling)
    snapshot = last_snapshot(claim)
    if outcome == DecisionOutcome.REFUSED:
        _demand_heard(claim, snapshot)
    return _record(claim, name, outcome, actor, snapshot, reasons=reasons, legal_ground=legal_ground)


@transaction.atomic
def refuse_claim(claim: Claim, *, actor: Actor, ruling: Ruling) -> Decision:
    """Refuse with reasons, after the producer was heard; it is told what to cure and until when it may appeal."""
    decision = decide(claim, actor=actor, outcome=DecisionOutcome.REFUSED, ruling=ruling)
    notify(
        members_of(claim.organisation_id),
        "claim_refused",
        address=address_of(claim),
        claim=claim.number,
        decision=decision.number,
        reason=decision.reasons,
        appeal_by=procedure_of(claim.scheme).appeal_due_on(clock.today()).isoformat(),
    )
    return decision


@transaction.atomic
def dismiss_appeal(claim: Claim, *, actor: Actor, ruling: Ruling) -> Decision:
    """Two other people come to the same end: what the appeal was against stands."""
    appeal = claim.appeals.filter(closed_at=None).first()
    if appeal is None:
        raise Conflict("No appeal is being decided on this claim.")
    name = UPHOLDING[ClaimState(appeal.against)]
    reasons, legal_ground = _words_to_sign(claim, name, actor, ruling)
    snapshot = last_snapshot(claim)
    decision = _record(claim, name, DecisionOutcome.UPHELD, actor, snapshot, reasons=reasons, legal_ground=legal_ground)
    notify(
        members_of(claim.organisation_id),
        "appeal_dismissed",
        address=address_of(claim),
        claim=claim.number,
        appeal=appeal.number,
        decision=decision.number,
        reason=decision.reasons,
    )
    return decision


def is_heard(claim: Claim, snapshot: Snapshot) -> bool:
    """Whether the producer could comment on a refusal of exactly these numbers."""
    return claim.draft_decisions.filter(snapshot=snapshot, closed_at__isnull=False).exists()


def _words_to_sign(claim: Claim, name: str, actor: Actor, ruling: Ruling) -> tuple[str, str]:
    """Reasons and ground, once the person may sign, has declared no conflict and saw this version."""
    policy.demand(actor, TRANSITIONS[name], claim)
    if claim.version != ruling.seen_version:
        raise Conflict("The claim changed after you opened the page. Read it again before you sign.")
    reasons = required(ruling.reasons, "reasons", "Give the reasons of the decision.")
    legal_ground = required(ruling.legal_ground, "legal_ground", "Name the legal ground.")
    declare_no_conflict(claim, actor=actor, has_no_conflict=ruling.has_no_conflict)
    return reasons, legal_ground


def _demand_heard(claim: Claim, snapshot: Snapshot) -> None:
    if not is_heard(claim, snapshot):
        raise Conflict("The producer has not been heard yet: draft the refusal first, it may comment on it.")


def _record(
    claim: Claim,
    name: str,
    outcome: DecisionOutcome,
    actor: Actor,
    snapshot: Snapshot,
    *,
    reasons: str,
    legal_ground: str,
) -> Decision:
    recommendation = claim.recommendations.last()
    if recommendation is None:
        raise Conflict("No reviewer has recommended anything on this claim yet.")
    left_out = _left_out(claim, recommendation, outcome)
    appeal = claim.appeals.select_for_update().filter(closed_at=None).first()
    move(
        claim,
        name,
        actor,
        comment=reasons,
        snapshot=snapshot,
        facts={"legal_ground": legal_ground, "reviewer": str(recommendation.reviewer_id), "left_out": left_out},
        decided_at=clock.now(),
    )
    if appeal is not None:
        Appeal.objects.filter(pk=appeal.pk).update(closed_at=clock.now())
    second_factor_at = policy.demand_fresh_second_factor(actor)
    decision = Decision(
        number=next_number("D"),
        claim=claim,
        appeal=appeal,
        snapshot=snapshot,
        recommendation=recommendation,
        outcome=outcome,
        reasons=reasons,
        legal_ground=legal_ground,
        reviewer_id=recommendation.reviewer_id,
        approver_id=actor.id,
        reviewer_number=recommendation.reviewer_number,
        approver_number=official_number(actor, "approver"),
        left_out=left_out,
        second_factor_at=second_factor_at,
        second_factor_age_seconds=max(0, int((wall_now() - second_factor_at).total_seconds())),
        decided_at=clock.now(),
    )
    decision.save(force_insert=True)
    return decision


def _left_out(claim: Claim, recommendation: Recommendation, outcome: DecisionOutcome) -> list[dict[str, str]]:
    """What the reviewer left out; the approver signs that or sends the claim back."""
    if outcome == DecisionOutcome.APPROVED and recommendation.left_out:
        raise InvalidInput(
            "The claim cannot be approved as a whole.",
            [
                Problem(
                    "block",
                    "REV-022",
                    "The reviewer left out some goods.",
                    "Approve in part, or send it back to the reviewer.",
                    field="outcome",
                    found=", ".join(row["cn"] for row in recommendation.left_out),
                )
            ],
        )
    if outcome != DecisionOutcome.APPROVED_IN_PART or recommendation.kind != RecommendationKind.IN_PART:
        return []
    return list(recommendation.left_out)


def _close_draft(claim: Claim, **fields: object) -> DraftDecision:
    draft = claim.draft_decisions.select_related("drafted_by").get(closed_at=None)
    DraftDecision.objects.filter(pk=draft.pk, closed_at=None).update(closed_at=clock.now(), **fields)
    draft.refresh_from_db()
    return draft
