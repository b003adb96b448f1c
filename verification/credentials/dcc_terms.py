"""Parts that every kind of conformity credential is made of. Pure, see ``dcc``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

TONNE, PERCENT = "TNE", "P1"
"""Units of UNECE Recommendation 20. Of an intensity the numerator is coded, the name says per what."""
EMISSIONS_TOPIC = "environment.emissions"


def party(identifier: str, name: str, *, registered_id: str | None = None) -> dict[str, str]:
    return {"id": identifier, "name": name} | ({"registeredId": registered_id} if registered_id else {})


def metric(name: str, value: str, unit: str = TONNE) -> dict[str, Any]:
    """``value`` is exact decimal text; the number is its nearest double (``xsd:double`` in the context)."""
    return {"metricName": name, "metricValue": {"value": float(Decimal(value)), "unit": unit}}


def assessment(record: Mapping[str, Any], key: str, *, name: str, description: str) -> dict[str, Any]:
    """What an approval says of one thing: it conforms, otherwise there is no certificate."""
    base = record["credential"]["id"]
    return {
        "type": ["ConformityAssessment", "Declaration"],
        "id": f"{base}#{key}",
        "name": name,
        "description": description,
        "assessmentDate": record["decision"]["approved_on"],
        "referenceRegulation": {
            "type": ["Regulation"],
            "id": f"{base}#regulation",
            "name": record["legal_basis"],
            "administeredBy": party(record["credential"]["issuer"], record["authority"]["name"]),
        },
        "conformance": True,
        "conformityTopic": EMISSIONS_TOPIC,
    }


def criterion(record: Mapping[str, Any], key: str, *, name: str, description: str, threshold: Any) -> dict[str, Any]:
    """``threshold`` is a ``metric``."""
    return {
        "type": ["Criterion"],
        "id": f"{record['credential']['id']}#{key}",
        "name": name,
        "description": description,
        "conformityTopic": EMISSIONS_TOPIC,
        "status": "active",
        "thresholdValue": threshold,
    }


def product(record: Mapping[str, Any], key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A good by its customs code."""
    return {
        "product": {
            "id": f"{record['credential']['id']}#product-{key}",
            "name": row["description"],
            "registeredId": row["cn_code"],
        }
    }


def facility(record: Mapping[str, Any]) -> dict[str, Any]:
    site = record["installation"]
    return {
        "facility": {
            "id": f"{record['credential']['id']}#installation",
            "name": site["name"],
            "registeredId": site["code"],
        }
    }
