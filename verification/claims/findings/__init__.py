"""Runs the checks on a claim: as it stands with the producer, or as it was sealed."""

from verification.claims.findings.runs import (
    blocking,
    confirmed_statement,
    findings_on_draft,
    findings_on_snapshot,
    last_snapshot,
    open_findings,
)

__all__ = [
    "blocking",
    "confirmed_statement",
    "findings_on_draft",
    "findings_on_snapshot",
    "last_snapshot",
    "open_findings",
]
