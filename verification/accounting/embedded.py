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
from fractions import Fraction

from verification.accounting.linear import SingularSystem, solve, to_decimal
from verification.kernel.errors import DomainError
from verification.kernel.quantities import exact


class ImpossibleLoop(DomainError):
    """Processes feed each other more than they make: no finite embedded emissions exist."""


@dataclass(frozen=True)
class Column:
    """One quantity per process: its own part per unit of product, ``None`` where it is not known."""

    name: str
    own_per_unit: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Flow:
    """``per_unit`` units of the product of process ``supplier`` in one unit of that of ``consumer``."""

    consumer: str
    supplier: str
    per_unit: Decimal


def embedded_per_unit(
    processes: Sequence[str], flows: Sequence[Flow], columns: Sequence[Column]
) -> dict[str, dict[str, Decimal | None]]:
    """Quantity by column name and process: own part plus what own precursors carry (eq 59–62).

    A quantity stays ``None`` for a process whose own part, or that of any process it consumes
    from, is not known. Raises ``ImpossibleLoop``.
    """
    return {column.name: _embedded(processes, flows, column) for column in columns}


def _embedded(processes: Sequence[str], flows: Sequence[Flow], column: Column) -> dict[str, Decimal | None]:
    known = _known(processes, flows, column.own_per_unit)
    position = {process: index for index, process in enumerate(known)}
    matrix = [[Fraction(row == other) for other in range(len(known))] for row in range(len(known))]
    for flow in flows:
        if flow.consumer in position and flow.supplier in position:
            matrix[position[flow.consumer]][position[flow.supplier]] -= Fraction(flow.per_unit)
    values_known = {process: value for process, value in column.own_per_unit.items() if value is not None}
    own = [[Fraction(values_known[process])] for process in known]
    try:
        solution = solve(matrix, own)
    except SingularSystem:
        raise ImpossibleLoop(_LOOP) from None
    if all(row[0] >= 0 for row in own) and any(row[0] < 0 for row in solution):
        raise ImpossibleLoop(_LOOP)
    values = {process: to_decimal(solution[index][0]) for process, index in position.items()}
    return {process: values.get(process) for process in processes}


_LOOP = (
    "The production processes consume more of each other's products than they make, so no specific "
    "embedded emissions exist (2025/2547 Annex III, B). Correct the quantities passed between the processes."
)


def _known(processes: Sequence[str], flows: Sequence[Flow], own: Mapping[str, Decimal | None]) -> list[str]:
    unknown = {process for process in processes if own[process] is None}
    grown = True
    while grown:
        reached = {flow.consumer for flow in flows if flow.supplier in unknown and flow.per_unit}
        grown = not reached <= unknown
        unknown |= reached
    return [process for process in processes if process not in unknown]


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
