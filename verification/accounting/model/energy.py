"""Where heat and electricity come from, and what was entered for the whole installation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.enums import ElectricityKind, HeatKind


@dataclass(frozen=True)
class HeatSource:
    """A source of measurable heat, ``amount_tj`` net in the period; ``efficiency`` is a share of one.

    The factor of its heat is the fuel's over the efficiency, unless the supplier's own is stated. Heat of
    an exothermic process, or made from electricity, carries none. Heat without verified data is taken as
    made from the country's usual fuel at the boiler efficiency of the act (2025/2547 Annex III, A.2).
    """

    id: str
    name: str = ""
    kind: HeatKind | None = None
    amount_tj: Decimal | None = None
    fuel_factor_tco2_per_tj: Decimal | None = None
    efficiency: Decimal | None = None
    stated_factor_tco2_per_tj: Decimal | None = None
    counterparty: str = ""
    country: str = ""


@dataclass(frozen=True)
class ChpUnit:
    """Combined heat and power. Emissions are those stated, else of the streams attributed to it.

    Efficiencies are shares of one; without them they follow from the energies, or from the act's
    fallback where heat or power was not measured (2025/2547 Annex III, A.2.2).
    """

    id: str
    name: str = ""
    fuel_tj: Decimal | None = None
    fuel_emissions_tco2: Decimal | None = None
    flue_gas_cleaning_tco2: Decimal | None = None
    heat_tj: Decimal | None = None
    electricity_mwh: Decimal | None = None
    reference_fuel: str = ""
    heat_reference_efficiency: Decimal | None = None
    electricity_reference_efficiency: Decimal | None = None


@dataclass(frozen=True)
class ElectricitySource:
    """Electricity that the installation uses; ``factor_source`` in the template's codes (D.4 …)."""

    id: str
    name: str = ""
    kind: ElectricityKind | None = None
    amount_mwh: Decimal | None = None
    factor_tco2e_per_mwh: Decimal | None = None
    factor_source: str = ""
    supplier: str = ""
    country: str = ""
    chp_unit: str = ""
    is_renewable: bool | None = None
    criteria_confirmed: bool | None = None
    evidence_given: bool | None = None


@dataclass(frozen=True)
class ElectricityAddendum:
    """Imported electricity for one declarant (2025/2547 Annex IV, 1.1.1); criteria of Annex IV of 2023/956."""

    id: str
    declarant_eori: str = ""
    amount_mwh: Decimal | None = None
    contract_confirmed: bool | None = None
    congestion_confirmed: bool | None = None
    capacity_confirmed: bool | None = None
    direct_connection_confirmed: bool | None = None
    fossil_emissions_confirmed: bool | None = None
    evidence_given: bool | None = None


@dataclass(frozen=True)
class EnteredTotals:
    """What the operator entered by hand for the whole installation.

    ``is_reconciled`` asks for the processes to be scaled to the installation's total
    (2025/2547 Annex III, eq 41, 42); ``other_processes_direct_tco2e`` belongs to goods outside the scheme.
    """

    fuel_for_goods_tj: Decimal | None = None
    fuel_for_electricity_tj: Decimal | None = None
    fuel_for_other_goods_tj: Decimal | None = None
    indirect_emissions_tco2e: Decimal | None = None
    other_processes_direct_tco2e: Decimal | None = None
    is_reconciled: bool | None = None
