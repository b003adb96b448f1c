"""A unit certificate's record as what is printed. Pure, no record is changed."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from verification.certificates.presentation import NARROW_SPACE, printed_frame, whole
from verification.kernel.quantities import plain

ROWS_BUDGET_MM = 51.0
MOST_TABLE_ROWS, LINES_OF_A_CHUNK = 60, 50
SERIAL_CHARACTERS, CUT_CHARACTERS, FACTS_CHARACTERS = 25, 36, 22
LONGEST_HOLDER_NAME = 60
EVENTS = {"retirement": "retired", "cancellation": "cancelled", "not_yet": "not retired yet"}
CHANNELS = {
    "surrender_with_limit": "Surrender against the obligation, within the limit of the period",
    "inside_carbon_price": "Inside a carbon price paid abroad",
}
ADJUSTMENTS = {
    "not_required": "no CA required",
    "unknown": "CA not known",
    "authorised": "authorised, CA not made yet",
    "first_transferred": "CA first transferred",
    "reported": "CA reported",
    "applied": "CA applied",
}
BASES = {
    "gross": "verified or default emissions of the goods",
    "adjustable": "emissions of the goods after free allocation",
    "scheme_obligation": "obligation under the scheme",
    "taxable": "taxable emissions",
}


def printed_units(record: dict[str, Any], record_sha256: str) -> dict[str, Any]:
    """Everything that the template of a unit certificate prints, as text."""
    rows = [_row(index, unit) for index, unit in enumerate(record["units"], start=1)]
    is_short = _fits_first_page(record)
    return printed_frame(record, record_sha256) | {
        "rows": rows,
        "groups": _groups(rows) if len(rows) > MOST_TABLE_ROWS else [],
        "is_first_page_enough": is_short,
        "accepted": whole(record["accepted"]),
        "offered": whole(record["offered"]),
        "left_over": whole(plain(Decimal(record["offered"]) - Decimal(record["accepted"]))),
        "programmes": _programmes(record),
        "purpose": CHANNELS.get(record["channel"], record["channel"].replace("_", " ")),
        "steps": _steps(record),
        "classes": _classes(record["limit"]),
        "letters": [_letter(letter) for letter in record["authorisations"]],
        "not_accepted": [
            {"position": str(row["position"]), "serial": breakable(row["serial"]), "quantity": whole(row["quantity"])}
            for row in record["not_accepted"]
        ],
    }


def breakable(serial: str) -> list[str]:
    """A serial in parts between which a line may break."""
    parts = serial.replace("-", "-\0").split("\0")
    return [part for part in parts if part]


def _fits_first_page(record: dict[str, Any]) -> bool:
    """Whether all ranges stand on page 1: by the lines of the tallest cell of each."""
    if len(record["holder"]["name"]) > LONGEST_HOLDER_NAME:
        return False
    cost = sum(_height_mm(unit) for unit in record["units"])
    return cost <= ROWS_BUDGET_MM


def _height_mm(unit: dict[str, Any]) -> float:
    """Of the row of a range, by its tallest cell, padding included."""
    serial = 4.4 * math.ceil(len(unit["registry_serial"]) / SERIAL_CHARACTERS)
    if unit["returned"]:
        said = f"accepted: {_range(unit)}; returned: {_returned(unit)}"
        serial += 3.7 * math.ceil(len(said) / CUT_CHARACTERS)
    letter = 3.7 * math.ceil(len(_authorisation(unit)) / FACTS_CHARACTERS)
    project = 4.4 * math.ceil(len(_project(unit)) / FACTS_CHARACTERS) + 3.7
    return 3.4 + max(serial, letter, project)


def _row(index: int, unit: dict[str, Any]) -> dict[str, Any]:
    event = EVENTS.get(unit["event"], unit["event"])
    return {
        "label": f"G{index}",
        "programme": _project(unit),
        "event": f"{event} {unit['event_on']}" if unit["event_on"] else event,
        "serial": breakable(unit["registry_serial"]),
        "range": _range(unit),
        "is_cut": bool(unit["returned"]),
        "returned": _returned(unit),
        "vintage": _vintage(unit),
        "authorisation": _authorisation(unit),
        "quantity": whole(unit["quantity"]),
    }


def _registry(unit: dict[str, Any]) -> str:
    name = (unit["programme"] or unit["family"]).replace("_", " ")
    return f"{name} {unit['unit_type']}".strip() if unit["unit_type"] else name


def _vintage(unit: dict[str, Any]) -> str:
    years = [day[:4] for day in (unit["vintage_from"], unit["vintage_to"]) if day]
    return "–".join(dict.fromkeys(years)) or "not stated"


def _authorisation(unit: dict[str, Any]) -> str:
    letter = f"Letter {unit['authorisation']}; " if unit["authorisation"] else ""
    return letter + ADJUSTMENTS.get(unit["adjustment_state"], unit["adjustment_state"])


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Many ranges as lines of text, under what they have in common; their numbers keep the claimant's order."""
    names = ("programme", "vintage", "event", "authorisation")
    found: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        cut = f", accepted: {row['range']}; returned: {row['returned']}" if row["is_cut"] else ""
        line = f"{row['label']} · {''.join(row['serial'])} · {row['quantity']}{cut}"
        found.setdefault(tuple(row[name] for name in names), []).append(line)
    return [
        dict(zip(names, key, strict=True))
        | {
            "chunks": [
                "\n".join(lines[start : start + LINES_OF_A_CHUNK]) for start in range(0, len(lines), LINES_OF_A_CHUNK)
            ]
        }
        for key, lines in found.items()
    ]


