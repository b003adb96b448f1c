"""The own examples follow the figures that the Commission prints for its worked examples."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from verification.accounting.calculation import Gap, calculate
from verification.accounting.examples import example_report
from verification.accounting.model import Consumption
from verification.kernel.quantities import round_half_up

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("example", "process", "direct", "indirect", "total"),
    [
        ("cement", "P1", "0.785215", "0.122243", "0.907457"),
        ("integrated_steelworks", "P1", "1.538976", "0.203554", "1.742530"),
        ("stainless_steelworks", "P1", "1.001490", "1.378424", "2.379915"),
        ("stainless_steelworks", "P2", "1.439606", "1.731482", "3.171088"),
        ("fertiliser", "P1", "0.309635", "0.053877", "0.363512"),
        ("hydrogen", "P1", "8.487855", "0.219927", "8.707782"),
        ("hydrogen", "P2", "0.000000", "8.386560", "8.386560"),
    ],
)
def test_example_recomputes_to_the_printed_digits(example, process, direct, indirect, total):
    result = calculate(example_report(example)).process(process)
    found = (result.see_direct.value, result.see_indirect.value, result.see_total)
    assert tuple(round_half_up(value, 6) for value in found) == (D(direct), D(indirect), D(total))


def test_default_share_travels_down_the_chain():
    result = calculate(example_report("stainless_steelworks"))
    shares = [round_half_up(result.process(name).default_share, 6) for name in ("P1", "P2")]
    assert shares == [D("0.035209"), D("0.026526")]


def test_totals_leave_biomass_out():
    totals = calculate(example_report("cement")).totals
    assert (totals.direct_tco2e, totals.biomass_tco2e, totals.fuel_tj) == (D(1037310), D(6225), D(4420))


def test_tree_shows_how_a_value_came_about():
    node = calculate(example_report("stainless_steelworks")).process("P2").see_direct
    assert (node.formula, node.reference) == ("AttrEm / AL + Σ mᵢ × SEEᵢ", "IR (EU) 2025/2547, Annex III, B, eq 59–62")
    attributed, level, slabs = node.inputs
    assert (attributed.value, level.value) == (D("402245.415"), D(1133000))
    assert slabs.label == "Precursor Electric arc furnace and caster"
    assert abs(attributed.value / level.value + slabs.value - node.value) < D("1e-25")


def test_missing_direct_emissions_make_the_chain_missing():
    report = example_report("stainless_steelworks")
    first = replace(report.processes[0], direct_emissions_tco2e=None)
    result = calculate(replace(report, processes=(first, report.processes[1])))
    assert [item.see_direct for item in result.processes] == [None, None]
    assert all(item.see_indirect for item in result.processes)
    assert result.gaps == (Gap("processes.0.direct_emissions_tco2e", "the direct emissions of this process"),)


def test_missing_value_of_a_precursor_is_named():
    report = example_report("fertiliser")
    urea = replace(report.precursors[0], electricity_mwh_per_unit=None)
    result = calculate(replace(report, precursors=(urea, report.precursors[1])))
    assert [gap.path for gap in result.gaps] == ["precursors.0.electricity_mwh_per_unit"]
    assert result.processes[0].see_indirect is None
    assert result.processes[0].see_total is None


def test_impossible_loop_is_told_and_gives_no_values():
    report = example_report("hydrogen")
    first, second = report.processes
    loop = (
        replace(first, consumed_in=(Consumption("P2", D(1200)),)),
        replace(second, consumed_in=(Consumption("P1", D(55000)),)),
    )
    result = calculate(replace(report, processes=loop))
    assert "consume more of each other's products" in result.loop
    assert [item.see_direct for item in result.processes] == [None, None]
