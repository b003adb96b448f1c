"""What is burnt, used, measured and transferred: everything that makes direct emissions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verification.accounting.enums import (
    BiomassProof,
    MeasuredGas,
    PfcMethod,
    StreamMethod,
    TransferDirection,
    TransferPurpose,
)


@dataclass(frozen=True)
class Share:
    """``percent`` of a stream's emissions belongs to ``target``: a process, heat source or CHP unit.

    What no share claims stays with the installation, outside the goods of the scheme.
    """

    target: str
    percent: Decimal


@dataclass(frozen=True)
class SourceStream:
    """A fuel or material; ``activity_unit`` is ``t`` or ``1000Nm3``, percentages run from 0 to 100.

    ``factor_reference`` says which standard factors were taken, and from where. Biomass whose proof is
    ``UNPROVEN`` counts as fossil; without a word on proof it counts as the report states it.
    """

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
    biomass_proof: BiomassProof | None = None
    factor_reference: str = ""
    attributed_to: tuple[Share, ...] = ()


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
    attributed_to: tuple[Share, ...] = ()


@dataclass(frozen=True)
class MeasuredSource:
    """An emission source with continuous measurement; carbon monoxide counts as carbon dioxide."""

    id: str
    name: str = ""
    gas: MeasuredGas | None = None
    biomass_percent: Decimal | None = None
    concentration_g_per_nm3: Decimal | None = None
    operating_hours: Decimal | None = None
    flow_1000nm3_per_hour: Decimal | None = None
    co_concentration_g_per_nm3: Decimal | None = None
    biomass_proof: BiomassProof | None = None
    attributed_to: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Co2Transfer:
    """CO2 that enters or leaves the installation, ``amount_t`` of it, from or for ``process``.

    Only CO2 handed over for geological storage or bound permanently is taken off the emissions
    (2025/2547 Annex II, B.8); any other transfer is reported and changes nothing.
    """

    id: str
    process: str = ""
    direction: TransferDirection | None = None
    purpose: TransferPurpose | None = None
    amount_t: Decimal | None = None
    biomass_percent: Decimal | None = None
    counterparty: str = ""
    contact: str = ""


@dataclass(frozen=True)
class DataGap:
    """Time without data, filled by a conservative estimate that counts as direct emissions."""

    id: str
    stream: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    reason: str = ""
    estimation_method: str = ""
    emissions_tco2e: Decimal | None = None
    attributed_to: tuple[Share, ...] = ()
