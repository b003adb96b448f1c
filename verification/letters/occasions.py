"""After which step of a claim a letter goes out, and what it says. One row per transition.

The step's use case writes its decision after the step, so the handler only queues work; the facts are read when
the transaction is over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from verification.certificates.models import Certificate
from verification.certificates.presentation import cn_code, see
from verification.claims import after
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim, Decision, Question, Step
from verification.jobs.services import enqueue
from verification.letters.enums import LetterKind
from verification.letters.record import LetterFacts, Value


@dataclass(frozen=True)
class Occasion:
    """The kind of letter that a transition asks for, and where its facts stand."""

    kind: LetterKind
    facts: Callable[[Claim, Step], LetterFacts]


def listen() -> None:
    """Called once per process, when the rooms are ready."""
    for transition in OCCASIONS:
        after.register(transition, queue_letter)


def queue_letter(claim: Claim, step: Step) -> None:
    enqueue("letters.write", key=f"letter-of-step-{step.pk}", payload={"step": step.pk})


def facts_of_approval(claim: Claim, step: Step) -> LetterFacts:
    decision = Decision.objects.get(claim=claim)
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
    decision = Decision.objects.get(claim=claim)
    return _decided(decision, {"decision": decision.number})


def facts_of_revocation(claim: Claim, step: Step) -> LetterFacts:
    certificate = Certificate.objects.select_related("revocation", "decision").get(claim=claim)
    revocation = certificate.revocation
    return LetterFacts(
        subject=revocation.number,
        reasons=revocation.reason,
        legal_ground=revocation.legal_ground,
        snapshot_sha256=certificate.decision.snapshot.sha256,
        said={
            "decision": revocation.number,
            "certificate": certificate.number,
            "effective_on": revocation.effective_on.isoformat(),
        },
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
    "approve": Occasion(LetterKind.APPROVAL, facts_of_approval),
    "approve_in_part": Occasion(LetterKind.PARTIAL_APPROVAL, facts_of_approval),
    "refuse": Occasion(LetterKind.REFUSAL, facts_of_refusal),
    "revoke": Occasion(LetterKind.REVOCATION, facts_of_revocation),
    "ask": Occasion(LetterKind.QUESTION, facts_of_question),
}
"""Further transitions are added here, each with its facts."""
