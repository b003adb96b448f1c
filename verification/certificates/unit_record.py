"""The machine-readable record of a certificate of accepted reduction units. Pure, see ``record``.

Tonnes, units and serial numbers are decimal text: serial numbers go beyond what some readers of JSON keep exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from verification.certificates.record import Identity, heading_of, period_of
from verification.kernel.quantities import plain

KIND = "units"
_BLOCK_FIELDS = (
    "programme", "unit_type", "project", "country", "vintage_from", "vintage_to", "event", "event_on", "beneficiary",
    "purpose", "authorisation", "adjustment_state",
)  # fmt: skip


def build_unit_record(
    identity: Identity,
    *,
    content: Mapping[str, Any],
    decision: Mapping[str, Any],
    accepted: Sequence[Mapping[str, Any]],
    limit: Mapping[str, Any],
    evidence_sha256: str,
    snapshot_sha256: str,
) -> dict[str, Any]:
    """The whole record.

    ``content`` is a sealed snapshot (see ``claims.unit_content``). ``accepted``, in the claimant's order, has
    ``position`` of the block in the snapshot, ``serial`` as it was accepted, its ``first`` and ``last`` number,
    ``quantity``, and ``returned``, pairs of first and last that stay with the claimant. ``limit`` is what
    ``limit_numbers`` gives, or nothing where the scheme sets no limit. Raises ``ValueError`` for a block that the
    snapshot does not have, or for a quantity that is not that of its numbers.
    """
    blocks = {block["position"]: block for block in content["blocks"]}
    units = [_unit(row, blocks) for row in accepted]
    return heading_of(identity) | {
        "kind": KIND,
        "claim_no": content["claim"],
        "rounding": "units are whole tonnes; limits are rounded down to the whole tonne; bases hold every digit",
        "holder": content["claimant"],
        "reporting_period": period_of(content),
        "channel": content["channel"],
        "units": units,
        "accepted": str(sum(int(row["quantity"]) for row in units)),
        "returned": str(sum(int(last) - int(first) + 1 for row in units for first, last in row["returned"])),
        "offered": str(sum(block["quantity"] for block in content["blocks"])),
        "not_accepted": [_offered(block) for position, block in blocks.items() if position not in _positions(accepted)],
        "authorisations": [dict(letter) for letter in content["authorisations"]],
        "limit": _texts(limit) if limit else None,
        "decision": dict(decision),
        "snapshot_sha256": snapshot_sha256,
        "evidence_sha256": evidence_sha256,
    }


def limit_numbers(limit: Any) -> dict[str, Any]:
    """The numbers of a ``ClaimLimit`` (see ``claims.unit_limit``), for ``build_unit_record``."""
    policy = limit.policy
    return {
        "policy": policy.code,
        "reference": policy.reference,
        "percent": policy.percent,
        "base": limit.base_name,
        "base_tco2e": limit.base_tco2e,
        "adjustable_tco2e": limit.adjustable_tco2e,
        "own_t": limit.own_t,
        "carry_t": limit.carry_t,
        "limit_t": limit.limit_t,
        "used_t": limit.used_t,
        "remaining_t": limit.remaining_t,
        "classes": [
            {
                "unit_class": row.unit_class,
                "claimed": row.claimed,
                "accepted": row.accepted,
                "excess": row.excess,
                "sublimit_t": row.sublimit_t,
                "credit_t": limit.credit_t.get(row.unit_class, 0),
            }
            for row in limit.classes
        ],
    }


def _unit(row: Mapping[str, Any], blocks: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    block = blocks.get(row["position"])
    if block is None:
        raise ValueError(f"Block {row['position']} is not in the sealed claim.")
    first, last, quantity = int(row["first"]), int(row["last"]), int(row["quantity"])
    if last - first + 1 != quantity:
        raise ValueError(f"Block {row['position']}: {first} to {last} are not {quantity} units.")
    return {
        "position": row["position"],
        "serial": row["serial"],
        "registry_serial": block["raw_serial"],
        "family": block["family"],
        "first": str(first),
        "last": str(last),
        "quantity": str(quantity),
        "returned": [[str(start), str(end)] for start, end in row["returned"]],
        **{name: block[name] for name in _BLOCK_FIELDS},
    }


def _offered(block: Mapping[str, Any]) -> dict[str, Any]:
    return {"position": block["position"], "serial": block["serial"], "quantity": str(block["quantity"])}


def _positions(accepted: Sequence[Mapping[str, Any]]) -> set[int]:
    return {row["position"] for row in accepted}


def _texts(value: Any) -> Any:
    """Numbers as exact text, at any depth."""
    if isinstance(value, Mapping):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item) for item in value]
    if isinstance(value, Decimal):
        return plain(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
