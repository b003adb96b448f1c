"""The parts of an installation's report that checks look at.

Field names and units are those of the report's record (see ``verification.accounting.model``), of
which these parts hold what is judged; ``None`` is a number that was not given. ``path`` is the
part's place in the record ("source_streams.2").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from verification.kernel.quantities import exact


@dataclass(frozen=True)
class SharePart:
    """``percent`` of a stream belongs to ``target``."""

    target: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True)
class RouteAmountPart:
    route: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class UsePart:
    """``amount`` used in the process with the id ``process``."""

    process: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class StreamPart:
    """A fuel or material; percentages run from 0 to 100."""

    path: str = ""
    id: str = ""
    method: str = ""
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
    biomass_proof: str = ""
    factor_reference: str = ""
    attributed_to: tuple[SharePart, ...] = ()


@dataclass(frozen=True)
class PfcPart:
    path: str = ""
    id: str = ""
    technology: str = ""
    current_efficiency_percent: Decimal | None = None
    c2f6_weight_fraction: Decimal | None = None
    collection_efficiency: Decimal | None = None
    attributed_to: tuple[SharePart, ...] = ()


@dataclass(frozen=True)
class MeasuredPart:
    path: str = ""
    id: str = ""
    name: str = ""
    gas: str = ""
    biomass_percent: Decimal | None = None
    biomass_proof: str = ""
    concentration_g_per_nm3: Decimal | None = None
    operating_hours: Decimal | None = None
    attributed_to: tuple[SharePart, ...] = ()


@dataclass(frozen=True)
class GapPart:
    path: str = ""
    id: str = ""
    stream: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    reason: str = ""
    estimation_method: str = ""
    emissions_tco2e: Decimal | None = None
    attributed_to: tuple[SharePart, ...] = ()


@dataclass(frozen=True)
class TransferPart:
    path: str = ""
    id: str = ""
    process: str = ""
    direction: str = ""
    purpose: str = ""
    amount_t: Decimal | None = None
    biomass_percent: Decimal | None = None
    counterparty: str = ""
    contact: str = ""


@dataclass(frozen=True)
class FlowPart:
    """Heat or waste gas over the boundary of a process."""

    imported_tj: Decimal | None = None
    import_factor_tco2_per_tj: Decimal | None = None
    exported_tj: Decimal | None = None
    export_factor_tco2_per_tj: Decimal | None = None
    import_source: str = ""
    export_source: str = ""


@dataclass(frozen=True)
class ProcessPart:
    """A production process; ``allowed_routes`` are those of its category, empty where unknown."""

    path: str = ""
    id: str = ""
    name: str = ""
    category: str = ""
    included_categories: tuple[str, ...] = ()
    production: tuple[RouteAmountPart, ...] = ()
    produced_for_market: Decimal | None = None
    consumed_in: tuple[UsePart, ...] = ()
    consumed_for_other_goods: Decimal | None = None
    has_measurable_heat: bool | None = None
    has_waste_gases: bool | None = None
    direct_emissions_tco2e: Decimal | None = None
    heat: FlowPart = FlowPart()
    waste_gas: FlowPart = FlowPart()
    electricity_mwh: Decimal | None = None
    electricity_factor_tco2e_per_mwh: Decimal | None = None
    electricity_factor_source: str = ""
    electricity_source: str = ""
    electricity_exported_mwh: Decimal | None = None
    electricity_export_factor_tco2_per_mwh: Decimal | None = None
    electricity_export_source: str = ""
    scrap_and_off_specification: Decimal | None = None
    allowed_routes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.name or self.id

    @cached_property
    def activity_level(self) -> Decimal | None:
        """Production over all routes; ``None`` where none states an amount."""
        amounts = [item.amount for item in self.production if item.amount is not None]
        if not amounts:
            return None
        with exact():
            return sum(amounts, Decimal(0))

    @property
    def categories(self) -> tuple[str, ...]:
        return (self.category, *self.included_categories)


@dataclass(frozen=True)
class HeatPart:
    path: str = ""
    id: str = ""
    name: str = ""
    kind: str = ""
    amount_tj: Decimal | None = None
    fuel_factor_tco2_per_tj: Decimal | None = None
    efficiency: Decimal | None = None
    stated_factor_tco2_per_tj: Decimal | None = None


@dataclass(frozen=True)
class ChpPart:
    path: str = ""
    id: str = ""
    name: str = ""
    fuel_tj: Decimal | None = None
    heat_tj: Decimal | None = None
    electricity_mwh: Decimal | None = None
    heat_reference_efficiency: Decimal | None = None
    electricity_reference_efficiency: Decimal | None = None


@dataclass(frozen=True)
class ElectricityPart:
    path: str = ""
    id: str = ""
    name: str = ""
    kind: str = ""
    factor_tco2e_per_mwh: Decimal | None = None
    factor_source: str = ""
    country: str = ""
    chp_unit: str = ""
    is_renewable: bool | None = None
    criteria_confirmed: bool | None = None
    evidence_given: bool | None = None


@dataclass(frozen=True)
class AddendumPart:
    path: str = ""
    id: str = ""
    declarant_eori: str = ""
    amount_mwh: Decimal | None = None
    contract_confirmed: bool | None = None
    congestion_confirmed: bool | None = None
    capacity_confirmed: bool | None = None


@dataclass(frozen=True)
class SupplyPart:
    path: str = ""
    id: str = ""
    operator: str = ""
    installation: str = ""
    country: str = ""
    amount: Decimal | None = None
    period_starts_on: date | None = None
    period_ends_on: date | None = None
    period_method: str = ""
    value_source: str = ""
    see_direct_tco2e_per_unit: Decimal | None = None
    certificate_number: str = ""
    verifier: str = ""
    verifier_accreditation: str = ""
    verification_dated_on: date | None = None
    is_traced: bool | None = None

    @property
    def label(self) -> str:
        return self.operator or self.installation or self.id


@dataclass(frozen=True)
class PrecursorPart:
    path: str = ""
    id: str = ""
    name: str = ""
    cn: str = ""
    category: str = ""
    country: str = ""
    routes: tuple[str, ...] = ()
    purchased: tuple[RouteAmountPart, ...] = ()
    consumed_in: tuple[UsePart, ...] = ()
    consumed_for_other_purposes: Decimal | None = None
    see_direct_tco2e_per_unit: Decimal | None = None
    see_direct_source: str = ""
    electricity_factor_tco2e_per_mwh: Decimal | None = None
    electricity_factor_source: str = ""
    default_justification: str = ""
    supplies: tuple[SupplyPart, ...] = ()
    is_traced_subset: bool | None = None

    @property
    def label(self) -> str:
        return self.name or self.id

    @cached_property
    def bought(self) -> Decimal | None:
        amounts = [item.amount for item in self.purchased if item.amount is not None]
        if not amounts:
            return None
        with exact():
            return sum(amounts, Decimal(0))


@dataclass(frozen=True)
class CarbonPricePart:
    """A carbon price due per unit of the good; shares are shares of one."""

    instrument: str = ""
    share_covered: Decimal | None = None
    currency: str = ""
    due_per_unit: Decimal | None = None
    rebate_kind: str = ""
    rebate_share: Decimal | None = None
    rebate_per_unit: Decimal | None = None


@dataclass(frozen=True)
class ProductPart:
    path: str = ""
    id: str = ""
    process: str = ""
    cn: str = ""
    name: str = ""
    variant: str = ""
    quantity: Decimal | None = None
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    carbon_price: CarbonPricePart = CarbonPricePart()


@dataclass(frozen=True)
class PlanPart:
    """The monitoring plan that the report names."""

    version: str = ""
    dated_on: date | None = None
    zero_rating_method: str = ""
    months_monitored: int | None = None


@dataclass(frozen=True)
class TotalsPart:
    other_processes_direct_tco2e: Decimal | None = None


@dataclass(frozen=True)
class OtherGoodPart:
    path: str = ""
    id: str = ""
    name: str = ""


@dataclass(frozen=True)
class SitePart:
    un_locode: str = ""


@dataclass(frozen=True)
class ReportPart:
    """The report as far as checks look at it."""

    installation: SitePart = SitePart()
    processes: tuple[ProcessPart, ...] = ()
    precursors: tuple[PrecursorPart, ...] = ()
    source_streams: tuple[StreamPart, ...] = ()
    pfc_streams: tuple[PfcPart, ...] = ()
    measured_sources: tuple[MeasuredPart, ...] = ()
    totals: TotalsPart = TotalsPart()
    products: tuple[ProductPart, ...] = ()
    monitoring_plan: PlanPart = PlanPart()
    other_goods: tuple[OtherGoodPart, ...] = ()
    heat_sources: tuple[HeatPart, ...] = ()
    chp_units: tuple[ChpPart, ...] = ()
    electricity_sources: tuple[ElectricityPart, ...] = ()
    co2_transfers: tuple[TransferPart, ...] = ()
    data_gaps: tuple[GapPart, ...] = ()
    electricity_addenda: tuple[AddendumPart, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def emission_sources(self) -> tuple[StreamPart | MeasuredPart, ...]:
        """Everything that can have a share of biomass."""
        return (*self.source_streams, *self.measured_sources)

    @property
    def divided(self) -> tuple[StreamPart | PfcPart | MeasuredPart | GapPart, ...]:
        """Everything whose emissions are divided among processes, heat sources and CHP units."""
        every = (*self.emission_sources, *self.pfc_streams, *self.data_gaps)
        return tuple(item for item in every if item.attributed_to)

    @property
    def inputs(self) -> tuple[PrecursorPart | ProcessPart, ...]:
        """Everything that processes use: bought precursors and products of other processes."""
        return (*self.precursors, *self.processes)

    @cached_property
    def heat_source_ids(self) -> frozenset[str]:
        """Heat sources and CHP units, from which a flow may take its factor."""
        return frozenset([*(part.id for part in self.heat_sources), *(part.id for part in self.chp_units)])

    @cached_property
    def electricity_source_ids(self) -> frozenset[str]:
        return frozenset([*(part.id for part in self.electricity_sources), *(part.id for part in self.chp_units)])

    @cached_property
    def process_by_id(self) -> Mapping[str, ProcessPart]:
        return {process.id: process for process in self.processes}
