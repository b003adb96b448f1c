"""What the value of a good is made of: its own process, each precursor, the indirect part that counts.

Pure: a report and its result in, parts out. Everything in tCO2e per unit of the good.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from verification.accounting.calculation import InstallationResult, ProcessResult
from verification.accounting.enums import ValueSource
from verification.accounting.model import InstallationReport, Precursor
from verification.accounting.tree import Node
from verification.kernel.quantities import exact

ZERO = Decimal(0)


class Basis(StrEnum):
    """Where the number of a part comes from."""

    OWN = "own"
    MADE_HERE = "made_here"
    ACTUAL = "actual"
    DEFAULT = "default"
    MIXED = "mixed"
    UNSAID = "unsaid"


BASES = {ValueSource.MEASURED: Basis.ACTUAL, ValueSource.DEFAULT: Basis.DEFAULT}


@dataclass(frozen=True)
class Piece:
    """``source`` names the process or precursor; ``is_indirect`` tells electricity from direct emissions."""

    source: str
    basis: Basis
    is_indirect: bool
    value: Decimal


@dataclass(frozen=True)
class Composition:
    """Pieces add up to ``total``; ``not_counted`` is the indirect part outside the scope, beside it."""

    pieces: tuple[Piece, ...]
    total: Decimal
    not_counted: Decimal | None


def composition_of(report: InstallationReport, result: InstallationResult, position: int) -> Composition | None:
    """Of the good at ``position``; ``None`` where its value, or a part of it, could not be computed."""
    good = result.products[position]
    process = result.process(good.process)
    if process is None or process.see_direct is None or process.see_indirect_in_scope is None:
        return None
    if good.see_direct is None or good.see_indirect_in_scope is None or good.see_in_scope is None:
        return None
    pieces = [
        *_pieces(report, process, process.see_direct, good.see_direct, is_indirect=False),
        *_pieces(report, process, process.see_indirect_in_scope, good.see_indirect_in_scope, is_indirect=True),
    ]
    not_counted = None
    if good.see_indirect is not None:
        with exact():
            not_counted = good.see_indirect.value - good.see_indirect_in_scope.value
    return Composition(tuple(pieces), good.see_in_scope, not_counted)


def precursors_used(report: InstallationReport, process_id: str) -> list[tuple[str, Basis]]:
    """Bought precursors and own-made products in the order in which the formula of a process adds them."""
    bought = [
        (precursor.name or precursor.category, basis_of(precursor))
        for precursor in report.precursors
        for use in precursor.consumed_in
        if use.amount and use.process == process_id
    ]
    made = [
        (process.name, Basis.MADE_HERE)
        for process in report.processes
        for use in process.consumed_in
        if use.amount and use.process == process_id
    ]
    return bought + made


def basis_of(precursor: Precursor) -> Basis:
    """Of the direct emissions of a bought precursor; deliveries of several kinds are mixed."""
    said = {supply.value_source for supply in precursor.supplies} or {precursor.see_direct_source}
    if len(said) > 1:
        return Basis.MIXED
    (only,) = said
    return BASES.get(only, Basis.UNSAID) if only else Basis.UNSAID


def _pieces(
    report: InstallationReport, process: ProcessResult, of_process: Node, of_good: Node, *, is_indirect: bool
) -> list[Piece]:
    """The terms of equations 57 to 62, in the share that this good has of the process's mean."""
    attributed, level, *carried = of_process.inputs
    name = next(item.name for item in report.processes if item.id == process.process)
    with exact():
        share = of_good.value / of_process.value if of_process.value else Decimal(1)
        found: dict[tuple[str, Basis], Decimal] = {(name, Basis.OWN): attributed.value / level.value * share}
        for key, node in zip(precursors_used(report, process.process), carried, strict=True):
            found[key] = found.get(key, ZERO) + node.value * share
    return [
        Piece(source, basis, is_indirect, value)
        for (source, basis), value in found.items()
        if value or (basis is Basis.OWN and not is_indirect)
    ]
