"""Carbon monoxide, unproven biomass, data gaps and CO2 handed over, in the installation's total."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from verification.accounting.calculation import calculate
from verification.accounting.enums import (
    BiomassProof,
    MeasuredGas,
    StreamMethod,
    TransferDirection,
    TransferPurpose,
)
from verification.accounting.model import (
    Co2Transfer,
    DataGap,
    InstallationReport,
    MeasuredSource,
    Process,
    RouteAmount,
    Share,
    SourceStream,
)

pytestmark = pytest.mark.unit
STREAM = SourceStream(
    "S1",
    StreamMethod.PROCESS,
    "Wood and coal",
    activity_data=D(1000),
    activity_unit="t",
    emission_factor=D(2),
    emission_factor_unit="tCO2/t",
    biomass_percent=D(25),
    attributed_to=(Share("P1", D(60)),),
)
STACK = MeasuredSource(
    "M1",
    gas=MeasuredGas.CO2,
    concentration_g_per_nm3=D(100),
    operating_hours=D(10),
    flow_1000nm3_per_hour=D(50),
    co_concentration_g_per_nm3=D(2),
)
STORED = Co2Transfer("T1", "P1", TransferDirection.OUT, TransferPurpose.STORAGE, D(200), D(25))


def report(**fields) -> InstallationReport:
    made = Process("P1", name="Kiln", category="Cement clinker", production=(RouteAmount("All", D(500)),))
    return InstallationReport(**{"processes": (made,), "source_streams": (STREAM,), **fields})


@pytest.mark.parametrize(
    ("proof", "fossil", "biomass"),
    [(BiomassProof.PROVEN, "1500", "500"), (None, "1500", "500"), (BiomassProof.UNPROVEN, "2000", "0")],
)
def test_biomass_without_proof_counts_as_fossil(proof, fossil, biomass):
    totals = calculate(report(source_streams=(replace(STREAM, biomass_proof=proof),))).totals
    assert (totals.co2_tco2e, totals.biomass_tco2e) == (D(fossil), D(biomass))


def test_unproven_biomass_is_said_in_the_tree():
    result = calculate(report(source_streams=(replace(STREAM, biomass_proof=BiomassProof.UNPROVEN),)))
    node = result.streams[0].fossil.inputs[-1]
    assert (node.value, node.formula, node.inputs[0].value) == (D(1), "biomass without proof is fossil", D(25))


def test_unproven_biomass_fuel_is_fossil_fuel():
    fuel = replace(STREAM, net_calorific_value_gj_per_unit=D(20), biomass_proof=BiomassProof.UNPROVEN)
    stream = calculate(report(source_streams=(fuel,))).streams[0]
    assert (stream.fuel_fossil_tj, stream.fuel_biomass_tj, stream.fuel_tj) == (D(20), D(0), D(20))


def test_carbon_monoxide_counts_as_the_molar_equivalent_of_carbon_dioxide():
    totals = calculate(report(source_streams=(), measured_sources=(STACK,))).totals
    assert totals.co2_tco2e == D(50) + D(1) * D("1.571")


def test_carbon_monoxide_beside_nitrous_oxide_is_carbon_dioxide_in_the_totals():
    stack = replace(STACK, gas=MeasuredGas.N2O, biomass_percent=D(10))
    totals = calculate(report(source_streams=(), measured_sources=(stack,))).totals
    assert (totals.n2o_tco2e, totals.co2_tco2e) == (D(50) * 265, D("1.571") * D("0.9"))
    assert totals.direct_tco2e == D(50) * 265 + D("1.4139")


def test_biomass_does_not_make_nitrous_oxide_zero():
    stack = replace(STACK, gas=MeasuredGas.N2O, co_concentration_g_per_nm3=None, biomass_percent=D(40))
    totals = calculate(report(source_streams=(), measured_sources=(stack,))).totals
    assert (totals.n2o_tco2e, totals.biomass_tco2e) == (D(13250), D(0))


def test_estimate_for_a_data_gap_counts_where_it_is_attributed():
    gap = DataGap("D1", "S1", emissions_tco2e=D(80), attributed_to=(Share("P1", D(50)),))
    result = calculate(report(data_gaps=(gap,)))
    assert (result.totals.data_gaps_tco2e, result.totals.direct_tco2e) == (D(80), D(1580))
    assert result.processes[0].attributed_direct.value == 1500 * D("0.6") + 40


def test_data_gap_without_shares_follows_its_stream():
    result = calculate(report(data_gaps=(DataGap("D1", "S1", emissions_tco2e=D(100)),)))
    assert result.processes[0].attributed_direct.value == 1600 * D("0.6")


def test_data_gap_without_estimate_makes_the_total_incomplete():
    result = calculate(report(data_gaps=(DataGap("D1", "S1"),)))
    assert result.gaps[0].path == "data_gaps.0.emissions_tco2e"
    assert (result.totals.is_complete, result.totals.tree) == (False, None)
    assert result.processes[0].see_direct is None


@pytest.mark.parametrize("purpose", [TransferPurpose.STORAGE, TransferPurpose.BINDING])
def test_fossil_part_of_stored_or_bound_co2_is_taken_off(purpose):
    result = calculate(report(co2_transfers=(replace(STORED, purpose=purpose),)))
    assert (result.totals.not_emitted_tco2, result.totals.direct_tco2e) == (D(150), D(1350))
    assert result.processes[0].attributed_direct.value == D(900) - D(150)


@pytest.mark.parametrize(
    "transfer", [replace(STORED, purpose=TransferPurpose.OTHER), replace(STORED, direction=TransferDirection.IN)]
)
def test_other_transfers_change_nothing(transfer):
    result = calculate(report(co2_transfers=(transfer,)))
    assert (result.totals.direct_tco2e, result.processes[0].attributed_direct.value) == (D(1500), D(900))


def test_transfer_of_unknown_origin_is_a_gap_where_there_is_biomass():
    result = calculate(report(co2_transfers=(replace(STORED, biomass_percent=None),)))
    assert "co2_transfers.0.biomass_percent" in [gap.path for gap in result.gaps]
    assert result.processes[0].attributed_direct is None


def test_transfer_is_wholly_fossil_where_there_is_no_biomass():
    only_fossil = (replace(STREAM, biomass_percent=None),)
    result = calculate(report(source_streams=only_fossil, co2_transfers=(replace(STORED, biomass_percent=None),)))
    assert result.totals.not_emitted_tco2 == D(200)


@pytest.mark.parametrize("field", ["direction", "purpose", "amount_t"])
def test_transfer_that_may_count_must_be_told_wholly(field):
    result = calculate(report(co2_transfers=(replace(STORED, **{field: None}),)))
    assert f"co2_transfers.0.{field}" in [gap.path for gap in result.gaps]


def test_installation_s_tree_holds_every_part():
    gap = DataGap("D1", "S1", emissions_tco2e=D(80))
    tree = calculate(report(data_gaps=(gap,), co2_transfers=(STORED,))).totals.tree
    assert [node.value for node in tree.inputs] == [D(1500), D(80), D(-150)]
    assert tree.value == D(1430)
