"""After which step of a claim a letter goes out, and what it says. One row per transition.

The step's use case writes its decision after the step, so the handler only queues work; the facts are read when
the transaction is over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from verification.certificates.figures import cn_code, see
from verification.certificates.models import Certificate, Revocation
from verification.claims import after
from verification.claims.enums import ClaimKind, ClaimState
from verification.claims.models import Appeal, Claim, Decision, Question, Step
from verification.jobs.services import enqueue
from verification.kernel import clock
from verification.letters.documents import facts_of_assessment, notice_of
from verification.letters.enums import LetterKind
from verification.letters.record import LetterFacts, Value
from verification.reference.selectors import procedure_of


@dataclass(frozen=True)
class Occasion:
    """The kind of letter that a transition asks for, and where its facts stand. ``beside`` gives the facts of the
    summary that goes with it, where there is one."""

    kind: LetterKind
    facts: Callable[[Claim, Step], LetterFacts]
    beside: Callable[[Claim], LetterFacts | None] | None = None


def listen() -> None:
    """Called once per process, when the rooms are ready."""
    for transition in OCCASIONS:
        after.register(transition, queue_letter)


def queue_letter(claim: Claim, step: Step) -> None:
    enqueue("letters.write", key=f"letter-of-step-{step.pk}", payload={"step": step.pk})


def facts_of_approval(claim: Claim, step: Step) -> LetterFacts:
    decision = _decision_of(step)
    certificate = Certificate.objects.get(decision=decision)
    record = json.loads(certificate.record)
    said = {
        "decision": decision.number,
        "certificate": certificate.number,
        "host": urlsplit(record["check_address"]).netloc,
        **OF_KIND[claim.kind].said(record),
    }
    return _decided(decision, said, OF_KIND[claim.kind].values(record))


def facts_of_refusal(claim: Claim, step: Step) -> LetterFacts:
    decision = _decision_of(step)
    return _decided(decision, {"decision": decision.number, "appeal_until": _appeal_until(claim, step)})


def facts_of_draft(claim: Claim, step: Step) -> LetterFacts:
    draft = claim.draft_decisions.filter(drafted_at__gte=step.at).earliest("pk")
    return LetterFacts(
        subject=f"draft-{draft.pk}",
        reasons=draft.reasons,
        legal_ground=draft.legal_ground,
        snapshot_sha256=draft.snapshot.sha256,
        said={"comment_until": draft.comment_due_on.isoformat()},
    )


def facts_of_lapse(claim: Claim, step: Step) -> LetterFacts:
    question = claim.questions.filter(answered_at=None).order_by("due_on").first()
    if question is None:
        raise LookupError(f"{claim} lapsed without an open question.")
    return LetterFacts(
        subject=f"lapse-{step.claim_version}",
        reasons=question.text,
        legal_ground=procedure_of(claim.scheme).reference,
        snapshot_sha256=claim.snapshots.latest("number").sha256,
        said={"due_on": question.due_on.isoformat(), "appeal_until": _appeal_until(claim, step)},
    )


def facts_of_appeal(claim: Claim, step: Step) -> LetterFacts:
    appeal = claim.appeals.get(lodged_version=step.claim_version)
    return LetterFacts(
        subject=appeal.number,
        reasons=appeal.grounds,
        snapshot_sha256=claim.snapshots.latest("number").sha256,
        said={"decision": _appealed(claim, appeal), "received_on": appeal.lodged_at.date().isoformat()},
    )


def facts_of_dismissal(claim: Claim, step: Step) -> LetterFacts:
    decision = _decision_of(step)
    appeal = decision.appeal
    if appeal is None:
        raise LookupError(f"{decision} dismisses no appeal.")
    return _decided(decision, {"decision": decision.number, "dismissed": _appealed(claim, appeal)})


def _appealed(claim: Claim, appeal: Appeal) -> str:
    """The number of what the appeal is against; a lapse has none but the claim's."""
    if appeal.against == ClaimState.REVOKED:
        return Revocation.objects.filter(certificate__claim=claim).latest("revoked_at").number
    first = claim.decisions.filter(appeal=None).first()
    return first.number if first else claim.number


def _appeal_until(claim: Claim, step: Step) -> str:
    return procedure_of(claim.scheme).appeal_due_on(step.at.date()).isoformat()


