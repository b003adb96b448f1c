"""The assessments of a certificate of emissions: one for each good, against the default that it displaces. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verification.credentials.dcc_terms import assessment, criterion, facility, metric, party, product

PARTS = (
    ("see_direct", "direct, own process"),
    ("see_precursors", "direct, precursors"),
    ("see_indirect", "indirect"),
    ("see_total", "total"),
)


def emission_assessments(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The verifier has seen installation and goods: their identity is part of its opinion."""
    return [_assessment(record, str(position), row) for position, row in enumerate(record["goods"], start=1)]


def _assessment(record: Mapping[str, Any], key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    per = f"tCO2e per {row['functional_unit']}"
    stated = [(word, row[name]) for name, word in PARTS if row[name] is not None]
    exact = "; ".join(f"{word} {value}" for word, value in stated)
    found = assessment(
        record,
        f"good-{key}",
        name=f"Specific embedded emissions of {row['cn_code']} by {row['route']}",
        description=f"{row['description']}. {exact} {per}.",
    )
    verifier = record["verification"]
    found |= {
        "declaredValue": [metric(f"Specific embedded emissions, {word} ({per})", value) for word, value in stated],
        "assessedProduct": [product(record, key, row) | {"IDverifiedByCAB": True}],
        "assessedFacility": [facility(record) | {"IDverifiedByCAB": True}],
        "auditor": party(f"{record['credential']['id']}#verifier", verifier["name"]),
    }
    default = row["default"]
    if default:
        found["assessmentCriteria"] = [
            criterion(
                record,
                f"default-{key}",
                name=f"Default value displaced, {default['geography']}",
                description=f"{default['reference']}, edition {default['edition']}: {default['value']} {per}.",
                threshold=metric(f"Default value ({per})", default["value"]),
            )
        ]
    return found
