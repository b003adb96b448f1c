"""Small predicates that several rules share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict

from verification.kernel.quantities import exact, plain, round_half_up

ONE, HUNDRED = Decimal(1), Decimal(100)


class Place(TypedDict):
    """The two fields of a hit that say where: in words, and in what stays the same when the words change."""

    where: str
    identity: str


def shared_range(numbers: tuple[int, int] | None, start: int | None, end: int | None) -> tuple[int, int] | None:
    """Numbers that both ranges hold; ``None`` where either has no numbers or they do not meet."""
    if numbers is None or start is None or end is None:
        return None
    first, last = max(numbers[0], start), min(numbers[1], end)
    return (first, last) if first <= last else None


def as_range(first: int, last: int) -> str:
    """A range of units for people: its ends and its tonnes, and nothing of whom it belongs to."""
    return f"{first} to {last}, {last - first + 1} t"


def looks_like_share(percent: Decimal | None) -> bool:
    """A percentage above 0 and up to 1: most likely a share of one."""
    return percent is not None and 0 < percent <= 1


def is_outside(value: Decimal | None, lowest: Decimal, highest: Decimal) -> bool:
    return value is not None and not lowest <= value <= highest


def is_above(value: Decimal | None, limit: Decimal) -> bool:
    return value is not None and value > limit


def distance(value: Decimal, from_value: Decimal) -> Decimal:
    """Difference as a share of ``from_value``, which must not be zero."""
    with exact():
        return abs(value - from_value) / abs(from_value)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """Sum of what was given."""
    with exact():
        return sum((amount for amount in amounts if amount is not None), Decimal(0))


def are_apart(left: Decimal, right: Decimal, tolerance: Decimal) -> bool:
    """Whether the difference exceeds ``tolerance`` as a share of the larger of the two."""
    with exact():
        return abs(left - right) > tolerance * max(abs(left), abs(right))


def shown(value: Decimal, decimals: int = 6) -> str:
    """For people: at most ``decimals`` places, no trailing zeros."""
    return plain(round_half_up(value, decimals))


def in_percent(share: Decimal) -> str:
    with exact():
        return f"{shown(share * 100, 2)} %"
