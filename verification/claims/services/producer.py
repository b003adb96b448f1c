"""What a producer does with its claim: start, fill, attach, seal, send, answer, withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.checks.model import Finding
from verification.claims import policy
from verification.claims.content import evidence_manifest, goods_in_short
from verification.claims.enums import ClaimKind, EngagementState, WayIn
from verification.claims.findings import blocking, confirmed_statement, findings_on_draft
from verification.claims.kinds import MANIFESTS, content_of, manifest_of
from verification.claims.models import AnswerRow, Claim, ClaimEvidence, Engagement, Snapshot
from verification.claims.services.review import attach_to_question
from verification.claims.services.sealing import seal_content
from verification.claims.services.transitions import move
from verification.evidence.enums import FileState, Purpose
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.notifications.services import notify
from verification.registry.models import Installation, Organisation
from verification.registry.selectors import members_of, officials_with_role, verifiers_accredited_on

NO_FILES: Mapping[int, Sequence[EvidenceFile]] = MappingProxyType({})


@transaction.atomic
def start_claim(
    installation: Installation, *, scheme: str, year: int, actor: Actor, amends: Claim | None = None
) -> Claim:
    """A new draft for one installation and reporting year, or one that corrects an approved claim."""
    if not actor.belongs_to(installation.organisation_id):
        raise NotAllowed("Only the producer itself starts a claim for its installation.")
    claim = Claim(
        number=next_number(MANIFESTS[ClaimKind.EMISSIONS].number_prefix),
        scheme=scheme,
        organisation_id=installation.organisation_id,
        installation=installation,
        amends=amends,
        period_start=date(year, 1, 1),
        period_end=date(year + 1, 1, 1),
        created_by_id=actor.id,
        created_at=clock.now(),
    )
    claim.save(force_insert=True)
    record_event(
        "claims.claim.started",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={
            "number": claim.number,
            "scheme": scheme,
            "installation": installation.code,
            "year": year,
            "amends": amends.number if amends else "",
        },
    )
    return claim


@transaction.atomic
def record_reading(claim: Claim, *, actor: Actor, file: EvidenceFile, reading: dict[str, Any]) -> Claim:
    """Keep what was read from an uploaded workbook; earlier numbers, sealed or not, are no longer the claim's."""
    policy.demand_editable(actor, claim)
    _demand_own_clean(file, claim)
    claim.template_file, claim.reading, claim.read_at = file, reading, clock.now()
    claim.goods_in_short = goods_in_short(reading)
    claim.way_in = WayIn.WORKBOOK
    claim.save(update_fields=["template_file", "reading", "goods_in_short", "read_at", "way_in"])
    AnswerRow.objects.filter(claim=claim).delete()
    ClaimEvidence.objects.filter(claim=claim, purpose=Purpose.COMMUNICATION_TEMPLATE, removed_at=None).update(
        removed_at=clock.now()
    )
    _attach(claim, file, Purpose.COMMUNICATION_TEMPLATE, "", actor)
    close_open_engagements(claim)
    record_event(
        "claims.template.read",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={
            "file": file.name,
            "sha256": file.sha256,
            "goods": len(reading["goods"]),
            "problems": len(reading["problems"]),
        },
    )
    return claim


@transaction.atomic
def attach_evidence(
    claim: Claim, *, actor: Actor, file: EvidenceFile, purpose: Purpose, note: str = ""
) -> ClaimEvidence:
    """Attach a clean file of the same organisation. The same bytes for the same purpose stand once."""
    policy.demand_editable(actor, claim)
    _demand_own_clean(file, claim)
    if claim.evidence.filter(file__sha256=file.sha256, purpose=purpose, removed_at=None).exists():
        raise InvalidInput(
            "This file is already attached.",
            [
                Problem(
                    "block",
                    "EVI-010",
                    "The same file is already attached for this purpose.",
                    "Choose another file, or nothing if you meant this one.",
                    field="file",
                    found=file.name,
                )
            ],
        )
    return _attach(claim, file, purpose, note, actor)


