"""The carbon price effectively paid: cap on credits, rebates, currencies, and its way down a chain."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.kernel.quantities import round_half_up
from verification.units.carbon_price import (
    Money,
    PricedPrecursor,
    Rebate,
    Surrendered,
    YearlyRate,
    certificates_saved,
    convert,
    net_of_rebates,
    price_effectively_paid,
    price_of_emissions,
    price_per_tonne,
)

pytestmark = pytest.mark.unit

CAP = Decimal("0.10")
EIGHT_THOUSAND = Decimal(8000)
PAID = (
    Surrendered("allowance", Decimal(6300), Decimal(9)),
    Surrendered("domestic_credit", Decimal(500), Decimal(10)),
    Surrendered("article_6_credit", Decimal(1200), Decimal(12)),
)


def test_v7_credits_beyond_the_cap_are_priced_at_zero():
    found = price_effectively_paid(EIGHT_THOUSAND, PAID, credit_cap_share=CAP)
    assert (found.cap_t, found.counted_credits_t, found.not_counted_t) == (800, 800, 400)
    assert (found.counted_cost, found.uncapped_cost, found.per_tco2e) == (71_300, 76_100, Decimal("8.9125"))


def test_without_a_cap_every_credit_counts():
    found = price_effectively_paid(EIGHT_THOUSAND, PAID, credit_cap_share=None)
    assert (found.counted_cost, found.not_counted_t, found.cap_t) == (76_100, 0, None)


def test_credits_count_in_the_order_given_and_domestic_ones_are_not_capped():
    cheap, dear = (Surrendered("article_6_credit", Decimal(8), Decimal(price)) for price in (1, 5))
    domestic = Surrendered("domestic_credit", Decimal(50), Decimal(2))
    first = price_effectively_paid(Decimal(100), [cheap, dear, domestic], credit_cap_share=CAP)
    second = price_effectively_paid(Decimal(100), [dear, cheap, domestic], credit_cap_share=CAP)
    assert (first.counted_cost, second.counted_cost) == (8 + 10 + 100, 40 + 2 + 100)
    assert first.not_counted_t == second.not_counted_t == 6


def test_part_of_the_obligation_that_was_not_met_was_not_paid():
    found = price_effectively_paid(
        Decimal(100), [Surrendered("allowance", Decimal(50), Decimal(8))], credit_cap_share=CAP
    )
    assert found.per_tco2e == 4


def test_cap_is_whole_tonnes():
    found = price_effectively_paid(
        Decimal(99), [Surrendered("article_6_credit", Decimal(20), Decimal(1))], credit_cap_share=CAP
    )
    assert (found.cap_t, found.not_counted_t) == (9, 11)


@pytest.mark.parametrize("refused", [
    lambda: Surrendered("wish", Decimal(1), Decimal(1)),
    lambda: Surrendered("allowance", Decimal(-1), Decimal(1)),
    lambda: Surrendered("allowance", Decimal(1), Decimal(-1)),
    lambda: price_effectively_paid(Decimal(0), [], credit_cap_share=CAP),
    lambda: price_effectively_paid(Decimal(7999), PAID, credit_cap_share=CAP),
    lambda: price_effectively_paid(EIGHT_THOUSAND, PAID, credit_cap_share=Decimal(10)),
    lambda: Rebate(Decimal(-1)),
    lambda: net_of_rebates(Decimal(-1), [], unevidenced_voids=True),
    lambda: YearlyRate(2026, "USD", "EUR", Decimal(0), "ECB"),
    lambda: price_per_tonne(Decimal(0), []),
    lambda: price_per_tonne(Decimal(1), [PricedPrecursor(Decimal(-1), Decimal(1))]),
    lambda: price_per_tonne(Decimal(1), [], own_price_per_t=Decimal(-1)),
    lambda: certificates_saved(Decimal(1), Decimal(0), Decimal(1)),
])  # fmt: skip
def test_quantities_that_cannot_be_are_refused(refused):
    with pytest.raises(ValueError):
        refused()


def test_rebates_are_taken_off_and_never_below_zero():
    evidenced = [Rebate(Decimal(30)), Rebate(Decimal(20))]
    assert net_of_rebates(Decimal(80), evidenced, unevidenced_voids=True).net == 30
    assert net_of_rebates(Decimal(40), evidenced, unevidenced_voids=True).net == 0


def test_rebate_without_evidence_takes_everything_where_the_scheme_says_so():
    rebates = [Rebate(Decimal(1), is_evidenced=False)]
    voided = net_of_rebates(Decimal(80), rebates, unevidenced_voids=True)
    assert (voided.net, voided.is_void, voided.rebated) == (0, True, 1)
    kept = net_of_rebates(Decimal(80), rebates, unevidenced_voids=False)
    assert (kept.net, kept.is_void) == (79, False)


def test_money_is_converted_by_the_average_of_its_own_year():
    rates = [
        YearlyRate(2025, "USD", "EUR", Decimal("0.80"), "ECB"),
        YearlyRate(2026, "USD", "EUR", Decimal("0.90"), "ECB"),
    ]
    assert convert(Money(Decimal(20), "USD", 2026), "EUR", rates) == Money(Decimal(18), "EUR", 2026)
    assert convert(Money(Decimal(20), "EUR", 2026), "EUR", []).amount == 20
    for wrong in (Money(Decimal(1), "USD", 2024), Money(Decimal(1), "INR", 2026)):
        with pytest.raises(LookupError, match="no average rate"):
            convert(wrong, "EUR", rates)


def test_price_on_a_precursor_travels_down_the_chain_as_emissions_do():
    alloy = price_of_emissions(Decimal("4.849893"), Decimal(20))
    slab = price_per_tonne(Decimal(2_234_000), [PricedPrecursor(Decimal(331_213), alloy)])
    pipe = price_per_tonne(Decimal(1_133_000), [PricedPrecursor(Decimal(1_227_000), slab)])
    assert (round_half_up(slab, 6), round_half_up(pipe, 6)) == (Decimal("14.380910"), Decimal("15.574030"))


def test_own_price_stands_beside_that_of_the_precursors():
    assert price_per_tonne(Decimal(10), [PricedPrecursor(Decimal(5), Decimal(4))], own_price_per_t=Decimal(3)) == 5


def test_price_paid_takes_certificates_off():
    assert certificates_saved(Decimal(20), Decimal(80), Decimal(100)) == 25


quantities = st.decimals(min_value=0, max_value=1000, places=2)
surrendered = st.lists(
    st.builds(
        Surrendered, st.sampled_from(["allowance", "domestic_credit", "article_6_credit"]), quantities, quantities
    )
)


@given(surrendered, st.decimals(min_value=0, max_value=1, places=3))
def test_cap_never_raises_the_price_and_no_credit_is_lost(paid, share):
    due = sum((each.quantity_t for each in paid), Decimal(1))
    found = price_effectively_paid(due, paid, credit_cap_share=share)
    credits_t = sum((each.quantity_t for each in paid if each.kind == "article_6_credit"), Decimal(0))
    assert found.counted_cost <= found.uncapped_cost
    assert found.counted_credits_t + found.not_counted_t == credits_t
    assert found.counted_credits_t <= due * share
