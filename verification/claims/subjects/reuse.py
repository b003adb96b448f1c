"""Whether what a claim rests on stands elsewhere as well, and who acts for both sides; one query for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet, Subquery

from verification.claims.enums import ClaimState
from verification.claims.models import Claim, ClaimEvidence, VerificationStatement
from verification.evidence.models import EvidenceFile
from verification.registry.models import Membership


@dataclass(frozen=True)
class Reuse:
    """``template``: of another claim. ``evidence``: known from another organisation, verifiers of the claim apart.
    ``report``: signed for another claim. ``people``: some acted for verifier and producer when it was signed."""

    template: bool = False
    evidence: bool = False
    report: bool = False
    people: bool = False


def reuse_of(claim: Claim, uses: Sequence[ClaimEvidence], statement: VerificationStatement | None) -> Reuse:
    """``uses`` are the files that stand in the claim now."""
    asked: dict[str, QuerySet[Any]] = {}
    if template := claim.template_file_id:
        asked["template"] = _claims_with_template(claim, template)
    if uses:
        asked["evidence"] = _files_of_others(claim, uses)
    if statement is not None:
        same = VerificationStatement.objects.filter(report__sha256=statement.report.sha256)
        asked["report"] = same.exclude(engagement__claim=claim)
        asked["people"] = people_of_both_sides(claim, statement)
    if not asked:
        return Reuse()
    row = Claim.objects.filter(pk=claim.pk).values_list(*(Exists(rows.order_by()) for rows in asked.values())).get()
    return Reuse(**dict(zip(asked, row, strict=True)))


def people_of_both_sides(claim: Claim, statement: VerificationStatement) -> QuerySet[Membership]:
    """People who acted for both organisations when the statement was signed, as members of the producer."""
    acting = Membership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=statement.signed_at), joined_at__lte=statement.signed_at
    )
    of_verifier = acting.filter(organisation_id=statement.engagement.verifier_id).values("user_id")
    return acting.filter(organisation_id=claim.organisation_id, user_id__in=of_verifier).order_by("user_id")


def _claims_with_template(claim: Claim, template: UUID) -> QuerySet[Claim]:
    own = EvidenceFile.objects.filter(pk=template).values("sha256")
    same = Claim.objects.filter(template_file__sha256=Subquery(own))
    return same.exclude(pk=claim.pk).exclude(state=ClaimState.WITHDRAWN)


def _files_of_others(claim: Claim, uses: Sequence[ClaimEvidence]) -> QuerySet[EvidenceFile]:
    verifiers = claim.engagements.values("verifier_id")
    same = EvidenceFile.objects.filter(sha256__in=[use.file.sha256 for use in uses])
    return same.exclude(organisation_id=claim.organisation_id).exclude(organisation_id__in=verifiers)
