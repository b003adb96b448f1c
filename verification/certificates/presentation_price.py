"""A carbon price certificate's record as what is printed. Pure, no record is changed."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from verification.certificates.presentation import NARROW_SPACE, cn_code, printed_frame, see, whole
from verification.certificates.presentation_units import breakable, exact_tonnes
from verification.kernel.quantities import plain, round_half_up

GOODS_BUDGET_MM = 28.0
PRICE_DECIMALS = 5
INSTRUMENTS = {
    "fuel_tax": "tax on fuels by their carbon",
    "national_ets": "national emissions trading system",
    "regional_ets": "regional emissions trading system",
}
UNIT_KINDS = {"domestic_credit": "Domestic credit", "article_6_credit": "Article 6 credit"}


def printed_price(record: dict[str, Any], record_sha256: str) -> dict[str, Any]:
    """Everything that the template of a price certificate prints, as text."""
    price = record["carbon_price"]
    goods = [_good(index, row) for index, row in enumerate(record["goods"], start=1)]
    return printed_frame(record, record_sha256) | {
        "goods": goods,
        "is_first_page_enough": _fits_first_page(record),
        "currency": price["currency"],
        "per_tco2e": amount(price["per_tco2e"], PRICE_DECIMALS),
        "instrument_kind": _instrument(price["instrument"]["kind"]),
        "lowest": amount(min((row["per_t"] for row in record["goods"]), key=Decimal), PRICE_DECIMALS),
        "highest": amount(max((row["per_t"] for row in record["goods"]), key=Decimal), PRICE_DECIMALS),
        "steps": _steps(record),
        "units": [
            {
                "label": f"G{index}",
                "kind": UNIT_KINDS.get(unit["kind"], unit["kind"]),
                "serial": breakable(unit["registry_serial"]),
                "quantity": whole(unit["quantity"]),
            }
            for index, unit in enumerate(record["units"], start=1)
        ],
        "rates": [
            {
                "currency": row["currency"],
                "text": f"{plain(Decimal(row['per_unit']))} {price['currency']}, "
                f"{'average of ' if row['is_yearly_average'] else ''}{row['year']}, {row['source']}",
            }
            for row in record["rates"]
        ],
    }


def _instrument(kind: str) -> str:
    return INSTRUMENTS.get(kind, kind.replace("_", " "))


def amount(number: str, decimals: int = 2) -> str:
    """Grouped, half up."""
    text = f"{round_half_up(Decimal(number), decimals):f}"
    units, _point, fraction = text.partition(".")
    return f"{int(units):,}".replace(",", NARROW_SPACE) + f".{fraction}"


def _fits_first_page(record: dict[str, Any]) -> bool:
    """Whether all goods stand on page 1: a name line and a line of figures each."""
    cost = sum(
        12 + 4.4 * (math.ceil((len(row["cn_code"]) + len(row["description"])) / 100) - 1) for row in record["goods"]
    )
    return cost <= GOODS_BUDGET_MM


def _good(index: int, row: dict[str, Any]) -> dict[str, str]:
    certificate = (
        f"verified in {row['certificate_no']}" if row["certificate_no"] else "emissions as stated in the claim"
    )
    share = f"{round_half_up(Decimal(row['share_priced']) * 100, 1)} % of the emissions priced"
    return {
        "label": f"C{index}",
        "cn_code": cn_code(row["cn_code"]),
        "description": row["description"],
        "notes": f"{certificate}; {share}",
        "see": see(row["see_tco2e_per_t"]),
        "own": amount(row["own_per_t"], PRICE_DECIMALS),
        "precursors": amount(row["precursors_per_t"], PRICE_DECIMALS),
        "per_t": amount(row["per_t"], PRICE_DECIMALS),
        "per_tco2e": amount(row["per_tco2e"], PRICE_DECIMALS),
    }


def _steps(record: dict[str, Any]) -> list[dict[str, Any]]:
    """How the price was found, line by line: text, rule, figure and its unit."""
    price = record["carbon_price"]
    currency = price["currency"]
    steps = [
        _step("Paid in money", "payments with receipts", amount(price["paid"]), currency),
        _step(
            "Allowances and credits",
            "at what they cost, as far as they count",
            amount(price["surrendered_cost"]),
            currency,
        ),
    ]
    if price["credit_cap_t"] is not None:
        share = plain(Decimal(record["credit_cap_share"]) * 100)
        rule = f"Article 6 credits: at most {share} % of the emissions"
        steps += [
            _step("Credits that count", rule, exact_tonnes(price["credits_counted_t"]), "t"),
            _step(
                "Credits not counted",
                "beyond the cap, priced at zero",
                exact_tonnes(price["credits_not_counted_t"]),
                "t",
            ),
        ]
    rebate = "a rebate has no proof: nothing is deducted" if price["is_void"] else "compensation, deductions, refunds"
    free = price["free_allocation_tco2e"]
    emissions = (
        f"of which {exact_tonnes(free)} t with free allowances" if free else "for which the instrument asks a price"
    )
    return [
        *steps,
        _step("Given back", rebate, amount(price["rebated"]), currency),
        _step("Effectively paid", "paid less given back", amount(price["net"]), currency),
        _step("Emissions under the instrument", emissions, exact_tonnes(price["obligation_tco2e"]), "t CO₂e"),
        _step(
            "Price effectively paid", "over all these emissions", amount(price["per_tco2e"], PRICE_DECIMALS),
            f"{currency}/t CO₂e",
        )
        | {"is_result": True},
    ]  # fmt: skip


def _step(step: str, rule: str, figure: str, unit: str) -> dict[str, Any]:
    return {"step": step, "rule": rule, "figure": figure, "unit": unit}
