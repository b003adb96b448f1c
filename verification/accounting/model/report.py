"""The whole report of one installation and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verification.accounting import record
from verification.accounting.model.energy import (
    ChpUnit,
    ElectricityAddendum,
    ElectricitySource,
    EnteredTotals,
    HeatSource,
)
from verification.accounting.model.precursors import Precursor
from verification.accounting.model.processes import GoodsCategory, Process, Product
from verification.accounting.model.site import DataQuality, Installation, MonitoringPlan, OtherGood, Period, Verifier
from verification.accounting.model.streams import Co2Transfer, DataGap, MeasuredSource, PfcStream, SourceStream


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
    monitoring_plan: MonitoringPlan = MonitoringPlan()
    other_goods: tuple[OtherGood, ...] = ()
    heat_sources: tuple[HeatSource, ...] = ()
    chp_units: tuple[ChpUnit, ...] = ()
    electricity_sources: tuple[ElectricitySource, ...] = ()
    co2_transfers: tuple[Co2Transfer, ...] = ()
    data_gaps: tuple[DataGap, ...] = ()
    electricity_addenda: tuple[ElectricityAddendum, ...] = ()
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