@transaction.atomic
def remove_evidence(use: ClaimEvidence, *, actor: Actor) -> None:
    """Take a file out of the claim; the file and the fact stay on record."""
    policy.demand_editable(actor, use.claim)
    if use.purpose == Purpose.COMMUNICATION_TEMPLATE:
        raise Conflict("The workbook is replaced by uploading a corrected one.")
    use.removed_at = clock.now()
    use.save(update_fields=["removed_at"])
    record_event(
        "claims.evidence.removed",
        actor=actor,
        subject_type="claim",
        subject_id=use.claim_id,
        facts={"name": use.file.name, "sha256": use.file.sha256},
    )


@transaction.atomic
def seal_and_invite(claim: Claim, *, actor: Actor, verifier: Organisation) -> Engagement:
    """Seal the numbers as they stand and ask an accredited verifier about exactly them."""
    policy.demand_editable(actor, claim)
    findings = [finding for finding in blocking(findings_on_draft(claim)) if not finding.code.startswith("VER-")]
    problems = _reading_problems(claim) + [_as_problem(finding) for finding in findings]
    if problems:
        raise InvalidInput("The numbers cannot be sealed yet.", problems)
    if verifier not in verifiers_accredited_on(clock.today()):
        raise InvalidInput(
            "This verifier cannot be invited.",
            [
                Problem(
                    "block",
                    "VER-020",
                    "The verifier has no accreditation that holds today.",
                    "Choose another.",
                    field="verifier",
                )
            ],
        )
    close_open_engagements(claim)
    snapshot = seal_content(claim, actor=actor)
    engagement = Engagement(
        claim=claim, snapshot=snapshot, verifier=verifier, invited_by_id=actor.id, invited_at=clock.now()
    )
    engagement.save(force_insert=True)
    record_event(
        "claims.snapshot.sealed",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"snapshot": snapshot.number, "sha256": snapshot.sha256, "verifier": verifier.name},
    )
    notify(
        members_of(verifier.pk),
        "verifier_invited",
        address=f"/verifier/engagements/{engagement.pk}/",
        claim=claim.number,
        producer=claim.organisation.name,
        installation=claim.place,
        period=str(claim.period_start.year),
    )
    return engagement


def obstacles_to_sending(claim: Claim) -> list[Problem]:
    """What still stands between the draft and sending it; empty when it can be sent."""
    if not manifest_of(claim).needs_verifier:
        return manifest_of(claim).gaps(claim) + [_as_problem(found) for found in blocking(findings_on_draft(claim))]
    problems = _reading_problems(claim)
    statement = confirmed_statement(claim)
    if statement and sha256_of(content_of(claim)) != statement.snapshot_sha256:
        problems.append(
            Problem(
                "block",
                "VER-007",
                "The numbers changed after the verifier confirmed them.",
                "Seal them again and ask the verifier to confirm the new numbers.",
            )
        )
    already = {problem.code for problem in problems}
    return problems + [_as_problem(f) for f in blocking(findings_on_draft(claim)) if f.code not in already]


@transaction.atomic
def submit_claim(claim: Claim, *, actor: Actor, has_declared: bool) -> Claim:
    """Send the claim to the officials: sealed numbers that are verified, or its content sealed now."""
    policy.demand_producer(actor, claim)
    if not has_declared:
        raise InvalidInput(
            "The declaration is missing.",
            [
                Problem(
                    "block",
                    "COM-010",
                    "Declare that the data are true and complete.",
                    "Tick the box of the declaration.",
                    field="declaration",
                )
            ],
        )
    obstacles = obstacles_to_sending(claim)
    if obstacles:
        raise InvalidInput("The claim cannot be sent yet.", obstacles)
    snapshot = _snapshot_to_send(claim, actor)
    move(
        claim,
        "submit",
        actor,
        snapshot=snapshot,
        facts={"evidence": evidence_manifest(claim)},
        submitted_at=clock.now(),
    )
    notify(
        officials_with_role("reviewer"),
        "claim_submitted",
        address=f"/official/claims/{claim.pk}/",
        claim=claim.number,
        producer=claim.organisation.name,
        installation=claim.place,
        period=str(claim.period_start.year),
    )
    return claim


