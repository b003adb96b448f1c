from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from verification.accounting.attribution import attributed_direct_emissions, attributed_indirect_emissions
from verification.accounting.constants import constants_on
from verification.accounting.model import EnergyFlow, Process
from verification.accounting.tree import MissingInput

pytestmark = pytest.mark.unit
CONSTANTS = constants_on(date(2026, 12, 31))


def attributed(**fields) -> D:
    return attributed_direct_emissions(Process("P1", **fields), CONSTANTS).value


def test_exported_waste_gas_is_credited_at_natural_gas_and_corrected():
    flow = EnergyFlow(imported_tj=D(0), exported_tj=D(12800))
    assert attributed(direct_emissions_tco2e=D("7866044.47"), waste_gas=flow) == D("7866044.47") - D("478959.36")


def test_imported_waste_gas_counts_at_natural_gas():
    assert attributed(direct_emissions_tco2e=D(0), waste_gas=EnergyFlow(imported_tj=D(10))) == D(561)


def test_heat_counts_at_its_own_factor_both_ways():
    flow = EnergyFlow(D(100), D("60.5"), D(800), D(56))
    assert attributed(direct_emissions_tco2e=D(511632), heat=flow) == D(511632) + D(6050) - D(44800)


def test_exported_electricity_is_deducted():
    found = attributed(
        direct_emissions_tco2e=D(1000),
        electricity_exported_mwh=D(500),
        electricity_export_factor_tco2_per_mwh=D("0.4"),
    )
    assert found == D(800)


def test_attributed_direct_emissions_are_never_below_zero():
    assert attributed(direct_emissions_tco2e=D(10), waste_gas=EnergyFlow(exported_tj=D(1000))) == 0


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, "direct_emissions_tco2e"),
        ({"direct_emissions_tco2e": D(1), "heat": EnergyFlow(imported_tj=D(1))}, "heat.import_factor_tco2_per_tj"),
        ({"direct_emissions_tco2e": D(1), "heat": EnergyFlow(exported_tj=D(1))}, "heat.export_factor_tco2_per_tj"),
        (
            {"direct_emissions_tco2e": D(1), "electricity_exported_mwh": D(1)},
            "electricity_export_factor_tco2_per_mwh",
        ),
    ],
)
def test_missing_factor_of_a_stated_flow_is_named(fields, missing):
    with pytest.raises(MissingInput) as error:
        attributed(**fields)
    assert error.value.names == (missing,)


def test_indirect_emissions_are_electricity_times_factor():
    process = Process("P1", electricity_mwh=D(1658844), electricity_factor_tco2e_per_mwh=D("0.589"))
    assert attributed_indirect_emissions(process).value == D("977059.116")


def test_indirect_emissions_without_electricity_are_missing():
    with pytest.raises(MissingInput):
        attributed_indirect_emissions(Process("P1", electricity_factor_tco2e_per_mwh=D(1)))
