"""Small invented reports, each with one thing that pictures and steps must get right."""

from __future__ import annotations

from decimal import Decimal

from verification.accounting.enums import ElectricityKind, HeatKind, StreamMethod, ValueSource
from verification.accounting.model import (
    ChpUnit,
    Consumption,
    CoProduct,
    ElectricitySource,
    EnergyFlow,
    HeatSource,
    InstallationReport,
    Precursor,
    Process,
    Product,
    RouteAmount,
    Share,
    SourceStream,
    Supply,
)
from verification.accounting.rules import AccountingRules

D = Decimal
STEEL = AccountingRules(indirect_scope={"Crude steel": False, "Iron or steel products": False, "Pig iron": False})
HYDROGEN_COUNTED = AccountingRules(indirect_scope={"Crude steel": True, "Iron or steel products": False})


def stream(id: str, tonnes: str, *shares: tuple[str, str]) -> SourceStream:
    return SourceStream(
        id=id, method=StreamMethod.PROCESS, name=f"Stream {id}", activity_data=D(tonnes), activity_unit="t",
        emission_factor=D(1), emission_factor_unit="tCO2/t",
        attributed_to=tuple(Share(target, D(percent)) for target, percent in shares),
    )  # fmt: skip


def process(id: str, made: str, *uses: tuple[str, str], **more: object) -> Process:
    given: dict[str, object] = {
        "id": id, "name": f"Process {id}", "category": "Iron or steel products",
        "production": (RouteAmount("All production routes", D(made)),),
        "consumed_in": tuple(Consumption(user, D(amount)) for user, amount in uses),
        "electricity_mwh": D(0), "electricity_factor_tco2e_per_mwh": D("0.5"),
    }  # fmt: skip
    return Process(**(given | more))


def chain() -> InstallationReport:
    """Melting feeds rolling; streams by shares; a boiler and a unit of heat and power; two bought precursors."""
    return InstallationReport(
        source_streams=(
            stream("S1", "1000", ("P1", "60"), ("P2", "20")),
            stream("S2", "300", ("H1", "100")),
            stream("S3", "400", ("C1", "100")),
        ),
        heat_sources=(HeatSource("H1", name="Boiler", kind=HeatKind.BOILER, amount_tj=D(10)),),
        chp_units=(
            ChpUnit(
                "C1", name="Turbine", fuel_tj=D(20), heat_tj=D(8), electricity_mwh=D(1500),
                heat_reference_efficiency=D("0.9"), electricity_reference_efficiency=D("0.5"),
            ),
        ),
        electricity_sources=(
            ElectricitySource("E1", name="Grid", kind=ElectricityKind.GRID, amount_mwh=D(2000),
                              factor_tco2e_per_mwh=D("0.4"), factor_source="D.4(b)"),
            ElectricitySource("E2", name="Own turbine", kind=ElectricityKind.OWN_CHP, amount_mwh=D(1000),
                              chp_unit="C1"),
        ),
        precursors=(
            Precursor(
                "R1", name="Pig iron", category="Pig iron", country="IN",
                consumed_in=(Consumption("P1", D(100)),), see_direct_tco2e_per_unit=D("2.5"),
                see_direct_source=ValueSource.DEFAULT, see_indirect_stated_tco2e_per_unit=D("0.1"),
            ),
            Precursor(
                "R2", name="Slabs", category="Crude steel", country="IN", consumed_in=(Consumption("P2", D(50)),),
                supplies=(
                    Supply("D1", operator="North", amount=D(30), value_source=ValueSource.MEASURED,
                           see_direct_tco2e_per_unit=D(2), see_indirect_tco2e_per_unit=D("0.2")),
                    Supply("D2", operator="South", amount=D(20), value_source=ValueSource.DEFAULT,
                           see_direct_tco2e_per_unit=D(3), see_indirect_tco2e_per_unit=D("0.3")),
                ),
            ),
        ),
        processes=(
            process("P1", "1000", ("P2", "800"), category="Crude steel", produced_for_market=D(200),
                    heat=EnergyFlow(imported_tj=D(4), import_source="H1"),
                    electricity_mwh=D(900), electricity_factor_tco2e_per_mwh=None),
            process("P2", "820", produced_for_market=D(800),
                    heat=EnergyFlow(imported_tj=D(5), import_source="C1"),
                    electricity_mwh=D(600), electricity_factor_tco2e_per_mwh=None),
        ),
        products=(
            Product("G1", process="P1", cn="72061000", name="Ingots", quantity=D(200)),
            Product("G2", process="P2", cn="72139120", name="Bars", quantity=D(800)),
        ),
    )  # fmt: skip


def loop() -> InstallationReport:
    """Two processes that feed each other."""
    return InstallationReport(
        source_streams=(stream("S1", "1000"),),
        processes=(
            process("P1", "1000", ("P2", "700"), direct_emissions_tco2e=D(600)),
            process("P2", "500", ("P1", "100"), direct_emissions_tco2e=D(300)),
        ),
        products=(
            Product("G1", process="P1", cn="72061000", quantity=D(300)),
            Product("G2", process="P2", cn="72139120", quantity=D(400)),
        ),
    )


def with_co_products() -> InstallationReport:
    """Hydrogen with chlorine and lye beside it: a quarter of the moles are hydrogen."""
    cells = process(
        "P1", "1008", category="Hydrogen", electricity_mwh=D(8000), electricity_factor_tco2e_per_mwh=D("0.5"),
        product_molar_mass_g_per_mol=D("2.016"),
        co_products=(
            CoProduct("K1", "Chlorine", D(35453), D("70.906")), CoProduct("K2", "Lye", D(39997), D("39.997")),
        ),
    )  # fmt: skip
    return InstallationReport(
        processes=(cells,),
        source_streams=(stream("S1", "1000", ("P1", "100")),),
        products=(Product(id="N1", process="P1", cn="28041000", quantity=D(1008)),),
    )
