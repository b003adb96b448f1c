"""Specific embedded emissions of every process: own emissions, bought precursors, own-made ones.

Implementing Regulation (EU) 2025/2547, Annex III, A.3 and B, equations 57 to 63; which indirect emissions
count is Annex I, 3.1: a process's own only where its category has them in scope, those of its precursors by
the precursors' own category.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting import embedded
from verification.accounting.attribution import (
    attributed_direct_emissions,
    attributed_indirect_emissions,
    electricity_factor,
)
from verification.accounting.co_products import product_part, share_of_product
from verification.accounting.constants import Constants
from verification.accounting.gaps import Gap, Log, Unavailable
from verification.accounting.model import InstallationReport, Process
from verification.accounting.precursors import Carried, carried_by
from verification.accounting.results import ProcessResult
from verification.accounting.rules import AccountingRules
from verification.accounting.supply import EnergySupply
from verification.accounting.tree import MissingInput, Node, given
from verification.kernel.quantities import exact

ACT = "IR (EU) 2025/2547, "
ZERO = Decimal(0)
COLUMNS = ("direct", "indirect", "in_scope", "electricity_mwh", "default_direct", "default_indirect")


@dataclass(frozen=True)
class Bought:
    """``amount`` units of a precursor, bought, used in a process over the period."""

    name: str
    amount: Decimal
    carried: Carried


@dataclass(frozen=True)
class Part:
    """What one process adds itself, before its own-made precursors; period totals by column."""

    process: Process
    level: Decimal | None
    direct: Node | None
    indirect: Node | None
    has_indirect_in_scope: bool | None
    own: Mapping[str, Decimal | None]
    bought: tuple[Bought, ...]
    made: tuple[tuple[Process, Decimal], ...]


Solved = Mapping[str, Mapping[str, Decimal | None]]


@dataclass(frozen=True)
class Surroundings:
    """What every process of a report is calculated with."""

    report: InstallationReport
    supply: EnergySupply
    constants: Constants
    rules: AccountingRules
    log: Log


def parts_of(around: Surroundings, direct: Mapping[str, Node | None]) -> list[Part]:
    """Every process with its own emissions and what it buys; what is missing goes to the log."""
    report = around.report
    carried = [carried_by(item, index, around.rules) for index, item in enumerate(report.precursors)]
    made = _own_made(report)
    bought: dict[str, list[Bought]] = {process.id: [] for process in report.processes}
    for precursor, each in zip(report.precursors, carried, strict=True):
        for use in precursor.consumed_in:
            if use.amount and use.process in bought:
                bought[use.process].append(Bought(precursor.name, use.amount, each))
    return [
        _part(around, index, direct[process.id], tuple(bought[process.id]), made[process.id])
        for index, process in enumerate(report.processes)
    ]


def _part(
    around: Surroundings,
    index: int,
    own_direct: Node | None,
    bought: tuple[Bought, ...],
    made: tuple[tuple[Process, Decimal], ...],
) -> Part:
    process, path = around.report.processes[index], f"processes.{index}"
    rules, log = around.rules, around.log
    is_in_scope = rules.has_indirect_in_scope(process.category)
    direct = None
    if own_direct is not None:
        direct = log.attempt(
            path,
            "the direct emissions of this process",
            lambda: product_part(
                attributed_direct_emissions(process, around.constants, own_direct, around.supply),
                share_of_product(process),
            ),
        )
    indirect = log.attempt(
        path,
        "the indirect emissions of this process",
        lambda: product_part(attributed_indirect_emissions(process, around.supply), share_of_product(process)),
        is_in_scope=is_in_scope is not False,
    )
    if is_in_scope is None and rules.indirect_scope:
        log.lack(Gap(f"{path}.category", "the scope of this process"))
    level = process.activity_level
    if not level or level < 0:
        log.lack(Gap(f"{path}.production", "the specific embedded emissions of this process"))
        return Part(process, level, direct, indirect, is_in_scope, dict.fromkeys(COLUMNS), (), made)
    for item in bought:
        log.lack(*item.carried.gaps)
    own = {
        "direct": direct.value if direct else None,
        "indirect": indirect.value if indirect else None,
        "in_scope": _in_scope(indirect, is_in_scope),
        "electricity_mwh": _electricity(process),
        "default_direct": ZERO,
        "default_indirect": _on_default(process, indirect, around.supply),
    }
    return Part(process, level, direct, indirect, is_in_scope, own, bought, made)


def _in_scope(indirect: Node | None, is_in_scope: bool | None) -> Decimal | None:
    if is_in_scope is None:
        return None
    if not is_in_scope:
        return ZERO
    return indirect.value if indirect else None


def _on_default(process: Process, indirect: Node | None, supply: EnergySupply) -> Decimal | None:
    """Own indirect emissions whose electricity factor is a default value; ``None`` where that is not known."""
    if indirect is None or not process.electricity_mwh:
        return None if indirect is None else ZERO
    try:
        part = electricity_factor(process, supply).default
    except (MissingInput, Unavailable):
        return None
    electricity = _electricity(process)
    if part is None or electricity is None:
        return None
    with exact():
        return electricity * part


def _electricity(process: Process) -> Decimal | None:
    """Electricity behind the process's own goods; co-products carry theirs away."""
    try:
        share = share_of_product(process)
    except MissingInput:
        return None
    if share is None or process.electricity_mwh is None:
        return process.electricity_mwh
    with exact():
        return process.electricity_mwh * share.value


