"""What a verifier does: confirm the sealed numbers with a statement, or decline."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.enums import Assurance, EngagementState, Opinion, VisitKind
from verification.claims.models import Engagement, VerificationStatement
from verification.claims.policy import demand_fresh_second_factor
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.notifications.services import notify
from verification.registry.models import Accreditation
from verification.registry.selectors import members_of, standing_of


@dataclass(frozen=True)
class StatementDetails:
    """The verification report's own structure (2025/2546, Annex, 1.1 to 2.6)."""

    opinion: Opinion
    assurance: Assurance
    materiality_percent: Decimal
    visit_kind: VisitKind
    lead_auditor: str
    independent_reviewer: str
    report_number: str
    report_dated_on: date
    seen_sha256: str
    visit_started_on: date | None = None
    visit_ended_on: date | None = None
    visit_ground: str = ""
    corrected_misstatements: str = ""
    uncorrected_misstatements: str = ""
    non_conformities: str = ""
    recommendations: str = ""
    technical_expert: str = ""


@transaction.atomic
def confirm_snapshot(
    engagement: Engagement,
    *,
    actor: Actor,
    details: StatementDetails,
    report: EvidenceFile,
    accreditation: Accreditation,
) -> VerificationStatement:
    """Sign the statement about exactly the sealed numbers that were on the page.

    Raises ``NotAllowed``, ``SecondFactorNeeded``, ``Conflict`` (withdrawn invitation, other numbers)
    and ``InvalidInput`` naming each field.
    """
    _demand_open(engagement, actor)
    second_factor_at = demand_fresh_second_factor(actor)
    if details.seen_sha256 != engagement.snapshot.sha256:
        raise Conflict("The page showed other numbers than those that are sealed now. Open it again.")
    problems = _problems(engagement, details, report, accreditation)
    if problems:
        raise InvalidInput("The statement was not signed.", problems)
    values = {key: value for key, value in vars(details).items() if key != "seen_sha256"}
    statement = VerificationStatement(
        engagement=engagement,
        snapshot_sha256=engagement.snapshot.sha256,
        confirmed_numbers=_numbers(engagement),
        report=report,
        accreditation=accreditation,
        signed_by_id=actor.id,
        signed_at=clock.now(),
        second_factor_at=second_factor_at,
        **values,
    )
    _close(engagement, EngagementState.CONFIRMED)
    statement.save(force_insert=True)
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


def _demand_open(engagement: Engagement, actor: Actor) -> None:
    if not actor.belongs_to(engagement.verifier_id):
        raise NotAllowed("Only the invited verifier may do this.")
    if actor.belongs_to(engagement.claim.organisation_id):
        raise NotAllowed("You belong to the producer of this claim; a verifier is independent of it.")
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
    engagement: Engagement, details: StatementDetails, report: EvidenceFile, accreditation: Accreditation
) -> list[Problem]:
    def problem(field: str, message: str, mend: str) -> Problem:
        return Problem("block", "VER-022", message, mend, field=field)

    problems = []
    if accreditation.organisation_id != engagement.verifier_id:
        raise NotAllowed("The accreditation belongs to another verifier.")
    if report.organisation_id != engagement.verifier_id:
        raise NotAllowed("The report was uploaded by another organisation.")
    if details.report_dated_on > clock.today():
        problems.append(problem("report_dated_on", "The report is dated in the future.", "Correct the date."))
    standing = standing_of(accreditation, details.report_dated_on)
    if not standing.holds:
        problems.append(
            problem("accreditation", f"On the date of the report {standing.why}.", "Choose the one that held.")
        )
    if details.visit_kind == VisitKind.WAIVED and not details.visit_ground.strip():
        problems.append(problem("visit_ground", "A waived visit needs its ground.", "Say why no visit was needed."))
    if details.visit_kind != VisitKind.WAIVED and details.visit_started_on is None:
        problems.append(problem("visit_started_on", "The date of the visit is missing.", "Give its first day."))
    if details.visit_started_on and details.visit_ended_on and details.visit_ended_on < details.visit_started_on:
        problems.append(problem("visit_ended_on", "The visit ends before it starts.", "Correct the dates."))
    if details.lead_auditor.strip().casefold() == details.independent_reviewer.strip().casefold():
        problems.append(
            problem(
                "independent_reviewer",
                "The independent reviewer is the lead auditor.",
                "Name a person who took no part in the audit.",
            )
        )
    return problems


def _numbers(engagement: Engagement) -> list[dict[str, str | None]]:
    reading = json.loads(engagement.snapshot.content)["reading"]
    keys = ("cn", "process", "route", "unit", "quantity", "see_direct", "see_indirect", "see_total", "see_applicable")
    return [{key: row.get(key) for key in keys} for row in reading["goods"]]