def _project(unit: dict[str, Any]) -> str:
    return ", ".join(part for part in (_registry(unit), unit["project"], unit["country"]) if part)


def _range(unit: dict[str, Any]) -> str:
    """Serial numbers as the registry writes them: not grouped."""
    return f"{unit['first']} – {unit['last']}"


def _returned(unit: dict[str, Any]) -> str:
    return "; ".join(f"{first} – {last}" for first, last in unit["returned"])


def _programmes(record: dict[str, Any]) -> list[dict[str, str]]:
    """By registry and country: how many ranges, how many units."""
    found: dict[tuple[str, str], list[int]] = {}
    for unit in record["units"]:
        key = (_registry(unit), unit["country"] or "not stated")
        ranges, units = found.setdefault(key, [0, 0])
        found[key] = [ranges + 1, units + int(unit["quantity"])]
    return [
        {"programme": name, "country": country, "ranges": whole(str(ranges)), "quantity": whole(str(units))}
        for (name, country), (ranges, units) in found.items()
    ]


def _steps(record: dict[str, Any]) -> list[dict[str, Any]]:
    """How the quantity was found, line by line."""
    limit, accepted = record["limit"], record["accepted"]
    offered = {
        "step": "Offered in the claim",
        "rule": "table G and what was not accepted",
        "t": whole(record["offered"]),
    }
    result = {"step": "Accepted", "rule": "the lowest of what was offered and what was left", "t": whole(accepted)}
    if limit is None:
        return [offered, result | {"is_result": True}]
    base = BASES.get(limit["base"], limit["base"].replace("_", " "))
    rows = (
        ("Base of the limit", base, exact_tonnes(limit["base_tco2e"])),
        ("Limit of the period", f"{limit['percent']} % of the base, down to the tonne", whole(limit["own_t"])),
        ("Carried over", "unused from earlier periods", whole(limit["carry_t"])),
        ("Used before", "by earlier decisions on this period", whole(limit["used_t"])),
        ("Left for this claim", "limit and carry-over less what was used", whole(limit["remaining_t"])),
        ("Adjustable emissions", "units never count for more", exact_tonnes(limit["adjustable_tco2e"])),
    )
    left_over = whole(plain(Decimal(record["offered"]) - Decimal(accepted)))
    return [
        *({"step": step, "rule": rule, "t": tonnes} for step, rule, tonnes in rows),
        offered,
        result | {"is_result": True},
        {"step": "Not accepted", "rule": "stays with the holder, not consumed", "t": left_over},
    ]


def exact_tonnes(number: str) -> str:
    """Grouped whole tonnes with every digit after the point."""
    units, _point, fraction = number.partition(".")
    grouped = f"{int(units):,}".replace(",", NARROW_SPACE)
    return f"{grouped}.{fraction}" if fraction else grouped


def _classes(limit: dict[str, Any] | None) -> list[dict[str, str]]:
    if limit is None:
        return []
    return [
        {
            "name": row["unit_class"] or "no class",
            "claimed": whole(row["claimed"]),
            "accepted": whole(row["accepted"]),
            "credited": whole(row["credit_t"]),
            "sublimit": whole(row["sublimit_t"]) if row["sublimit_t"] is not None else "none",
        }
        for row in limit["classes"]
    ]


def _letter(letter: dict[str, Any]) -> dict[str, str]:
    quantity = f", up to {whole(str(letter['quantity']))} units" if letter["quantity"] else ""
    return {
        "reference": f"{letter['host_country']} {letter['reference']}".strip(),
        "text": f"of {letter['issued_on']}, purposes {', '.join(letter['purposes']) or 'not stated'}{quantity}; "
        f"project {letter['project'] or 'not stated'}; {letter['status']}",
    }
