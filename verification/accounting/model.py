"""The typed content of an installation's emissions report.

Numbers are exact decimals in the unit that the field name carries; ``None`` is a number that
was not given, never zero. Per-unit values are per ``Process.unit``, the template's own unit of
the goods category: tonne of good (also for cement and fertilisers), MWh for electricity.
``sources`` tells the workbook cell ("Sheet!L54") behind each value by its path in the record
("processes.0.direct_emissions_tco2e").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from verification.accounting import record
from verification.accounting.categories import unit_of
from verification.accounting.enums import MeasuredGas, PfcMethod, StreamMethod, ValueSource
from verification.kernel.quantities import exact


@dataclass(frozen=True)
class Period:
    """Reporting period; both days belong to it."""

    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def is_calendar_year(self) -> bool:
        start, end = self.starts_on, self.ends_on
        return bool(start and end and start == date(start.year, 1, 1) and end == date(start.year, 12, 31))


@dataclass(frozen=True)
class Installation:
    """The site; ``country`` is ISO 3166 alpha-2, coordinates are decimal degrees of the main source."""

    name: str = ""
    name_local: str = ""
    street: str = ""
    economic_activity: str = ""
    post_code: str = ""
    po_box: str = ""
    city: str = ""
    country: str = ""
    un_locode: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    representative: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class Verifier:
    name: str = ""
    street: str = ""
    city: str = ""
    post_code: str = ""
    country: str = ""
    representative: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    accreditation_state: str = ""
    accreditation_body: str = ""
    accreditation_number: str = ""


@dataclass(frozen=True)
class GoodsCategory:
    """An aggregated goods category that the installation makes, with its production routes."""

    id: str
    category: str
    routes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RouteAmount:
    route: str
    amount: Decimal


@dataclass(frozen=True)
class Consumption:
    """``amount`` used in the production process with the id ``process``."""

    process: str
    amount: Decimal


@dataclass(frozen=True)
class EnergyFlow:
    """Net measurable heat, or waste gas, that crosses the boundary of a process."""

    imported_tj: Decimal | None = None
    import_factor_tco2_per_tj: Decimal | None = None
    exported_tj: Decimal | None = None
    export_factor_tco2_per_tj: Decimal | None = None


@dataclass(frozen=True)
class Process:
    """A production process with its outputs and the emissions attributed to it."""

    id: str
    name: str = ""
    category: str = ""
    included_categories: tuple[str, ...] = ()
    production: tuple[RouteAmount, ...] = ()
    produced_for_market: Decimal | None = None
    consumed_in: tuple[Consumption, ...] = ()
    consumed_for_other_goods: Decimal | None = None
    has_measurable_heat: bool | None = None
    has_waste_gases: bool | None = None
    has_indirect_emissions: bool | None = None
    direct_emissions_tco2e: Decimal | None = None
    heat: EnergyFlow = EnergyFlow()
    waste_gas: EnergyFlow = EnergyFlow()
    electricity_mwh: Decimal | None = None
    electricity_factor_tco2e_per_mwh: Decimal | None = None
    electricity_factor_source: str = ""
    electricity_exported_mwh: Decimal | None = None
    electricity_export_factor_tco2_per_mwh: Decimal | None = None

    @property
    def unit(self) -> str:
        return unit_of(self.category)

    @property
    def activity_level(self) -> Decimal | None:
        """Total production in ``unit`` over all routes; ``None`` when no route states an amount."""
        if not self.production:
            return None
        with exact():
            return sum((item.amount for item in self.production), Decimal(0))

    @property
    def routes_in_use(self) -> tuple[str, ...]:
        return tuple(item.route for item in self.production if item.amount)


@dataclass(frozen=True)
class Precursor:
    """A bought precursor; ``country`` is where it was made."""

    id: str
    name: str = ""
    category: str = ""
    country: str = ""
    routes: tuple[str, ...] = ()
    purchased: tuple[RouteAmount, ...] = ()
    consumed_in: tuple[Consumption, ...] = ()
    consumed_for_other_purposes: Decimal | None = None
    see_direct_tco2e_per_unit: Decimal | None = None
    see_direct_source: ValueSource | None = None
    electricity_mwh_per_unit: Decimal | None = None
    electricity_source: ValueSource | None = None
    electricity_factor_tco2e_per_mwh: Decimal | None = None
    electricity_factor_source: str = ""
    default_justification: str = ""

    @property
    def unit(self) -> str:
        return unit_of(self.category)

    @property
    def see_indirect_tco2e_per_unit(self) -> Decimal | None:
        """Electricity per unit times its factor; ``None`` while either is missing."""
        if self.electricity_mwh_per_unit is None or self.electricity_factor_tco2e_per_mwh is None:
            return None
        with exact():
            return self.electricity_mwh_per_unit * self.electricity_factor_tco2e_per_mwh


@dataclass(frozen=True)
class SourceStream:
    """A fuel or material; ``activity_unit`` is ``t`` or ``1000Nm3``, percentages run from 0 to 100."""

    id: str
    method: StreamMethod | None = None
    name: str = ""
    activity_data: Decimal | None = None
    activity_unit: str = ""
    net_calorific_value_gj_per_unit: Decimal | None = None
    emission_factor: Decimal | None = None
    emission_factor_unit: str = ""
    carbon_content: Decimal | None = None
    carbon_content_unit: str = ""
    oxidation_percent: Decimal | None = None
    conversion_percent: Decimal | None = None
    biomass_percent: Decimal | None = None


@dataclass(frozen=True)
class PfcStream:
    """Anode effects of primary aluminium cells; ``collection_efficiency`` is a share of one."""

    id: str
    method: PfcMethod | None = None
    technology: str = ""
    production_t: Decimal | None = None
    effects_per_cell_day: Decimal | None = None
    minutes_per_effect: Decimal | None = None
    slope_factor_kg_cf4_per_t_minute: Decimal | None = None
    overvoltage_mv: Decimal | None = None
    current_efficiency_percent: Decimal | None = None
    overvoltage_coefficient_kg_cf4_per_t_mv: Decimal | None = None
    c2f6_weight_fraction: Decimal | None = None
    collection_efficiency: Decimal | None = None


@dataclass(frozen=True)
class MeasuredSource:
    """An emission source with continuous measurement."""

    id: str
    name: str = ""
    gas: MeasuredGas | None = None
    biomass_percent: Decimal | None = None
    concentration_g_per_nm3: Decimal | None = None
    operating_hours: Decimal | None = None
    flow_1000nm3_per_hour: Decimal | None = None


@dataclass(frozen=True)
class EnteredTotals:
    """What the operator entered by hand for the whole installation."""

    fuel_for_goods_tj: Decimal | None = None
    fuel_for_electricity_tj: Decimal | None = None
    fuel_for_other_goods_tj: Decimal | None = None
    indirect_emissions_tco2e: Decimal | None = None


@dataclass(frozen=True)
class DataQuality:
    quality: str = ""
    default_justification: str = ""
    assurance: str = ""


@dataclass(frozen=True)
class CarbonPrice:
    """A carbon price due per unit of the good, in ``currency``, before and after rebate."""

    instrument: str = ""
    share_covered: Decimal | None = None
    currency: str = ""
    due_per_unit: Decimal | None = None
    rebate_kind: str = ""
    rebate_share: Decimal | None = None
    rebate_per_unit: Decimal | None = None


@dataclass(frozen=True)
class Product:
    """A good by customs code; two goods of one code may come from two processes."""

    id: str
    process: str = ""
    cn: str = ""
    name: str = ""
    reducing_agent: str = ""
    steel_mill_id: str = ""
    calcined: str = ""
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    carbon_price: CarbonPrice = CarbonPrice()


@dataclass(frozen=True)
class InstallationReport:
    """Everything that an operator communicates about one installation and period."""

    installation: Installation = Installation()
    period: Period = Period()
    verifier: Verifier = Verifier()
    goods: tuple[GoodsCategory, ...] = ()
    processes: tuple[Process, ...] = ()
    precursors: tuple[Precursor, ...] = ()
    source_streams: tuple[SourceStream, ...] = ()
    pfc_streams: tuple[PfcStream, ...] = ()
    measured_sources: tuple[MeasuredSource, ...] = ()
    totals: EnteredTotals = EnteredTotals()
    data_quality: DataQuality = DataQuality()
    products: tuple[Product, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def process(self, process_id: str) -> Process | None:
        return next((item for item in self.processes if item.id == process_id), None)

    def as_record(self) -> dict[str, Any]:
        """Plain record that ``kernel.canonical`` accepts."""
        return record.as_record(self)

    @classmethod
    def from_record(cls, plain_record: Mapping[str, Any]) -> InstallationReport:
        """Raises ``ValueError`` where the record is not one that ``as_record`` could have made."""
        return record.from_record(cls, plain_record)
