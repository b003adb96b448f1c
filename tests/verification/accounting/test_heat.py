"""Factors of heat: fuel over efficiency, none, the act's standard boiler, fuels attributed."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from verification.accounting.calculation import calculate
from verification.accounting.constants import latest_constants
from verification.accounting.enums import HeatKind, StreamMethod
from verification.accounting.heat import heat_factor
from verification.accounting.model import (
    EnergyFlow,
    HeatSource,
    InstallationReport,
    Process,
    RouteAmount,
    Share,
    SourceStream,
)
from verification.accounting.tree import MissingInput

pytestmark = pytest.mark.unit
CONSTANTS = latest_constants()
GAS = SourceStream(
    "S1",
    StreamMethod.COMBUSTION,
    "Natural gas",
    activity_data=D(1000),
    activity_unit="t",
    net_calorific_value_gj_per_unit=D(48),
    emission_factor=D(56),
    emission_factor_unit="tCO2/TJ",
    attributed_to=(Share("H1", D(100)),),
)


def factor(**fields) -> D:
    return heat_factor(HeatSource("H1", **fields), None, CONSTANTS).value


def test_boiler_heat_is_fuel_over_efficiency():
    assert factor(kind=HeatKind.BOILER, fuel_factor_tco2_per_tj=D(54), efficiency=D("0.9")) == D(60)


@pytest.mark.parametrize("kind", [HeatKind.EXOTHERMIC, HeatKind.ELECTRIC])
def test_exothermic_and_electric_heat_carry_nothing(kind):
    assert factor(kind=kind, stated_factor_tco2_per_tj=D(50)) == 0


def test_unverified_heat_is_the_usual_fuel_at_the_act_s_boiler():
    stated = {"stated_factor_tco2_per_tj": D(10), "efficiency": D("0.5")}
    assert factor(kind=HeatKind.BOUGHT_UNVERIFIED, fuel_factor_tco2_per_tj=D(90), **stated) == D(100)


def test_verified_heat_has_the_supplier_s_factor():
    assert factor(kind=HeatKind.BOUGHT_VERIFIED, stated_factor_tco2_per_tj=D("61.5")) == D("61.5")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ("kind",)),
        ({"kind": HeatKind.BOUGHT_UNVERIFIED, "stated_factor_tco2_per_tj": D(1)}, ("fuel_factor_tco2_per_tj",)),
        ({"kind": HeatKind.BOUGHT_VERIFIED}, ("stated_factor_tco2_per_tj",)),
        ({"kind": HeatKind.BOILER}, ("fuel_factor_tco2_per_tj", "efficiency")),
        ({"kind": HeatKind.BOILER, "fuel_factor_tco2_per_tj": D(1), "efficiency": D(0)}, ("efficiency",)),
    ],
)
def test_missing_part_of_a_heat_factor_is_named(fields, missing):
    with pytest.raises(MissingInput) as error:
        factor(**fields)
    assert error.value.names == missing


def with_heat(source: HeatSource, flow: EnergyFlow):
    made = Process(
        "P1", "Dryer", "Cement", production=(RouteAmount("All", D(100)),), direct_emissions_tco2e=D(1000), heat=flow
    )
    return calculate(InstallationReport(processes=(made,), source_streams=(GAS,), heat_sources=(source,)))


def test_streams_attributed_to_a_boiler_make_its_factor_by_its_efficiency():
    source = HeatSource("H1", kind=HeatKind.BOILER, efficiency=D("0.8"))
    result = with_heat(source, EnergyFlow(imported_tj=D(10), import_source="H1"))
    assert result.processes[0].attributed_direct.value == D(1000) + 10 * D(56) / D("0.8")


def test_streams_attributed_to_a_boiler_are_spread_over_its_heat_without_efficiency():
    source = HeatSource("H1", kind=HeatKind.BOILER, amount_tj=D(32))
    result = with_heat(source, EnergyFlow(imported_tj=D(10), import_source="H1"))
    assert result.processes[0].attributed_direct.value == D(1000) + 10 * D(2688) / 32


def test_factor_of_the_flow_goes_before_that_of_the_source():
    source = HeatSource("H1", kind=HeatKind.BOILER, amount_tj=D(32))
    result = with_heat(source, EnergyFlow(imported_tj=D(10), import_factor_tco2_per_tj=D(70), import_source="H1"))
    assert result.processes[0].attributed_direct.value == D(1700)


def test_exported_exothermic_heat_earns_no_credit():
    source = HeatSource("H1", kind=HeatKind.EXOTHERMIC)
    result = with_heat(source, EnergyFlow(exported_tj=D(5), export_factor_tco2_per_tj=D(60), export_source="H1"))
    assert result.processes[0].attributed_direct.value == D(1000)


def test_exported_boiler_heat_is_credited():
    source = HeatSource("H1", kind=HeatKind.BOILER, fuel_factor_tco2_per_tj=D(45), efficiency=D("0.9"))
    result = with_heat(source, EnergyFlow(exported_tj=D(5), export_source="H1"))
    assert result.processes[0].attributed_direct.value == D(750)


@pytest.mark.parametrize(
    ("flow", "path"),
    [
        (EnergyFlow(imported_tj=D(1)), "processes.0.heat.import_factor_tco2_per_tj"),
        (EnergyFlow(imported_tj=D(1), import_source="H9"), "processes.0.heat.import_source"),
        (EnergyFlow(imported_tj=D(1), import_source="H1"), "heat_sources.0.amount_tj"),
    ],
)
def test_heat_without_factor_is_a_gap_where_it_can_be_mended(flow, path):
    result = with_heat(HeatSource("H1", kind=HeatKind.BOILER), flow)
    assert path in [gap.path for gap in result.gaps]
    assert result.processes[0].attributed_direct is None


def test_source_that_nobody_uses_needs_nothing():
    result = with_heat(HeatSource("H1"), EnergyFlow())
    assert [gap.path for gap in result.gaps] == [
        "processes.0.electricity_mwh",
        "processes.0.electricity_factor_tco2e_per_mwh",
    ]
