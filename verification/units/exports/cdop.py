"""Credits as the Carbon Data Open Protocol's schema ``Unit_Description`` names them (version 2, 2026).

Left out because a claim does not say it: ``unit.owner_account_id``, which that schema demands. The record is therefore
not complete by the schema until the registry's account is added. ``vintage.vintage`` is the first day of the vintage.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verification.units.exports.model import CANCELLATION, RETIREMENT, ExportBlock

METRIC = "tCO2e"
STATUS = {RETIREMENT: "Retired", CANCELLATION: "Cancelled"}


def cdop_credits(blocks: Iterable[ExportBlock]) -> list[dict[str, Any]]:
    """One record a block; starts, ends and quantities are whole numbers, as that schema asks."""
    return [_credit(block) for block in blocks]


def _credit(block: ExportBlock) -> dict[str, Any]:
    record: dict[str, Any] = {
        "unit": {
            "descriptor": [_filled({"metric": METRIC, "type": block.unit_type})],
            "reference": [{"serial_number": block.registry_serial}],
            "credit_block": [{"block_start": block.first, "block_end": block.last, "quantity": block.quantity}],
        }
    }
    if block.project:
        record["project"] = {"current_registry_project_id": block.project}
    if block.vintage_from:
        record["vintage"] = {"vintage": block.vintage_from}
    status = STATUS.get(block.event)
    if status:
        record["unit"]["status"] = [_filled({"status": status, "status_reason": block.reason}) | {"is_current": True}]
        told = _filled({"retirement_beneficiary": block.beneficiary, "retirement_detail": block.purpose})
        if told:
            record["unit"]["retirement"] = [told]
    return record


def _filled(fields: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
