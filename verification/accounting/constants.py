"""Physical and legal constants, dated and cited; formulas receive them, never hold them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from verification.accounting.categories import DATA
from verification.kernel.errors import MissingReference


@dataclass(frozen=True)
class Constant:
    """A number of law or physics; ``is_confirmed`` is false where the act itself was not at hand."""

    value: Decimal
    unit: str
    reference: str
    published_on: date
    checked_on: date
    is_confirmed: bool = True


@dataclass(frozen=True)
class Constants:
    """The constants in force on one legal date."""

    carbon_to_co2: Constant
    natural_gas_factor: Constant
    waste_gas_efficiency_correction: Constant
    gwp_n2o: Constant
    gwp_cf4: Constant
    gwp_c2f6: Constant
    carbon_monoxide_to_co2: Constant
    boiler_efficiency: Constant
    cogeneration_heat_efficiency: Constant
    cogeneration_electricity_efficiency: Constant


@cache
def constants_on(legal_date: date) -> Constants:
    """Constants in force on ``legal_date``. Raises ``MissingReference`` before the first act applied."""
    table = _table()
    return Constants(**{item.name: _in_force(item.name, table[item.name], legal_date) for item in fields(Constants)})


@cache
def latest_constants() -> Constants:
    """Constants of the newest act, for a report whose period cannot be read."""
    return constants_on(max(day for entry in _table().values() for day in entry["values"]))


def _in_force(name: str, entry: dict[str, Any], legal_date: date) -> Constant:
    starts = [day for day in entry["values"] if day <= legal_date]
    if not starts:
        raise MissingReference(f"No value of {name} is known for {legal_date}; the first act applies later.")
    row = entry["values"][max(starts)]
    return Constant(
        value=Decimal(row["value"]),
        unit=entry["unit"],
        reference=row["reference"],
        published_on=row["published_on"],
        checked_on=row["checked_on"],
        is_confirmed=not row.get("unconfirmed", False),
    )


@cache
def _table() -> dict[str, Any]:
    return yaml.safe_load((DATA / "constants.yaml").read_text(encoding="utf-8"))
