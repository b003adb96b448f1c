"""From the record to what is printed: rounding, grouping, wording. Pure, no record is changed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from verification.certificates.pictures import data_address, qr_svg, rosette_svg
from verification.kernel.identifiers import grouped
from verification.kernel.quantities import DEFAULT_VALUE_DECIMALS, SEE_DECIMALS, plain, round_half_up

NARROW_SPACE = "\u202f"
GOODS_BUDGET_MM = 48.0
LONGEST_OPERATOR_NAME = 120
_NUMBER_WORDS = ("", "one good", "two goods", "three goods", "four goods", "five goods", "six goods")


@dataclass(frozen=True)
class PrintedGood:
    label: str
    cn_code: str
    description: str
    route: str
    quantity: str
    direct: str
    precursors: str
    indirect: str
    value: str
    comparison: str
    default: str


def printed(record: dict[str, Any], record_sha256: str) -> dict[str, Any]:
    """Everything that the template prints, as text."""
    goods = [_good(index, row) for index, row in enumerate(record["goods"], start=1)]
    return printed_frame(record, record_sha256) | {
        "goods": goods,
        "goods_words": _NUMBER_WORDS[len(goods)] if len(goods) < len(_NUMBER_WORDS) else f"{len(goods)} goods",
        "default_notes": _default_notes(record["goods"]),
        "shares_quantity": any(row["quantity_shared_by"] > 1 for row in record["goods"]),
        "has_uncounted_indirect": any(row["see_indirect"] is None for row in record["goods"]),
        "is_first_page_enough": fits_first_page(record),
        "summary": _summary(record["goods"]),
        "electricity": [_electricity(row) for row in record["indirect"] if row["electricity_mwh"]],
        "precursors": [_precursor(row) for row in record["precursors"]],
    }


def printed_frame(record: dict[str, Any], record_sha256: str) -> dict[str, Any]:
    """What every kind of certificate prints around its values: identity, decision, hashes, drawings."""
    return {
        "record": record,
        "code": grouped(record["short_code"]),
        "host": urlsplit(record["check_address"]).netloc,
        "issued": record["issued_at"].replace("T", " ").replace("Z", " UTC"),
        "record_hash": hash_lines(record_sha256),
        "evidence_hash": hash_lines(record["evidence_sha256"]),
        "snapshot_hash": hash_lines(record["snapshot_sha256"]),
        "record_sha256": record_sha256,
        "qr": data_address(qr_svg(record["check_address"])),
        "rosette": data_address(rosette_svg(record_sha256)),
    }


def fits_first_page(record: dict[str, Any]) -> bool:
    """Whether all goods stand on page 1: 12 mm a good and 4.4 mm per further 100 characters of its name."""
    if len(record["operator"]["name"]) > LONGEST_OPERATOR_NAME:
        return False
    cost = sum(
        12 + 4.4 * (math.ceil((len(row["cn_code"]) + len(row["description"])) / 100) - 1) for row in record["goods"]
    )
    return cost <= GOODS_BUDGET_MM


def hash_lines(sha256: str) -> list[str]:
    """64 digits as two lines of four groups of eight."""
    groups = [sha256[start : start + 8] for start in range(0, 64, 8)]
    return [" ".join(groups[:4]), " ".join(groups[4:])]


def cn_code(code: str) -> str:
    """``72142000`` as ``7214 20 00``."""
    return " ".join([code[:4], *[code[start : start + 2] for start in range(4, len(code), 2)]])


def whole(number: str) -> str:
    """Whole units, grouped by a narrow space."""
    return f"{int(round_half_up(Decimal(number), 0)):,}".replace(",", NARROW_SPACE)


def see(number: str | None) -> str:
    return "" if number is None else f"{round_half_up(Decimal(number), SEE_DECIMALS):f}"


def _good(index: int, row: dict[str, Any]) -> PrintedGood:
    default = row["default"]
    notes = [part for part in (row["route"], row["process"]) if part]
    if row["default_data_share"] and Decimal(row["default_data_share"]) > 0:
        notes.append(f"{round_half_up(Decimal(row['default_data_share']) * 100, 1)} % on default data")
    return PrintedGood(
        label=f"C{index}",
        cn_code=cn_code(row["cn_code"]),
        description=row["description"],
        route=". ".join(notes),
        quantity=whole(row["quantity"]),
        direct=see(row["see_direct"]),
        precursors=see(row["see_precursors"]),
        indirect=see(row["see_indirect"]) or "not counted",
        value=see(row["see_total"]),
        comparison=_comparison(row),
        default=_published(default["value"]) if default else "none",
    )


def _published(number: str) -> str:
    """With the decimals of the law's tables."""
    return f"{round_half_up(Decimal(number), DEFAULT_VALUE_DECIMALS):f}"


def _comparison(row: dict[str, Any]) -> str:
    if not row["default"]:
        return "no default"
    value, default = Decimal(row["see_total"]), Decimal(row["default"]["value"])
    if value == default:
        return "equal to default"
    return "below default" if value < default else "above default"


def _default_notes(goods: list[dict[str, Any]]) -> list[str]:
    notes = []
    for row in goods:
        default = row["default"]
        if not default:
            continue
        mark_up = plain(Decimal(default["mark_up"]) * 100)
        note = (
            f"Default: {default['reference']}; base {_published(default['base'])} + {mark_up} %; "
            f"edition {default['edition']}."
        )
        if default.get("warning"):
            note += f" {default['warning']}"
        if note not in notes:
            notes.append(note)
    return notes


def _summary(goods: list[dict[str, Any]]) -> list[dict[str, str]]:
    """By category: how many goods, how much, from the lowest to the highest value."""
    by_category: dict[str, list[dict[str, Any]]] = {}
    for row in goods:
        by_category.setdefault(row["category"], []).append(row)
    return [
        {
            "category": category,
            "count": str(len(rows)),
            "quantity": whole(plain(_shared_quantity(rows))),
            "lowest": see(min((row["see_total"] for row in rows), key=Decimal)),
            "highest": see(max((row["see_total"] for row in rows), key=Decimal)),
        }
        for category, rows in by_category.items()
    ]


def _shared_quantity(rows: list[dict[str, Any]]) -> Decimal:
    """Tonnes of the rows together: goods of one process and route share one quantity, counted once."""
    by_process = {(row["process"], row["route"]): Decimal(row["quantity"]) for row in rows}
    return sum(by_process.values(), Decimal(0))


def _electricity(row: dict[str, Any]) -> dict[str, str]:
    return {
        "process": row["process"],
        "mwh": whole(row["electricity_mwh"]),
        "factor": plain(Decimal(row["factor_tco2e_per_mwh"])) if row["factor_tco2e_per_mwh"] else "none",
        "source": row["factor_source"] or "not given",
    }


def _precursor(row: dict[str, Any]) -> dict[str, str]:
    return {
        "name": row["name"],
        "category": row["category"],
        "country": row["country"] or "not known",
        "basis": row["basis"],
        "quantity": whole(row["quantity"]) if row["quantity"] else "none",
        "value": see(row["see_direct"]) or "none",
    }
