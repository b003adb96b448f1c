"""What the checks find, brought to the field of the form that it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portal.producer.entry.steps import PLACE_SEPARATOR
from verification.accounting.entry.gaps import field_of
from verification.accounting.model import InstallationReport
from verification.checks.model import Finding
from verification.claims.enums import WayIn
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim

WHOLE_ROW = re.compile(r"[a-z_0-9]+\.\d+")


def problems_and_findings(claim: Claim) -> list[Mapping[str, Any]]:
    """Problems of the answers, then findings of the checks that have a field of their own."""
    if claim.reading is None:
        return []
    findings = [each for each in placed(claim, findings_on_draft(claim)) if each["is_of_field"]]
    return [*claim.reading["problems"], *findings]


def placed(claim: Claim, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings whose place is a path of the report, in the shape of problems, with the field that it leads to.

    ``is_of_field`` is false for a finding about the row as a whole.
    """
    if claim.way_in != WayIn.ANSWERS or not claim.reading or not claim.reading.get("report"):
        return []
    report = InstallationReport.from_record(claim.reading["report"])
    found = []
    for finding in findings:
        field = field_of(report, finding.identity.split(" ")[0]) if finding.identity else ""
        if field.count(PLACE_SEPARATOR) == 2:
            is_of_field = not WHOLE_ROW.fullmatch(finding.identity.split(" ")[0])
            found.append(
                {**finding.as_dict(), "message": f"{finding.title}.", "field": field, "is_of_field": is_of_field}
            )
    return found
