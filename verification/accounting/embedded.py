"""Specific embedded emissions (SEE) of all processes of an installation, solved together.

Implementing Regulation (EU) 2025/2547, Annex III, A.3 and B, equations 57 to 62: attributed
emissions over activity level, plus what each precursor carries per unit of product. Own
precursors make the equations linear in each other, loops included, and they are solved exactly.

Units. Everything here is in t CO2e per unit of activity level, which for the communication
template is the tonne of good (MWh for electricity), also for cement and fertilisers. Default
values and claims are per tonne of good as well, so a value of this module compares with them
directly. Where the definitive functional unit is the clinker or nitrogen contained (2025/2547
Article 4), ``per_functional_unit`` and ``per_tonne`` convert by equations 64 to 66.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.linear import NoFiniteSolution, solve, to_decimal
from verification.accounting.loops import blocks
from verification.kernel.errors import DomainError
from verification.kernel.quantities import exact


class ImpossibleLoop(DomainError):
    """Processes feed each other more than they make: no finite embedded emissions exist."""


@dataclass(frozen=True)
class Column:
    """One quantity per process over the period: its own part, ``None`` where it is not known."""

    name: str
    own: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Flow:
    """``amount`` of the product of process ``supplier`` that process ``consumer`` uses in the period."""

    consumer: str
    supplier: str
    amount: Decimal


def embedded_per_unit(
    levels: Mapping[str, Decimal | None], flows: Sequence[Flow], columns: Sequence[Column]
) -> dict[str, dict[str, Decimal | None]]:
    """Quantity per unit of product, by column name and process (eq 59–62); ``levels`` are activity levels.

    Own part and what own-made precursors carry, over the activity level. A quantity stays ``None`` for a
    process whose level or own part, or that of any process it consumes from, is not known. Raises
    ``ImpossibleLoop``.
    """
    groups: dict[tuple[str, ...], list[Column]] = {}
    for column in columns:
        groups.setdefault(tuple(_known(levels, flows, column.own)), []).append(column)
    found: dict[str, dict[str, Decimal | None]] = {column.name: dict.fromkeys(levels) for column in columns}
    for known, together in groups.items():
        taken: dict[str, list[Flow]] = {process: [] for process in known}
        for flow in flows:
            # A process that is known consumes only from processes that are.
            if flow.consumer in taken and flow.amount:
                taken[flow.consumer].append(flow)
        suppliers = {process: [flow.supplier for flow in taken[process]] for process in known}
        for block in blocks(suppliers):
            _solve_block(block, levels, taken, together, found)
    return found


def _solve_block(
    block: list[str],
    levels: Mapping[str, Decimal | None],
    taken: Mapping[str, Sequence[Flow]],
    columns: Sequence[Column],
    found: dict[str, dict[str, Decimal | None]],
) -> None:
    """Fills in the processes of ``block``, which may feed each other; all other suppliers are solved."""
    position = {process: index for index, process in enumerate(block)}
    inner = [flow for process in block for flow in taken[process] if flow.supplier in position]
    outer = {process: [flow for flow in taken[process] if flow.supplier not in position] for process in block}
    with exact():
        own = [[_with_suppliers(process, outer[process], column, found) for column in columns] for process in block]
        if not inner:
            (process,) = block
            for column, value in zip(columns, own[0], strict=True):
                found[column.name][process] = value / (levels[process] or Decimal(1))
            return
        matrix = _matrix(position, levels, inner)
    try:
        solution = solve(matrix, own)
    except NoFiniteSolution:
        raise ImpossibleLoop(_LOOP) from None
    for process, row in zip(block, solution, strict=True):
        for column, exact_value in zip(columns, row, strict=True):
            found[column.name][process] = to_decimal(exact_value)


def _matrix(
    position: Mapping[str, int], levels: Mapping[str, Decimal | None], flows: Sequence[Flow]
) -> list[list[Decimal]]:
    """What each process makes on the diagonal, what it takes from the others beside it, negative."""
    matrix = [[Decimal(0)] * len(position) for _ in position]
    for process, index in position.items():
        matrix[index][index] = levels[process] or Decimal(0)
    for flow in flows:
        matrix[position[flow.consumer]][position[flow.supplier]] -= flow.amount
    return matrix


def _with_suppliers(
    process: str, outer: Sequence[Flow], column: Column, found: Mapping[str, Mapping[str, Decimal | None]]
) -> Decimal:
    """The process's own part and what the suppliers that are solved give to it, over the period."""
    total = column.own[process] or Decimal(0)
    for flow in outer:
        total += flow.amount * (found[column.name][flow.supplier] or Decimal(0))
    return total


def _known(levels: Mapping[str, Decimal | None], flows: Sequence[Flow], own: Mapping[str, Decimal | None]) -> list[str]:
    """Processes whose own part is known, and that of all they consume from."""
    users: dict[str, list[str]] = {}
    for flow in flows:
        if flow.amount:
            users.setdefault(flow.supplier, []).append(flow.consumer)
    waiting = [process for process, level in levels.items() if not level or own[process] is None]
    unknown = set(waiting)
    while waiting:
        reached = [consumer for consumer in users.get(waiting.pop(), ()) if consumer not in unknown]
        unknown.update(reached)
        waiting += reached
    return [process for process in levels if process not in unknown]


_LOOP = (
    "The production processes consume more of each other's products than they make, so no specific "
    "embedded emissions exist (2025/2547 Annex III, B). Correct the quantities passed between the processes."
)


def per_tonne(see_per_functional_unit: Decimal, content_per_tonne: Decimal) -> Decimal:
    """t CO2e per tonne of good from t CO2e per unit contained (clinker t/t, nitrogen kg/t; eq 64–66)."""
    with exact():
        return see_per_functional_unit * content_per_tonne


def per_functional_unit(see_per_tonne: Decimal, content_per_tonne: Decimal) -> Decimal:
    """t CO2e per unit contained from t CO2e per tonne. Raises ``ValueError`` for no content."""
    if content_per_tonne <= 0:
        raise ValueError("A good that contains nothing of its functional unit has no value per unit.")
    with exact():
        return see_per_tonne / content_per_tonne


def default_share(default_direct: Decimal | None, direct: Decimal | None) -> Decimal | None:
    """Share of direct embedded emissions that rests on default values.

    The law gives no denominator; direct default over direct total is the ratio that the
    Commission's own examples print. ``None`` where there are no direct emissions to share.
    """
    if default_direct is None or not direct:
        return None
    with exact():
        return default_direct / direct
