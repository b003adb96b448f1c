"""Exact solution of the linear systems that goods feeding each other make.

Fraction-free elimination (Bareiss): whole numbers all the way, so that nothing is rounded and a system of
thirty processes takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from verification.kernel.quantities import exact


class NoFiniteSolution(Exception):
    """A leading minor is not positive: the flows take more out of the system than it makes."""


def solve(matrix: Sequence[Sequence[Decimal]], columns: Sequence[Sequence[Decimal]]) -> list[list[Fraction]]:
    """X with ``matrix`` · X = ``columns``; both by rows, off the diagonal nothing positive.

    Such a matrix has a solution without negative parts for every right side exactly where all its leading
    minors are positive; they are the pivots here. Raises ``NoFiniteSolution`` otherwise.
    """
    size = len(matrix)
    rows = [_whole((*left, *right)) for left, right in zip(matrix, columns, strict=True)]
    last = 1
    for step in range(size):
        pivot = rows[step][step]
        if pivot <= 0:
            raise NoFiniteSolution
        for row in rows[step + 1 :]:
            factor = row[step]
            for place in range(step + 1, len(row)):
                row[place] = (row[place] * pivot - factor * rows[step][place]) // last
            row[step] = 0
        last = pivot
    return _back(rows, size, last)


def _back(rows: list[list[int]], size: int, determinant: int) -> list[list[Fraction]]:
    """Back substitution in multiples of the determinant, which are whole."""
    scaled: list[list[int]] = [[] for _ in range(size)]
    for step in reversed(range(size)):
        row = rows[step]
        scaled[step] = [
            (
                determinant * row[place]
                - sum(row[other] * scaled[other][place - size] for other in range(step + 1, size))
            )
            // row[step]
            for place in range(size, len(row))
        ]
    return [[Fraction(value, determinant) for value in row] for row in scaled]


def _whole(row: Sequence[Decimal]) -> list[int]:
    """The equation times whatever makes all its numbers whole."""
    ratios = [value.as_integer_ratio() for value in row]
    scale = lcm(*(denominator for _, denominator in ratios))
    return [numerator * (scale // denominator) for numerator, denominator in ratios]


def to_decimal(value: Fraction) -> Decimal:
    with exact():
        return Decimal(value.numerator) / Decimal(value.denominator)
