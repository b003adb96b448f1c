"""A verifier's work on a claim of the demonstration, through the services."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portal.commands.demonstration.verifiers_part import verifiers_part
from portal.commands.demonstration.workbooks import paper
from verification.audit.actors import Actor
from verification.claims.enums import Assurance, Opinion
from verification.claims.models import Engagement, VerificationStatement, VerificationWork
from verification.claims.services.verification import StatementDetails, confirm_snapshot
from verification.claims.services.verifier_work import accept_invitation, save_part
from verification.claims.verification.additions import Additions
from verification.claims.verification.structure import plain_record
from verification.claims.verification.words import DraftPart
from verification.disclosure.verification import annexes_of
from verification.evidence.services import store_evidence
from verification.kernel import clock
from verification.registry.models import Accreditation


def accepted_work(engagement: Engagement, actor: Actor) -> VerificationWork:
    return accept_invitation(engagement, actor=actor, has_declared=True)


def fill_report(work: VerificationWork, actor: Actor, additions: Additions | None = None) -> None:
    """Every part of the report, as the pages would save it."""
    part = additions or verifiers_part()
    for name in (DraftPart.VISITS, DraftPart.TERMS, DraftPart.METHODS):
        save_part(work, name, actor=actor, answers=plain_record(getattr(part, name)))
    for name in (DraftPart.TEAM, DraftPart.PRECURSORS):
        rows = [plain_record(row) for row in getattr(part, name)]
        save_part(work, name, actor=actor, answers={"rows": rows})


def sign(
    engagement: Engagement, actor: Actor, *, accreditation: Accreditation | None = None, **changes: Any
) -> VerificationStatement:
    """Sign with the demonstration's facts, but for ``changes`` of the details."""
    details = StatementDetails(
        opinion=Opinion.SATISFACTORY,
        assurance=Assurance.REASONABLE,
        report_number="AV-2027-901",
        report_dated_on=clock.today(),
        seen_sha256=engagement.snapshot.sha256,
        additions=verifiers_part(),
    )
    report = store_evidence(
        [paper("Verification report", ["Reasonable assurance."])],
        name="Report.pdf",
        organisation_id=engagement.verifier_id,
        actor=actor,
    )
    return confirm_snapshot(
        engagement,
        actor=actor,
        details=replace(details, **changes),
        report=report,
        accreditation=accreditation or Accreditation.objects.get(organisation=engagement.verifier_id),
        annexes=annexes_of(engagement.snapshot),
    )
