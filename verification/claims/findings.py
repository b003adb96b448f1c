"""Which content is checked, against which statement, and what of it still needs an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from verification.checks import run_checks
from verification.checks.catalogue import AnySubject
from verification.checks.model import Finding, Severity
from verification.claims.enums import EngagementState
from verification.claims.kinds import content_of, manifest_of
from verification.claims.models import Claim, ClaimEvidence, Snapshot, VerificationStatement
from verification.claims.selectors import newest_snapshot, statement_for_snapshot
from verification.claims.subjects.sealed import SealedContent
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict

BLOCK_PATH = re.compile(r"blocks\.(\d+)")


def findings_on_draft(claim: Claim) -> list[Finding]:
    """Findings on what the producer has now; without the verifier's part until numbers are sealed."""
    content = content_of(claim)
    sealed = SealedContent(content, sha256_of(content), clock.now())
    return run_checks(_subject(claim, sealed, confirmed_statement(claim)))


def findings_on_snapshot(claim: Claim, snapshot: Snapshot) -> list[Finding]:
    """Findings on sealed content and the statement about it."""
    return run_checks(subject_on_snapshot(claim, snapshot, statement_for_snapshot(snapshot.pk)))


def subject_on_snapshot(
    claim: Claim,
    snapshot: Snapshot,
    statement: VerificationStatement | None,
    *,
    content: Mapping[str, Any] | None = None,
    uses: Sequence[ClaimEvidence] | None = None,
) -> AnySubject:
    """What the checks look at: sealed content, the statement about it, and what it is compared with.

    ``content`` of the snapshot and ``uses``, the files in the claim, are read where the caller has not done so.
    """
    read = json.loads(snapshot.content) if content is None else content
    sealed = SealedContent(read, snapshot.sha256, snapshot.sealed_at, uses)
    return _subject(claim, sealed, statement)


def _subject(claim: Claim, sealed: SealedContent, statement: VerificationStatement | None) -> AnySubject:
    return manifest_of(claim).subject(claim, sealed, statement)


def open_findings(claim: Claim) -> list[Finding]:
    """Findings of the last snapshot that need the reviewer's answer and have none."""
    snapshot = last_snapshot(claim)
    answered = set(claim.finding_answers.filter(snapshot=snapshot).values_list("finding_key", flat=True))
    return [
        finding
        for finding in findings_on_snapshot(claim, snapshot)
        if finding.severity in (Severity.REFER, Severity.BLOCK) and finding.key not in answered
    ]


def block_position(finding: Finding) -> int | None:
    """Position of the block of units that the finding is about; ``None`` for one about the claim as a whole."""
    found = BLOCK_PATH.match(finding.identity)
    return int(found[1]) if found else None


def last_snapshot(claim: Claim) -> Snapshot:
    """The newest sealed numbers. Raises ``Conflict`` where none were sealed yet."""
    snapshot = newest_snapshot(claim)
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
