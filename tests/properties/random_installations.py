"""Installations drawn at random, every feature of the model in use; now and then a number is missing."""

from __future__ import annotations

from decimal import Decimal as D
from random import Random

from verification.accounting.calculation import AccountingRules
from verification.accounting.enums import (
    BiomassProof,
    ElectricityKind,
    HeatKind,
    MeasuredGas,
    PfcMethod,
    StreamMethod,
    TransferDirection,
    TransferPurpose,
    ValueSource,
)
from verification.accounting.model import (
    ChpUnit,
    Co2Transfer,
    Consumption,
    DataGap,
    ElectricitySource,
    EnergyFlow,
    EnteredTotals,
    HeatSource,
    InstallationReport,
    MeasuredSource,
    OtherGood,
    PfcStream,
    Precursor,
    Process,
    Product,
    RouteAmount,
    Share,
    SourceStream,
    Supply,
)

CATEGORIES = ("Cement", "Mixed fertilisers", "Crude steel", "Iron or steel products", "Sintered Ore")
SCOPE = {"Cement": True, "Mixed fertilisers": True, "Sintered Ore": True, "Crude steel": False}
UNITS = {"Cement": "clinker_factor", "Mixed fertilisers": "nitrogen_share"}
RULES = (
    AccountingRules(frozenset({"DE", "CH"}), {**SCOPE, "Iron or steel products": False}, UNITS),
    AccountingRules(frozenset({"DE"}), SCOPE),
    AccountingRules(),
)
COUNTRIES = ("DE", "CH", "IN", "TR")
CODES = ("D.4(a)", "D.4(b)", "D.4.1", "D.4.3.1", "Mix", "")


