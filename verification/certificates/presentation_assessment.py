"""The summary of an importer's assessment: its record as what is printed. Pure, no record is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from verification.certificates.figures import amount, cn_code, see
from verification.certificates.fitting import block_mm
from verification.certificates.presentation import (
    effect_of,
    facts_mm,
    line_pt,
    name_lines,
    notes_mm,
    printed_frame,
    room_on_first_page,
    span_of,
    speech_of,
)
from verification.certificates.presentation_units import holder_of
from verification.certificates.speech import Speech, code

KIND = "assessment"
DECIMALS = 3


def printed_assessment(record: dict[str, Any], record_sha256: str, offline_code: str | None = None) -> dict[str, Any]:
    """Everything that the template of a summary prints. Amounts are printed to three decimals, half up."""
    speech = speech_of(record)
    period, totals = record["reporting_period"], record["totals"]
    context = printed_frame(record, record_sha256, speech, KIND, offline_code)
    context |= holder_of(record["importer"], speech)
    context |= effect_of(
        speech, KIND, importer=record["importer"]["name"], start=code(period["start"]), end=code(period["end"]),
        claim=code(record["claim_no"]),
        **{name: code(amount(totals[key], DECIMALS)) for name, key in (("due", "due"), ("gross", "gross"))},
        units=code(amount(totals["units_t"], 0)),
    )  # fmt: skip
    verified = sum(line["basis"] == "verified" for line in record["lines"])
    context |= {
        "number_label": speech.label("summary_no"),
        "status": speech.label("working"),
        "period": span_of(period),
        "lines": [_line(index, line, speech) for index, line in enumerate(record["lines"], start=1)],
        "line_count": speech.say("assessment_goods", number=str(len(record["lines"])), verified=str(verified)),
        "steps": _steps(record, speech),
        "mass_note": speech.say("mass_note"),
        "certificates": _certificates(record, speech),
        "silent": speech.say("silent_assessment"),
    }
    return context | _fitted(context, speech)


def _fitted(context: Mapping[str, Any], speech: Speech) -> dict[str, bool]:
    """The result is always on page 1; the table where it fits below it."""
    labels = speech.labels
    party = facts_mm(
        speech,
        [
            (labels["importer"], f"{context['holder']}<br/>{context['holder_registration']}{context['holder_local']}"),
            (labels["period"], context["period"]),
        ],
    )
    line, soft = line_pt(speech), (7.4, 9.6)
    texts = [
        (block_mm(row["step"], 45.6, 9, line, soft), block_mm(row["rule"], 73.6, 9, line, soft))
        for row in context["steps"]
    ]
    result = (22.0 if speech.is_bilingual else 18.6) + sum(1.4 + max(text) for text in texts)
    room = room_on_first_page(context, speech, party, result)
    rows = sum(11.5 + 4.41 * name_lines(f"{line['cn_code']} {line['description']}") for line in context["lines"])
    is_table = 24.0 + rows + notes_mm([context["line_count"], context["mass_note"]]) <= room
    return {"is_first_page_enough": is_table, "is_fixed": is_table or room >= 0}


def _line(index: int, line: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    return {
        "label": f"C{index}",
        "cn_code": cn_code(line["cn_code"]),
        "description": speech.given(line["description"]),
        "origin": line["origin"],
        "basis": speech.term(line["basis"]),
        "certificate": line["certificate_no"] or "",
        "mass": amount(line["mass_t"], DECIMALS),
        "see": see(line["see"]),
        "default": see(line["default_see"]),
        "gross": amount(line["gross"], DECIMALS),
        "allocated": amount(line["allocated"], DECIMALS),
        "obligation": amount(line["obligation"], DECIMALS),
    }


def _steps(record: Mapping[str, Any], speech: Speech) -> list[dict[str, Any]]:
    """From the emissions to what is owed; the comparison with the defaults where all goods have one."""
    totals = record["totals"]
    units_rule = speech.say("units_rule", number=code(record["units_certificate"]))
    rows = [
        ("by_default", speech.say("default_rule"), totals["by_default"]),
        ("gross", speech.say("gross_rule"), totals["gross"]),
        ("allocation", speech.say("allocation_rule"), totals["allocated"]),
        ("units_used", units_rule, totals["units_t"]),
        ("due", speech.say("due_rule"), totals["due"]),
    ]
    return [
        {
            "name": name,
            "step": speech.step(name),
            "rule": rule,
            "figure": amount(figure, DECIMALS),
            "unit": "t CO₂e",
            "is_result": name == "due",
        }
        for name, rule, figure in rows
        if figure is not None
    ]


def _certificates(record: Mapping[str, Any], speech: Speech) -> SafeString:
    if not record["certificates"]:
        return speech.say("no_certificates")
    return format_html_join(", ", "{}", ((code(number),) for number in record["certificates"]))
