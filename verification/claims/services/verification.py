"""What a verifier answers to an invitation: a signed statement with its sealed report, or no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.enums import Assurance, EngagementState, Opinion
from verification.claims.models import Engagement, SealedReport, VerificationStatement, VerificationWork
from verification.claims.policy import demand_fresh_second_factor, demand_verifier
from verification.claims.verification.additions import Additions
from verification.claims.verification.assembly import Annexes, Sealed, assemble_report
from verification.claims.verification.conclusion import (
    FindingFacts,
    corrected,
    opinion_problems,
    remaining_of,
    told,
)
from verification.claims.verification.structure import SCHEMA, ConclusionPart, VerificationReport, VerifierPart
from verification.claims.verification.words import FindingKind
from verification.claims.verifier_selectors import finding_facts, problems_by_part, sealed_of, work_of
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.notifications.services import notify
from verification.registry.models import Accreditation
from verification.registry.selectors import members_of, standing_of


@dataclass(frozen=True)
class StatementDetails:
    """What the verifier signs: its opinion, and its part of the report (2025/2546, Annex, 1.2 to 2.6)."""

    opinion: Opinion
    assurance: Assurance
    report_number: str
    report_dated_on: date
    seen_sha256: str
    additions: Additions


@transaction.atomic
def confirm_snapshot(
    engagement: Engagement,
    *,
    actor: Actor,
    details: StatementDetails,
    report: EvidenceFile,
    accreditation: Accreditation,
    annexes: Annexes,
) -> VerificationStatement:
    """Sign the statement about exactly the sealed numbers that were on the page, and seal the whole report.

    ``annexes`` are the operator's own reports on these numbers. Raises ``NotAllowed``,
    ``SecondFactorNeeded``, ``Conflict`` (closed or not accepted invitation, other numbers) and
    ``InvalidInput`` naming each field.
    """
    _demand_open(engagement, actor)
    second_factor_at = demand_fresh_second_factor(actor)
    if details.seen_sha256 != engagement.snapshot.sha256:
        raise Conflict("The page showed other numbers than those that are sealed now. Open it again.")
    work = work_of(engagement)
    if work is None:
        raise Conflict("Accept the invitation first: it asks for your declaration of impartiality.")
    if accreditation.organisation_id != engagement.verifier_id:
        raise NotAllowed("The accreditation belongs to another verifier.")
    if report.organisation_id != engagement.verifier_id:
        raise NotAllowed("The report was uploaded by another organisation.")
    VerificationWork.objects.select_for_update().get(pk=work.pk)
    sealed, findings = sealed_of(engagement.snapshot), finding_facts(work)
    problems = list(_problems(engagement, details, accreditation, sealed, findings))
    if problems:
        raise InvalidInput("The statement was not signed.", problems)
    _close(engagement, EngagementState.CONFIRMED)
    statement = _statement(engagement, details, findings, sealed)
    statement.report, statement.accreditation = report, accreditation
    statement.signed_by_id, statement.second_factor_at = int(actor.id), second_factor_at
    statement.save(force_insert=True)
    written = _report(work, details, accreditation, sealed, findings, annexes, signed_by=actor.label)
    sealed_report = _seal(statement, written)
    record_event(
        "claims.statement.signed",
        actor=actor,
        subject_type="claim",
        subject_id=engagement.claim_id,
        facts={
            "snapshot_sha256": statement.snapshot_sha256,
            "opinion": str(details.opinion),
            "accreditation": accreditation.number,
            "report_sha256": report.sha256,
            "sealed_report_sha256": sealed_report.sha256,
        },
    )
    notify(
        members_of(engagement.claim.organisation_id),
        "verifier_confirmed",
        address=f"/producer/claims/{engagement.claim_id}/",
        claim=engagement.claim.number,
        verifier=engagement.verifier.name,
        opinion=Opinion(details.opinion).label.lower(),
    )
    return statement


@transaction.atomic
def decline_engagement(engagement: Engagement, *, actor: Actor, reason: str) -> Engagement:
    """Say no, with a reason that the producer reads."""
    _demand_open(engagement, actor)
    if not reason.strip():
        raise InvalidInput(
            "Give a reason.",
            [Problem("block", "VER-021", "Say why you decline.", "Write one sentence.", field="reason")],
        )
    _close(engagement, EngagementState.DECLINED, decline_reason=reason.strip())
    record_event(
        "claims.engagement.declined",
        actor=actor,
        subject_type="claim",
        subject_id=engagement.claim_id,
        facts={"verifier": engagement.verifier.name, "reason": reason.strip()},
    )
    notify(
        members_of(engagement.claim.organisation_id),
        "verifier_declined",
        address=f"/producer/claims/{engagement.claim_id}/",
        claim=engagement.claim.number,
        verifier=engagement.verifier.name,
        reason=reason.strip(),
    )
    return engagement


def draft_report(
    work: VerificationWork,
    details: StatementDetails,
    accreditation: Accreditation,
    engagement: Engagement,
    annexes: Annexes,
) -> VerificationReport:
    """The report as it would be sealed now, for reading before the signature."""
    findings = finding_facts(work)
    return _report(work, details, accreditation, sealed_of(engagement.snapshot), findings, annexes, signed_by="")


def _demand_open(engagement: Engagement, actor: Actor) -> None:
    demand_verifier(actor, engagement.claim, engagement.verifier_id)
    if engagement.state != EngagementState.INVITED:
        raise Conflict(f"This invitation is closed: {EngagementState(engagement.state).label.lower()}.")


def _close(engagement: Engagement, state: EngagementState, **fields: str) -> None:
    changed = Engagement.objects.filter(pk=engagement.pk, state=EngagementState.INVITED).update(
        state=state, closed_at=clock.now(), **fields
    )
    if changed != 1:
        raise Conflict("This invitation was closed a moment ago.")
    engagement.refresh_from_db()


def _problems(
    engagement: Engagement,
    details: StatementDetails,
    accreditation: Accreditation,
    sealed: Sealed,
    findings: list[FindingFacts],
) -> Iterator[Problem]:
    for part in problems_by_part(engagement.claim, sealed, details.additions).values():
        yield from part
    yield from opinion_problems(details.opinion, findings)
    yield from _date_problems(engagement, details)
    yield from _accreditation_problems(details, accreditation, sealed)


def _date_problems(engagement: Engagement, details: StatementDetails) -> Iterator[Problem]:
    """The date of the opinion is that of the signature, after the period and the visit (2025/2546, Annex, 2.6)."""
    dated_on, visits = details.report_dated_on, details.additions.visits
    if dated_on > clock.today():
        yield _problem("report_dated_on", "The report is dated in the future.", "Correct the date.")
    last_visit_on = visits.ended_on or visits.started_on
    if dated_on < engagement.claim.period_end or (last_visit_on and dated_on < last_visit_on):
        message = "The report is dated before the end of the period or of the visit."
        yield _problem("report_dated_on", message, "Correct the date.")


def _accreditation_problems(
    details: StatementDetails, accreditation: Accreditation, sealed: Sealed
) -> Iterator[Problem]:
    """It holds on the date of the opinion and today, for every sector (Delegated Regulation (EU) 2025/2551)."""
    for day, words in ((details.report_dated_on, "On the date of the report"), (clock.today(), "Today")):
        standing = standing_of(accreditation, day)
        if not standing.holds:
            yield _problem("accreditation", f"{words} {standing.why}.", "Choose the one that holds.")
    uncovered = sorted(set(sealed.sectors) - set(accreditation.sectors))
    if uncovered:
        message = f"The accreditation does not cover: {', '.join(uncovered)}."
        yield _problem("accreditation", message, "Choose one whose scope covers every sector of the goods.")


def _statement(
    engagement: Engagement, details: StatementDetails, findings: list[FindingFacts], sealed: Sealed
) -> VerificationStatement:
    additions, visits = details.additions, details.additions.visits
    materiality = additions.terms.materiality_percent
    if materiality is None:
        raise ValueError("The terms were judged to be complete and name no materiality.")
    conformity = (FindingKind.NON_CONFORMITY, FindingKind.NON_COMPLIANCE)
    return VerificationStatement(
        engagement=engagement,
        snapshot_sha256=sealed.sha256,
        opinion=details.opinion,
        assurance=details.assurance,
        materiality_percent=materiality,
        visit_kind=visits.kind,
        visit_started_on=visits.started_on,
        visit_ended_on=visits.ended_on,
        visit_ground=visits.ground,
        corrected_misstatements=told(f for f in corrected(findings) if f.kind == FindingKind.MISSTATEMENT),
        uncorrected_misstatements=told(remaining_of(findings, FindingKind.MISSTATEMENT)),
        non_conformities=told(remaining_of(findings, *conformity)),
        recommendations=told(finding for finding in findings if finding.is_recommended),
        lead_auditor=additions.lead_auditor,
        independent_reviewer=additions.independent_reviewers,
        technical_expert=additions.technical_experts,
        confirmed_numbers=_numbers(sealed),
        report_number=details.report_number,
        report_dated_on=details.report_dated_on,
        signed_at=clock.now(),
    )


def _report(
    work: VerificationWork,
    details: StatementDetails,
    accreditation: Accreditation,
    sealed: Sealed,
    findings: list[FindingFacts],
    annexes: Annexes,
    *,
    signed_by: str,
) -> VerificationReport:
    verifier = work.verifier
    return assemble_report(
        sealed,
        report_number=details.report_number,
        verifier=VerifierPart(
            name=verifier.name,
            address=verifier.address,
            country=verifier.country,
            accreditation_number=accreditation.number,
            accreditation_body=accreditation.body,
            accreditation_body_country=accreditation.body_country,
            accreditation_ends_before=accreditation.valid_to,
            sectors=tuple(accreditation.sectors),
        ),
        additions=details.additions,
        conclusion=ConclusionPart(
            opinion=str(details.opinion),
            assurance=str(details.assurance),
            dated_on=details.report_dated_on,
            signed_by=signed_by,
            findings=tuple(findings),
            impartiality=work.impartiality,
        ),
        annexes=annexes,
    )


def _seal(statement: VerificationStatement, report: VerificationReport) -> SealedReport:
    record = report.as_record()
    sealed = SealedReport(
        statement=statement,
        schema=SCHEMA,
        content=canonical_bytes(record).decode(),
        sha256=sha256_of(record),
        sealed_at=statement.signed_at,
    )
    sealed.save(force_insert=True)
    return sealed


def _problem(field: str, message: str, mend: str) -> Problem:
    return Problem("block", "VER-022", message, mend, field=field)


def _numbers(sealed: Sealed) -> list[dict[str, str | None]]:
    keys = ("cn", "process", "route", "unit", "quantity", "see_direct", "see_indirect", "see_total", "see_applicable")
    return [{key: row.get(key) for key in keys} for row in sealed.goods]
