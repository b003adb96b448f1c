"""What bought precursors carry: deliveries, tracing, origins that count zero, shares on default values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from verification.accounting.enums import ValueSource
from verification.accounting.model import Precursor, Supply
from verification.accounting.precursors import carried_by
from verification.accounting.rules import NO_RULES, AccountingRules

pytestmark = pytest.mark.unit
RULES = AccountingRules(frozenset({"DE", "CH"}), {"Pig iron": False, "Sintered Ore": True})
OWN = Precursor(
    "PP1",
    category="Pig iron",
    country="IN",
    see_direct_tco2e_per_unit=D(2),
    electricity_mwh_per_unit=D("0.5"),
    electricity_factor_tco2e_per_mwh=D("0.8"),
)
FIRST = Supply(
    "L1",
    "Alpha",
    country="IN",
    amount=D(300),
    see_direct_tco2e_per_unit=D(2),
    see_indirect_tco2e_per_unit=D("0.4"),
    value_source=ValueSource.MEASURED,
)
SECOND = Supply(
    "L2",
    "Beta",
    country="TR",
    amount=D(100),
    see_direct_tco2e_per_unit=D(4),
    electricity_mwh_per_unit=D(2),
    electricity_factor_tco2e_per_mwh=D("0.6"),
    value_source=ValueSource.DEFAULT,
)


def numbers(precursor: Precursor, rules: AccountingRules = NO_RULES):
    found = carried_by(precursor, 3, rules)
    nodes = (found.direct, found.indirect)
    return (*(node.value if node else None for node in nodes), found.default_direct, found.default_indirect)


def of(*supplies: Supply, **fields) -> Precursor:
    return replace(OWN, supplies=supplies, **fields)


def test_precursor_s_own_values_count_without_deliveries():
    assert numbers(OWN) == (D(2), D("0.4"), D(0), D(0))


def test_deliveries_count_by_their_quantity():
    assert numbers(of(FIRST, SECOND)) == (D("2.5"), D("0.6"), D(1), D("0.3"))


def test_only_traced_deliveries_count_where_that_is_claimed():
    traced = replace(SECOND, is_traced=True)
    assert numbers(of(FIRST, traced, is_traced_subset=True)) == (D(4), D("1.2"), D(4), D("1.2"))


def test_tracing_counts_nothing_where_it_is_not_claimed():
    assert numbers(of(FIRST, replace(SECOND, is_traced=True))) == (D("2.5"), D("0.6"), D(1), D("0.3"))


def test_mean_of_deliveries_cites_its_rule_and_shows_them():
    node = carried_by(of(FIRST, SECOND), 0, NO_RULES).direct
    assert (node.formula, node.reference) == ("Σ M × SEE / Σ M", "IR (EU) 2025/2547, Article 14(1), (2)")
    assert [item.value for item in node.inputs] == [D(300), D(2), D(100), D(4)]


@pytest.mark.parametrize("country", ["DE", "CH", "de "])
def test_precursor_of_an_exempt_origin_carries_nothing_and_says_so(country):
    found = carried_by(Precursor("PP1", category="Pig iron", country=country), 0, RULES)
    assert (found.direct.value, found.indirect.value, found.in_scope.value, found.gaps) == (0, 0, 0, ())
    assert found.direct.formula == f"0, origin {country}"


def test_origin_counts_zero_only_by_the_rules():
    assert numbers(replace(OWN, country="DE"))[0] == D(2)


def test_one_delivery_of_an_exempt_origin_lowers_the_mean():
    german = Supply("L3", country="DE", amount=D(400))
    assert numbers(of(FIRST, SECOND, german), RULES) == (D("1.25"), D("0.3"), D("0.5"), D("0.15"))


def test_delivery_without_country_has_that_of_the_precursor():
    assert numbers(of(replace(FIRST, country=""), country="CH"), RULES)[:2] == (0, 0)


def test_indirect_value_that_came_as_a_whole_counts_without_electricity():
    whole = replace(OWN, electricity_mwh_per_unit=None, see_indirect_stated_tco2e_per_unit=D("0.7"))
    assert numbers(whole)[1] == D("0.7")


def test_default_values_are_told_apart_by_kind():
    mixed = replace(OWN, see_direct_source=ValueSource.MEASURED, electricity_source=ValueSource.DEFAULT)
    assert numbers(mixed) == (D(2), D("0.4"), D(0), D("0.4"))


@pytest.mark.parametrize(
    ("precursor", "paths"),
    [
        (replace(OWN, see_direct_tco2e_per_unit=None), ["precursors.3.see_direct_tco2e_per_unit"]),
        (
            replace(OWN, electricity_mwh_per_unit=None, electricity_factor_tco2e_per_mwh=None),
            ["precursors.3.electricity_mwh_per_unit", "precursors.3.electricity_factor_tco2e_per_mwh"],
        ),
        (of(FIRST, replace(SECOND, amount=None)), ["precursors.3.supplies.1.amount"]),
        (
            of(replace(FIRST, see_indirect_tco2e_per_unit=None)),
            ["precursors.3.supplies.0.see_indirect_tco2e_per_unit"],
        ),
        (of(FIRST, is_traced_subset=True), ["precursors.3.supplies.0.is_traced"]),
    ],
)
def test_missing_value_of_a_precursor_is_a_gap(precursor, paths):
    assert [gap.path for gap in carried_by(precursor, 3, NO_RULES).gaps] == paths


def test_scope_of_the_precursor_decides_whether_its_indirect_emissions_count():
    assert carried_by(OWN, 0, RULES).in_scope.value == 0
    assert carried_by(replace(OWN, category="Sintered Ore"), 0, RULES).in_scope.value == D("0.4")
    assert carried_by(OWN, 0, NO_RULES).in_scope is None


def test_missing_indirect_value_outside_the_scope_is_not_asked_for_by_the_scheme():
    precursor = replace(OWN, electricity_mwh_per_unit=None)
    (gap,) = carried_by(precursor, 0, RULES).gaps
    assert (gap.is_in_scope, carried_by(precursor, 0, RULES).in_scope.value) == (False, 0)
    (gap,) = carried_by(replace(precursor, category="Sintered Ore"), 0, RULES).gaps
    assert gap.is_in_scope


def test_precursor_whose_category_the_scheme_does_not_know_has_no_scope():
    found = carried_by(replace(OWN, category="Hydrogen"), 0, RULES)
    assert (found.in_scope, [gap.path for gap in found.gaps]) == (None, ["precursors.0.category"])
