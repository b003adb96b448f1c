"""A measure on an accreditation reaches the claims that rest on it (Delegated Regulation (EU) 2025/2551, Article 9)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.models import VerificationStatement
from verification.claims.subjects.statement import standing_when_signed
from verification.claims.verifier_selectors import TouchedStatement, statements_touched
from verification.notifications.services import notify
from verification.registry.enums import AccreditationMeasureKind
from verification.registry.models import Accreditation, AccreditationMeasure
from verification.registry.selectors import officials_with_role
from verification.registry.services import record_accreditation_measure


@transaction.atomic
def record_measure(
    accreditation: Accreditation, kind: AccreditationMeasureKind, *, effective_on: date, reason: str, actor: Actor
) -> AccreditationMeasure:
    """Enter the measure, and flag every claim with a statement under the accreditation.

    Statements signed on or after the effective day no longer carry an approval; earlier ones stay valid and
    are marked. Reviewers are told of open claims, and that decided ones are listed. Raises what
    ``record_accreditation_measure`` raises.
    """
    stood_before = {each.statement.pk for each in _statements_of(accreditation) if each.stands}
    measure = record_accreditation_measure(accreditation, kind, effective_on=effective_on, reason=reason, actor=actor)
    if kind == AccreditationMeasureKind.REINSTATED:
        return measure
    fresh = Accreditation.objects.get(pk=accreditation.pk)
    touched = statements_touched(fresh)
    for each in touched:
        _flag(each, measure, actor)
    fallen = [each for each in touched if not each.stands and each.statement.pk in stood_before]
    if touched:
        notify(
            officials_with_role("reviewer"),
            "accreditation_measure",
            address=f"/official/verifiers/{accreditation.organisation_id}/",
            verifier=accreditation.organisation.name,
            measure=AccreditationMeasureKind(kind).label.lower(),
            effective_on=effective_on.isoformat(),
            fallen=str(len(fallen)),
            touched=str(len(touched)),
        )
    return measure


def _statements_of(accreditation: Accreditation) -> list[TouchedStatement]:
    signed = VerificationStatement.objects.filter(accreditation=accreditation).select_related("accreditation")
    return [TouchedStatement(statement, standing_when_signed(statement).why) for statement in signed]


def _flag(each: TouchedStatement, measure: AccreditationMeasure, actor: Actor) -> None:
    record_event(
        "claims.statement.flagged" if each.stands else "claims.statement.struck",
        actor=actor,
        subject_type="claim",
        subject_id=each.statement.engagement.claim_id,
        facts={
            "report_number": each.statement.report_number,
            "signed_at": each.statement.signed_at.isoformat(),
            "measure": str(measure.kind),
            "effective_on": measure.effective_on.isoformat(),
            "why": each.problem,
        },
    )
