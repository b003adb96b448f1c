"""Rows of the agreed electronic format for Article 6.2: tables of actions and of holdings (decision 6/CMA.4, annex II).

Only blocks that rest on a letter of authorisation, or are ITMOs by their serial, are rows. A block that was retired or
cancelled is an action; one that was not is a holding. Empty because a claim does not say it: the record's ID in the
Article 6 database, the cooperative approach (but for ITMOs, whose identifier begins with it), activity types, the
conversion factor, the OIMP by name, transferring and acquiring Parties, and whether the action was a first transfer.
Unique identifiers are those of ITMOs; other units stand as underlying units.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from verification.units.exports.model import CANCELLATION, NOT_YET, RETIREMENT, ExportBlock

ITMO = "itmo"
METRIC = "GHG"
ACTION_TYPES = {RETIREMENT: "Use", CANCELLATION: "Cancellation"}
UNIT_COLUMNS = (
    "Article 6 database record ID",
    "Cooperative approach",
    "First unique identifier",
    "Last unique identifier",
    "Underlying unit block start ID",
    "Underlying unit block last ID",
    "Metric",
    "Quantity (in metric)",
    "Quantity (t CO2 eq)",
    "Conversion factor (reporting Party)",
    "First transferring participating Party",
    "Vintage",
    "Sector(s)",
    "Activity type(s)",
    "Date of authorization",
    "Authorization ID",
    "Purposes for authorization",
    "OIMP authorized by the Party",
    "First transfer definition",
)
ACTION_COLUMNS = (
    "Action date",
    "Action type",
    "Transferring participating Party",
    "Acquiring participating Party",
    "Purposes for cancellation",
    "Using participating Party or authorized entity",
    "First transfer",
)


def actions_csv(blocks: Iterable[ExportBlock]) -> str:
    """Retired and cancelled blocks under Article 6, with the columns of the table of actions."""
    rows = [_unit(block) | _action(block) for block in blocks if _is_itmo_use(block) and block.event != NOT_YET]
    return _csv((*UNIT_COLUMNS, *ACTION_COLUMNS), rows)


def holdings_csv(blocks: Iterable[ExportBlock]) -> str:
    """Blocks under Article 6 that were neither retired nor cancelled, with the columns of the table of holdings."""
    return _csv(UNIT_COLUMNS, [_unit(block) for block in blocks if _is_itmo_use(block) and block.event == NOT_YET])


def _is_itmo_use(block: ExportBlock) -> bool:
    return block.letter is not None or block.family == ITMO


def _unit(block: ExportBlock) -> dict[str, str]:
    letter, is_itmo = block.letter, block.family == ITMO
    return {
        "Cooperative approach": block.serial.split("-")[0] if is_itmo else "",
        "First unique identifier": block.registry_serial if is_itmo else "",
        "Last unique identifier": block.registry_serial if is_itmo and block.quantity == 1 else "",
        "Underlying unit block start ID": "" if is_itmo else str(block.first),
        "Underlying unit block last ID": "" if is_itmo else str(block.last),
        "Metric": METRIC,
        "Quantity (t CO2 eq)": str(block.quantity),
        "First transferring participating Party": block.country,
        "Vintage": block.vintage_year,
        "Sector(s)": block.sector,
        "Date of authorization": letter.issued_on if letter else "",
        "Authorization ID": letter.reference if letter else "",
        "Purposes for authorization": "; ".join(letter.purposes) if letter else "",
        "First transfer definition": letter.first_transfer_trigger if letter else "",
    }


def _action(block: ExportBlock) -> dict[str, str]:
    return {
        "Action date": block.event_on,
        "Action type": ACTION_TYPES[block.event],
        "Purposes for cancellation": block.purpose if block.event == CANCELLATION else "",
        "Using participating Party or authorized entity": block.beneficiary,
    }


def _csv(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)
    return target.getvalue()


def _inert(value: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
