"""A unit certificate's record as what is printed. Pure, no record is changed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from verification.certificates.figures import breakable, exact_tonnes, whole
from verification.certificates.fitting import POINT_MM, lines_of, words_of
from verification.certificates.presentation import (
    effect_of,
    facts_mm,
    notes_mm,
    printed_frame,
    room_on_first_page,
    speech_of,
)
from verification.certificates.speech import Speech, code, run_of
from verification.kernel.quantities import plain

KIND = "units"
MOST_TABLE_ROWS, LINES_OF_A_CHUNK, MOST_REGISTRIES = 60, 50, 6
SERIAL_MM, PROJECT_MM, LETTER_MM = 48.0, 36.0, 36.0
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


def printed_units(record: dict[str, Any], record_sha256: str, offline_code: str | None = None) -> dict[str, Any]:
    """Everything that the template of a unit certificate prints, as text."""
    speech = speech_of(record)
    rows = [_row(index, unit, speech) for index, unit in enumerate(record["units"], start=1)]
    period, registries = record["reporting_period"], _registries(record, speech)
    span = {"start": code(period["start"]), "end": code(period["end"])}
    context = printed_frame(record, record_sha256, speech, KIND, offline_code) | holder_of(record["holder"], speech)
    context |= effect_of(speech, KIND, units=code(whole(record["accepted"])), holder=record["holder"]["name"], **span)
    context |= {
        "rows": rows,
        "groups": _groups(rows) if len(rows) > MOST_TABLE_ROWS else [],
        "accepted": whole(record["accepted"]),
        "registries": registries[:MOST_REGISTRIES],
        "registries_more": speech.say("registries_more", shown=str(MOST_REGISTRIES), all=str(len(registries)))
        if len(registries) > MOST_REGISTRIES
        else "",
        "purpose": speech.term(CHANNELS.get(record["channel"], record["channel"].replace("_", " "))),
        "steps": _steps(record, speech),
        "limit_rule": _limit_rule(record["limit"], speech),
        "classes": _classes(record["limit"], speech),
        "letters": [_letter(letter, speech) for letter in record["authorisations"]],
        "no_letters": speech.say("no_letters"),
        "not_accepted": [
            {"position": str(row["position"]), "serial": breakable(row["serial"]), "quantity": whole(row["quantity"])}
            for row in record["not_accepted"]
        ],
        "stays": speech.say("stays"),
        "units_note": speech.say("units_note"),
        "units_list": speech.say("units_list", ranges=str(len(rows)), units=whole(record["accepted"])),
        "counts": speech.say("counts_units", **span),
        "silent": speech.say("silent_units"),
    }
    return context | _fitted(record, context, speech)


def holder_of(holder: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    local = run_of(holder["local_name"], holder.get("local_language") or "en") if holder.get("local_name") else ""
    return {
        "holder": speech.given(holder["name"]),
        "holder_local": local,
        "holder_registration": speech.given(f"{holder['registration']}, {holder['country']}"),
    }


def _fitted(record: Mapping[str, Any], context: Mapping[str, Any], speech: Speech) -> dict[str, bool]:
    """What stands on page 1: the table with every range, or a summary by registry."""
    labels = speech.labels
    holder = facts_mm(
        speech,
        [
            (labels["holder"], f"{context['holder']}{context['holder_local']}<br/>{context['holder_registration']}"),
            (labels["claim"], record["claim_no"]),
            (labels["purpose"], context["purpose"]),
        ],
    )
    room = room_on_first_page(context, speech, holder)
    head = 2.6 + 4.4 + 1.6 + (13.0 if speech.is_bilingual else 9.6) + 3.4
    table = head + sum(map(_row_mm, context["rows"])) + 8.0 + notes_mm([context["units_note"]])
    is_table = len(record["holder"]["name"]) <= LONGEST_HOLDER_NAME and table <= room
    summary = head + 7.9 * (len(context["registries"]) + 1) + notes_mm(filter(None, [context["registries_more"]]))
    return {"is_first_page_enough": is_table, "is_fixed": is_table or summary <= room}


def _row_mm(row: Mapping[str, Any]) -> float:
    """Of the row of a range, by its tallest cell, padding included."""
    serial = 4.41 * lines_of("".join(row["serial"]).replace("-", "- "), SERIAL_MM, 9.4)
    if row["is_cut"]:
        serial += 3.7 * lines_of(words_of(row["cut"]), SERIAL_MM, 7.6)
    letter = 10.5 * POINT_MM * lines_of(words_of(row["authorisation"]), LETTER_MM, 7.6)
    project = 4.41 * lines_of(words_of(row["programme"]), PROJECT_MM, 9)
    project += 3.7 * lines_of(words_of(row["event"]), PROJECT_MM, 7.6)
    return 3.4 + max(serial, letter, project)


def _row(index: int, unit: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    event = speech.term(EVENTS.get(unit["event"], unit["event"]))
    cut = ""
    if unit["returned"]:
        cut = format_html(
            "{} {}; {} {}", speech.term("accepted"), code(_range(unit)), speech.term("returned"), code(_returned(unit))
        )
    return {
        "label": f"G{index}",
        "programme": speech.given(_project(unit)),
        "event": format_html("{} {}", event, code(unit["event_on"])) if unit["event_on"] else event,
        "serial": breakable(unit["registry_serial"]),
        "is_cut": bool(unit["returned"]),
        "cut": cut,
        "vintage": _vintage(unit) or speech.term("not stated"),
        "authorisation": _authorisation(unit, speech),
        "quantity": whole(unit["quantity"]),
        "range": _range(unit),
        "returned": _returned(unit),
    }


def _registry(unit: Mapping[str, Any]) -> str:
    name = (unit["programme"] or unit["family"]).replace("_", " ")
    return f"{name} {unit['unit_type']}".strip() if unit["unit_type"] else name


def _vintage(unit: Mapping[str, Any]) -> str:
    years = [day[:4] for day in (unit["vintage_from"], unit["vintage_to"]) if day]
    return "–".join(dict.fromkeys(years))


def _authorisation(unit: Mapping[str, Any], speech: Speech) -> SafeString:
    state = speech.term(ADJUSTMENTS.get(unit["adjustment_state"], unit["adjustment_state"]))
    if not unit["authorisation"]:
        return state
    return format_html("{} {}; {}", speech.term("letter"), code(unit["authorisation"]), state)


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Many ranges as lines of text, under what they have in common; their numbers keep the claimant's order."""
    names = ("programme", "vintage", "event", "authorisation")
    found: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        cut = f", {row['range']} (− {row['returned']})" if row["is_cut"] else ""
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


