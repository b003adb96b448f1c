"""Processes beside the installation's total, and their correction by one factor."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from verification.accounting.calculation import calculate
from verification.accounting.enums import HeatKind, StreamMethod
from verification.accounting.model import (
    EnteredTotals,
    HeatSource,
    InstallationReport,
    OtherGood,
    Process,
    RouteAmount,
    Share,
    SourceStream,
)

pytestmark = pytest.mark.unit
STREAM = SourceStream(
    "S1", StreamMethod.PROCESS, activity_data=D(1000), emission_factor=D(1), emission_factor_unit="tCO2/t"
)
PROCESSES = tuple(
    Process(name, category="Cement", production=(RouteAmount("All", D(100)),), direct_emissions_tco2e=amount)
    for name, amount in (("P1", D(500)), ("P2", D(200)))
)


def report(**fields) -> InstallationReport:
    totals = fields.pop("totals", EnteredTotals(other_processes_direct_tco2e=D(100), is_reconciled=True))
    return InstallationReport(**{"processes": PROCESSES, "source_streams": (STREAM,), "totals": totals, **fields})


def test_processes_are_scaled_to_the_installation_where_asked():
    result = calculate(report())
    found = result.reconciliation
    assert (found.installation_direct_tco2e, found.processes_direct_tco2e, found.factor) == (D(1000), D(800), D("1.25"))
    assert found.is_applied
    assert [item.attributed_direct.value for item in result.processes] == [D(625), D(250)]


def test_factor_is_shown_and_not_applied_where_not_asked():
    result = calculate(report(totals=EnteredTotals(other_processes_direct_tco2e=D(100))))
    found = result.reconciliation
    assert (found.factor, found.is_applied, found.rest_tco2e) == (D("1.25"), False, D(200))
    assert [item.attributed_direct.value for item in result.processes] == [D(500), D(200)]


def test_corrected_value_shows_the_factor_in_its_tree():
    own = calculate(report()).processes[0].attributed_direct.inputs[0]
    assert (own.formula, own.reference) == ("DirEm* × RecF", "IR (EU) 2025/2547, Annex III, A.1, eq 42")
    assert [node.value for node in own.inputs] == [D(500), D("1.25")]


def test_heat_of_own_boilers_is_not_asked_of_the_processes():
    boiler = HeatSource("H1", kind=HeatKind.BOILER, amount_tj=D(2), fuel_factor_tco2_per_tj=D(90), efficiency=D("0.9"))
    found = calculate(report(heat_sources=(boiler,))).reconciliation
    assert (found.energy_units_direct_tco2e, found.factor) == (D(200), D(1))


def test_streams_of_a_heat_source_are_taken_off_before_comparing():
    stream = replace(STREAM, attributed_to=(Share("H1", D(20)),))
    source = HeatSource("H1", kind=HeatKind.BOILER, amount_tj=D(5))
    assert calculate(report(source_streams=(stream,), heat_sources=(source,))).reconciliation.factor == D(1)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"source_streams": ()}, "source_streams"),
        ({"source_streams": (replace(STREAM, activity_data=None),)}, "source_streams.0.activity_data"),
        (
            {"totals": EnteredTotals(is_reconciled=True), "other_goods": (OtherGood("O1"),)},
            "totals.other_processes_direct_tco2e",
        ),
        (
            {"processes": (replace(PROCESSES[0], direct_emissions_tco2e=None), PROCESSES[1])},
            "processes.0.direct_emissions_tco2e",
        ),
        (
            {"heat_sources": (HeatSource("H1", kind=HeatKind.BOILER, fuel_factor_tco2_per_tj=D(1), efficiency=D(1)),)},
            "heat_sources.0.amount_tj",
        ),
    ],
)
def test_correction_that_cannot_be_made_leaves_no_uncorrected_value(fields, path):
    result = calculate(report(**fields))
    assert path in [gap.path for gap in result.gaps]
    assert result.reconciliation.factor is None
    assert [item.attributed_direct for item in result.processes] == [None, None]


def test_streams_give_the_direct_emissions_of_a_process_by_their_shares():
    streams = (
        replace(STREAM, attributed_to=(Share("P1", D(70)), Share("P2", D(10)))),
        replace(STREAM, id="S2", activity_data=D(10), attributed_to=(Share("P2", D(100)),)),
    )
    processes = tuple(replace(item, direct_emissions_tco2e=None) for item in PROCESSES)
    result = calculate(report(processes=processes, source_streams=streams, totals=EnteredTotals()))
    assert [item.attributed_direct.value for item in result.processes] == [D(700), D(110)]
    assert result.reconciliation.rest_tco2e == D(200)


def test_stated_direct_emissions_go_before_the_streams():
    stream = replace(STREAM, attributed_to=(Share("P1", D(100)),))
    result = calculate(report(source_streams=(stream,), totals=EnteredTotals()))
    assert result.processes[0].attributed_direct.value == D(500)


def test_share_of_something_unknown_is_a_gap_and_more_than_all_a_mismatch():
    shares = (Share("P9", D(50)), Share("P1", D(60)))
    result = calculate(report(source_streams=(replace(STREAM, attributed_to=shares),), totals=EnteredTotals()))
    assert "source_streams.0.attributed_to.0.target" in [gap.path for gap in result.gaps]
    assert [(item.path, item.found) for item in result.mismatches] == [("source_streams.0.attributed_to", "110 %")]
