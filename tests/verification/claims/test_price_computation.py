"""The price effectively paid: the published vector of a chain of precursors, the cap on credits, and every gap."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from verification.claims.price_computation import NotCounted, result_record, work_out
from verification.claims.price_terms import PriceTerms
from verification.kernel.quantities import round_half_up

pytestmark = pytest.mark.unit

EUR = PriceTerms("EUR", Decimal("0.10"), True, "Draft act")
USD = PriceTerms("USD", None, False, "Model rule")


def payment(amount: str, currency: str = "EUR") -> dict[str, Any]:
    return {"position": 1, "label": "Tax", "amount": amount, "currency": currency, "emissions_tco2e": "1000"}


def surrender(kind: str, quantity_t: int, price: str, currency: str = "EUR") -> dict[str, Any]:
    return {"position": 1, "kind": kind, "quantity_t": quantity_t, "price_per_t": price, "currency": currency}


def rebate(amount: str, proof: str | None = "f" * 64) -> dict[str, Any]:
    return {"label": "Refund", "amount": amount, "currency": "EUR", "proof_sha256": proof}


def good(position: int, code: str, **values: Any) -> dict[str, Any]:
    given = {"quantity_t": "1000", "see_tco2e_per_t": "2", "own_priced_tco2e_per_t": None}
    return {"position": position, "code": code, **given, **values}


def precursor(of: int, mass_t: str | None, **values: Any) -> dict[str, Any]:
    bought = {"made_here": None, "name": "FeCr", "see_tco2e_per_t": None, "price_per_tco2e": None, "currency": "USD"}
    return {"good": of, "mass_t": mass_t, **bought, **values}


def content(**values: Any) -> dict[str, Any]:
    rows: dict[str, Any] = {name: [] for name in ("rates", "payments", "surrenders", "rebates", "goods", "precursors")}
    return {"obligation_tco2e": None, **rows, **values}


V7 = [
    surrender("allowance", 6300, "9"),
    surrender("domestic_credit", 500, "10"),
    surrender("article_6_credit", 1200, "12"),
]


def test_credits_beyond_the_cap_count_as_a_price_of_zero() -> None:
    result = work_out(content(obligation_tco2e="8000", surrenders=V7), EUR)
    assert result.surrendered is not None
    assert (result.surrendered.counted_cost, result.surrendered.uncapped_cost) == (Decimal(71300), Decimal(76100))
    assert (result.surrendered.cap_t, result.surrendered.not_counted_t) == (Decimal(800), Decimal(400))
    assert result.per_tco2e == Decimal("8.9125")


def test_a_scheme_without_a_cap_counts_every_credit() -> None:
    result = work_out(content(obligation_tco2e="8000", surrenders=V7), PriceTerms("EUR", None, True, "Act"))
    assert result.per_tco2e == Decimal("9.5125")


def test_the_price_of_a_precursor_travels_down_the_chain_as_emissions_do() -> None:
    """The third example of the Commission's workbook: ferro-chromium, slabs, pipes."""
    result = work_out(
        content(
            goods=[
                good(1, "72189911", quantity_t="2234000", see_tco2e_per_t="2.379915"),
                good(2, "73041100", quantity_t="1133000", see_tco2e_per_t="3.171088"),
            ],
            precursors=[
                precursor(1, "331213", see_tco2e_per_t="4.849893", price_per_tco2e="20"),
                precursor(2, "1227000", made_here=1),
            ],
        ),
        USD,
    )
    slabs, pipes = result.goods
    assert round_half_up(slabs.per_t, 6) == Decimal("14.380910")
    assert round_half_up(pipes.per_t, 6) == Decimal("15.574030")
    assert slabs.own_per_t == 0
    assert round_half_up(slabs.share_priced, 6) == Decimal("0.302131")


def test_a_good_carries_the_price_of_its_own_emissions_and_of_its_precursors() -> None:
    result = work_out(
        content(
            obligation_tco2e="1000",
            payments=[payment("20000", "USD")],
            rates=[{"currency": "USD", "per_unit": "0.9"}],
            goods=[good(1, "72142000", own_priced_tco2e_per_t="1.5")],
            precursors=[precursor(1, "100", see_tco2e_per_t="5", price_per_tco2e="10", currency="EUR")],
        ),
        EUR,
    )
    assert result.per_tco2e == Decimal(18)
    bars = result.goods[0]
    assert (bars.own_per_t, bars.precursors_per_t, bars.per_t) == (Decimal(27), Decimal(5), Decimal(32))
    assert (bars.per_tco2e, bars.share_priced) == (Decimal(16), Decimal(1))


@pytest.mark.parametrize(
    ("rebates", "terms", "net", "is_void"),
    [
        ([rebate("250")], EUR, "750", False),
        ([rebate("250", proof=None)], EUR, "0", True),
        ([rebate("250", proof=None)], PriceTerms("EUR", None, False, "Act"), "750", False),
        ([rebate("1500")], EUR, "0", False),
    ],
)
def test_what_came_back_is_taken_off(rebates: list, terms: PriceTerms, net: str, is_void: bool) -> None:
    result = work_out(content(obligation_tco2e="100", payments=[payment("1000")], rebates=rebates), terms)
    assert (result.net.net, result.net.is_void) == (Decimal(net), is_void)
    with_share = result.per_tco2e * 100
    assert with_share == Decimal(net)


def test_free_allowances_lower_the_price_because_it_is_spread_over_all_emissions() -> None:
    paid_for_half = content(obligation_tco2e="1000", surrenders=[surrender("allowance", 500, "8")])
    assert work_out(paid_for_half, EUR).per_tco2e == Decimal(4)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (content(payments=[payment("10")]), "for how many emissions"),
        (content(surrenders=V7), "for how many emissions"),
        (content(obligation_tco2e="7999", surrenders=V7), "More was handed in"),
        (content(obligation_tco2e="10", payments=[payment("10", "INR")]), "no exchange rate from INR to EUR"),
        (content(goods=[good(1, "72142000", see_tco2e_per_t=None)]), "72142000 has no specific embedded emissions"),
        (content(goods=[good(1, "72142000", see_tco2e_per_t="0")]), "72142000 has no specific embedded emissions"),
        (content(goods=[good(1, "7214", quantity_t=None)], precursors=[precursor(1, "5")]), "how much of 7214"),
        (content(goods=[good(1, "7214")], precursors=[precursor(1, None)]), "the precursor FeCr was used"),
        (
            content(goods=[good(1, "7214"), good(2, "7304")],
                    precursors=[precursor(1, "5", made_here=2), precursor(2, "5", made_here=1)]),
            "made from itself",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(said: dict[str, Any], words: str) -> None:
    with pytest.raises(NotCounted, match=words) as refusal:
        work_out(said, EUR)
    assert refusal.value.problem.mend


def test_the_sealed_result_is_exact_text() -> None:
    third = content(obligation_tco2e="3", payments=[payment("10")], goods=[good(1, "7214", see_tco2e_per_t="3")])
    record = result_record(work_out(third, EUR))
    assert record["per_tco2e"] == "3." + "3" * 39
    assert record["credit_cap_t"] is None
    assert record["goods"][0]["per_t"] == "0"
