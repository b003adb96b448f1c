"""A certificate of verified emissions: its record as what is printed. Pure, no record is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from verification.certificates.figures import cn_code, labels_of, percent, published, see, whole
from verification.certificates.fitting import POINT_MM, lines_of, words_of
from verification.certificates.presentation import (
    effect_of,
    line_pt,
    notes_mm,
    printed_frame,
    room_on_first_page,
    site_mm,
    site_of,
    speech_of,
)
from verification.certificates.presentation_grounds import electricity_of, precursor_of, trace_of, verifier_of
from verification.certificates.speech import Speech, code
from verification.kernel.quantities import plain

KIND = "emissions"
LONGEST_OPERATOR_NAME = 120
NAME_MM, ROUTE_MM = 158.0, 33.0
MOST_ROUTE_LINES = 6
"""A route that takes more in its column stands below the name, over the width of the table."""
COMPARISONS = ("below", "above", "equal", "no_default")


@dataclass(frozen=True)
class PrintedGood:
    label: str
    cn_code: str
    description: SafeString
    route: SafeString
    is_route_long: bool
    quantity: str
    direct: str
    precursors: str
    indirect: str
    value: str
    comparison: SafeString
    default: str


def printed(record: dict[str, Any], record_sha256: str, offline_code: str | None = None) -> dict[str, Any]:
    """Everything that the template prints, as text."""
    speech = speech_of(record)
    goods = [_good(index, row, speech) for index, row in enumerate(record["goods"], start=1)]
    has_uncounted = any(row["see_indirect"] is None for row in record["goods"])
    span = {"start": code(record["valid_from"]), "end": code(record["valid_to"])}
    context = printed_frame(record, record_sha256, speech, KIND, offline_code) | site_of(record, speech)
    context |= effect_of(
        speech, KIND, goods=speech.count("goods", len(goods)), code=code(record["installation"]["code"]),
        place=record["installation"]["name"], **span,
    )  # fmt: skip
    trace = trace_of(record, speech)
    context |= {
        "goods": goods,
        "sum_note": speech.say("sum_note"),
        "notes": _notes(record["goods"], speech),
        "has_uncounted_indirect": has_uncounted,
        "summary": _summary(record["goods"], speech),
        "trace": trace,
        "has_trace_by_good": len({row["goods"] for row in trace}) > 1,
        "electricity": [electricity_of(row, speech) for row in record["indirect"] if row["electricity_mwh"]],
        "precursors": [precursor_of(row, speech) for row in record["precursors"]],
        "verifier": verifier_of(record["verification"], speech),
        "uncounted_here": speech.say("uncounted_here"),
        "no_electricity": speech.say("no_electricity"),
        "precursors_note": speech.say("precursors_note"),
        "none_bought": speech.say("none_bought"),
        "no_price": speech.say("no_price"),
        "no_units": speech.say("no_units"),
        "counts": speech.say("counts_emissions", **span),
        "silent": speech.say("silent_emissions"),
    }
    return context | _fitted(record, context, speech)


def _fitted(record: Mapping[str, Any], context: Mapping[str, Any], speech: Speech) -> dict[str, bool]:
    """What stands on page 1: the table with its notes, the table alone, or a summary by category."""
    room = room_on_first_page(context, speech, site_mm(context, speech))
    head = 2.6 + 4.4 + 1.6 + 13.0 + 3.4
    table = table_mm(context["goods"], speech)
    sum_note = notes_mm([context["sum_note"]])
    is_short_name = len(record["operator"]["name"]) <= LONGEST_OPERATOR_NAME
    is_table = is_short_name and table <= room
    summary = head + 8.0 * len(context["summary"])
    return {
        "is_first_page_enough": is_table,
        "has_sum_on_first_page": is_table and table + sum_note <= room,
        "has_notes_on_first_page": is_table and table + sum_note + notes_mm(context["notes"]) <= room,
        "is_fixed": is_table or summary <= room,
    }


def table_mm(goods: Sequence[PrintedGood], speech: Speech) -> float:
    """Table C with its heading, without notes."""
    head = 24.4 if speech.is_bilingual else 21.9
    return head + sum(_row_mm(good, speech) for good in goods)


def _row_mm(good: PrintedGood, speech: Speech) -> float:
    """The name over the width, then route and figures."""
    line = line_pt(speech) * POINT_MM
    names = line * lines_of(f"CN {good.cn_code} {words_of(good.description)}", NAME_MM, 9)
    if good.is_route_long:
        names += 3.71 * lines_of(words_of(good.route), NAME_MM, 7.6)
    route = 0.0 if good.is_route_long else 3.71 * _route_lines(good.route)
    if not speech.is_bilingual:
        return 3.7 + names + max(8.2, route)
    return 3.0 + names + max(11.8, route)


def _route_lines(route: SafeString) -> int:
    """In its column."""
    return lines_of(words_of(route), ROUTE_MM, 7.6)


def _good(index: int, row: Mapping[str, Any], speech: Speech) -> PrintedGood:
    default = row["default"]
    route = speech.given(". ".join(part for part in (row["route"], row["process"]) if part))
    return PrintedGood(
        label=f"C{index}",
        cn_code=cn_code(row["cn_code"]),
        description=speech.given(row["description"]),
        route=route,
        is_route_long=_route_lines(route) > MOST_ROUTE_LINES,
        quantity=whole(row["quantity"]),
        direct=see(row["see_direct"]),
        precursors=see(row["see_precursors"]),
        indirect=see(row["see_indirect"]),
        value=see(row["see_total"]),
        comparison=speech.label(_comparison(row)),
        default=published(default["value"]) if default else "",
    )


def _comparison(row: Mapping[str, Any]) -> str:
    if not row["default"]:
        return "no_default"
    value, default = Decimal(row["see_total"]), Decimal(row["default"]["value"])
    if value == default:
        return "equal"
    return "below" if value < default else "above"


def _notes(goods: Sequence[Mapping[str, Any]], speech: Speech) -> list[SafeString]:
    notes = []
    if any(row["quantity_shared_by"] > 1 for row in goods):
        notes.append(speech.say("shared_note"))
    notes += default_notes(goods, speech)
    shares = _default_shares(goods)
    if shares:
        notes.append(speech.say("default_data", shares=code(shares)))
    if any(row["see_indirect"] is None for row in goods):
        notes.append(speech.say("uncounted_note"))
    return notes


def default_notes(goods: Sequence[Mapping[str, Any]], speech: Speech) -> list[SafeString]:
    """One note for all goods whose default has the same source."""
    sources: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(goods, start=1):
        if default := row["default"]:
            names = ("geography", "reference", "base", "mark_up", "edition", "warning")
            sources.setdefault(tuple(default.get(name) or "" for name in names), []).append(index)
    notes = []
    for (geography, reference, base, mark_up, edition, warning), places in sources.items():
        note = speech.say(
            "default_note", goods=code(labels_of(places)), geography=geography, reference=reference,
            base=code(published(base)), mark_up=plain(Decimal(mark_up) * 100), edition=code(edition),
        )  # fmt: skip
        notes.append(note)
        if warning:
            notes.append(speech.term(warning))
    return notes


def _default_shares(goods: Sequence[Mapping[str, Any]]) -> str:
    """``C1–C2 37.9 %, C5 4.0 %``."""
    found: dict[str, list[int]] = {}
    for index, row in enumerate(goods, start=1):
        if row["default_data_share"] and Decimal(row["default_data_share"]) > 0:
            found.setdefault(percent(row["default_data_share"]), []).append(index)
    return "; ".join(f"{labels_of(places)} {share} %" for share, places in found.items())


def _summary(goods: Sequence[Mapping[str, Any]], speech: Speech) -> list[dict[str, Any]]:
    """By category: how many goods, how much, from the lowest to the highest value."""
    by_category: dict[str, list[Mapping[str, Any]]] = {}
    for row in goods:
        by_category.setdefault(row["category"], []).append(row)
    return [
        {
            "category": speech.given(category),
            "count": str(len(rows)),
            "quantity": whole(plain(_shared_quantity(rows))),
            "lowest": see(min((row["see_total"] for row in rows), key=Decimal)),
            "highest": see(max((row["see_total"] for row in rows), key=Decimal)),
        }
        for category, rows in by_category.items()
    ]


def _shared_quantity(rows: Sequence[Mapping[str, Any]]) -> Decimal:
    """Tonnes of the rows together: goods of one process and route share one quantity, counted once."""
    by_process = {(row["process"], row["route"]): Decimal(row["quantity"]) for row in rows}
    return sum(by_process.values(), Decimal(0))
