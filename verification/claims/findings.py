"""Runs the checks on a claim: as it stands with the producer, or as it was sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from verification.checks import run_checks
from verification.checks.model import Finding, GoodSubject, PrecursorSubject, Severity, StatementSubject, Subject
from verification.claims.content import content_of, decimal_or_none
from verification.claims.enums import ClaimState, EngagementState
from verification.claims.models import Claim, ClaimEvidence, Snapshot, VerificationStatement
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict
from verification.reference.selectors import scheme_start
from verification.registry.selectors import standing_of


def findings_on_draft(claim: Claim) -> list[Finding]:
    """Findings on what the producer has now; without the verifier's part until numbers are sealed."""
    content = content_of(claim)
    statement = confirmed_statement(claim)
    return run_checks(_subject(claim, content, sha256_of(content), statement))


def findings_on_snapshot(claim: Claim, snapshot: Snapshot) -> list[Finding]:
    """Findings on sealed content and the statement about it."""
    content = json.loads(snapshot.content)
    statement = VerificationStatement.objects.filter(
        engagement__snapshot=snapshot, engagement__state=EngagementState.CONFIRMED
    ).first()
    return run_checks(_subject(claim, content, snapshot.sha256, statement))


def open_findings(claim: Claim) -> list[Finding]:
    """Findings of the last snapshot that need the reviewer's answer and have none."""
    snapshot = last_snapshot(claim)
    answered = set(claim.finding_answers.filter(snapshot=snapshot).values_list("finding_key", flat=True))
    return [
        finding
        for finding in findings_on_snapshot(claim, snapshot)
        if finding.severity in (Severity.REFER, Severity.BLOCK) and finding.key not in answered
    ]


def last_snapshot(claim: Claim) -> Snapshot:
    """The newest sealed numbers. Raises ``Conflict`` where none were sealed yet."""
    snapshot = claim.snapshots.last()
    if snapshot is None:
        raise Conflict("No numbers of this claim were sealed yet.")
    return snapshot


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == Severity.BLOCK]


def confirmed_statement(claim: Claim) -> VerificationStatement | None:
    """The newest statement of a verifier who confirmed numbers of this claim."""
    return (
        VerificationStatement.objects.filter(engagement__claim=claim, engagement__state=EngagementState.CONFIRMED)
        .select_related("engagement__snapshot", "engagement__verifier", "accreditation", "report")
        .order_by("-signed_at")
        .first()
    )


def _subject(
    claim: Claim, content: dict[str, Any], snapshot_sha256: str, statement: VerificationStatement | None
) -> Subject:
    reading = content["reading"] or {}
    in_file = reading.get("installation", {})
    goods = tuple(_good(row) for row in reading.get("goods", []))
    uses = list(claim.evidence.filter(removed_at=None).select_related("file"))
    return Subject(
        scheme_start=scheme_start(claim.scheme),
        period_start=claim.period_start,
        period_end=claim.period_end,
        today=clock.today(),
        country=claim.installation.country,
        latitude=claim.installation.latitude,
        longitude=claim.installation.longitude,
        file_country=in_file.get("country") or "",
        file_latitude=decimal_or_none(in_file.get("latitude")),
        file_longitude=decimal_or_none(in_file.get("longitude")),
        goods=goods,
        precursors=tuple(_precursor(row) for row in reading.get("precursors", [])),
        evidence_purposes=frozenset(use.purpose for use in uses),
        electricity_sources=frozenset(
            row["electricity_factor_source"]
            for row in reading.get("processes", [])
            if row.get("electricity_factor_source")
        ),
        template_is_used_elsewhere=_is_used_elsewhere(claim),
        evidence_is_shared_with_others=_is_shared(claim, uses),
        other_claims_for_period=_others_for_period(claim),
        snapshot_sha256=snapshot_sha256,
        statement=_statement(claim, statement, goods) if statement else None,
    )


def _good(row: dict[str, Any]) -> GoodSubject:
    default, stated = row.get("default") or {}, row.get("stated") or {}
    return GoodSubject(
        code=row["cn"],
        category=row["category"],
        sector=row.get("sector") or "",
        process=row.get("process") or "",
        route=row.get("route") or "",
        unit=row["unit"],
        quantity=decimal_or_none(row.get("quantity")),
        direct=decimal_or_none(row.get("see_direct")),
        indirect=decimal_or_none(row.get("see_indirect")),
        total=decimal_or_none(row.get("see_total")),
        applicable=decimal_or_none(row.get("see_applicable")),
        stated_direct=decimal_or_none(stated.get("see_direct")),
        stated_indirect=decimal_or_none(stated.get("see_indirect")),
        stated_total=decimal_or_none(stated.get("see_total")),
        default_value=decimal_or_none(default.get("value")),
        default_share=decimal_or_none(row.get("share_default")),
        is_known=bool(row.get("sector")),
    )


def _precursor(row: dict[str, Any]) -> PrecursorSubject:
    return PrecursorSubject(
        name=row.get("name") or "",
        category=row.get("category") or "",
        country=row.get("country") or "",
        is_default=(row.get("see_direct_source") or "").lower() == "default",
        quantity=decimal_or_none(row.get("quantity")),
    )


def _statement(claim: Claim, statement: VerificationStatement, goods: tuple[GoodSubject, ...]) -> StatementSubject:
    standing = standing_of(statement.accreditation, statement.report_dated_on)
    uncovered = sorted({good.sector for good in goods if good.sector} - set(statement.accreditation.sectors))
    earlier = Claim.objects.filter(
        installation=claim.installation,
        state__in=(ClaimState.APPROVED, ClaimState.SUPERSEDED),
        period_start__lt=claim.period_start,
    )
    return StatementSubject(
        opinion=statement.opinion,
        assurance=statement.assurance,
        materiality_percent=Decimal(statement.materiality_percent),
        visit_kind=statement.visit_kind,
        visit_ended_on=statement.visit_ended_on,
        report_dated_on=statement.report_dated_on,
        snapshot_sha256=statement.snapshot_sha256,
        accreditation_problem=standing.why,
        scope_problem=f"not covered: {', '.join(uncovered)}" if uncovered else "",
        uncorrected_misstatements=statement.uncorrected_misstatements,
        is_first_verified_period=not earlier.exists(),
    )


def _is_used_elsewhere(claim: Claim) -> bool:
    if claim.template_file is None:
        return False
    return (
        Claim.objects.filter(template_file__sha256=claim.template_file.sha256)
        .exclude(pk=claim.pk)
        .exclude(state=ClaimState.WITHDRAWN)
        .exists()
    )


def _is_shared(claim: Claim, uses: list[ClaimEvidence]) -> bool:
    verifiers = claim.engagements.values("verifier_id")
    return (
        EvidenceFile.objects.filter(sha256__in=[use.file.sha256 for use in uses])
        .exclude(organisation_id=claim.organisation_id)
        .exclude(organisation_id__in=verifiers)
        .exists()
    )


def _others_for_period(claim: Claim) -> tuple[str, ...]:
    others = Claim.objects.filter(
        scheme=claim.scheme,
        installation=claim.installation,
        period_start__lt=claim.period_end,
        period_end__gt=claim.period_start,
    ).exclude(state__in=(ClaimState.DRAFT, ClaimState.WITHDRAWN, ClaimState.REFUSED, ClaimState.REVOKED))
    return tuple(others.exclude(pk=claim.pk).order_by("number").values_list("number", flat=True))
