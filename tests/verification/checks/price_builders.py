"""Carbon price claims for the checks. Numbers may be written as text; a clean claim has no finding at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.verification.checks.builders import made
from verification.checks.model import (
    CertifierPart,
    InstrumentPart,
    PaymentPart,
    PrecursorPricePart,
    PricedGoodPart,
    PriceSeriesPart,
    PriceSubject,
    PriceSwitches,
    PriceUnitPart,
    RebatePart,
)


def payment(**values: Any) -> PaymentPart:
    return made(
        PaymentPart,
        values,
        path="payments.0",
        label="Tax of 2026",
        amount="20000",
        currency="USD",
        rate="0.90",
        rate_source="European Central Bank",
        rate_year=2026,
        is_rate_yearly_average=True,
        paid_on=date(2027, 1, 20),
        covers_from=date(2026, 1, 1),
        covers_to=date(2026, 12, 31),
        emissions_covered_tco2e="1000",
        has_receipt=True,
    )


def rebate(**values: Any) -> RebatePart:
    return made(
        RebatePart,
        values,
        path="rebates.0",
        label="Refund",
        kind="tax deduction",
        amount="500",
        currency="USD",
        rate="0.90",
        rate_source="European Central Bank",
        rate_year=2026,
        is_rate_yearly_average=True,
        has_proof=True,
    )


def instrument(**values: Any) -> InstrumentPart:
    given = {"kind": "carbon_tax", "name": "Carbon tax", "law": "Act 5 of 2021, section 3", "country": "IN"}
    return InstrumentPart(**{"is_binding": True, **given, **values})


def certifier(**values: Any) -> CertifierPart:
    given: dict[str, Any] = {"name": "Meera Rao", "accreditation": "NABCB-17", "statement_dated_on": date(2027, 2, 1)}
    return CertifierPart(**{**given, **values})


def unit(**values: Any) -> PriceUnitPart:
    given: dict[str, Any] = {"path": "units.0", "label": "Unit 1", "origin": "international", "quantity": 800}
    return PriceUnitPart(**{**given, **values})


def chrome(**values: Any) -> PrecursorPricePart:
    """The ferro-chromium of the Commission's third example: 4.849893 tCO2e/t, 20 USD/tCO2e."""
    return made(
        PrecursorPricePart,
        values,
        path="precursors.0",
        name="FeCr",
        country="IN",
        price_per_tco2e="20",
        see_tco2e_per_t="4.849893",
        is_certified=True,
    )


def slab(**values: Any) -> PricedGoodPart:
    return made(
        PricedGoodPart,
        values,
        path="goods.0",
        code="72189911",
        origin="IN",
        values="actual",
        share_covered="0.5",
        is_process_priced=True,
    )


def series(**values: Any) -> PriceSeriesPart:
    return made(PriceSeriesPart, values, price_per_tco2e="20", currency="USD", source="Series of the ministry")


def switches(**values: Any) -> PriceSwitches:
    return made(
        PriceSwitches,
        values,
        accepted_kinds=frozenset({"carbon_tax", "levy", "fee", "national_ets", "regional_ets", "combination"}),
        exempt_origins=frozenset({"DE", "CH"}),
        needs_certification=True,
        international_cap="0.10",
        international_cap_base_tco2e="8000",
        reference="Draft act",
    )


def price_claim(*parts: Any, **values: Any) -> PriceSubject:
    """A clean claim for 2026; ``parts`` are payments and the like, ``values`` any other field."""
    given: dict[str, Any] = {
        "today": date(2027, 3, 1),
        "period_start": date(2026, 1, 1),
        "period_end": date(2027, 1, 1),
        "scheme": "eu-cbam",
        "country": "IN",
        "settlement_currency": "EUR",
        "instrument": instrument(),
        "payments": (payment(),),
        "verified_emissions_tco2e": "1000",
        "certifier": certifier(),
        "goods": (slab(),),
        "series": series(),
        "uses_default_price": False,
        "switches": switches(),
    }
    claim = made(PriceSubject, values, **given)
    for kind, name in (
        (PaymentPart, "payments"),
        (RebatePart, "rebates"),
        (PriceUnitPart, "units"),
        (PrecursorPricePart, "precursors"),
        (PricedGoodPart, "goods"),
    ):
        found = tuple(part for part in parts if isinstance(part, kind))
        claim = replace(claim, **{name: found}) if found else claim
    for kind, name in ((InstrumentPart, "instrument"), (CertifierPart, "certifier"), (PriceSwitches, "switches")):
        one = next((part for part in parts if isinstance(part, kind)), None)
        claim = replace(claim, **{name: one}) if one else claim
    return claim


CLEAN_PRICE = price_claim()
