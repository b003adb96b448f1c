"""Electricity: the source named, the mean of all sources, what a cogeneration unit makes."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from verification.accounting.calculation import calculate
from verification.accounting.enums import ElectricityKind
from verification.accounting.model import ChpUnit, ElectricitySource, InstallationReport, Process, RouteAmount
from verification.accounting.supply import is_on_default

pytestmark = pytest.mark.unit
GRID = ElectricitySource("E1", "Grid", ElectricityKind.GRID, D(300), D("0.8"), "D.4(a)")
WIND = ElectricitySource("E2", "Wind", ElectricityKind.DIRECT_LINE, D(100), D(0), "D.4.3.1")
UNIT = ChpUnit(
    "U1",
    fuel_tj=D(1000),
    fuel_emissions_tco2=D(56000),
    heat_tj=D(450),
    electricity_mwh=D(100000),
    heat_reference_efficiency=D("0.90"),
    electricity_reference_efficiency=D("0.48"),
)


def result(*sources: ElectricitySource, units=(), **fields):
    made = Process(
        "P1",
        "Mill",
        "Cement",
        production=(RouteAmount("All", D(100)),),
        **{"direct_emissions_tco2e": D(500), "electricity_mwh": D(50), **fields},
    )
    return calculate(InstallationReport(processes=(made,), electricity_sources=sources, chp_units=units))


def indirect(*sources: ElectricitySource, **fields):
    node = result(*sources, **fields).processes[0].attributed_indirect
    return None if node is None else node.value


def test_electricity_is_the_mean_of_all_sources_by_quantity():
    assert indirect(GRID, WIND) == 50 * D("0.6")


def test_source_that_the_process_names_counts_alone():
    assert indirect(GRID, WIND, electricity_source="E2") == 0
    assert indirect(GRID, WIND, electricity_source="E1") == 40


def test_factor_of_the_process_goes_before_all_sources():
    fields = {"electricity_factor_tco2e_per_mwh": D("0.1"), "electricity_source": "E1"}
    assert indirect(GRID, WIND, **fields) == 5


def test_single_source_needs_no_quantity():
    assert indirect(ElectricitySource("E1", factor_tco2e_per_mwh=D("0.8"))) == 40


def test_electricity_of_a_cogeneration_unit_has_the_unit_s_factor():
    own = ElectricitySource("E1", kind=ElectricityKind.OWN_CHP, factor_tco2e_per_mwh=D(9), chp_unit="U1")
    assert indirect(own, units=(UNIT,)) == 50 * 56000 * D("0.6") / 100000
    assert indirect(units=(UNIT,), electricity_source="U1") == 50 * 56000 * D("0.6") / 100000


def test_exported_electricity_is_credited_at_its_source():
    fields = {"electricity_exported_mwh": D(100), "electricity_export_source": "U1"}
    found = result(GRID, units=(UNIT,), **fields).processes[0].attributed_direct
    assert found.value == 500 - 100 * D("0.336")


@pytest.mark.parametrize(
    ("sources", "fields", "path"),
    [
        ((), {}, "processes.0.electricity_factor_tco2e_per_mwh"),
        ((GRID,), {"electricity_source": "E9"}, "processes.0.electricity_source"),
        ((GRID, ElectricitySource("E2", factor_tco2e_per_mwh=D(1))), {}, "electricity_sources.1.amount_mwh"),
        ((GRID, ElectricitySource("E2", amount_mwh=D(1))), {}, "electricity_sources.1.factor_tco2e_per_mwh"),
        ((ElectricitySource("E1", chp_unit="U9"),), {}, "electricity_sources.0.chp_unit"),
    ],
)
def test_electricity_without_factor_is_a_gap_where_it_can_be_mended(sources, fields, path):
    found = result(*sources, **fields)
    assert [gap.path for gap in found.gaps] == [path]
    assert found.processes[0].see_indirect is None


def test_exported_electricity_without_factor_is_a_gap():
    found = result(GRID, electricity_exported_mwh=D(1), electricity_export_source="E9")
    assert [gap.path for gap in found.gaps] == ["processes.0.electricity_export_source"]


@pytest.mark.parametrize(
    ("code", "kind", "expected"),
    [
        ("D.4(a)", None, True),
        ("D.4 (b)", None, True),
        ("D.4.3.2", ElectricityKind.GRID, False),
        ("Mix", ElectricityKind.GRID, None),
        ("", ElectricityKind.GRID, True),
        ("", ElectricityKind.OWN_CHP, False),
        ("", None, None),
    ],
)
def test_factor_is_known_to_be_a_default_or_not(code, kind, expected):
    assert is_on_default(code, kind) is expected


def test_share_of_indirect_emissions_on_default_values_follows_the_sources():
    third = ElectricitySource("E2", "Plant", ElectricityKind.DIRECT_LINE, D(100), D("0.8"), "D.4.3.1")
    assert result(GRID, third).processes[0].default_share_indirect == D("0.75")


def test_share_of_indirect_emissions_is_missing_where_a_source_does_not_say():
    assert result(electricity_factor_tco2e_per_mwh=D(1)).processes[0].default_share_indirect is None
