"""Exact solution of small linear systems."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from verification.kernel.quantities import exact


class SingularSystem(Exception):
    """The equations have no single solution."""


def solve(matrix: Sequence[Sequence[Fraction]], columns: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
    """X with ``matrix`` · X = ``columns``; both by rows. Raises ``SingularSystem``."""
    size = len(matrix)
    rows = [[*matrix[index], *columns[index]] for index in range(size)]
    for column in range(size):
        pivot = next((index for index in range(column, size) if rows[index][column]), None)
        if pivot is None:
            raise SingularSystem
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [item / head if item else item for item in rows[column]]
        for index in range(size):
            factor = rows[index][column]
            if index != column and factor:
                rows[index] = [
                    item - factor * above if above else item
                    for item, above in zip(rows[index], rows[column], strict=True)
                ]
    return [row[size:] for row in rows]


def to_decimal(value: Fraction) -> Decimal:
    with exact():
        return Decimal(value.numerator) / Decimal(value.denominator)
