"""What a certificate of verified emissions rests on, as it is printed: trace, electricity, precursors, verification."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from verification.certificates.figures import labels_of, published, see, whole
from verification.certificates.presentation import pairs_of
from verification.certificates.speech import Speech, code
from verification.kernel.quantities import plain


def trace_of(record: Mapping[str, Any], speech: Speech) -> list[dict[str, Any]]:
    """The rungs that were tried, each with its rule; goods of which the same is to be said stand together."""
    found: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(record.get("determination", ()), start=1):
        for step in row["steps"]:
            value = step["value"] if step["rung"].endswith("_default") else ""
            key = (step["rung"], step["reference"], "" if step["found"] else step["why"], value or "")
            found.setdefault(key, []).append(index)
    order = list(dict.fromkeys(key[0] for key in found))
    return [
        {
            "step": speech.step(rung),
            "finding": _finding(rung, why, value, speech),
            "goods": labels_of(places),
            "rule": speech.law(reference),
        }
        for (rung, reference, why, value), places in sorted(found.items(), key=lambda each: order.index(each[0][0]))
    ]


def _finding(rung: str, why: str, value: str, speech: Speech) -> SafeString:
    if rung == "exemption":
        return speech.say("trace_exempt_no")
    if rung == "override":
        return speech.say("trace_override_no" if why else "trace_override_yes")
    return (
        speech.say("trace_default", value=code(f"{published(value)} t CO₂e/t"))
        if value
        else speech.say("trace_skipped")
    )


def electricity_of(row: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    return {
        "process": speech.given(row["process"]),
        "mwh": whole(row["electricity_mwh"]),
        "factor": plain(Decimal(row["factor_tco2e_per_mwh"])) if row["factor_tco2e_per_mwh"] else "",
        "source": speech.given(row["factor_source"]) if row["factor_source"] else speech.term("not given"),
    }


def precursor_of(row: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    return {
        "name": speech.given(row["name"]),
        "category": speech.given(row["category"]),
        "country": speech.given(row["country"]) if row["country"] else speech.term("not known"),
        "basis": speech.term(row["basis"]),
        "quantity": whole(row["quantity"]) if row["quantity"] else "",
        "value": see(row["see_direct"]),
    }


def verifier_of(statement: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    """Block H."""
    opinion_date = code(statement["opinion_date"])
    return {
        "name": speech.given(statement["name"]),
        "accreditation": speech.given(statement["accreditation"]),
        "pairs": [
            *pairs_of(
                speech,
                (
                    "opinion",
                    format_html("<b>{}</b>{}{}", speech.term(statement["opinion"]), speech.comma, opinion_date),
                ),
                ("assurance", speech.term(statement["assurance"])),
            ),
            *pairs_of(
                speech,
                ("lead", speech.given(statement["lead"])),
                ("independent", speech.given(statement["independent"])),
            ),
            *pairs_of(
                speech,
                ("site_visit", _visit(statement["site_visit"], speech)),
                ("materiality", code(statement["materiality"])),
            ),
        ],
        "corrected": speech.term(statement["corrected"]),
        "outstanding": speech.term(statement["outstanding"]),
        "report_number": speech.given(statement["report_number"]),
        "standard": speech.law(statement["standard"]),
    }


def _visit(visit: str, speech: Speech) -> SafeString:
    """The kind of visit stands before its days, or before the ground why there was none."""
    for mark in (", ", ": "):
        kind, found, rest = visit.partition(mark)
        if found:
            return format_html("{}{}{}", speech.term(kind), speech.comma if mark == ", " else mark, speech.given(rest))
    return speech.term(visit)
