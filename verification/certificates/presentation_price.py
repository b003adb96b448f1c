"""A carbon price certificate's record as what is printed. Pure, no record is changed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from verification.certificates.figures import amount, breakable, cn_code, exact_tonnes, percent, see, whole
from verification.certificates.fitting import POINT_MM, block_mm
from verification.certificates.presentation import (
    SOFT_NOTE,
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
from verification.certificates.speech import Speech, code
from verification.kernel.quantities import plain

KIND = "carbon_price"
PRICE_DECIMALS = 5
FIGURE_MM, SHARE_MM = 5.0, 36.0
INSTRUMENTS = {
    "fuel_tax": "tax on fuels by their carbon",
    "national_ets": "national emissions trading system",
    "regional_ets": "regional emissions trading system",
}
UNIT_KINDS = {"domestic_credit": "Domestic credit", "article_6_credit": "Article 6 credit"}


def printed_price(record: dict[str, Any], record_sha256: str, offline_code: str | None = None) -> dict[str, Any]:
    """Everything that the template of a price certificate prints, as text."""
    speech = speech_of(record)
    price, instrument = record["carbon_price"], record["carbon_price"]["instrument"]
    span = {"start": code(record["valid_from"]), "end": code(record["valid_to"])}
    context = printed_frame(record, record_sha256, speech, KIND, offline_code) | site_of(record, speech)
    context |= effect_of(
        speech, "price", code=code(record["installation"]["code"]), instrument=instrument["name"], **span
    )
    prices = [row["per_t"] for row in record["goods"]]
    context |= {
        "goods": [_good(index, row, speech) for index, row in enumerate(record["goods"], start=1)],
        "currency": price["currency"],
        "instrument": speech.given(f"{instrument['name']}, {instrument['country']}"),
        "instrument_kind": speech.term(INSTRUMENTS.get(instrument["kind"], instrument["kind"].replace("_", " "))),
        "law": speech.given(instrument["law"]),
        "instrument_authority": speech.given(instrument["authority"])
        if instrument["authority"]
        else speech.term("not stated"),
        "price_goods": speech.say(
            "price_goods" if len(set(prices)) > 1 else "price_goods_same",
            goods=speech.count("goods", len(prices)), currency=price["currency"],
            lowest=code(amount(min(prices, key=Decimal), PRICE_DECIMALS)),
            highest=code(amount(max(prices, key=Decimal), PRICE_DECIMALS)),
        ),
        "price_note": speech.say("price_note"),
        "steps": _steps(record, speech),
        "units": [_unit(index, unit, speech) for index, unit in enumerate(record["units"], start=1)],
        "barred": speech.say("barred"),
        "no_serials": speech.say("no_serials"),
        "rates": [_rate(row, price["currency"], speech) for row in record["rates"]],
        "draft": speech.say("draft", draft=record["draft"]) if record["draft"] else "",
        "certifier": _certifier(record["certifier"], speech),
        "counts": speech.say("counts_price", **span),
        "silent": speech.say("silent_price"),
    }  # fmt: skip
    return context | _fitted(context, speech)


def _fitted(context: Mapping[str, Any], speech: Speech) -> dict[str, bool]:
    """Whether all goods stand on page 1, and whether block I is at its foot."""
    labels = speech.labels
    instrument = facts_mm(
        speech,
        [
            (labels["instrument"], context["instrument"]),
            ("", context["instrument_kind"]),
            (labels["law"], context["law"]),
            (labels["authority"], context["instrument_authority"]),
        ],
    )
    room = room_on_first_page(context, speech, site_mm(context, speech), instrument)
    head = 2.6 + 4.4 + 1.6 + (16.5 if speech.is_bilingual else 13.1) + 3.4
    rows = sum(_row_mm(good, speech) for good in context["goods"])
    is_table = head + rows + notes_mm([context["price_note"]]) <= room
    return {"is_first_page_enough": is_table, "is_fixed": is_table or room >= 20.0}


def _row_mm(good: Mapping[str, Any], speech: Speech) -> float:
    line = line_pt(speech) * POINT_MM
    names = line * name_lines(f"CN {good['cn_code']} {good['description']} · {good['basis']}")
    return 4.0 + names + max(FIGURE_MM, block_mm(good["share"], SHARE_MM, 7.6, 11.0, SOFT_NOTE))


def _good(index: int, row: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    certificate = row["certificate_no"]
    return {
        "label": f"C{index}",
        "cn_code": cn_code(row["cn_code"]),
        "description": speech.given(row["description"]),
        "basis": speech.say("verified_in", certificate=code(certificate)) if certificate else speech.say("as_stated"),
        "share": speech.say("share_priced", share=percent(row["share_priced"])),
        "see": see(row["see_tco2e_per_t"]),
        "own": amount(row["own_per_t"], PRICE_DECIMALS),
        "precursors": amount(row["precursors_per_t"], PRICE_DECIMALS),
        "per_t": amount(row["per_t"], PRICE_DECIMALS),
        "per_tco2e": amount(row["per_tco2e"], PRICE_DECIMALS),
    }


def _unit(index: int, unit: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    return {
        "label": f"G{index}",
        "kind": speech.term(UNIT_KINDS.get(unit["kind"], unit["kind"])),
        "serial": breakable(unit["registry_serial"]),
        "quantity": whole(unit["quantity"]),
    }


def _rate(row: Mapping[str, Any], currency: str, speech: Speech) -> SafeString:
    return speech.say(
        "rate_average" if row["is_yearly_average"] else "rate", currency=row["currency"],
        rate=code(plain(Decimal(row["per_unit"]))), money=currency, year=str(row["year"]), source=row["source"],
    )  # fmt: skip


def _certifier(certifier: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    span = code(f"{certifier['accredited_from']} – {certifier['accredited_to']}")
    return {
        "person": format_html("{}{}{}", speech.given(certifier["name"]), speech.comma, code(certifier["certified_on"])),
        "accreditation": format_html(
            "{}{comma}{}{comma}{}",
            speech.given(certifier["accreditation"]),
            speech.given(certifier["body"]),
            span,
            comma=speech.comma,
        ),
    }


def _steps(record: Mapping[str, Any], speech: Speech) -> list[dict[str, Any]]:
    """How the price was found, line by line: what, rule, figure and its unit."""
    price = record["carbon_price"]
    currency = price["currency"]
    steps = [
        _step("paid", speech.say("rule_paid"), amount(price["paid"]), currency, speech),
        _step("surrendered", speech.say("rule_surrendered"), amount(price["surrendered_cost"]), currency, speech),
    ]
    if price["credit_cap_t"] is not None:
        share = plain(Decimal(record["credit_cap_share"]) * 100)
        counted, beyond = exact_tonnes(price["credits_counted_t"]), exact_tonnes(price["credits_not_counted_t"])
        steps += [
            _step("credits_counted", speech.say("rule_credits", share=share), counted, "t CO₂e", speech),
            _step("credits_not_counted", speech.say("rule_not_counted"), beyond, "t CO₂e", speech),
        ]
    rebate = speech.say("rule_void" if price["is_void"] else "rule_rebate")
    free = price["free_allocation_tco2e"]
    emissions = speech.say("rule_free", free=exact_tonnes(free)) if free else speech.say("rule_obligation")
    per_tonne = amount(price["per_tco2e"], PRICE_DECIMALS)
    return [
        *steps,
        _step("given_back", rebate, amount(price["rebated"]), currency, speech),
        _step("net", speech.say("rule_net"), amount(price["net"]), currency, speech),
        _step("obligation", emissions, exact_tonnes(price["obligation_tco2e"]), "t CO₂e", speech),
        _step("price", speech.say("rule_price"), per_tonne, f"{currency}/t CO₂e", speech) | {"is_result": True},
    ]


def _step(name: str, rule: SafeString, figure: str, unit: str, speech: Speech) -> dict[str, Any]:
    return {"name": name, "step": speech.step(name), "rule": rule, "figure": figure, "unit": unit}
