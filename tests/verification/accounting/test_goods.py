"""Goods by what they contain: per tonne and per functional unit, several compositions in one process."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
import yaml

from verification.accounting.calculation import calculate
from verification.accounting.categories import DATA
from verification.accounting.goods import content_rules
from verification.accounting.model import InstallationReport, Process, Product, RouteAmount
from verification.accounting.rules import AccountingRules
from verification.kernel.errors import MissingReference

pytestmark = pytest.mark.unit
RULES = AccountingRules(
    indirect_scope={"Cement": True, "Mixed fertilisers": True},
    functional_unit={"Cement": "clinker_factor", "Mixed fertilisers": "nitrogen_share"},
)
# 1000 t of cement with 720 t CO2 and 100 MWh: 0.72 direct and 0.08 indirect a tonne.
CEMENT = Process(
    "P1",
    "Mill",
    "Cement",
    production=(RouteAmount("All", D(1000)),),
    direct_emissions_tco2e=D(720),
    electricity_mwh=D(100),
    electricity_factor_tco2e_per_mwh=D("0.8"),
)
PORTLAND = Product("1", "P1", "25232900", "Portland", quantity=D(600), parameters={"clinker_factor": D("0.9")})
SLAG = Product("2", "P1", "25239000", "Slag cement", quantity=D(400), parameters={"clinker_factor": D("0.45")})


def result(*products: Product, process: Process = CEMENT, rules: AccountingRules = RULES):
    return calculate(InstallationReport(processes=(process,), products=products), rules=rules)


def test_goods_of_one_process_carry_what_they_contain():
    # 600 × 0.9 + 400 × 0.45 = 720 t of clinker, so 1 t CO2 direct and 1/9 t indirect a tonne of clinker.
    portland, slag = result(PORTLAND, SLAG).products
    assert (portland.see_direct.value, slag.see_direct.value) == (D("0.9"), D("0.45"))
    assert abs(portland.see_indirect.value - D("0.1")) < D("1e-30")
    assert abs(slag.see_in_scope - D("0.5")) < D("1e-30")
    unit = portland.per_functional_unit
    assert (unit.unit, unit.content, unit.see_direct.value) == ("t clinker", D("0.9"), D(1))
    assert abs(unit.see_in_scope - D(10) / 9) < D("1e-25")


def test_electricity_of_a_good_follows_its_content():
    portland, slag = result(PORTLAND, SLAG).products
    assert abs(portland.electricity_mwh_per_unit - D("0.125")) < D("1e-30")
    assert abs(slag.electricity_mwh_per_unit - D("0.0625")) < D("1e-30")


def test_goods_together_carry_what_the_process_emits():
    products = result(PORTLAND, SLAG).products
    whole = sum(item.see_direct.value * good.quantity for item, good in zip(products, (PORTLAND, SLAG), strict=True))
    assert whole == D(720)


def test_one_composition_is_the_mean_of_the_process_digit_by_digit():
    found = result(replace(PORTLAND, quantity=None))
    assert found.products[0].see_direct.value == found.processes[0].see_direct.value
    assert found.products[0].per_functional_unit.see_direct.value == D("0.8")
    assert found.gaps == ()


def test_nitrogen_is_counted_in_kilograms_and_from_its_parts():
    names = ("nitrogen_ammonium_share", "nitrogen_nitrate_share", "nitrogen_urea_share", "nitrogen_other_share")
    parts = dict(zip(names, (D("0.076"), D(0), D("0.074"), D(0)), strict=True))
    npk = Product("1", "P1", "31052010", parameters=parts)
    process = replace(CEMENT, category="Mixed fertilisers", direct_emissions_tco2e=D(300))
    (found,) = result(npk, process=process).products
    unit = found.per_functional_unit
    assert (unit.unit, unit.content, unit.see_direct.value) == ("kg N", D(150), D("0.002"))
    del parts["nitrogen_other_share"]
    assert [gap.path for gap in result(npk, process=process).gaps] == ["products.0.parameters.nitrogen_share"]


def test_mean_content_holds_for_production_that_is_not_sold():
    half = replace(PORTLAND, quantity=D(300)), replace(SLAG, quantity=D(200))
    assert [item.see_direct.value for item in result(*half).products] == [D("0.9"), D("0.45")]


@pytest.mark.parametrize(
    ("goods", "path"),
    [
        ((replace(PORTLAND, quantity=None), SLAG), "products.0.quantity"),
        ((PORTLAND, replace(SLAG, parameters={})), "products.1.parameters.clinker_factor"),
        ((PORTLAND, replace(SLAG, parameters={"clinker_factor": D(0)})), "products.1.parameters.clinker_factor"),
    ],
)
def test_composition_that_is_not_wholly_told_leaves_the_goods_without_value(goods, path):
    found = result(*goods)
    assert [gap.path for gap in found.gaps] == [path]
    assert [(item.see_direct, item.per_functional_unit) for item in found.products] == [(None, None)] * 2


def test_goods_that_tell_no_composition_keep_the_mean_and_have_a_gap():
    found = result(replace(PORTLAND, parameters={}))
    assert (found.products[0].see_direct.value, found.products[0].per_functional_unit) == (D("0.72"), None)
    assert [gap.path for gap in found.gaps] == ["products.0.parameters.clinker_factor"]


def test_without_functional_unit_all_goods_carry_the_mean():
    found = result(PORTLAND, SLAG, rules=AccountingRules())
    assert [item.see_direct.value for item in found.products] == [D("0.72")] * 2
    assert (found.products[0].per_functional_unit, found.gaps) == (None, ())


def test_good_of_no_process_has_no_value():
    (found,) = result(replace(PORTLAND, process="P9")).products
    assert (found.see_direct, found.see_in_scope) == (None, None)


@pytest.mark.parametrize(("quantity", "is_too_much"), [("400", False), ("400.001", True)])
def test_more_goods_than_were_made_is_a_mismatch(quantity, is_too_much):
    found = result(PORTLAND, replace(SLAG, quantity=D(quantity)), rules=AccountingRules())
    expected = [("processes.0.production", "goods of 1000.001 t", "at most 1000 t")] if is_too_much else []
    assert [(item.path, item.found, item.expected) for item in found.mismatches] == expected


def test_goods_without_all_quantities_are_not_compared_with_production():
    assert (
        result(replace(PORTLAND, quantity=D(5000)), replace(SLAG, quantity=None), rules=AccountingRules()).mismatches
        == ()
    )


def test_every_functional_unit_cites_its_rule():
    rows = yaml.safe_load((DATA / "functional_units.yaml").read_text(encoding="utf-8"))
    assert all(row["reference"].startswith("IR (EU) 2025/2547, Article 4") for row in rows.values())
    assert set(content_rules()) == {"clinker_factor", "nitrogen_share"}


def test_parameter_that_makes_no_functional_unit_is_an_error_of_the_rules():
    with pytest.raises(MissingReference, match="nickel_share"):
        result(PORTLAND, rules=AccountingRules(functional_unit={"Cement": "nickel_share"}))
