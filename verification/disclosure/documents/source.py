"""What the reports are written from: the content of a claim, sealed or not, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from verification.accounting.calculation import InstallationResult, calculate
from verification.accounting.categories import category_named
from verification.accounting.enums import ElectricityKind
from verification.accounting.gaps import Log
from verification.accounting.model import ElectricitySource, InstallationReport, Process, Product
from verification.accounting.rules import NO_RULES, AccountingRules
from verification.accounting.shares import received_by_target
from verification.accounting.supply import EnergySupply, is_on_default
from verification.accounting.totals import emitted
from verification.disclosure.documents.shape import Identity
from verification.kernel.errors import DomainError

OWN_GENERATION = (ElectricityKind.OWN_CHP, ElectricityKind.OWN_SEPARATE)
DIRECT = "direct"


class NothingToReport(DomainError):
    """The content has no typed report: nothing was read or answered yet, or it is of an older shape."""


@dataclass(frozen=True)
class FreeAllocation:
    """Specific embedded free allocation of one good, tCO2e per tonne; or why it cannot be told."""

    value: Decimal | None = None
    grounds: str = ""
    why_missing: str = ""


@dataclass(frozen=True)
class GoodRow:
    """One good with its results, as the reading holds them."""

    product: Product
    process: Process | None
    row: Mapping[str, Any]

    @property
    def label(self) -> str:
        return f"{self.product.cn or 'good without code'} {self.product.name}".strip()

    @property
    def is_indirect_counted(self) -> bool | None:
        """Whether the good is outside Annex II of 2023/956; ``None`` for a good that the scheme does not know."""
        scope = self.row.get("scope")
        return None if not scope else scope != DIRECT

    @property
    def unit(self) -> str:
        return self.row.get("unit") or (self.process.unit if self.process else "")

    @property
    def functional(self) -> Mapping[str, Any]:
        """Unit, content and values per functional unit where it is not the unit of the category; else empty."""
        return self.row.get("per_functional_unit") or {}

    @property
    def quantity(self) -> Decimal | None:
        """Own quantity; that of the process where the good is its only one."""
        if self.product.quantity is not None:
            return self.product.quantity
        is_alone = self.row.get("quantity_shared_by") == 1
        return decimal_of(self.row.get("quantity")) if is_alone else None

    def value(self, name: str) -> Decimal | None:
        return decimal_of(self.row.get(name))


@dataclass(frozen=True)
class Source:
    """The content with what the scheme decides; ``allocations`` in the order of the goods."""

    content: Mapping[str, Any]
    rules: AccountingRules = NO_RULES
    allocations: tuple[FreeAllocation, ...] = ()
    snapshot: int | None = None
    sha256: str = ""
    sealed_at: str = ""
    statement: Mapping[str, str] | None = None
    is_specimen: bool = False
    report: InstallationReport = field(init=False)

    def __post_init__(self) -> None:
        record = (self.content.get("reading") or {}).get("report")
        if not record:
            raise NothingToReport("There are no numbers in this claim from which a report could be written.")
        object.__setattr__(self, "report", InstallationReport.from_record(record))

    @property
    def reading(self) -> Mapping[str, Any]:
        reading: Mapping[str, Any] = self.content["reading"]
        return reading

    @property
    def identity(self) -> Identity:
        period = self.content["period"]
        last = date.fromisoformat(period["end_exclusive"]) - timedelta(days=1)
        return Identity(
            self.content["claim"],
            self.content["scheme"],
            period["start"],
            last.isoformat(),
            self.snapshot,
            self.sha256,
            self.sealed_at,
            dict(self.statement) if self.statement else None,
            self.is_specimen,
        )

    @cached_property
    def result(self) -> InstallationResult:
        """The formulas run again over the same inputs, for what the reading does not keep: single streams."""
        return calculate(self.report, rules=self.rules)

    @cached_property
    def supply(self) -> EnergySupply:
        """Factors of heat and electricity by their source, as the formulas use them."""
        log = Log()
        constants = self.result.constants
        _, emitters, _ = emitted(self.report, constants, log)
        return EnergySupply(self.report, received_by_target(self.report, emitters, log), constants)

    @cached_property
    def goods(self) -> tuple[GoodRow, ...]:
        rows = self.reading.get("goods") or []
        return tuple(
            GoodRow(product, self.report.process(product.process), rows[index] if index < len(rows) else {})
            for index, product in enumerate(self.report.products)
        )

    @cached_property
    def counted_goods(self) -> tuple[GoodRow, ...]:
        """Goods whose indirect emissions count: those that are not in Annex II of 2023/956."""
        return tuple(good for good in self.goods if good.is_indirect_counted)

    def goods_of(self, process: Process) -> tuple[GoodRow, ...]:
        return tuple(good for good in self.goods if good.product.process == process.id)

    def process_value(self, process: Process, name: str) -> Decimal | None:
        """A result of the process as the reading holds it."""
        for row in self.reading.get("processes") or []:
            if row.get("id") == process.id:
                return decimal_of(row.get(name))
        return None

    def total(self, name: str) -> Decimal | None:
        """A total of the installation; ``None`` where it is not of everything."""
        totals = self.reading.get("totals") or {}
        is_complete = totals.get("is_complete", self.result.totals.is_complete)
        return decimal_of(totals.get(name)) if is_complete else None

    @cached_property
    def own_sources(self) -> tuple[ElectricitySource, ...]:
        return tuple(item for item in self.report.electricity_sources if item.kind in OWN_GENERATION)

    @cached_property
    def actual_sources(self) -> tuple[ElectricitySource, ...]:
        """Sources whose factor rests on actual values, by their code or their kind."""
        return tuple(
            item for item in self.report.electricity_sources if is_on_default(item.factor_source, item.kind) is False
        )

    def name_of(self, identifier: str) -> str:
        """What a person calls a process, source, unit or stream; the id itself where it has no name."""
        groups = (
            self.report.processes,
            self.report.heat_sources,
            self.report.chp_units,
            self.report.electricity_sources,
            self.report.source_streams,
            self.report.measured_sources,
        )
        for group in groups:
            for item in group:
                if item.id == identifier:
                    return getattr(item, "name", "") or identifier
        return identifier


def included_categories(process: Process) -> tuple[str, ...]:
    """Goods categories made within the process; the template also writes there that there are none."""
    return tuple(name for name in process.included_categories if category_named(name))


def decimal_of(text: object) -> Decimal | None:
    return None if text in (None, "") else Decimal(str(text))