def _project(unit: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (_registry(unit), unit["project"], unit["country"]) if part)


def _range(unit: Mapping[str, Any]) -> str:
    """Serial numbers as the registry writes them: not grouped."""
    return f"{unit['first']} – {unit['last']}"


def _returned(unit: Mapping[str, Any]) -> str:
    return "; ".join(f"{first} – {last}" for first, last in unit["returned"])


def _registries(record: Mapping[str, Any], speech: Speech) -> list[dict[str, Any]]:
    """By registry and country: how many ranges, how many units."""
    found: dict[tuple[str, str], list[int]] = {}
    for unit in record["units"]:
        key = (_registry(unit), unit["country"] or "")
        ranges, units = found.setdefault(key, [0, 0])
        found[key] = [ranges + 1, units + int(unit["quantity"])]
    return [
        {
            "name": speech.given(name),
            "country": country or speech.term("not stated"),
            "ranges": whole(str(ranges)),
            "quantity": whole(str(units)),
        }
        for (name, country), (ranges, units) in found.items()
    ]


def _steps(record: Mapping[str, Any], speech: Speech) -> list[dict[str, Any]]:
    """How the quantity was found, line by line."""
    limit, accepted = record["limit"], record["accepted"]
    offered = _step("offered", speech.say("rule_offered"), whole(record["offered"]), speech)
    result = _step("accepted", speech.say("rule_accepted"), whole(accepted), speech) | {"is_result": True}
    if limit is None:
        return [offered, result]
    base = speech.term(BASES.get(limit["base"], limit["base"].replace("_", " ")))
    left_over = plain(Decimal(record["offered"]) - Decimal(accepted))
    rules = (
        ("limit_base", base, exact_tonnes(limit["base_tco2e"])),
        ("period_limit", speech.say("rule_limit", percent=limit["percent"]), whole(limit["own_t"])),
        ("carried", speech.say("rule_carried"), whole(limit["carry_t"])),
        ("used_before", speech.say("rule_used"), whole(limit["used_t"])),
        ("left", speech.say("rule_left"), whole(limit["remaining_t"])),
        ("adjustable", speech.say("rule_adjustable"), exact_tonnes(limit["adjustable_tco2e"])),
    )
    return [
        *(_step(name, rule, tonnes, speech) for name, rule, tonnes in rules),
        offered,
        result,
        _step("not_accepted", speech.say("rule_not_accepted"), whole(left_over), speech),
    ]


def _step(name: str, rule: SafeString, tonnes: str, speech: Speech) -> dict[str, Any]:
    return {"name": name, "step": speech.step(name), "rule": rule, "figure": tonnes, "unit": "t CO₂e"}


def _limit_rule(limit: Mapping[str, Any] | None, speech: Speech) -> SafeString | str:
    return speech.say("limit_rule", policy=limit["policy"], reference=limit["reference"]) if limit else ""


def _classes(limit: Mapping[str, Any] | None, speech: Speech) -> list[dict[str, Any]]:
    if limit is None:
        return []
    return [
        {
            "name": speech.given(row["unit_class"]) if row["unit_class"] else speech.term("no class"),
            "claimed": whole(row["claimed"]),
            "accepted": whole(row["accepted"]),
            "credited": whole(row["credit_t"]),
            "sublimit": whole(row["sublimit_t"]) if row["sublimit_t"] is not None else "",
        }
        for row in limit["classes"]
    ]


def _letter(letter: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    """As the claim states it: reference, day, purposes, project, most units, state."""
    return {
        "reference": f"{letter['host_country']} {letter['reference']}".strip(),
        "issued_on": letter["issued_on"],
        "purposes": ", ".join(letter["purposes"]) or speech.term("not stated"),
        "project": letter["project"] or speech.term("not stated"),
        "quantity": whole(str(letter["quantity"])) if letter["quantity"] else "",
        "state": speech.term(letter["status"]),
    }
