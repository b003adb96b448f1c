"""The machine-readable record of a certificate. Pure: the PDF draws nothing that is not in it.

Numbers are exact decimal strings, never rounded; dates ISO; instants UTC. Specific embedded
emissions are tCO2e per functional unit. Blocks follow the certificate's letters A to J.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from verification.kernel.quantities import exact, plain

SCHEMA = "certificate/1-1"


@dataclass(frozen=True)
class Identity:
    """Block A: who speaks, in which language beside English, what it is called, from when it counts."""

    number: str
    code: str
    check_address: str
    issued_at: datetime
    valid_from: date
    valid_to: date
    replaces: str | None
    authority: str
    scheme: str
    scheme_name: str
    legal_basis: str
    is_specimen: bool
    credential: Mapping[str, Any] | None = None
    language: str = "en"


def build_record(
    identity: Identity,
    *,
    content: dict[str, Any],
    statement: dict[str, Any],
    decision: dict[str, Any],
    evidence_sha256: str,
    snapshot_sha256: str,
    determination: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The whole record. ``content`` is a sealed snapshot (see ``claims.content``), ``determination`` the steps by
    which the value of each good was found, in the order of the goods."""
    reading = content["reading"]
    return heading_of(identity) | {
        "rounding": "printed to five decimals, half up; this record holds every digit",
        "operator": content["operator"],
        "installation": content["installation"],
        "reporting_period": period_of(content),
        "goods": [_good(row) for row in reading["goods"]],
        "determination": [dict(row) for row in determination],
        "indirect": [_electricity(row) for row in reading["processes"]],
        "precursors": [_precursor(row) for row in reading["precursors"]],
        "carbon_price": None,
        "units": None,
        "verification": statement,
        "decision": decision,
        "snapshot_sha256": snapshot_sha256,
        "workbook_sha256": content["workbook_sha256"],
        "evidence_sha256": evidence_sha256,
    }


def heading_of(identity: Identity) -> dict[str, Any]:
    """Block A as every kind of certificate carries it."""
    return {
        "schema": SCHEMA,
        "specimen": identity.is_specimen,
        "language": identity.language,
        "certificate_no": identity.number,
        "short_code": identity.code,
        "check_address": identity.check_address,
        "version": 1,
        "issued_at": instant(identity.issued_at),
        "valid_from": identity.valid_from.isoformat(),
        "valid_to": last_day(identity.valid_to.isoformat()),
        "status_at_issue": "valid",
        "replaces": identity.replaces,
        "authority": {"name": identity.authority},
        "scheme": identity.scheme,
        "scheme_name": identity.scheme_name,
        "legal_basis": identity.legal_basis,
        "credential": dict(identity.credential) if identity.credential else None,
    }


def period_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The period of sealed content with its last day."""
    period = content["period"]
    return {"start": period["start"], "end": last_day(period["end_exclusive"])}


def last_day(end_exclusive: str) -> str:
    """The day before the first one that is no longer covered, both ISO."""
    return (date.fromisoformat(end_exclusive) - timedelta(days=1)).isoformat()


def _good(row: dict[str, Any]) -> dict[str, Any]:
    """Direct of the own process + direct of precursors + indirect in scope = the value that applies."""
    with exact():
        own = Decimal(row["see_direct_own"])
        precursors = Decimal(row["see_direct"]) - own
        counted = Decimal(row["see_applicable"]) - Decimal(row["see_direct"])
        not_counted = Decimal(row["see_indirect"]) - counted if row["see_indirect"] is not None else None
    is_indirect_counted = row["scope"] == "direct_and_indirect" or counted > 0
    return {
        "cn_code": row["cn"],
        "description": row["description"],
        "category": row["category"],
        "process": row["process"],
        "route": row["route"],
        "functional_unit": row["unit"],
        "quantity": row["quantity"],
        "quantity_shared_by": row["quantity_shared_by"],
        "see_direct": plain(own),
        "see_precursors": plain(precursors),
        "see_indirect": plain(counted) if is_indirect_counted else None,
        "see_indirect_not_counted": plain(not_counted) if not_counted else None,
        "see_total": row["see_applicable"],
        "default_data_share": row["share_default"],
        "default": row["default"],
    }


def _electricity(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "process": row["name"],
        "electricity_mwh": row.get("electricity_mwh"),
        "activity_level": row.get("activity_level"),
        "factor_tco2e_per_mwh": row.get("electricity_factor_tco2e_per_mwh"),
        "factor_source": row.get("electricity_factor_source") or None,
    }


def _precursor(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "category": row["category"],
        "country": row["country"] or None,
        "basis": "default" if (row.get("see_direct_source") or "").lower() == "default" else "actual",
        "quantity": row.get("quantity"),
        "see_direct": row.get("see_direct_tco2e_per_unit"),
    }


def instant(at: datetime) -> str:
    """UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
