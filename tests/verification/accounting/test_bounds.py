"""The ends of what the formulas take: zero, negative, missing, several of a kind."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal as D
from itertools import pairwise

import pytest

import verification.accounting
from tests.verification.accounting.test_streams import PREBAKE
from verification.accounting import reference_efficiency
from verification.accounting.calculation import calculate
from verification.accounting.cogeneration import cogeneration
from verification.accounting.constants import latest_constants
from verification.accounting.enums import BiomassProof, HeatKind, MeasuredGas, StreamMethod, ValueSource
from verification.accounting.model import (
    ChpUnit,
    ElectricitySource,
    EnergyFlow,
    HeatSource,
    InstallationReport,
    MeasuredSource,
    Precursor,
    Process,
    Product,
    RouteAmount,
    Share,
    SourceStream,
    Supply,
)
from verification.accounting.precursors import carried_by
from verification.accounting.reconciliation import Reconciliation
from verification.accounting.reference_efficiency import electricity_reference
from verification.accounting.rules import NO_RULES
from verification.accounting.streams import measured_emissions, pfc_emissions
from verification.accounting.tree import MissingInput

pytestmark = pytest.mark.unit
CONSTANTS = latest_constants()
DAY = date(2026, 12, 31)
PARTS = sorted(
    {
        part
        for found in pkgutil.walk_packages(verification.accounting.__path__, "verification.accounting.")
        if found.name.count(".") == 2 or found.name.startswith("verification.accounting.model")
        for part in vars(importlib.import_module(found.name)).values()
        if isinstance(part, type) and is_dataclass(part)
    },
    key=lambda part: (part.__module__, part.__name__),
)
MUTABLE = {"Log"}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_part_cannot_be_changed(part):
    if part.__name__ in MUTABLE:
        return
    with pytest.raises(AttributeError, match="cannot assign"):
        setattr(object.__new__(part), fields(part)[0].name, None)


def process(**given) -> Process:
    return Process(
        **{
            "id": "P1",
            "name": "Kiln",
            "category": "Cement",
            "production": (RouteAmount("All", D(100)),),
            "direct_emissions_tco2e": D(50),
            **given,
        }
    )


@pytest.mark.parametrize("level", [D(0), D("-0.5"), D(-1)])
def test_process_that_made_nothing_has_no_specific_value(level):
    result = calculate(InstallationReport(processes=(process(production=(RouteAmount("All", level),)),)))
    assert result.processes[0].see_direct is None
    assert "processes.0.production" in [gap.path for gap in result.gaps]


@pytest.mark.parametrize("efficiency", [D(0), D("-0.5"), D(-1)])
def test_pfc_that_no_hood_collects_cannot_be_counted(efficiency):
    with pytest.raises(MissingInput, match="collection_efficiency"):
        pfc_emissions(replace(PREBAKE, collection_efficiency=efficiency), CONSTANTS)


@pytest.mark.parametrize("efficiency", [D("0.5"), D(1)])
def test_pfc_in_the_duct_is_divided_by_what_the_hood_collects(efficiency):
    whole = pfc_emissions(replace(PREBAKE, collection_efficiency=None), CONSTANTS).fossil.value
    found = pfc_emissions(replace(PREBAKE, collection_efficiency=efficiency), CONSTANTS)
    assert found.fossil.value == whole / efficiency


@pytest.mark.parametrize("energy", [D(0), D("-0.5"), D(-1)])
def test_unit_without_energy_has_no_efficiency(energy):
    with pytest.raises(MissingInput, match="fuel_tj"):
        cogeneration(ChpUnit("U1", fuel_tj=energy, fuel_emissions_tco2=D(1), heat_tj=D(1)), None, CONSTANTS, DAY)


def supplies(*amounts: D | None) -> Precursor:
    rows = tuple(
        Supply(
            f"L{place}",
            amount=amount,
            see_direct_tco2e_per_unit=D(place + 1),
            see_indirect_tco2e_per_unit=D(0),
            value_source=ValueSource.MEASURED,
        )
        for place, amount in enumerate(amounts)
    )
    return Precursor("PP1", category="Pig iron", supplies=rows)


@pytest.mark.parametrize("amounts", [(D(0), D(0)), (D(1), None), (D(1), D(-1))])
def test_mean_of_deliveries_needs_quantities(amounts):
    assert carried_by(supplies(*amounts), 0, NO_RULES).direct is None


def test_mean_of_three_deliveries_keeps_the_pairs_of_amount_and_value():
    found = carried_by(supplies(D(1), D(2), D(1)), 0, NO_RULES).direct
    assert found.value == D(2)
    assert [node.value for node in found.inputs] == [D(1), D(1), D(2), D(2), D(1), D(3)]


def test_mean_of_sources_without_any_electricity_is_a_gap():
    sources = tuple(ElectricitySource(name, amount_mwh=D(0), factor_tco2e_per_mwh=D(1)) for name in ("E1", "E2"))
    report = InstallationReport(processes=(process(electricity_mwh=D(5)),), electricity_sources=sources)
    assert calculate(report).processes[0].attributed_indirect is None


@pytest.mark.parametrize("lacking", ["installation", "energy_units", "processes"])
def test_rest_is_missing_where_a_part_is(lacking):
    whole = Reconciliation(D(100), D(10), D(70))
    assert whole.rest_tco2e == D(20)
    assert replace(whole, **{f"{lacking}_direct_tco2e": None}).rest_tco2e is None


def test_product_is_found_by_its_own_name_and_no_other():
    products = tuple(Product(name, "P1", "25232900") for name in ("1", "2", "3"))
    result = calculate(InstallationReport(processes=(process(),), products=products))
    assert [result.product(name).product for name in ("1", "2", "3")] == ["1", "2", "3"]
    assert [result.product("0"), result.product("9"), result.process("P0"), result.process("P9")] == [None] * 4


def test_biomass_of_measured_carbon_dioxide_is_what_is_not_fossil():
    source = MeasuredSource(
        "M1",
        gas=MeasuredGas.CO2,
        concentration_g_per_nm3=D(100),
        operating_hours=D(1000),
        flow_1000nm3_per_hour=D(10),
        biomass_percent=D(70),
        biomass_proof=BiomassProof.PROVEN,
    )
    found = measured_emissions(source, CONSTANTS)
    assert (found.fossil.value, found.biomass_tco2e) == (D(300), D(700))


def first_of(year: int) -> date:
    return date(year, 1, 1)


def table(year: int, percent: str) -> dict:
    row = {"fuel": "S1", "electricity": [percent] * 3}
    return {"applies_from": first_of(year), "electricity_reference": f"of {year}", "fuels": [row]}


def test_table_of_reference_efficiencies_is_that_of_the_day(monkeypatch):
    days = [table["applies_from"] for table in reference_efficiency._tables()]
    assert all(earlier < later for earlier, later in pairwise(days))
    monkeypatch.setattr(reference_efficiency, "_tables", lambda: [table(2020, "40"), table(2026, "50")])
    found = [electricity_reference("S1", on=day) for day in (None, *map(first_of, (1990, 2020, 2025, 2026, 2030)))]
    assert [each.value for each in found] == [D("0.5"), D("0.4"), D("0.4"), D("0.4"), D("0.5"), D("0.5")]


def test_mean_of_the_streams_of_a_boiler_is_exact():
    stream = SourceStream(
        "S1",
        StreamMethod.PROCESS,
        "Gas",
        activity_data=D(7),
        activity_unit="t",
        emission_factor=D(1),
        emission_factor_unit="tCO2/t",
        attributed_to=(Share("H1", D(100)),),
    )
    boiler = HeatSource("H1", "Boiler", kind=HeatKind.BOILER, amount_tj=D(2))
    made = process(direct_emissions_tco2e=D(0), heat=EnergyFlow(imported_tj=D(2), import_source="H1"))
    report = InstallationReport(processes=(made,), source_streams=(stream,), heat_sources=(boiler,))
    assert calculate(report).processes[0].attributed_direct.value == D(7)


@pytest.mark.parametrize("efficiency", [D(0), D("-0.5")])
def test_reference_efficiency_is_above_zero(efficiency):
    unit = ChpUnit(
        "U1",
        fuel_tj=D(10),
        fuel_emissions_tco2=D(1),
        heat_tj=D(1),
        electricity_mwh=D(1),
        heat_reference_efficiency=D("0.9"),
        electricity_reference_efficiency=efficiency,
    )
    with pytest.raises(MissingInput, match="electricity_reference_efficiency"):
        cogeneration(unit, None, CONSTANTS, DAY)


def test_share_of_a_whole_stream_is_the_stream_itself():
    stream = SourceStream(
        "S1",
        StreamMethod.PROCESS,
        "Gas",
        activity_data=D(1) / D(3),
        activity_unit="t",
        emission_factor=D(1),
        emission_factor_unit="tCO2/t",
        attributed_to=(Share("P1", D("100.0")),),
    )
    result = calculate(InstallationReport(processes=(process(direct_emissions_tco2e=None),), source_streams=(stream,)))
    assert result.processes[0].attributed_direct.value == D(1) / D(3)
