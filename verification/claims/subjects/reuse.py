"""Whether what a claim rests on stands elsewhere as well, and who acts for both sides; one query for all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from verification.claims.models import Claim, VerificationStatement
from verification.claims.statements import holds
from verification.registry.models import Membership

CONDITIONS = {
    "template": """EXISTS (
        SELECT 1 FROM claims_claim c JOIN evidence_evidencefile f ON f.id = c.template_file_id
        WHERE f.sha256 = (SELECT sha256 FROM evidence_evidencefile WHERE id = %(template)s)
        AND c.id <> %(claim)s AND c.state <> 'withdrawn')""",
    "evidence": """EXISTS (
        SELECT 1 FROM evidence_evidencefile f WHERE f.sha256 IN (
            SELECT own.sha256 FROM claims_claimevidence e JOIN evidence_evidencefile own ON own.id = e.file_id
            WHERE e.claim_id = %(claim)s AND e.removed_at IS NULL)
        AND f.organisation_id <> %(producer)s
        AND f.organisation_id NOT IN (SELECT verifier_id FROM claims_engagement WHERE claim_id = %(claim)s))""",
}
OF_STATEMENT = {
    "report": """EXISTS (
        SELECT 1 FROM claims_verificationstatement s JOIN evidence_evidencefile f ON f.id = s.report_id
        JOIN claims_engagement g ON g.id = s.engagement_id
        WHERE f.sha256 = %(report)s AND g.claim_id <> %(claim)s)""",
    "people": """EXISTS (
        SELECT 1 FROM registry_membership one JOIN registry_membership other ON other.user_id = one.user_id
        WHERE one.organisation_id = %(verifier)s AND other.organisation_id = %(producer)s
        AND one.joined_at <= %(signed_at)s AND (one.ended_at IS NULL OR one.ended_at > %(signed_at)s)
        AND other.joined_at <= %(signed_at)s AND (other.ended_at IS NULL OR other.ended_at > %(signed_at)s))""",
}


@dataclass(frozen=True)
class Reuse:
    """``template``: of another claim. ``evidence``: known from another organisation, verifiers of the claim apart.
    ``report``: signed for another claim. ``people``: some acted for verifier and producer when it was signed."""

    template: bool = False
    evidence: bool = False
    report: bool = False
    people: bool = False


def reuse_of(claim: Claim, statement: VerificationStatement | None) -> Reuse:
    values: dict[str, Any] = {"claim": claim.pk, "producer": claim.organisation_id, "template": claim.template_file_id}
    if statement is None:
        return Reuse(**holds(CONDITIONS, **values))
    values |= {
        "report": statement.report.sha256,
        "verifier": statement.engagement.verifier_id,
        "signed_at": statement.signed_at,
    }
    return Reuse(**holds(CONDITIONS | OF_STATEMENT, **values))


def people_of_both_sides(claim: Claim, statement: VerificationStatement) -> QuerySet[Membership]:
    """People who acted for both organisations when the statement was signed, as members of the producer."""
    acting = Membership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=statement.signed_at), joined_at__lte=statement.signed_at
    )
    of_verifier = acting.filter(organisation_id=statement.engagement.verifier_id).values("user_id")
    return acting.filter(organisation_id=claim.organisation_id, user_id__in=of_verifier).order_by("user_id")
