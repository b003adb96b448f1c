"""Vectors: the example rows that the Commission's template itself shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.accounting.constants import constants_on
from verification.accounting.enums import MeasuredGas, PfcMethod, StreamMethod
from verification.accounting.model import MeasuredSource, PfcStream, SourceStream
from verification.accounting.streams import measured_emissions, pfc_emissions, source_stream_emissions
from verification.accounting.tree import MissingInput
from verification.kernel.errors import MissingReference

pytestmark = pytest.mark.unit
CONSTANTS = constants_on(date(2026, 12, 31))

HEAVY_FUEL_OIL = SourceStream(
    "S1",
    StreamMethod.COMBUSTION,
    "Heavy fuel oil",
    activity_data=D(252000),
    activity_unit="t",
    net_calorific_value_gj_per_unit=D(45),
    emission_factor=D(73),
    emission_factor_unit="tCO2/TJ",
    oxidation_percent=D(100),
)
RAW_MEAL = SourceStream(
    "S2",
    StreamMethod.PROCESS,
    "Raw meal",
    activity_data=D(121000),
    activity_unit="t",
    emission_factor=D("0.08794"),
    emission_factor_unit="tCO2/t",
    conversion_percent=D(100),
)
STEEL_OUT = SourceStream(
    "S3",
    StreamMethod.MASS_BALANCE,
    "Steel",
    activity_data=D(-1808226),
    activity_unit="t",
    carbon_content=D("0.003878"),
    carbon_content_unit="tC/t",
)
REFUSE = SourceStream(
    "S4",
    StreamMethod.COMBUSTION,
    "Waste",
    activity_data=D(25000),
    activity_unit="t",
    net_calorific_value_gj_per_unit=D(20),
    emission_factor=D(83),
    emission_factor_unit="tCO2/TJ",
    biomass_percent=D(15),
)
PREBAKE = PfcStream(
    "A1",
    PfcMethod.SLOPE,
    "CWPB",
    production_t=D(500000),
    effects_per_cell_day=D("2.17"),
    minutes_per_effect=D("1.23"),
    slope_factor_kg_cf4_per_t_minute=D("0.146"),
    c2f6_weight_fraction=D("0.122"),
    collection_efficiency=D("0.98"),
)
N2O_STACK = MeasuredSource(
    "M1",
    "N2O",
    MeasuredGas.N2O,
    biomass_percent=D(0),
    concentration_g_per_nm3=D("64.2925"),
    operating_hours=D(4),
    flow_1000nm3_per_hour=D(265),
)
CO2_STACK = MeasuredSource(
    "M2",
    "CO2",
    MeasuredGas.CO2,
    biomass_percent=D(15),
    concentration_g_per_nm3=D(1820),
    operating_hours=D(5000),
    flow_1000nm3_per_hour=D(50),
)


@pytest.mark.parametrize(
    ("stream", "fossil", "biomass"),
    [
        (HEAVY_FUEL_OIL, "827820", "0"),
        (RAW_MEAL, "10640.74", "0"),
        (STEEL_OUT, "-25693.068768192", "0"),
        (REFUSE, "35275", "6225"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_source_stream_gives_the_template_s_result(stream, fossil, biomass):
    result = source_stream_emissions(stream, CONSTANTS)
    assert (result.fossil.value, result.biomass_tco2e) == (D(fossil), D(biomass))


def test_fuel_energy_is_split_by_biomass():
    result = source_stream_emissions(REFUSE, CONSTANTS)
    assert (result.fuel_fossil_tj, result.fuel_biomass_tj) == (D(425), D(75))


def test_pfc_slope_gives_the_template_s_result():
    result = pfc_emissions(PREBAKE, CONSTANTS)
    cf4, c2f6 = result.fossil.inputs[:2]
    assert (cf4.value, c2f6.value, result.fossil.value) == (D("194.8443"), D("23.7710046"), D("1587424.347"))


def test_pfc_overvoltage_follows_equation_24():
    stream = PfcStream(
        "A2",
        PfcMethod.OVERVOLTAGE,
        production_t=D(100000),
        overvoltage_mv=D(5),
        current_efficiency_percent=D(95),
        overvoltage_coefficient_kg_cf4_per_t_mv=D("1.16"),
        c2f6_weight_fraction=D("0.121"),
    )
    result = pfc_emissions(stream, CONSTANTS)
    cf4 = D("1.16") * 5 / 95 * 100000 / 1000
    assert abs(result.fossil.value - cf4 * (6630 + D("0.121") * 11100)) < D("1e-15")


def test_measured_n2o_counts_in_co2_equivalents():
    assert measured_emissions(N2O_STACK, CONSTANTS).fossil.value == D("18059.76325")


def test_measured_co2_leaves_biomass_out():
    result = measured_emissions(CO2_STACK, CONSTANTS)
    assert (result.fossil.value, result.biomass_tco2e) == (D(386750), D(68250))


@pytest.mark.parametrize(
    ("stream", "missing"),
    [
        (SourceStream("S1", activity_data=D(1)), ("method",)),
        (SourceStream("S1", StreamMethod.COMBUSTION), ("activity_data", "emission_factor")),
        (
            SourceStream(
                "S1", StreamMethod.COMBUSTION, activity_data=D(1), emission_factor=D(1), emission_factor_unit="tCO2/TJ"
            ),
            ("net_calorific_value_gj_per_unit",),
        ),
        (SourceStream("S1", StreamMethod.MASS_BALANCE, activity_data=D(1)), ("carbon_content",)),
    ],
)
def test_missing_number_is_named_and_never_zero(stream, missing):
    with pytest.raises(MissingInput) as error:
        source_stream_emissions(stream, CONSTANTS)
    assert error.value.names == missing


def test_node_prints_formula_inputs_and_article():
    lines = list(source_stream_emissions(STEEL_OUT, CONSTANTS).fossil.lines())
    assert lines[0] == (
        "Steel: -25693.068768192 t CO2e = f × AD × CC × (1 − BF)  [IR (EU) 2025/2547, Annex II, B.3.2, eq 12, 15]"
    )
    assert lines[1].startswith("  f: 3.664 t CO2/t C  [IR (EU) 2025/2547")


def test_constants_are_dated():
    assert constants_on(date(2023, 12, 31)).carbon_to_co2.reference.startswith("IR (EU) 2023/1773")
    with pytest.raises(MissingReference):
        constants_on(date(2020, 1, 1))


@given(factor=st.decimals("0.01", "1000", places=3), amount=st.decimals("-1e6", "1e6", places=2))
def test_scaling_the_amount_scales_the_emissions(factor, amount):
    def emissions(activity_data):
        stream = SourceStream("S", StreamMethod.MASS_BALANCE, activity_data=activity_data, carbon_content=D("0.5"))
        return source_stream_emissions(stream, CONSTANTS).fossil.value

    assert emissions(amount * factor) == emissions(amount) * factor


def test_constant_whose_act_was_not_at_hand_says_so():
    assert constants_on(date(2026, 12, 31)).boiler_efficiency.is_confirmed
    assert not constants_on(date(2023, 12, 31)).boiler_efficiency.is_confirmed
    assert constants_on(date(2023, 12, 31)).carbon_to_co2.is_confirmed
