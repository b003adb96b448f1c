"""The machine-readable record of a certificate of a carbon price paid abroad. Pure, see ``record``.

Amounts and emissions are exact decimal text, in the currency that stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verification.certificates.record import Identity, heading_of, period_of

KIND = "carbon_price"
_INSTRUMENT = ("kind", "name", "law", "authority", "country")
_CERTIFIER = ("name", "body", "accreditation", "accredited_from", "accredited_to", "certified_on")


def build_price_record(
    identity: Identity,
    *,
    content: Mapping[str, Any],
    decision: Mapping[str, Any],
    evidence_sha256: str,
    snapshot_sha256: str,
) -> dict[str, Any]:
    """The whole record. ``content`` is a sealed snapshot with a result (see ``claims.price_content``).

    Amounts paid to the authority are in the record; who sold allowances and what else the claim says is not.
    """
    result = content["result"]
    stated = {row["position"]: row for row in content["goods"]}
    return heading_of(identity) | {
        "kind": KIND,
        "claim_no": content["claim"],
        "rounding": "printed to five decimals, half up; this record holds every digit",
        "operator": content["operator"],
        "installation": content["installation"],
        "reporting_period": period_of(content),
        "goods": [_good(row, stated[row["position"]]) for row in result["goods"]],
        "carbon_price": {
            "instrument": {name: content["instrument"][name] for name in _INSTRUMENT},
            "free_allocation_tco2e": content["free_allocation_tco2e"],
            **{name: value for name, value in result.items() if name != "goods"},
        },
        "units": [_unit(block, content) for block in content["blocks"]],
        "credit_cap_share": content["terms"]["credit_cap_share"],
        "draft": content["terms"]["draft"] if content["blocks"] else "",
        "rates": [dict(row) for row in content["rates"]],
        "certifier": {name: content["certifier"][name] for name in _CERTIFIER}
        | {"certification_sha256": content["certifier"]["certification_sha256"]},
        "decision": dict(decision),
        "snapshot_sha256": snapshot_sha256,
        "evidence_sha256": evidence_sha256,
    }


def _good(row: Mapping[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "cn_code": row["code"],
        "description": stated["description"],
        "certificate_no": stated["certificate_number"] or None,
        "see_tco2e_per_t": row["see_tco2e_per_t"],
        "own_per_t": row["own_per_t"],
        "precursors_per_t": row["precursors_per_t"],
        "per_t": row["per_t"],
        "per_tco2e": row["per_tco2e"],
        "share_priced": row["share_priced"],
    }


def _unit(block: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    kind = next((row["kind"] for row in content["surrenders"] if row["position"] == block["surrender"]), "")
    return {
        "serial": block["serial"],
        "registry_serial": block["raw_serial"],
        "kind": kind,
        "first": str(block["first"]),
        "last": str(block["last"]),
        "quantity": str(block["quantity"]),
        "project": block["project"],
        "country": block["country"],
    }
