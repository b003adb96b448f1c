"""A calculation that can be shown and printed: formula, inputs, value, unit and article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from verification.accounting.constants import Constant
from verification.kernel.quantities import plain, round_half_up

SHOWN_DECIMALS = 12


class MissingInput(Exception):
    """A formula lacks numbers; ``names`` are the fields of the report that would give them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True)
class Node:
    """One value of the calculation. A leaf (no ``inputs``) was given, not calculated."""

    label: str
    value: Decimal
    unit: str
    formula: str = ""
    reference: str = ""
    source: str = ""
    inputs: tuple[Node, ...] = ()

    def as_record(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "value": shown(self.value),
            "unit": self.unit,
            "formula": self.formula,
            "reference": self.reference,
            "source": self.source,
            "inputs": [node.as_record() for node in self.inputs],
        }

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree as indented text, one node a line."""
        because = f" = {self.formula}" if self.formula else ""
        origin = f"  [{self.reference or self.source}]" if self.reference or self.source else ""
        yield f"{'  ' * depth}{self.label}: {shown(self.value)} {self.unit}{because}{origin}"
        for node in self.inputs:
            yield from node.lines(depth + 1)


def given(label: str, value: Decimal, unit: str, source: str = "") -> Node:
    return Node(label, value, unit, source=source)


def stated(label: str, constant: Constant) -> Node:
    """A leaf for a constant that the law or physics states."""
    return Node(label, constant.value, constant.unit, reference=constant.reference)


def shown(value: Decimal) -> str:
    """``value`` with at most twelve decimals, for people and for exchange; never used in arithmetic."""
    return plain(round_half_up(value, SHOWN_DECIMALS))


def require(record: object, *names: str) -> tuple[Decimal, ...]:
    """The named numbers of ``record``. Raises ``MissingInput`` with all that are ``None``."""
    missing = tuple(name for name in names if getattr(record, name) is None)
    if missing:
        raise MissingInput(missing)
    return tuple(getattr(record, name) for name in names)
