"""The split of a cogeneration unit, computed by hand, and the act's table of reference efficiencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
import yaml

from verification.accounting.categories import DATA
from verification.accounting.cogeneration import cogeneration
from verification.accounting.constants import latest_constants
from verification.accounting.model import ChpUnit
from verification.accounting.reference_efficiency import (
    HeatCarrier,
    electricity_reference,
    heat_reference,
    reference_fuels,
)
from verification.accounting.tree import MissingInput

pytestmark = pytest.mark.unit
CONSTANTS = latest_constants()
DAY = date(2026, 12, 31)
# 1000 TJ of gas make 450 TJ of heat (45 %) and 100 000 MWh = 360 TJ of electricity (36 %).
UNIT = ChpUnit(
    "U1",
    fuel_tj=D(1000),
    fuel_emissions_tco2=D(55000),
    flue_gas_cleaning_tco2=D(1000),
    heat_tj=D(450),
    electricity_mwh=D(100000),
    heat_reference_efficiency=D("0.90"),
    electricity_reference_efficiency=D("0.48"),
)


def split(unit: ChpUnit):
    return cogeneration(unit, None, CONSTANTS, DAY)


def test_emissions_are_split_by_efficiency_against_separate_production():
    found = split(UNIT)
    heat_weight, power_weight = D("0.45") / D("0.9"), D("0.36") / D("0.48")
    assert (heat_weight, power_weight) == (D("0.5"), D("0.75"))
    assert abs(found.heat_factor.value - 56000 * D("0.4") / 450) < D("1e-22")
    assert abs(found.electricity_factor.value - 56000 * D("0.6") / 100000) < D("1e-22")
    assert found.emissions.value == D(56000)


def test_nothing_of_the_unit_is_lost_or_counted_twice():
    found = split(UNIT)
    whole = found.heat_factor.value * 450 + found.electricity_factor.value * 100000
    assert abs(whole - 56000) < D("1e-22")


def test_heat_that_was_not_measured_takes_the_act_s_efficiency():
    found = split(replace(UNIT, heat_tj=None))
    heat_weight, power_weight = D("0.55") / D("0.9"), D("0.75")
    expected = 56000 * heat_weight / (heat_weight + power_weight) / 550
    assert abs(found.heat_factor.value - expected) < D("1e-22")


def test_electricity_that_was_not_measured_takes_the_act_s_efficiency():
    found = split(replace(UNIT, electricity_mwh=None))
    heat_weight, power_weight = D("0.5"), D("0.25") / D("0.48")
    expected = 56000 * power_weight / (heat_weight + power_weight) / (250 / D("0.0036"))
    assert abs(found.electricity_factor.value - expected) < D("1e-22")


def test_unit_that_makes_heat_alone_gives_all_to_heat():
    found = split(replace(UNIT, electricity_mwh=D(0), electricity_reference_efficiency=None))
    assert (found.electricity_factor, found.heat_factor.value * 450) == (None, D(56000))


def test_reference_efficiency_of_electricity_comes_from_the_act_where_the_year_makes_no_difference():
    found = split(replace(UNIT, electricity_reference_efficiency=None, reference_fuel="g13"))
    power_weight = D("0.36") / D("0.35")
    expected = 56000 * power_weight / (D("0.5") + power_weight) / 100000
    assert abs(found.electricity_factor.value - expected) < D("1e-22")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"fuel_emissions_tco2": None}, ("fuel_emissions_tco2",)),
        ({"fuel_tj": None}, ("fuel_tj",)),
        ({"fuel_tj": D(0)}, ("fuel_tj",)),
        ({"heat_reference_efficiency": None, "reference_fuel": "G10"}, ("heat_reference_efficiency",)),
        ({"electricity_reference_efficiency": None}, ("electricity_reference_efficiency",)),
        (
            {"electricity_reference_efficiency": None, "reference_fuel": "G10"},
            ("electricity_reference_efficiency",),
        ),
        ({"heat_tj": D(0), "electricity_mwh": D(0)}, ("heat_tj", "electricity_mwh")),
    ],
)
def test_missing_part_of_the_split_is_named(fields, missing):
    with pytest.raises(MissingInput) as error:
        split(replace(UNIT, **fields))
    assert error.value.names == missing


@pytest.mark.parametrize(
    ("fuel", "built", "expected"),
    [("G10", 2011, "0.525"), ("G10", 2012, "0.525"), ("G10", 2016, "0.53"), ("S4", 2015, "0.33"), ("S4", 2016, "0.37")],
)
def test_electricity_reference_follows_the_year_of_construction(fuel, built, expected):
    assert electricity_reference(fuel, built=built, on=DAY).value == D(expected)


@pytest.mark.parametrize(
    ("fuel", "carrier", "built", "expected"),
    [
        ("G10", HeatCarrier.HOT_WATER, 2016, "0.92"),
        ("G10", HeatCarrier.STEAM, 2015, "0.85"),
        ("L7", HeatCarrier.EXHAUST_GAS, 2016, "0.77"),
        ("S1", HeatCarrier.HOT_WATER, None, "0.88"),
    ],
)
def test_heat_reference_follows_carrier_and_year(fuel, carrier, built, expected):
    assert heat_reference(fuel, carrier, built=built).value == D(expected)


def test_reference_that_is_not_settled_is_missing():
    assert electricity_reference("G10") is None
    assert electricity_reference("X1") is None
    assert heat_reference("G10", HeatCarrier.STEAM) is None
    assert heat_reference("O14", HeatCarrier.EXHAUST_GAS, built=2020) is None


def test_only_the_row_whose_print_leaves_a_doubt_is_unconfirmed():
    doubtful = [
        fuel.code for fuel in reference_fuels() if not electricity_reference(fuel.code, built=2020).is_confirmed
    ]
    assert (doubtful, len(reference_fuels())) == (["O14"], 14)


def test_every_table_cites_the_act():
    (table,) = yaml.safe_load((DATA / "reference_efficiencies.yaml").read_text(encoding="utf-8"))
    assert table["electricity_reference"].startswith("IR (EU) 2025/2547")
    assert table["heat_reference"].startswith("IR (EU) 2025/2547")
    assert (table["published_on"], table["applies_from"]) == (date(2025, 12, 22), date(2026, 1, 1))
    assert all(len(row["electricity"]) == len(row["heat_from_2016"]) == 3 for row in table["fuels"])