def _decision_of(step: Step) -> Decision:
    """The decision of the step; it is written in the step's transaction, after it."""
    return Decision.objects.filter(claim=step.claim, decided_at__gte=step.at).earliest("pk")


def facts_of_revocation(claim: Claim, step: Step) -> LetterFacts:
    revocation = Revocation.objects.filter(certificate__claim=claim, revoked_at__lte=clock.now()).latest("revoked_at")
    certificate = revocation.certificate
    return LetterFacts(
        subject=revocation.number,
        reasons=revocation.reason,
        legal_ground=revocation.legal_ground,
        snapshot_sha256=certificate.decision.snapshot.sha256,
        document=partial(notice_of, revocation, _appeal_until(claim, step)),
    )


def facts_of_question(claim: Claim, step: Step) -> LetterFacts:
    """The questions of this step: asked after it and before the next time somebody asked."""
    asked = Question.objects.filter(claim=claim, asked_at__gte=step.at)
    later = Step.objects.filter(claim=claim, name=step.name, claim_version__gt=step.claim_version).first()
    if later:
        asked = asked.filter(asked_at__lt=later.at)
    questions = list(asked)
    return LetterFacts(
        subject=f"question-{questions[0].number}",
        reasons="\n".join(question.text for question in questions),
        snapshot_sha256=claim.snapshots.latest("number").sha256,
        said={"due_on": min(question.due_on for question in questions).isoformat()},
    )


def _decided(decision: Decision, said: Mapping[str, str], values: tuple[Value, ...] = ()) -> LetterFacts:
    return LetterFacts(
        subject=decision.number,
        reasons=decision.reasons,
        legal_ground=decision.legal_ground,
        reviewer_number=decision.reviewer_number,
        approver_number=decision.approver_number,
        snapshot_sha256=decision.snapshot.sha256,
        said=said,
        values=values,
    )


@dataclass(frozen=True)
class OfKind:
    """What the certificate of a kind of claim adds to its letter."""

    said: Callable[[Mapping[str, Any]], dict[str, str]]
    values: Callable[[Mapping[str, Any]], tuple[Value, ...]]


def _good(row: Mapping[str, Any]) -> str:
    return f"{cn_code(row['cn_code'])} {row['description']}"


OF_KIND: Mapping[str, OfKind] = {
    ClaimKind.EMISSIONS: OfKind(
        said=lambda record: {"values_from": record["valid_from"], "values_to": record["valid_to"]},
        values=lambda record: tuple(Value(_good(row), see(row["see_total"]), "t CO₂e/t") for row in record["goods"]),
    ),
    ClaimKind.UNITS: OfKind(
        said=lambda record: {name: record[name] for name in ("accepted", "offered", "returned")},
        values=lambda record: tuple(Value(row["serial"], row["quantity"], "t") for row in record["units"]),
    ),
    ClaimKind.CARBON_PRICE: OfKind(
        said=lambda record: {"credit_from": record["valid_from"], "credit_to": record["valid_to"]},
        values=lambda record: tuple(
            Value(_good(row), see(row["per_t"]), f"{record['carbon_price']['currency']}/t") for row in record["goods"]
        ),
    ),
}

OCCASIONS: dict[str, Occasion] = {
    "approve": Occasion(LetterKind.APPROVAL, facts_of_approval, beside=facts_of_assessment),
    "approve_in_part": Occasion(LetterKind.PARTIAL_APPROVAL, facts_of_approval, beside=facts_of_assessment),
    "refuse": Occasion(LetterKind.REFUSAL, facts_of_refusal),
    "revoke": Occasion(LetterKind.REVOCATION, facts_of_revocation),
    "draft_refusal": Occasion(LetterKind.DRAFT_REFUSAL, facts_of_draft),
    "lapse": Occasion(LetterKind.LAPSE, facts_of_lapse),
    "appeal": Occasion(LetterKind.APPEAL_ACKNOWLEDGEMENT, facts_of_appeal),
    "uphold_refusal": Occasion(LetterKind.APPEAL_DECISION, facts_of_dismissal),
    "uphold_revocation": Occasion(LetterKind.APPEAL_DECISION, facts_of_dismissal),
    "ask": Occasion(LetterKind.QUESTION, facts_of_question),
}