def solve(parts: Sequence[Part]) -> Solved:
    """Every column per unit of product, by process. Raises ``embedded.ImpossibleLoop``."""
    columns = [embedded.Column(name, {part.process.id: _own(part, name) for part in parts}) for name in COLUMNS]
    flows = [embedded.Flow(part.process.id, supplier.id, amount) for part in parts for supplier, amount in part.made]
    return embedded.embedded_per_unit({part.process.id: part.level for part in parts}, flows, columns)


def unsolved(parts: Sequence[Part]) -> Solved:
    return {name: dict.fromkeys(part.process.id for part in parts) for name in COLUMNS}


def _own(part: Part, column: str) -> Decimal | None:
    """Own emissions and those of bought precursors over the period (eq 60)."""
    total = part.own[column]
    if total is None:
        return None
    with exact():
        for item in part.bought:
            carried = getattr(item.carried, column)
            value = carried.value if isinstance(carried, Node) else carried
            if value is None:
                return None
            total += item.amount * value
    return total


def _own_made(report: InstallationReport) -> dict[str, tuple[tuple[Process, Decimal], ...]]:
    """Own-made products that each process uses: the supplying process and the amount of the period."""
    found: dict[str, list[tuple[Process, Decimal]]] = {process.id: [] for process in report.processes}
    for supplier in report.processes:
        for use in supplier.consumed_in:
            if use.amount and use.process in found:
                found[use.process].append((supplier, use.amount))
    return {consumer: tuple(items) for consumer, items in found.items()}


def result_of(part: Part, solved: Solved) -> ProcessResult:
    process = part.process
    return ProcessResult(
        process=process.id,
        unit=process.unit,
        activity_level=part.level,
        attributed_direct=part.direct,
        attributed_indirect=part.indirect,
        see_direct=_see(part, solved, "direct", part.direct),
        see_indirect=_see(part, solved, "indirect", part.indirect),
        electricity_mwh_per_unit=solved["electricity_mwh"][process.id],
        default_share=embedded.default_share(solved["default_direct"][process.id], solved["direct"][process.id]),
        default_share_indirect=embedded.default_share(
            solved["default_indirect"][process.id], solved["indirect"][process.id]
        ),
        see_indirect_in_scope=_see(part, solved, "in_scope", _attributed_in_scope(part)),
    )


def _attributed_in_scope(part: Part) -> Node | None:
    if part.has_indirect_in_scope is False:
        formula = "0, own indirect emissions not in scope"
        return Node("Attributed indirect emissions in scope", ZERO, "t CO2e", formula, f"{ACT}Annex I, 3.1")
    return part.indirect


LABELS = {"direct": "direct emissions", "indirect": "indirect emissions", "in_scope": "indirect emissions in scope"}


def _see(part: Part, solved: Solved, column: str, attributed: Node | None) -> Node | None:
    process = part.process
    value = solved[column][process.id]
    if value is None or attributed is None or part.level is None:
        return None
    unit = f"t CO2e/{process.unit or 'unit'}"
    inputs = [attributed, given("AL", part.level, process.unit or "unit")]
    with exact():
        for item in part.bought:
            inputs.append(_carried(item.name, item.amount / part.level, getattr(item.carried, column), unit))
        for supplier, amount in part.made:
            see = given("SEE", solved[column][supplier.id] or ZERO, unit)
            inputs.append(_carried(supplier.name, amount / part.level, see, unit))
    is_simple = len(inputs) == 2
    formula, article = (
        ("AttrEm / AL", "Annex III, A.3, eq 57, 58")
        if is_simple
        else ("AttrEm / AL + Σ mᵢ × SEEᵢ", "Annex III, B, eq 59–62")
    )
    if column == "in_scope":
        article += "; Annex I, 3.1"
    label = f"Specific embedded {LABELS[column]}, {process.name}"
    return Node(label, value, unit, formula, ACT + article, inputs=tuple(inputs))


def _carried(name: str, per_unit: Decimal, see: Node, unit: str) -> Node:
    inputs = (given("m", per_unit, "per unit"), see)
    return Node(
        f"Precursor {name}", per_unit * see.value, unit, "m × SEE", f"{ACT}Annex III, B, eq 60, 61", inputs=inputs
    )
