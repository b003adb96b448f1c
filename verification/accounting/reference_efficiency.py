"""Reference efficiencies of separate production, to split what a cogeneration unit emits.

Implementing Regulation (EU) 2025/2547, Annex III, C: by fuel and year of construction, for heat also
by its carrier. A report that names only the fuel gets a value only where the year makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from verification.accounting.categories import DATA
from verification.kernel.quantities import exact

NEW_HEAT_FROM = 2016
NEW_ELECTRICITY_FROM = (2012, 2016)


class HeatCarrier(StrEnum):
    """What carries the heat; in the order of the table's columns."""

    HOT_WATER = "hot_water"
    STEAM = "steam"
    EXHAUST_GAS = "exhaust_gas"


@dataclass(frozen=True)
class ReferenceEfficiency:
    """A share of one, with its citation; ``is_confirmed`` is false where the print leaves a doubt."""

    value: Decimal
    reference: str
    is_confirmed: bool


@dataclass(frozen=True)
class Fuel:
    """A row of the tables: code such as ``G10``, and what it stands for."""

    code: str
    name: str


def reference_fuels() -> tuple[Fuel, ...]:
    """The fuel categories of the newest act, in its order."""
    return tuple(Fuel(row["fuel"], row["name"]) for row in _tables()[-1]["fuels"])


def electricity_reference(fuel: str, *, built: int | None = None, on: date | None = None) -> ReferenceEfficiency | None:
    """For the fuel code and the year of construction; ``None`` where they do not settle one value."""
    table, row = _row(fuel, on)
    if row is None:
        return None
    values = row["electricity"]
    if built is not None:
        values = [values[sum(built >= year for year in NEW_ELECTRICITY_FROM)]]
    return _only(values, table["electricity_reference"], row)


def heat_reference(
    fuel: str, carrier: HeatCarrier, *, built: int | None = None, on: date | None = None
) -> ReferenceEfficiency | None:
    """For the fuel code, what carries the heat and the year of construction; ``None`` as above."""
    table, row = _row(fuel, on)
    if row is None:
        return None
    column = list(HeatCarrier).index(carrier)
    values = [row["heat_before_2016"][column], row["heat_from_2016"][column]]
    if built is not None:
        values = [values[built >= NEW_HEAT_FROM]]
    return _only(values, table["heat_reference"], row)


def _only(values: list[str | None], reference: str, row: dict[str, Any]) -> ReferenceEfficiency | None:
    first, *others = values
    if first is None or any(other != first for other in others):
        return None
    with exact():
        return ReferenceEfficiency(Decimal(first) / 100, reference, not row.get("unconfirmed", False))


def _row(fuel: str, on: date | None) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The newest table of the day, or the first one for days before it: the earlier act's is not at hand."""
    fitting = [table for table in _tables() if on is None or table["applies_from"] <= on] or _tables()[:1]
    table, code = fitting[-1], fuel.strip().upper()
    return table, next((row for row in table["fuels"] if row["fuel"] == code), None)


@cache
def _tables() -> list[dict[str, Any]]:
    tables = yaml.safe_load((DATA / "reference_efficiencies.yaml").read_text(encoding="utf-8"))
    return sorted(tables, key=lambda table: table["applies_from"])
