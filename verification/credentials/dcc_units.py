"""The assessment of a certificate of units: tonnes accepted, against the limit of the period. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verification.credentials.dcc_terms import assessment, criterion, metric


def unit_assessments(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One for the whole claim. Serial ranges are in words: the vocabulary has no term for them."""
    ranges = "; ".join(f"{row['serial']} ({row['quantity']} t)" for row in record["units"])
    found = assessment(
        record,
        "units",
        name="Reduction units accepted for the period {start} to {end}".format(**record["reporting_period"]),
        description=f"{record['accepted']} of {record['offered']} t offered. {ranges}",
    )
    found["declaredValue"] = [
        metric("Reduction units accepted (tCO2e)", record["accepted"]),
        metric("Reduction units offered (tCO2e)", record["offered"]),
    ]
    limit = record["limit"]
    if limit and limit["limit_t"] is not None:
        found["assessmentCriteria"] = [
            criterion(
                record,
                "limit",
                name="Limit of the period",
                description=f"{limit['reference']}: at most {limit['limit_t']} t.",
                threshold=metric("Limit of the period (tCO2e)", limit["limit_t"]),
            )
        ]
    return [found]