@transaction.atomic
def answer_questions(
    claim: Claim,
    *,
    actor: Actor,
    answers: Mapping[int, str],
    files: Mapping[int, Sequence[EvidenceFile]] = NO_FILES,
) -> Claim:
    """Answer every open question, by number, with files where they help.

    Changed numbers must be sealed and confirmed first.
    """
    policy.demand_producer(actor, claim)
    unanswered = list(claim.questions.filter(answered_at=None))
    missing = [question for question in unanswered if not answers.get(question.number, "").strip()]
    problems = [
        Problem("block", "REV-003", f"Question {q.number} has no answer.", "Answer it.", field=f"answer_{q.number}")
        for q in missing
    ]
    problems += obstacles_to_sending(claim)
    if problems:
        raise InvalidInput("The answer was not sent.", problems)
    given = {question.number: files.get(question.number, ()) for question in unanswered}
    facts = {"files": {str(number): [file.sha256 for file in some] for number, some in given.items() if some}}
    move(claim, "answer", actor, snapshot=_snapshot_to_send(claim, actor), facts=facts)
    for question in unanswered:
        for file in given[question.number]:
            _demand_own_clean(file, claim)
        attach_to_question(question, given[question.number], is_answer=True)
        question.answer = answers[question.number].strip()
        question.answered_by_id, question.answered_at = int(actor.id), clock.now()
        question.save(update_fields=["answer", "answered_by", "answered_at"])
    notify(
        filter(None, [claim.reviewer]), "question_answered", address=f"/official/claims/{claim.pk}/", claim=claim.number
    )
    return claim


@transaction.atomic
def withdraw_claim(claim: Claim, *, actor: Actor, reason: str) -> Claim:
    move(claim, "withdraw", actor, comment=reason.strip())
    return claim


def _snapshot_to_send(claim: Claim, actor: Actor) -> Snapshot:
    """The numbers that the verifier confirmed; a claim that needs none is sealed as it is sent."""
    if not manifest_of(claim).needs_verifier:
        return seal_content(claim, actor=actor)
    statement = confirmed_statement(claim)
    if statement is None:
        raise Conflict("No verifier has confirmed numbers of this claim yet.")
    return statement.engagement.snapshot


def _attach(claim: Claim, file: EvidenceFile, purpose: Purpose, note: str, actor: Actor) -> ClaimEvidence:
    use = ClaimEvidence(
        claim=claim, file=file, purpose=purpose, note=note, attached_by_id=actor.id, attached_at=clock.now()
    )
    use.save(force_insert=True)
    record_event(
        "claims.evidence.attached",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"purpose": str(purpose), "name": file.name, "sha256": file.sha256},
    )
    return use


def _demand_own_clean(file: EvidenceFile, claim: Claim) -> None:
    if file.organisation_id != claim.organisation_id:
        raise NotAllowed("The file belongs to another organisation.")
    if file.state != FileState.CLEAN:
        raise Conflict("The file has not been found clean yet.")


def close_open_engagements(claim: Claim) -> None:
    """Numbers that a verifier was asked about are no longer the claim's: it need not look at them."""
    claim.engagements.filter(state=EngagementState.INVITED).update(
        state=EngagementState.REPLACED, closed_at=clock.now()
    )


def _reading_problems(claim: Claim) -> list[Problem]:
    if claim.reading is None:
        return [
            Problem(
                "block",
                "COM-003",
                "The claim has no numbers yet.",
                "Fill in the form, or upload the communication template of the installation.",
            )
        ]
    return [Problem(**row) for row in claim.reading["problems"] if row["severity"] == "block"]


def _as_problem(finding: Finding) -> Problem:
    return Problem(
        finding.severity,
        finding.code,
        finding.title,
        finding.mend,
        cell=finding.where,
        found=finding.found,
        expected=finding.expected,
        reference=finding.reference,
    )
