"""A unit certificate's record as what is printed. Pure, no record is changed."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from verification.certificates.presentation import NARROW_SPACE, printed_frame, whole
from verification.kernel.quantities import plain

ROWS_BUDGET_MM = 72.0
SERIAL_CHARACTERS, FACTS_CHARACTERS = 30, 28
LONGEST_HOLDER_NAME = 60
EVENTS = {"retirement": "retired", "cancellation": "cancelled", "not_yet": "not retired yet"}
CHANNELS = {
    "surrender_with_limit": "Surrender against the obligation, within the limit of the period",
    "inside_carbon_price": "Inside a carbon price paid abroad",
}
ADJUSTMENTS = {
    "not_required": "no corresponding adjustment required",
    "unknown": "corresponding adjustment not known",
    "authorised": "authorised; corresponding adjustment not made yet",
    "first_transferred": "corresponding adjustment: first transferred",
    "reported": "corresponding adjustment: reported",
    "applied": "corresponding adjustment: applied",
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
    cost = sum(
        4.4 * max(2, math.ceil(len(unit["serial"]) / SERIAL_CHARACTERS) + (1 if unit["returned"] else 0)) + 4.2
        for unit in record["units"]
    )
    return cost <= ROWS_BUDGET_MM


def _row(index: int, unit: dict[str, Any]) -> dict[str, Any]:
    event = EVENTS.get(unit["event"], unit["event"])
    return {
        "label": f"G{index}",
        "programme": ", ".join(part for part in (_registry(unit), unit["project"], unit["country"]) if part),
        "event": f"{event} {unit['event_on']}" if unit["event_on"] else event,
        "serial": breakable(unit["registry_serial"]),
        "range": f"{_digits(unit['first'])} – {_digits(unit['last'])}",
        "is_cut": bool(unit["returned"]),
        "returned": "; ".join(f"{_digits(first)} – {_digits(last)}" for first, last in unit["returned"]),
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


def _digits(number: str) -> str:
    """A serial number as the registry writes it: not grouped."""
    return number


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
