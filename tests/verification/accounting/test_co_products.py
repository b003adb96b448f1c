"""Co-products carry their part of a process's emissions by moles, or by mass (equation 43)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from verification.accounting.calculation import calculate
from verification.accounting.co_products import share_of_product
from verification.accounting.entry.interpretation import interpret
from verification.accounting.entry.writing import answers_of
from verification.accounting.examples import example_report
from verification.accounting.model import CoProduct, Process, RouteAmount
from verification.accounting.tree import MissingInput

pytestmark = pytest.mark.unit
CHLORINE = CoProduct("K1", "Chlorine", Decimal("35453"), Decimal("70.906"))
LYE = CoProduct("K2", "Sodium hydroxide", Decimal("39997"), Decimal("39.997"))


def electrolysis(*co_products, molar_mass="2.016", made="1008"):
    return Process(
        id="P1",
        category="Hydrogen",
        production=(RouteAmount("Chlor-Alkali electrolysis and production of chlorates", Decimal(made)),),
        direct_emissions_tco2e=Decimal(1000),
        electricity_mwh=Decimal(8000),
        electricity_factor_tco2e_per_mwh=Decimal("0.5"),
        product_molar_mass_g_per_mol=Decimal(molar_mass) if molar_mass else None,
        co_products=co_products,
    )


def test_share_is_by_moles():
    # 1008 / 2.016 = 500, 35453 / 70.906 = 500, 39997 / 39.997 = 1000 moles (times a million)
    assert share_of_product(electrolysis(CHLORINE, LYE)).value == Decimal("0.25")


def test_share_is_by_mass_where_one_molar_mass_is_not_known():
    unknown = replace(LYE, molar_mass_g_per_mol=None, amount_t=Decimal(1008))
    assert share_of_product(electrolysis(unknown)).value == Decimal("0.5")
    assert share_of_product(electrolysis(replace(LYE, amount_t=Decimal(1008)), molar_mass="")).value == Decimal("0.5")


def test_process_without_co_products_keeps_everything():
    assert share_of_product(electrolysis()) is None


def test_direct_indirect_and_electricity_follow_the_share():
    report = replace(example_report("hydrogen"), processes=(electrolysis(CHLORINE, LYE),), products=())
    (process,) = calculate(report).processes
    level = Decimal(1008)
    assert process.attributed_direct.value == 250
    assert process.attributed_indirect.value == 1000
    assert process.see_direct.value == pytest.approx(Decimal(250) / level)
    assert process.electricity_mwh_per_unit == pytest.approx(Decimal(2000) / level)


def test_amount_of_a_co_product_is_asked_for():
    with pytest.raises(MissingInput) as missing:
        share_of_product(electrolysis(replace(CHLORINE, amount_t=None)))
    assert missing.value.names == ("co_products.0.amount_t",)
    report = replace(example_report("hydrogen"), processes=(electrolysis(replace(CHLORINE, amount_t=None)),))
    assert "processes.0.co_products.0.amount_t" in {gap.path for gap in calculate(report).gaps}


def test_no_production_gives_no_share():
    with pytest.raises(MissingInput) as missing:
        share_of_product(electrolysis(CHLORINE, made="0"))
    assert missing.value.names == ("production",)


def test_co_products_are_told_as_answers_and_back():
    report = replace(example_report("hydrogen"), processes=(electrolysis(CHLORINE, LYE),), products=(), goods=())
    answers = answers_of(report)
    assert answers["co_products"]["K1"]["name"] == "Chlorine"
    assert interpret(answers).report.processes == report.processes
