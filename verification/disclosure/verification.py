"""The verifier's report: the parts that are the operator's own reports, and the sealed whole as a document to read."""

from __future__ import annotations

import json
from datetime import UTC
from itertools import chain

from verification.claims.enums import Assurance, Opinion, VisitKind
from verification.claims.models import SealedReport, Snapshot, VerificationStatement
from verification.claims.verification.assembly import Annexes
from verification.claims.verification.words import FindingKind, FindingOutcome, TeamRole
from verification.disclosure.assembly import names_of_reports, report_named, source_of_snapshot
from verification.disclosure.documents.shape import Document, Identity
from verification.disclosure.documents.source import NothingToReport
from verification.disclosure.documents.verification import verification_document
from verification.disclosure.enums import Level
from verification.kernel import clock

WORDS = {
    choice.value: str(choice.label)
    for choice in chain(Assurance, Opinion, VisitKind, FindingKind, FindingOutcome, TeamRole)
}
"""Labels of every coded value in a verification report, in English as the act demands."""


def annexes_of(snapshot: Snapshot) -> Annexes:
    """Parts 3 and 4 on sealed numbers; none where the numbers are of an older shape that tells no report."""
    try:
        source = source_of_snapshot(snapshot)
    except NothingToReport:
        return Annexes()
    records = [(name, report_named(source, name).as_record()) for name in names_of_reports(source)]
    return Annexes(
        summary=next(record for name, record in records if name.level is Level.SUMMARY),
        addenda=tuple(record for name, record in records if name.level is Level.ADDENDUM),
    )


def document_of(statement: VerificationStatement, sealed_report: SealedReport) -> Document:
    """The sealed report for people. The file for machines is the sealed content itself."""
    record, snapshot = json.loads(sealed_report.content), statement.engagement.snapshot
    sealed_at = sealed_report.sealed_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    identity = Identity(
        claim=record["identity"]["claim"],
        scheme=record["identity"]["scheme"],
        period_starts_on=record["identity"]["period_starts_on"],
        period_ends_on=record["identity"]["period_ends_on"],
        snapshot=snapshot.number,
        sha256=snapshot.sha256,
        sealed_at=sealed_at,
        statement={
            "verifier": record["verifier"]["name"],
            "accreditation": record["verifier"]["accreditation_number"],
            "opinion": statement.get_opinion_display(),
            "assurance": statement.get_assurance_display(),
            "report_number": statement.report_number,
            "report_dated_on": statement.report_dated_on.isoformat(),
        },
        is_specimen=clock.demonstration() is not None,
    )
    return verification_document(record, identity, WORDS)
