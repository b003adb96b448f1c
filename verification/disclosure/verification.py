"""The verifier's report: the parts that are the operator's own reports, and the sealed whole as a document to read."""

from __future__ import annotations

from verification.claims.models import Snapshot
from verification.claims.verification.assembly import Annexes
from verification.disclosure.assembly import names_of_reports, report_named, source_of_snapshot
from verification.disclosure.documents.source import NothingToReport
from verification.disclosure.enums import Level


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
