"""Limits, acceptance, carry-over and allocation: worked vectors first, then what holds for any claim."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.kernel.errors import MissingReference
from verification.kernel.quantities import round_half_up
from verification.kernel.spans import Span
from verification.units.limits import (
    Acceptance,
    Emissions,
    GoodsLine,
    OfferedBlock,
    PeriodUse,
    accept,
    allocate,
    article_6_4_levies,
    base_of,
    carry_into,
    emissions_of,
    entitlement_of,
    information_intensity,
    limit_of,
    net_obligation,
    tax_after_units,
)
from verification.units.rules import LimitPolicy

pytestmark = pytest.mark.unit

ZERO = Decimal(0)


def policy_of(percent: str, base: str = "gross", **more: Any) -> LimitPolicy:
    return LimitPolicy("limit", base, Decimal(percent), Span(date(2024, 1, 1)), "confirmed", "Act 1", **more)


def line(number: int, mass: str, see: str = "1", allocation: str = "0") -> GoodsLine:
    return GoodsLine(number, Decimal(mass), Decimal(see), Decimal(allocation))


def taken(policy: LimitPolicy, emissions: Emissions, *offered: tuple[str, int], carry: str = "0") -> Acceptance:
    blocks = [OfferedBlock(f"block {index}", name, units) for index, (name, units) in enumerate(offered)]
    limit = limit_of(policy, base_of(policy, emissions), Decimal(carry))
    return accept(blocks, policy, limit, emissions.adjustable_tco2e)


def test_v1_limit_is_rounded_down_and_the_excess_is_shown():
    emissions = emissions_of([line(1, "12345.678", "1.8765")])
    assert emissions.gross_tco2e == Decimal("23166.664767")
    found = taken(policy_of("5"), emissions, ("VCU", 1500))
    assert (found.limit_t, found.accepted_t, found.excess) == (1158, 1158, 342)
    assert found.blocks[0].cut_by == ("limit",)
    assert found.net_obligation_tco2e == Decimal("22008.664767")
    assert round_half_up(information_intensity(emissions, found.accepted_t), 6) == Decimal("1.782702")


@pytest.mark.parametrize(
    ("base", "limit", "accepted", "net"), [("gross", 1050, 1000, 7120), ("adjustable", 406, 406, 7714)]
)
def test_v2_the_base_decides(base, limit, accepted, net):
    emissions = emissions_of([line(1, "10000", "2.10", "1.288")])
    assert (emissions.gross_tco2e, emissions.adjustable_tco2e) == (21000, 8120)
    found = taken(policy_of("5", base), emissions, ("VCU", 1000))
    assert (found.limit_t, found.accepted_t, found.net_obligation_tco2e) == (limit, accepted, net)


def test_v3_what_one_class_may_not_use_stays_open_for_the_other():
    policy = policy_of("4", sublimits={"X": Decimal(50)})
    found = taken(policy, Emissions(Decimal(50_000), Decimal(50_000)), ("X", 1600), ("Y", 700))
    assert found.sublimits_t == {"X": 1000}
    assert found.accepted_by_class() == {"X": 1000, "Y": 700}
    assert found.excess_by_class() == {"X": 600, "Y": 0}
    assert (found.accepted_t, found.headroom_t) == (1700, 300)
    assert [each.cut_by for each in found.blocks] == [("sublimit",), ()]


def test_v3_the_rank_of_the_claimant_decides_when_the_limit_binds():
    policy = policy_of("4", sublimits={"X": Decimal(50)})
    emissions = Emissions(Decimal(50_000), Decimal(50_000))
    first = taken(policy, emissions, ("Y", 1500), ("X", 1600)).accepted_by_class()
    second = taken(policy, emissions, ("X", 1600), ("Y", 1500)).accepted_by_class()
    assert (first, second) == ({"Y": 1500, "X": 500}, {"X": 1000, "Y": 1000})


def test_v5_never_below_zero():
    found = taken(policy_of("100", "adjustable"), Emissions(Decimal(480), Decimal(480)), ("VCU", 600))
    assert (found.accepted_t, found.excess, found.net_obligation_tco2e) == (480, 120, 0)


def test_part_of_a_tonne_of_emissions_takes_no_whole_unit():
    found = taken(policy_of("100"), Emissions(Decimal("10"), Decimal("4.9")), ("VCU", 10))
    assert (found.accepted_t, found.net_obligation_tco2e) == (4, Decimal("0.9"))
    assert found.blocks[0].cut_by == ("adjustable",)


def test_v6_unused_limit_of_one_year_is_used_in_the_next():
    first = policy_of("5", "taxable", carry_over_years=1)
    entitlement = entitlement_of(first, Decimal(30_000))
    assert entitlement == 1500
    carry = carry_into(2025, [PeriodUse(2024, first, entitlement, Decimal(1000))])
    assert carry == 500
    emissions = Emissions(Decimal(28_000), Decimal(28_000), taxable_tco2e=Decimal(28_000))
    found = taken(policy_of("5", "taxable"), emissions, ("ICC", 2000), carry=str(carry))
    assert (found.limit_t, found.accepted_t, found.excess) == (1900, 1900, 100)


def test_carry_over_lapses_is_capped_and_is_used_first():
    once = policy_of("5", carry_over_years=1)
    capped = policy_of("5", carry_over_years=1, carry_over_cap=Decimal(20))
    twice = policy_of("5", carry_over_years=2)
    unused = [PeriodUse(2024, once, Decimal(100), ZERO)]
    assert carry_into(2026, unused) == 0
    assert carry_into(2025, [PeriodUse(2024, capped, Decimal(105), ZERO)]) == 21
    assert carry_into(2025, [PeriodUse(2024, capped, Decimal(105), Decimal(100))]) == 5
    assert carry_into(2025, [PeriodUse(2024, policy_of("5"), Decimal(100), ZERO)]) == 0
    older_first = [PeriodUse(2024, twice, Decimal(100), Decimal(40)), PeriodUse(2025, once, Decimal(10), Decimal(65))]
    assert carry_into(2026, older_first) == 5
    assert carry_into(2026, [*unused, PeriodUse(2025, once, Decimal(50), Decimal(120))]) == 30


@pytest.mark.parametrize("past", [
    [PeriodUse(2024, policy_of("5"), Decimal(10), Decimal(11))],
    [PeriodUse(2025, policy_of("5"), Decimal(1), ZERO), PeriodUse(2024, policy_of("5"), Decimal(1), ZERO)],
    [PeriodUse(2024, policy_of("5"), Decimal(1), ZERO), PeriodUse(2024, policy_of("5"), Decimal(1), ZERO)],
])  # fmt: skip
def test_history_that_cannot_be_is_refused(past):
    with pytest.raises(ValueError):
        carry_into(2026, past)


def test_v8_largest_remainder():
    lines = [line(1, "1000.40"), line(2, "333.33"), line(3, "66.27")]
    assert allocate(Decimal(70), lines) == {1: 50, 2: 17, 3: 3}


def test_ties_go_to_the_lower_line_number():
    assert allocate(Decimal(2), [line(30, "1"), line(10, "1"), line(20, "1")]) == {30: 0, 10: 1, 20: 1}
    assert allocate(ZERO, [line(1, "1", "1", "2")]) == {1: 0}


@pytest.mark.parametrize("tonnes", ["-1", "1.5", "4"])
def test_tonnes_that_cannot_be_allocated_are_refused(tonnes):
    with pytest.raises(ValueError):
        allocate(Decimal(tonnes), [line(1, "3")])
    with pytest.raises(ValueError, match="twice"):
        allocate(Decimal(1), [line(1, "3"), line(1, "3")])


@pytest.mark.parametrize(
    ("issued", "expected"), [(1000, (50, 20, 930)), (1, (1, 0, 0)), (0, (0, 0, 0)), (30, (2, 1, 27))]
)
def test_v10_levies_of_article_6_4(issued, expected):
    found = article_6_4_levies(issued, adaptation_share=Decimal("0.05"), mitigation_share=Decimal("0.02"))
    assert (found.adaptation, found.mitigation, found.available) == expected


def test_v11_south_african_form():
    found = tax_after_units(
        Decimal(100), tax_free_percent=Decimal(60), policy=policy_of("10", "gross"), units=10, rate=Decimal(120),
        price_of_unit=Decimal(80),
    )  # fmt: skip
    assert (found.taxable_tco2e, found.taxed_tco2e) == (40, 30)
    assert (found.tax_before, found.tax_after, found.cost_of_units, found.saving) == (4800, 3600, 800, 400)


def test_v11_units_beyond_the_limit_are_neither_used_nor_paid():
    found = tax_after_units(
        Decimal(100), tax_free_percent=Decimal(60), policy=policy_of("10", "gross"), units=25, rate=Decimal(120),
        price_of_unit=Decimal(80),
    )  # fmt: skip
    assert (found.taxed_tco2e, found.cost_of_units) == (30, 800)


def test_factor_of_a_class_is_tonnes_for_each_unit():
    policy = policy_of("100", unit_factors={"half": Decimal("0.5")})
    found = taken(policy, Emissions(Decimal(10), Decimal(10)), ("half", 30), ("whole", 1))
    assert [(each.accepted, each.accepted_t, each.excess) for each in found.blocks] == [(20, 10, 10), (0, 0, 1)]
    none = taken(policy_of("100", unit_factors={"x": ZERO}), Emissions(Decimal(10), Decimal(10)), ("x", 3))
    assert (none.accepted_t, none.excess) == (0, 3)


def test_a_good_with_a_surplus_helps_no_other():
    found = emissions_of([line(1, "10", "1", "5"), line(2, "10", "2", "0.5")])
    assert (found.gross_tco2e, found.adjustable_tco2e, found.mass_t) == (30, 15, 20)


@pytest.mark.parametrize("base", ["scheme_obligation", "taxable"])
def test_base_that_was_not_stated_is_missing_and_never_zero(base):
    policy = policy_of("10", base)
    with pytest.raises(MissingReference, match="not stated"):
        base_of(policy, Emissions(Decimal(1), Decimal(1)))
    stated = {f"{base}_tco2e": Decimal(8000)}
    assert limit_of(policy, base_of(policy, Emissions(Decimal(1), Decimal(1), **stated))) == 800


@pytest.mark.parametrize("refused", [
    lambda: base_of(policy_of("5", "wishes"), Emissions(ZERO, ZERO)),
    lambda: limit_of(policy_of("5"), Decimal(-1)),
    lambda: limit_of(policy_of("5"), Decimal(1), Decimal(-1)),
    lambda: accept([], policy_of("5"), Decimal(-1), ZERO),
    lambda: accept([], policy_of("5"), ZERO, Decimal(-1)),
    lambda: OfferedBlock("b", "c", 0),
    lambda: line(1, "-1"),
    lambda: line(1, "1", "1", "-1"),
    lambda: information_intensity(Emissions(ZERO, ZERO), ZERO),
    lambda: article_6_4_levies(-1, adaptation_share=ZERO, mitigation_share=ZERO),
    lambda: article_6_4_levies(1, adaptation_share=Decimal("0.6"), mitigation_share=Decimal("0.5")),
    lambda: tax_after_units(Decimal(1), tax_free_percent=Decimal(101), policy=policy_of("1"), units=0, rate=ZERO,
                            price_of_unit=ZERO),
])  # fmt: skip
def test_quantities_that_cannot_be_are_refused(refused):
    with pytest.raises(ValueError):
        refused()


tonnes = st.decimals(min_value=0, max_value=100_000, places=3)
classes = st.sampled_from(["X", "Y", "Z"])
offers = st.lists(st.tuples(classes, st.integers(1, 50_000)), max_size=8)
policies = st.builds(
    lambda percent, sublimit, factor: policy_of(
        str(percent), sublimits={"X": sublimit}, unit_factors={"Y": factor}
    ),
    st.decimals(min_value=0, max_value=100, places=2),
    st.decimals(min_value=0, max_value=100, places=1),
    st.sampled_from([Decimal("0.25"), Decimal(1), Decimal(3)]),
)  # fmt: skip


@given(policies, tonnes, tonnes, offers, st.integers(0, 1000))
def test_whatever_is_claimed_no_bound_is_passed_and_nothing_is_lost(policy, gross, adjustable, offered, carry):
    found = taken(policy, Emissions(gross, adjustable), *offered, carry=str(carry))
    assert found.accepted_t <= found.limit_t
    assert found.accepted_t <= adjustable
    assert found.accepted_by_class().get("X", ZERO) <= found.sublimits_t["X"]
    assert found.net_obligation_tco2e == adjustable - found.accepted_t == net_obligation(adjustable, found.accepted_t)
    for each, (name, units) in zip(found.blocks, offered, strict=True):
        assert each.unit_class == name
        assert 0 <= each.accepted <= units
        assert each.accepted + each.excess == units
        assert bool(each.cut_by) == (each.excess > 0)
    assert sum(found.accepted_by_class().values(), ZERO) == found.accepted_t
    assert sum(found.excess_by_class().values()) == found.excess


@given(policies, tonnes, offers)
def test_excess_means_that_a_bound_was_reached(policy, gross, offered):
    found = taken(policy, Emissions(gross, gross), *offered)
    for each in found.blocks:
        if each.excess and "sublimit" not in each.cut_by:
            factor = policy.unit_factors.get(each.unit_class, Decimal(1))
            assert min(found.headroom_t, gross - found.accepted_t) < max(factor, Decimal(1))


@given(st.lists(tonnes, min_size=1, max_size=8), st.decimals(min_value=0, max_value=1, places=4))
def test_allocation_conserves_the_sum_and_stays_within_a_tonne(masses, share):
    lines = [line(number, str(mass)) for number, mass in enumerate(masses, start=1)]
    whole = sum(masses, ZERO)
    accepted = Decimal(int(whole * share))
    given_t = allocate(accepted, lines)
    assert sum(given_t.values()) == accepted
    assert all(abs(given_t[each.number] - accepted * each.mass_t / whole) < 1 for each in lines if whole)
