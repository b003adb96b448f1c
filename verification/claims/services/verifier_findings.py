"""The conversation about what a verifier found: raised, answered by the producer, closed. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.models import FindingClosing, FindingMessage, VerificationWork, VerifierFinding
from verification.claims.policy import demand_producer, demand_verifier
from verification.claims.services.verifier_work import demand_open_engagement
from verification.claims.verification.words import FindingKind, FindingOutcome, Side
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.notifications.services import notify
from verification.registry.selectors import members_of


@dataclass(frozen=True)
class FindingDetails:
    """What was found; ``subject`` names the good, process or field."""

    kind: FindingKind
    is_material: bool
    subject: str
    text: str


@transaction.atomic
def raise_finding(work: VerificationWork, *, actor: Actor, details: FindingDetails) -> VerifierFinding:
    """Tell the producer what is wrong with the numbers that are sealed now (2025/2546, Article 1).

    Raises ``NotAllowed``, ``Conflict`` where nothing waits for a statement, and ``InvalidInput``.
    """
    demand_verifier(actor, work.claim, work.verifier_id)
    VerificationWork.objects.select_for_update().get(pk=work.pk)
    engagement = demand_open_engagement(work)
    problems = []
    if not details.text.strip():
        problems.append(_problem("text", "Say what you found.", "Write it so that the producer can correct it."))
    if details.kind == FindingKind.RECOMMENDATION and details.is_material:
        problems.append(_problem("is_material", "A recommendation is not material.", "Choose another kind."))
    if problems:
        raise InvalidInput("The finding was not raised.", problems)
    finding = VerifierFinding(
        work=work,
        snapshot=engagement.snapshot,
        number=work.findings.count() + 1,
        kind=details.kind,
        is_material=details.is_material,
        subject=details.subject.strip(),
        text=details.text.strip(),
        raised_by_id=int(actor.id),
        raised_at=clock.now(),
    )
    finding.save(force_insert=True)
    _record("claims.verifier_finding.raised", finding, actor, kind=str(details.kind), material=details.is_material)
    _tell_producer(finding, "finding_raised", text=finding.text)
    return finding


@transaction.atomic
def write_to_verifier(finding: VerifierFinding, *, actor: Actor, text: str) -> FindingMessage:
    """The producer's answer, before or after it corrects the numbers and seals them again."""
    demand_producer(actor, finding.work.claim)
    message = _write(finding, actor, Side.PRODUCER, text)
    notify(
        members_of(finding.work.verifier_id),
        "finding_answered",
        address=f"/verifier/works/{finding.work_id}/findings/{finding.number}/",
        claim=finding.work.claim.number,
        number=str(finding.number),
        producer=finding.work.claim.organisation.name,
        text=message.text,
    )
    return message


@transaction.atomic
def write_to_producer(finding: VerifierFinding, *, actor: Actor, text: str) -> FindingMessage:
    """A further word of the verifier on a finding that is open."""
    demand_verifier(actor, finding.work.claim, finding.work.verifier_id)
    message = _write(finding, actor, Side.VERIFIER, text)
    _tell_producer(finding, "finding_message", text=message.text)
    return message


@transaction.atomic
def close_finding(finding: VerifierFinding, *, actor: Actor, outcome: FindingOutcome, reason: str) -> FindingClosing:
    """Close it on the numbers that are sealed now: corrected, remaining, or taken back, with a reason.

    What was corrected in numbers must have been sealed again since. Raises ``NotAllowed``, ``Conflict``
    and ``InvalidInput``.
    """
    demand_verifier(actor, finding.work.claim, finding.work.verifier_id)
    _lock_open(finding)
    engagement = demand_open_engagement(finding.work)
    problems = []
    if not reason.strip():
        problems.append(_problem("reason", "Give the reason.", "The producer reads it; it stands in the report."))
    if outcome == FindingOutcome.CORRECTED and _needs_new_numbers(finding, engagement.snapshot_id):
        message = "The numbers are still those on which you raised this."
        problems.append(_problem("outcome", message, "It is corrected once the producer has sealed new ones."))
    if finding.kind == FindingKind.RECOMMENDATION and outcome != FindingOutcome.WITHDRAWN:
        problems.append(_problem("outcome", "A recommendation stands, or is taken back.", "Choose “taken back”."))
    if problems:
        raise InvalidInput("The finding was not closed.", problems)
    closing = FindingClosing(
        finding=finding,
        snapshot=engagement.snapshot,
        outcome=outcome,
        reason=reason.strip(),
        closed_by_id=int(actor.id),
        closed_at=clock.now(),
    )
    closing.save(force_insert=True)
    _record("claims.verifier_finding.closed", finding, actor, outcome=str(outcome), reason=closing.reason)
    _tell_producer(finding, "finding_closed", outcome=FindingOutcome(outcome).label.lower(), text=closing.reason)
    return closing


def _needs_new_numbers(finding: VerifierFinding, snapshot_id: int) -> bool:
    """A material misstatement is in the numbers, so only other numbers correct it; documents cure the rest."""
    return finding.kind == FindingKind.MISSTATEMENT and finding.is_material and finding.snapshot_id == snapshot_id


def _write(finding: VerifierFinding, actor: Actor, side: Side, text: str) -> FindingMessage:
    _lock_open(finding)
    if not text.strip():
        raise InvalidInput("Nothing was sent.", [_problem("text", "Write something.", "One sentence is enough.")])
    message = FindingMessage(
        finding=finding, side=side, text=text.strip(), written_by_id=int(actor.id), written_at=clock.now()
    )
    message.save(force_insert=True)
    _record("claims.verifier_finding.answered", finding, actor, side=str(side), text=message.text)
    return message


def _lock_open(finding: VerifierFinding) -> None:
    VerificationWork.objects.select_for_update().get(pk=finding.work_id)
    if FindingClosing.objects.filter(finding=finding).exists():
        raise Conflict(f"Finding {finding.number} is closed.")


def _record(event: str, finding: VerifierFinding, actor: Actor, **facts: object) -> None:
    record_event(
        event,
        actor=actor,
        subject_type="claim",
        subject_id=finding.work.claim_id,
        facts={"verifier": finding.work.verifier.name, "finding": finding.number, **facts},
    )


def _tell_producer(finding: VerifierFinding, kind: str, **facts: str) -> None:
    claim = finding.work.claim
    notify(
        members_of(claim.organisation_id),
        kind,
        address=f"/producer/claims/{claim.pk}/verifier/findings/",
        claim=claim.number,
        number=str(finding.number),
        verifier=finding.work.verifier.name,
        **facts,
    )


def _problem(field: str, message: str, mend: str) -> Problem:
    return Problem("block", "VER-040", message, mend, field=field)
