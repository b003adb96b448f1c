from __future__ import annotations

from decimal import Decimal as D

import pytest

from verification.accounting.balances import Balance, balances_of
from verification.accounting.model import (
    ChpUnit,
    ElectricitySource,
    EnergyFlow,
    HeatSource,
    InstallationReport,
    Process,
)

pytestmark = pytest.mark.unit


def process(**fields) -> Process:
    return Process("P1", **fields)


def test_heat_is_supplied_by_sources_units_and_processes():
    report = InstallationReport(
        processes=(
            process(heat=EnergyFlow(imported_tj=D(70))),
            process(heat=EnergyFlow(imported_tj=D(20), exported_tj=D(5))),
            process(heat=EnergyFlow(exported_tj=D(9), export_source="H1")),
        ),
        heat_sources=(HeatSource("H1", amount_tj=D(60)),),
        chp_units=(ChpUnit("U1", heat_tj=D(40)),),
    )
    assert balances_of(report)["heat_tj"] == Balance(D(105), D(90))


def test_waste_gas_is_what_processes_give_and_take():
    flows = (EnergyFlow(exported_tj=D(12)), EnergyFlow(imported_tj=D(10)), EnergyFlow())
    report = InstallationReport(processes=tuple(process(waste_gas=flow) for flow in flows))
    assert balances_of(report)["waste_gas_tj"] == Balance(D(12), D(10))


def test_unit_that_a_source_names_is_counted_once():
    report = InstallationReport(
        processes=(process(electricity_mwh=D(90)),),
        chp_units=(ChpUnit("U1", electricity_mwh=D(50)), ChpUnit("U2", electricity_mwh=D(7))),
        electricity_sources=(
            ElectricitySource("E1", amount_mwh=D(60)),
            ElectricitySource("E2", amount_mwh=D(40), chp_unit="U1"),
        ),
    )
    assert balances_of(report)["electricity_mwh"] == Balance(D(107), D(90))


def test_side_that_is_not_wholly_stated_is_missing():
    report = InstallationReport(heat_sources=(HeatSource("H1", amount_tj=D(1)), HeatSource("H2")))
    assert balances_of(report)["heat_tj"] == Balance(None, None)


def test_nothing_stated_is_missing_and_zero_is_zero():
    assert balances_of(InstallationReport())["electricity_mwh"].as_record() == {"supplied": None, "used": None}
    stated = InstallationReport(processes=(process(electricity_mwh=D(0)),))
    assert balances_of(stated)["electricity_mwh"].as_record() == {"supplied": None, "used": "0"}
