"""Specific embedded free allocation of each good of a report. Pure arithmetic on tables of the scheme.

SEFA = factor × correction × benchmark of column A for the good's own process, plus what each precursor
brings: tonnes of it per tonne of good × its own SEFA (Implementing Regulation (EU) 2025/2620). Where a
benchmark, a route, an amount or the SEFA of a precursor is not known, there is no number but the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verification.accounting.enums import ValueSource
from verification.accounting.model import InstallationReport, Precursor, Process
from verification.determination.obligation import PrecursorAllocation, benchmark_for, specific_free_allocation
from verification.determination.tables import BenchmarkTables, Parameters
from verification.disclosure.documents.source import FreeAllocation, included_categories
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact, plain

ACT = "Implementing Regulation (EU) 2025/2620"
ROUTES = {
    "Primary (electrolytic) smelting": "K",
    "Secondary melting (recycling)": "L",
}
"""Routes of reports whose letter in the benchmark tables follows from the route alone."""

VARIANTS = {"grey": "A", "white": "B"}
"""Clinker: the first word of the good's variant."""

DefaultAllocation = Callable[[str, str], Decimal]
"""SEFA of a precursor on default values, by its CN code and country. Raises ``MissingReference``."""


class Unknown(Exception):
    """The free allocation cannot be told; the text says why."""


@dataclass(frozen=True)
class Yardstick:
    """What the scheme gives for one day."""

    tables: BenchmarkTables
    parameters: Parameters
    on: date
    default_allocation: DefaultAllocation

    def factor(self, name: str) -> Decimal:
        return self.parameters.at(self.parameters.obligation[name], self.on).value


def free_allocations(report: InstallationReport, yardstick: Yardstick) -> tuple[FreeAllocation, ...]:
    """One for each good, in the order of the report's goods."""
    return tuple(_of_good(report, index, yardstick) for index in range(len(report.products)))


def _of_good(report: InstallationReport, index: int, yardstick: Yardstick) -> FreeAllocation:
    product = report.products[index]
    process = report.process(product.process)
    if process is None:
        return FreeAllocation(why_missing="the good belongs to no process")
    if not product.cn:
        return FreeAllocation(why_missing="the good has no CN code")
    try:
        value, grounds = _sefa(report, process, product.cn, yardstick, ())
    except Unknown as unknown:
        return FreeAllocation(why_missing=str(unknown))
    return FreeAllocation(value, grounds)


def _sefa(
    report: InstallationReport, process: Process, cn: str, yardstick: Yardstick, above: tuple[str, ...]
) -> tuple[Decimal, str]:
    if process.id in above:
        raise Unknown("processes use each other’s goods in a circle")
    if included_categories(process):
        within = ", ".join(included_categories(process))
        raise Unknown(
            f"{process.name or process.id} makes {within} within itself, in amounts that the report does not give"
        )
    try:
        factor, correction = yardstick.factor("cbam_factor"), yardstick.factor("cross_sectoral_correction")
        benchmark = benchmark_for(
            yardstick.tables, cn, "A", _route(process, _variant(report, process, cn)), yardstick.on
        )
    except MissingReference as missing:
        raise Unknown(str(missing).rstrip(".")) from missing
    parts = [*_own_precursors(report, process, yardstick, above), *_bought_precursors(report, process, yardstick)]
    value = specific_free_allocation(benchmark.value, factor, correction, parts)
    route = f", route {benchmark.route}" if benchmark.route else ""
    grounds = f"{ACT}, column A, {cn[:8]}{route}: {plain(benchmark.value)} × {plain(factor)} × {plain(correction)}"
    if parts:
        grounds += f", and {len(parts)} precursor{'s' if len(parts) > 1 else ''} by quantity"
    return value, grounds


def _route(process: Process, variant: str) -> str:
    """The letter of the benchmark tables, where route or variant of the report tell it; else empty."""
    words = variant.casefold().split()
    if words and words[0] in VARIANTS:
        return VARIANTS[words[0]]
    letters = {ROUTES.get(route, "") for route in process.routes_in_use}
    return letters.pop() if len(letters) == 1 else ""


def _variant(report: InstallationReport, process: Process, cn: str) -> str:
    variants = {item.variant for item in report.products if item.process == process.id and item.cn == cn}
    return variants.pop() if len(variants) == 1 else ""


def _own_precursors(
    report: InstallationReport, process: Process, yardstick: Yardstick, above: tuple[str, ...]
) -> Sequence[PrecursorAllocation]:
    found = []
    for other in report.processes:
        amount = sum((use.amount for use in other.consumed_in if use.process == process.id), Decimal(0))
        if other.id == process.id or not amount:
            continue
        codes = sorted({product.cn for product in report.products if product.process == other.id and product.cn})
        values = {_sefa(report, other, cn, yardstick, (*above, process.id))[0] for cn in codes}
        if len(values) != 1:
            name = other.name or other.id
            why = "has no CN code" if not values else "has goods with different benchmarks"
            raise Unknown(f"the precursor of {name} {why}")
        found.append(PrecursorAllocation(_per_tonne(amount, process), values.pop()))
    return found


def _bought_precursors(
    report: InstallationReport, process: Process, yardstick: Yardstick
) -> Sequence[PrecursorAllocation]:
    found = []
    for item in report.precursors:
        amount = sum((use.amount for use in item.consumed_in if use.process == process.id), Decimal(0))
        if amount:
            found.append(PrecursorAllocation(_per_tonne(amount, process), _of_bought(item, yardstick)))
    return found


def _of_bought(item: Precursor, yardstick: Yardstick) -> Decimal:
    name = item.name or item.id
    sources = {supply.value_source for supply in item.supplies} or {item.see_direct_source}
    if sources != {ValueSource.DEFAULT}:
        raise Unknown(f"the free allocation of {name} is known to its producer only")
    origins = {(supply.cn or item.cn, supply.country or item.country) for supply in item.supplies}
    origins = origins or {(item.cn, item.country)}
    if len(origins) != 1:
        raise Unknown(f"{name} comes in several codes or from several countries")
    cn, country = origins.pop()
    if not cn or not country:
        raise Unknown(f"{name} has no CN code or no country")
    try:
        return yardstick.default_allocation(cn, country)
    except MissingReference as missing:
        raise Unknown(f"{name}: {str(missing).rstrip('.')}") from missing


def _per_tonne(amount: Decimal, process: Process) -> Decimal:
    if not process.activity_level:
        raise Unknown(f"{process.name or process.id} states no production")
    with exact():
        return amount / process.activity_level
