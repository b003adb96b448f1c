"""What reviewers do with a claim: take it, ask, answer findings, recommend.

The decision is ``deciding``'s. The override and the certificate that follow an approval belong to higher rooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import ClaimState, QuestionAbout, RecommendationKind
from verification.claims.findings import last_snapshot, open_findings
from verification.claims.models import Claim, FindingAnswer, Question, QuestionFile, Recommendation
from verification.claims.parts import left_out_of
from verification.claims.services.conflicts import declare_no_conflict
from verification.claims.services.required import required
from verification.claims.services.transitions import has_open_appeal, move
from verification.claims.workflow import TRANSITIONS
from verification.evidence.enums import FileState
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.notifications.services import notify
from verification.reference.selectors import procedure_of
from verification.registry.selectors import (
    actor_for,
    members_of,
    official_number,
    officials_with_role,
)


@transaction.atomic
def take_claim(claim: Claim, *, actor: Actor, has_no_conflict: bool) -> Claim:
    """The reviewer takes the claim, or the appeal on it, and declares that it has no conflict of interest."""
    name = "take_appeal" if claim.state == ClaimState.IN_APPEAL else "take"
    policy.demand(actor, TRANSITIONS[name], claim)
    declare_no_conflict(claim, actor=actor, has_no_conflict=has_no_conflict)
    move(claim, name, actor, reviewer_id=actor.id or None)
    return claim


@transaction.atomic
def release_claim(claim: Claim, *, actor: Actor, reason: str) -> Claim:
    said = required(reason, "reason", "Say why you give it back.")
    move(claim, "release_appeal" if has_open_appeal(claim) else "release", actor, comment=said, reviewer=None)
    return claim


@transaction.atomic
def reassign_claim(claim: Claim, *, actor: Actor, to: User, reason: str) -> Claim:
    """A head of team gives the claim to another reviewer; a substitute takes it over for itself.

    The new reviewer declares that it has no conflict of interest before it does anything. Raises ``NotAllowed``
    where it could not hold the claim, ``InvalidInput`` without a reason, ``Conflict`` where it holds it already.
    """
    name = "reassign_waiting" if claim.state == ClaimState.INFO_REQUESTED else "reassign"
    policy.demand(actor, TRANSITIONS[name], claim)
    said = required(reason, "reason", "Say why the claim changes hands.")
    if not actor.has_role("lead") and str(to.pk) != actor.id:
        raise NotAllowed("A substitute takes a claim over for itself only.")
    if claim.reviewer_id == to.pk:
        raise Conflict(f"{to.full_name} has this claim already.")
    policy.may_hold(actor_for(to), claim)
    before = claim.reviewer
    move(claim, name, actor, comment=said, facts={"to": str(to.pk)}, second_actor_id=to.pk, reviewer=to)
    people = [person for person in (before, to) if person is not None and str(person.pk) != actor.id]
    notify(
        people,
        "claim_reassigned",
        address=f"/official/claims/{claim.pk}/",
        claim=claim.number,
        reviewer=to.full_name,
        reason=said,
    )
    return claim


@dataclass(frozen=True)
class Asking:
    """One question. ``subject`` is the code of a finding, the path of a field or the number of a document."""

    text: str
    about: QuestionAbout = QuestionAbout.CLAIM
    subject: str = ""
    label: str = ""
    follows: Question | None = None
    files: tuple[EvidenceFile, ...] = ()


@transaction.atomic
def ask_producer(claim: Claim, *, actor: Actor, questions: Sequence[Asking]) -> list[Question]:
    """Ask one or more questions. The officials' clock stops, the producer's starts."""
    wanted = [asking for asking in questions if asking.text.strip()]
    if not wanted:
        raise InvalidInput(
            "No question was asked.", [Problem("block", "REV-001", "Write at least one question.", field="text")]
        )
    move(claim, "ask", actor, comment="\n".join(asking.text.strip() for asking in wanted))
    number = claim.questions.count()
    due_on = procedure_of(claim.scheme).answer_due_on(clock.today())
    asked = []
    for offset, asking in enumerate(wanted, start=1):
        question = Question(
            claim=claim,
            number=number + offset,
            subject=asking.subject,
            about=asking.about,
            about_label=asking.label,
            follows=asking.follows,
            text=asking.text.strip(),
            asked_by_id=actor.id,
            asked_at=clock.now(),
            due_on=due_on,
        )
        question.save(force_insert=True)
        attach_to_question(question, asking.files, is_answer=False)
        asked.append(question)
    notify(
        members_of(claim.organisation_id),
        "question_asked",
        address=f"/producer/claims/{claim.pk}/",
        claim=claim.number,
        question=asked[0].text,
        due_on=due_on.isoformat(),
    )
    return asked


def attach_to_question(question: Question, files: Iterable[EvidenceFile], *, is_answer: bool) -> None:
    """Clean files alone. Raises ``Conflict``."""
    for file in files:
        if file.state != FileState.CLEAN:
            raise Conflict(f"{file.name} has not been found clean yet.")
        QuestionFile(question=question, file=file, is_answer=is_answer, attached_at=clock.now()).save(force_insert=True)


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
        text=required(text, "text", "Write what you found out about this."),
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
def recommend(
    claim: Claim,
    *,
    actor: Actor,
    kind: RecommendationKind,
    reasons: str,
    left_out: Sequence[Mapping[str, Any]] = (),
) -> Recommendation:
    """The reviewer's reasoned opinion. Every finding that asks for an answer must have one.

    ``left_out`` names goods that should not be approved, each with its reason (see ``parts``).
    """
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
    parts = left_out_of(claim, snapshot, kind, left_out)
    reasons = required(reasons, "reasons", "Give the reasons of your recommendation.")
    move(claim, "recommend", actor, comment=reasons, snapshot=snapshot, facts={"kind": str(kind)})
    recommendation = Recommendation(
        claim=claim,
        snapshot=snapshot,
        reviewer_id=actor.id,
        reviewer_number=official_number(actor, "reviewer"),
        kind=kind,
        reasons=reasons,
        left_out=parts,
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
    move(claim, "send_back", actor, comment=required(reason, "reason", "Say what the reviewer should look at."))
    notify(
        filter(None, [claim.reviewer]),
        "claim_sent_back",
        address=f"/official/claims/{claim.pk}/",
        claim=claim.number,
        reason=reason,
    )
    return claim