class Draw:
    """Random parts of one report; ``missing`` is the probability that a number is left out."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.missing = random.choice((0.0, 0.0, 0.0, 0.01, 0.05))
        self.targets: list[str] = []
        self.heat: list[str] = []
        self.power: list[str] = []

    def number(self, low: float, high: float, places: int = 3) -> D | None:
        if self.random.random() < self.missing:
            return None
        return self.surely(low, high, places)

    def surely(self, low: float, high: float, places: int = 3) -> D:
        scale = 10**places
        return D(self.random.randint(int(low * scale), int(high * scale))) / scale

    def maybe(self, value, probability: float = 0.5):
        return value if self.random.random() < probability else None

    def pick(self, choices):
        return self.random.choice(choices)

    def shares(self) -> tuple[Share, ...]:
        count = self.random.choice((0, 1, 1, 1, 2))
        targets = self.random.sample(self.targets, min(count, len(self.targets)))
        if len(targets) == 1:
            return (Share(targets[0], self.pick((D(100), D("62.5")))),)
        return tuple(Share(target, self.surely(1, 50, 1)) for target in targets)

    def stream(self, number: int) -> SourceStream:
        return SourceStream(
            f"S{number}",
            self.pick(tuple(StreamMethod)),
            activity_data=self.number(-500, 9000),
            activity_unit="t",
            net_calorific_value_gj_per_unit=self.number(5, 50) if self.random.random() < 0.9 else None,
            emission_factor=self.number(0.1, 100),
            emission_factor_unit=self.pick(("tCO2/TJ", "tCO2/t")),
            carbon_content=self.number(0, 1),
            oxidation_percent=self.maybe(self.surely(90, 100)),
            conversion_percent=self.maybe(self.surely(90, 100)),
            biomass_percent=self.maybe(self.surely(0, 60), 0.4),
            biomass_proof=self.pick((None, BiomassProof.PROVEN, BiomassProof.UNPROVEN)),
            attributed_to=self.shares(),
        )

    def pfc(self, number: int) -> PfcStream:
        return PfcStream(
            f"A{number}",
            self.pick(tuple(PfcMethod)),
            production_t=self.number(1000, 9000),
            effects_per_cell_day=self.number(0, 3),
            minutes_per_effect=self.number(0, 3),
            slope_factor_kg_cf4_per_t_minute=self.number(0, 1),
            overvoltage_mv=self.number(0, 10),
            current_efficiency_percent=self.number(90, 99),
            overvoltage_coefficient_kg_cf4_per_t_mv=self.number(0, 2),
            c2f6_weight_fraction=self.number(0, 0.3),
            collection_efficiency=self.maybe(self.surely(0.8, 1)),
            attributed_to=self.shares(),
        )

    def measured(self, number: int) -> MeasuredSource:
        return MeasuredSource(
            f"M{number}",
            gas=self.pick(tuple(MeasuredGas)),
            biomass_percent=self.maybe(self.surely(0, 40), 0.3),
            concentration_g_per_nm3=self.number(1, 300),
            operating_hours=self.number(1, 8000, 0),
            flow_1000nm3_per_hour=self.number(1, 20),
            co_concentration_g_per_nm3=self.maybe(self.surely(0, 5)),
            biomass_proof=self.pick((None, BiomassProof.UNPROVEN)),
            attributed_to=self.shares(),
        )

    def gap(self, number: int) -> DataGap:
        stream = self.pick(("S1", "", "M1"))
        return DataGap(f"D{number}", stream, emissions_tco2e=self.number(1, 900), attributed_to=self.shares())

    def transfer(self, number: int, processes: list[str]) -> Co2Transfer:
        return Co2Transfer(
            f"T{number}",
            self.pick(("", *processes)),
            self.pick(tuple(TransferDirection)),
            self.pick(tuple(TransferPurpose)),
            self.number(1, 500),
            self.maybe(self.surely(0, 40), 0.8),
        )

    def heat_source(self, number: int) -> HeatSource:
        return HeatSource(
            f"H{number}",
            kind=self.pick(tuple(HeatKind)),
            amount_tj=self.number(1, 900),
            fuel_factor_tco2_per_tj=self.maybe(self.number(40, 110), 0.7),
            efficiency=self.number(0.7, 1) if self.random.random() < 0.9 else None,
            stated_factor_tco2_per_tj=self.maybe(self.surely(40, 90), 0.4),
        )

    def unit(self, number: int) -> ChpUnit:
        return ChpUnit(
            f"U{number}",
            fuel_tj=self.maybe(self.surely(100, 900), 0.8),
            fuel_emissions_tco2=self.maybe(self.surely(1000, 90000), 0.7),
            flue_gas_cleaning_tco2=self.maybe(self.surely(0, 99)),
            heat_tj=self.pick((None, D(0), self.surely(1, 400))),
            electricity_mwh=self.pick((None, D(0), self.surely(1, 40000))),
            reference_fuel=self.pick(("S1", "G13", "S2", "G12", "G10", "")),
            heat_reference_efficiency=self.number(0.7, 0.92),
            electricity_reference_efficiency=self.maybe(self.surely(0.3, 0.53)),
        )

    def electricity(self, number: int, units: list[str]) -> ElectricitySource:
        return ElectricitySource(
            f"E{number}",
            kind=self.pick((None, *ElectricityKind)),
            amount_mwh=self.number(0, 900),
            factor_tco2e_per_mwh=self.number(0, 1),
            factor_source=self.pick(CODES),
            chp_unit=self.pick(("", "", *units)),
        )

    def flow(self, *, has_source: bool = True) -> EnergyFlow:
        source = self.pick(self.heat) if has_source and self.heat else ""
        return EnergyFlow(
            imported_tj=self.maybe(self.surely(0, 90), 0.4),
            import_factor_tco2_per_tj=self.maybe(self.surely(0, 90)),
            exported_tj=self.maybe(self.surely(0, 20), 0.3),
            export_factor_tco2_per_tj=self.maybe(self.surely(0, 90)),
            import_source=source,
            export_source=self.pick((source, "")),
        )

    def process(self, name: str, others: list[str]) -> Process:
        made = self.surely(500, 900)
        users = self.random.sample(others, self.random.randint(0, min(2, len(others))))
        return Process(
            name,
            name=f"Process {name}",
            category=self.pick(CATEGORIES),
            production=(RouteAmount("A", made), RouteAmount("B", self.surely(0, 99))),
            consumed_in=tuple(Consumption(user, self.surely(0, 120)) for user in users),
            direct_emissions_tco2e=self.maybe(self.surely(0, 9000), 0.5),
            heat=self.flow(),
            waste_gas=EnergyFlow(self.maybe(self.surely(0, 9)), None, self.maybe(self.surely(0, 9))),
            electricity_mwh=self.number(0, 900),
            electricity_factor_tco2e_per_mwh=self.maybe(self.surely(0, 1), 0.3),
            electricity_factor_source=self.pick(CODES),
            electricity_source=self.pick(("", *self.power)),
            electricity_exported_mwh=self.maybe(self.surely(0, 50), 0.2),
            electricity_export_factor_tco2_per_mwh=self.maybe(self.surely(0, 1)),
            electricity_export_source=self.pick(("", *self.power)),
        )

    def supply(self, number: int) -> Supply:
        return Supply(
            f"L{number}",
            country=self.pick(("", *COUNTRIES)),
            amount=self.number(1, 99),
            value_source=self.pick((None, *ValueSource)),
            see_direct_tco2e_per_unit=self.number(0, 4),
            see_indirect_tco2e_per_unit=self.maybe(self.surely(0, 2), 0.7),
            electricity_mwh_per_unit=self.number(0, 3),
            electricity_factor_tco2e_per_mwh=self.number(0, 1),
            is_traced=self.pick((None, True, True, False)),
        )

    def precursor(self, number: int, processes: list[str]) -> Precursor:
        return Precursor(
            f"PP{number}",
            category=self.pick(CATEGORIES),
            country=self.pick(COUNTRIES),
            consumed_in=tuple(
                Consumption(name, self.surely(0, 300)) for name in processes if self.random.random() < 0.5
            ),
            see_direct_tco2e_per_unit=self.number(0, 4),
            see_direct_source=self.pick((None, *ValueSource)),
            electricity_mwh_per_unit=self.number(0, 3),
            electricity_source=self.pick((None, *ValueSource)),
            electricity_factor_tco2e_per_mwh=self.number(0, 1),
            see_indirect_stated_tco2e_per_unit=self.maybe(self.surely(0, 2), 0.3),
            supplies=tuple(self.supply(place) for place in range(self.pick((0, 0, 1, 2, 3)))),
            is_traced_subset=self.pick((None, None, True)),
        )

    def product(self, number: int, process: Process) -> Product:
        parameters = {}
        if self.random.random() < 0.9:
            name = UNITS.get(process.category, "nickel_share")
            parameters[name] = self.pick((D("0.95"), D("0.15"), self.surely(0.01, 1)))
        return Product(str(number), process.id, "25232900", quantity=self.number(1, 300), parameters=parameters)


def installation(seed: int) -> tuple[InstallationReport, AccountingRules]:
    """The report of this seed and the rules to count it by; always the same."""
    random = Random(seed)
    draw = Draw(random)
    names = [f"P{number + 1}" for number in range(random.randint(1, 4))]
    heat_sources = tuple(draw.heat_source(number) for number in range(random.randint(0, 2)))
    units = tuple(draw.unit(number) for number in range(random.randint(0, 2)))
    unit_names = [unit.id for unit in units]
    sources = tuple(draw.electricity(number, unit_names) for number in range(random.randint(0, 3)))
    draw.heat = [source.id for source in heat_sources] + unit_names
    draw.power = [source.id for source in sources] + unit_names
    draw.targets = names + draw.heat
    processes = tuple(draw.process(name, [other for other in names if other != name]) for name in names)
    report = InstallationReport(
        processes=processes,
        precursors=tuple(draw.precursor(number, names) for number in range(random.randint(0, 2))),
        source_streams=tuple(draw.stream(number) for number in range(random.randint(0, 4))),
        pfc_streams=tuple(draw.pfc(number) for number in range(random.choice((0, 0, 1)))),
        measured_sources=tuple(draw.measured(number) for number in range(random.choice((0, 1, 2)))),
        totals=EnteredTotals(
            other_processes_direct_tco2e=draw.maybe(draw.surely(0, 900)), is_reconciled=draw.pick((None, None, True))
        ),
        products=tuple(
            draw.product(number, process) for number, process in enumerate(draw.pick(processes) for _ in range(3))
        ),
        other_goods=draw.pick(((), (OtherGood("O1"),))),
        heat_sources=heat_sources,
        chp_units=units,
        electricity_sources=sources,
        co2_transfers=tuple(draw.transfer(number, names) for number in range(random.choice((0, 1)))),
        data_gaps=tuple(draw.gap(number) for number in range(random.choice((0, 1)))),
    )
    return report, draw.pick(RULES)
