"""Goods, the production processes that make them, and what passes between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from verification.accounting.categories import unit_of
from verification.kernel.quantities import exact


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
    """Net measurable heat, or waste gas, that crosses the boundary of a process.

    ``import_source`` and ``export_source`` are ids of heat sources or CHP units; their factor counts
    where the flow states none.
    """

    imported_tj: Decimal | None = None
    import_factor_tco2_per_tj: Decimal | None = None
    exported_tj: Decimal | None = None
    export_factor_tco2_per_tj: Decimal | None = None
    import_source: str = ""
    export_source: str = ""
    counterparty: str = ""


@dataclass(frozen=True)
class CoProduct:
    """A chemical substance that the process makes beside its goods, ``amount_t`` of it in the period."""

    id: str
    name: str = ""
    amount_t: Decimal | None = None
    molar_mass_g_per_mol: Decimal | None = None


@dataclass(frozen=True)
class Process:
    """A production process with its outputs and the emissions attributed to it.

    Where ``direct_emissions_tco2e`` is missing, the streams attributed to the process give it.
    Where ``electricity_factor_tco2e_per_mwh`` is missing, the electricity source named gives it, or
    the mean of the installation's sources weighted by MWh (Article 9). Scrap and off-specification
    output is stated apart and never part of the activity level.
    """

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
    electricity_source: str = ""
    electricity_exported_mwh: Decimal | None = None
    electricity_export_factor_tco2_per_mwh: Decimal | None = None
    electricity_export_source: str = ""
    scrap_and_off_specification: Decimal | None = None
    product_molar_mass_g_per_mol: Decimal | None = None
    co_products: tuple[CoProduct, ...] = ()
    attribution_note: str = ""

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
    """A good by customs code; two goods of one code may come from two processes.

    ``quantity`` is what was made of it for the market, in the unit of the process; ``parameters``
    hold the composition ("Clinker content", "Content of nitrogen", …) as the goods category demands.
    """

    id: str
    process: str = ""
    cn: str = ""
    name: str = ""
    variant: str = ""
    quantity: Decimal | None = None
    reducing_agent: str = ""
    steel_mill_id: str = ""
    calcined: str = ""
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    carbon_price: CarbonPrice = CarbonPrice()
