"""The record of the notice that ends a certificate. Pure, see ``record``: everything is taken from what it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from verification.certificates.record import instant

KIND = "revocation"
_IDENTITY = (
    "schema", "short_code", "check_address", "authority", "scheme", "scheme_name", "evidence_sha256",
    "snapshot_sha256",
)  # fmt: skip
_PARTIES = ("operator", "installation", "holder", "reporting_period", "claim_no")


@dataclass(frozen=True)
class RevocationFacts:
    """``decision``: ref, reviewer, recommended_on, approver, approved_on, legal_ground, appeal_until, days ISO.
    ``reason`` stands as the official typed it, in ``reasons_language``; ``effective_on`` is the first day without it.
    """

    number: str
    issued_at: datetime
    effective_on: date
    reason: str
    decision: Mapping[str, Any]
    language: str
    is_specimen: bool
    reasons_language: str = "en"


def build_revocation_record(facts: RevocationFacts, *, certificate: Mapping[str, Any], sha256: str) -> dict[str, Any]:
    """``certificate`` is the record of what is revoked, ``sha256`` its digest."""
    return {
        **{name: certificate[name] for name in _IDENTITY},
        **{name: certificate[name] for name in _PARTIES if name in certificate},
        "kind": KIND,
        "specimen": facts.is_specimen,
        "language": facts.language,
        "document_no": facts.number,
        "version": 1,
        "issued_at": instant(facts.issued_at),
        "legal_basis": facts.decision["legal_ground"],
        "revokes": certificate["certificate_no"],
        "revokes_kind": certificate.get("kind", "emissions"),
        "revokes_sha256": sha256,
        "valid_from": certificate["valid_from"],
        "valid_to": certificate["valid_to"],
        "effective_on": facts.effective_on.isoformat(),
        "goods": [_good(row) for row in certificate.get("goods", ())],
        "currency": certificate["carbon_price"]["currency"] if certificate.get("carbon_price") else None,
        "accepted": certificate.get("accepted"),
        "reason": facts.reason,
        "reasons_language": facts.reasons_language,
        "replaced_by": None,
        "decision": dict(facts.decision),
    }


def _good(row: Mapping[str, Any]) -> dict[str, Any]:
    """What counted, and the default that counts again; a price credit has none."""
    return {
        "cn_code": row["cn_code"],
        "description": row["description"],
        "value": row["see_total"] if "see_total" in row else row["per_t"],
        "default": row.get("default"),
    }
