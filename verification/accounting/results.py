"""What the formulas give for one report. ``None`` is a value that cannot be had, never zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from verification.accounting.balances import Balance
from verification.accounting.constants import Constants
from verification.accounting.gaps import Gap, Mismatch
from verification.accounting.reconciliation import Reconciliation
from verification.accounting.streams import StreamResult
from verification.accounting.totals import InstallationTotals
from verification.accounting.tree import Node, shown
from verification.kernel.quantities import exact


def _sum(first: Node | None, second: Node | None) -> Decimal | None:
    if first is None or second is None:
        return None
    with exact():
        return first.value + second.value


@dataclass(frozen=True)
class ProcessResult:
    """Emissions of one process; SEE in t CO2e per ``unit``, as a mean over all its goods.

    ``see_indirect`` is everything embedded, ``see_indirect_in_scope`` only what the scheme counts
    (2025/2547 Annex I, 3.1). The shares on default values are shares of one of the direct and of all
    indirect embedded emissions.
    """

    process: str
    unit: str
    activity_level: Decimal | None
    attributed_direct: Node | None
    attributed_indirect: Node | None
    see_direct: Node | None
    see_indirect: Node | None
    electricity_mwh_per_unit: Decimal | None
    default_share: Decimal | None
    default_share_indirect: Decimal | None = None
    see_indirect_in_scope: Node | None = None

    @property
    def see_total(self) -> Decimal | None:
        return _sum(self.see_direct, self.see_indirect)

    @property
    def see_in_scope(self) -> Decimal | None:
        return _sum(self.see_direct, self.see_indirect_in_scope)

    def as_record(self) -> dict[str, Any]:
        return {
            "process": self.process,
            "unit": self.unit,
            "activity_level": as_text(self.activity_level),
            "see_total": as_text(self.see_total),
            "see_in_scope": as_text(self.see_in_scope),
            "electricity_mwh_per_unit": as_text(self.electricity_mwh_per_unit),
            "default_share": as_text(self.default_share),
            "default_share_indirect": as_text(self.default_share_indirect),
            **{
                name: as_tree(getattr(self, name))
                for name in (
                    "attributed_direct",
                    "attributed_indirect",
                    "see_direct",
                    "see_indirect",
                    "see_indirect_in_scope",
                )
            },
        }


@dataclass(frozen=True)
class PerFunctionalUnit:
    """SEE in t CO2e per ``unit`` contained; ``content`` of it in one tonne of the good (Article 4)."""

    unit: str
    content: Decimal
    see_direct: Node | None
    see_indirect: Node | None
    see_indirect_in_scope: Node | None

    @property
    def see_in_scope(self) -> Decimal | None:
        return _sum(self.see_direct, self.see_indirect_in_scope)


@dataclass(frozen=True)
class ProductResult:
    """SEE of one good in t CO2e per ``unit``, its composition counted where the scheme asks for it."""

    product: str
    process: str
    unit: str
    see_direct: Node | None
    see_indirect: Node | None
    see_indirect_in_scope: Node | None
    electricity_mwh_per_unit: Decimal | None
    default_share: Decimal | None
    default_share_indirect: Decimal | None
    per_functional_unit: PerFunctionalUnit | None = None

    @property
    def see_total(self) -> Decimal | None:
        return _sum(self.see_direct, self.see_indirect)

    @property
    def see_in_scope(self) -> Decimal | None:
        return _sum(self.see_direct, self.see_indirect_in_scope)

    def as_record(self) -> dict[str, Any]:
        return {
            "product": self.product,
            "process": self.process,
            "unit": self.unit,
            "see_total": as_text(self.see_total),
            "see_in_scope": as_text(self.see_in_scope),
            "default_share": as_text(self.default_share),
            "default_share_indirect": as_text(self.default_share_indirect),
            "see_direct": as_tree(self.see_direct),
            "see_indirect": as_tree(self.see_indirect),
            "see_indirect_in_scope": as_tree(self.see_indirect_in_scope),
        }


@dataclass(frozen=True)
class InstallationResult:
    """Everything recomputed; ``loop`` says why no embedded emissions exist, or is empty."""

    constants: Constants
    streams: tuple[StreamResult, ...]
    totals: InstallationTotals
    processes: tuple[ProcessResult, ...]
    gaps: tuple[Gap, ...]
    loop: str = ""
    products: tuple[ProductResult, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    reconciliation: Reconciliation = field(default_factory=Reconciliation)
    balances: Mapping[str, Balance] = field(default_factory=dict)

    def process(self, process_id: str) -> ProcessResult | None:
        return next((item for item in self.processes if item.process == process_id), None)

    def product(self, product_id: str) -> ProductResult | None:
        return next((item for item in self.products if item.product == product_id), None)

    def as_record(self) -> dict[str, Any]:
        """Every value with the tree behind it, as plain JSON; decimals as text, at most twelve places."""
        return {
            "streams": [
                {
                    "id": item.id,
                    "gas": item.gas,
                    "biomass_tco2e": shown(item.biomass_tco2e),
                    "tree": as_tree(item.fossil),
                }
                for item in self.streams
            ],
            "installation_direct": as_tree(self.totals.tree),
            "reconciliation": as_tree(self.reconciliation.tree),
            "processes": [item.as_record() for item in self.processes],
            "products": [item.as_record() for item in self.products],
            "balances": {name: balance.as_record() for name, balance in self.balances.items()},
            "gaps": [dict(vars(gap)) for gap in self.gaps],
            "mismatches": [dict(vars(mismatch)) for mismatch in self.mismatches],
            "loop": self.loop,
        }


def as_text(value: Decimal | None) -> str | None:
    return None if value is None else shown(value)


def as_tree(node: Node | None) -> dict[str, Any] | None:
    return None if node is None else node.as_record()
