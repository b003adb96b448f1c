"""Units as the Climate Action Data Trust's data model 2 names them (model ``unit``, 2025).

Left out because a claim does not say it: ``unit_type`` (that model means reduction or removal, by nature or by
technology), ``unit_link``, ``unit_current_owner``, ``unit_retirement_beneficiary_id``, ``unit_itmos_reference_id`` and
the identifier of the issuance.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verification.units.exports.model import CANCELLATION, RETIREMENT, ExportBlock

METRIC = "tCO2e"
STATUS = {RETIREMENT: "Retired", CANCELLATION: "Cancelled"}


def cad_trust_units(blocks: Iterable[ExportBlock]) -> list[dict[str, Any]]:
    """One record a block; starts, ends and counts are text, as that model keeps them."""
    return [_unit(block) for block in blocks]


def _unit(block: ExportBlock) -> dict[str, Any]:
    status = STATUS.get(block.event, "")
    unit = {
        "unit_serial_id": block.registry_serial,
        "unit_start_block": str(block.first),
        "unit_end_block": str(block.last),
        "unit_count": str(block.quantity),
        "unit_metric": METRIC,
        "unit_vintage_year": block.vintage_year,
        "unit_status": status,
        "unit_status_reason": block.reason if status else "",
        "unit_status_date": block.event_on if status else "",
        "unit_retirement_beneficiary": block.beneficiary if status else "",
        "unit_retirement_detail": block.purpose if status else "",
    }
    return {name: value for name, value in unit.items() if value}
