"""A notice of revocation: its record as what is printed. Pure, no record is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.html import format_html

from verification.certificates.figures import amount, cn_code, published, see, whole
from verification.certificates.fitting import POINT_MM
from verification.certificates.presentation import (
    effect_of,
    facts_mm,
    line_pt,
    name_lines,
    notes_mm,
    printed_frame,
    room_on_first_page,
    site_mm,
    site_of,
    speech_of,
)
from verification.certificates.presentation_emissions import default_notes
from verification.certificates.presentation_units import holder_of
from verification.certificates.speech import Speech, code, run_of

SAID = {"units": "revocation_units", "carbon_price": "revocation_price"}
PRICE_DECIMALS = 5


def printed_revocation(record: dict[str, Any], record_sha256: str, offline_code: str | None = None) -> dict[str, Any]:
    """Everything that the template of a notice prints, as text."""
    speech = speech_of(record)
    context = printed_frame(record, record_sha256, speech, "revocation", offline_code)
    context |= site_of(record, speech) if "installation" in record else holder_of(record["holder"], speech)
    start, goods = record["effective_on"], record["goods"]
    is_whole = start == record["valid_from"]
    said = SAID.get(record["revokes_kind"], "revocation_whole" if is_whole else "revocation_effect")
    facts = {"certificate": code(record["revokes"]), "start": code(start), "goods": speech.count("goods", len(goods))}
    last_day = (date.fromisoformat(start) - timedelta(days=1)).isoformat()
    context |= effect_of(speech, "revocation", sentence=said, **facts)
    context |= {
        "number_label": speech.label("notice_no"),
        "status": speech.label("final"),
        "is_of_installation": "installation" in record,
        "value_unit": f"{record['currency']}/t" if record["currency"] else "t CO₂e/t",
        "until": "" if is_whole else speech.say("until", day=code(last_day)),
        "from": speech.say("from", day=code(start)),
        "has_default": any(row["default"] for row in goods),
        "goods": [_good(index, row, record, speech) for index, row in enumerate(goods, start=1)],
        "units": speech.say("units_counted", number=code(whole(record["accepted"])), registry=record["scheme_name"])
        if record["accepted"]
        else "",
        "notes": default_notes(goods, speech),
        "reason": run_of(record["reason"], record["reasons_language"], "blockquote"),
        "typed": speech.say("typed"),
        "replacement": speech.say("replaced_by_none"),
        "revoked_certificate": format_html(
            "{} · {}", code(record["revokes"]), code(f"{record['valid_from']} – {record['valid_to']}")
        ),
    }
    return context | _fitted(context, speech)


def _fitted(context: Mapping[str, Any], speech: Speech) -> dict[str, bool]:
    """Whether the table stands on page 1, with block I at its foot; else it follows block I."""
    labels = speech.labels
    party = (
        site_mm(context, speech)
        if context["is_of_installation"]
        else facts_mm(speech, [(labels["holder"], f"{context['holder']}<br/>{context['holder_registration']}")])
    )
    room = room_on_first_page(context, speech, party)
    line = line_pt(speech) * POINT_MM
    value = 15.2 if speech.is_bilingual else 11.4
    rows = sum(max(value, 3.2 + line * (1 + name_lines(row["description"]))) for row in context["goods"])
    head = 24.8 if speech.is_bilingual else 21.5
    table = head + rows if context["goods"] else (10.0 if context["units"] else 0.0)
    is_table = table <= room
    has_notes = is_table and table + notes_mm(context["notes"]) <= room
    return {"is_first_page_enough": is_table, "has_notes_on_first_page": has_notes, "is_fixed": is_table}


def _good(index: int, row: Mapping[str, Any], record: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    default = row["default"]
    return {
        "label": f"C{index}",
        "cn_code": cn_code(row["cn_code"]),
        "description": speech.given(row["description"]),
        "value": amount(row["value"], PRICE_DECIMALS) if record["currency"] else see(row["value"]),
        "default": published(default["value"]) if default else "",
    }
