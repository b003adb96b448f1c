"""Standard factors of the act, offered to whoever has no measured ones (2025/2547 Annex II, G)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from verification.accounting.categories import DATA
from verification.accounting.enums import StreamMethod
from verification.kernel.quantities import decimal_from, plain

FILE = DATA / "standard_factors.csv"
METHODS = {
    "fuel": (StreamMethod.COMBUSTION,),
    "biomass": (StreamMethod.COMBUSTION,),
    "carbonate": (StreamMethod.PROCESS,),
    "oxide": (StreamMethod.PROCESS,),
    "process_material": (StreamMethod.MASS_BALANCE, StreamMethod.PROCESS),
}


@dataclass(frozen=True)
class StandardFactor:
    """Factors of one fuel or material, in the units of the act, from ``applies_from`` on.

    Those of biomass, and some more, are preliminary: a biomass fraction is still to be applied. ``basis`` is
    where the act took them from, ``note`` what it says beside them.
    """

    key: str
    kind: str
    name: str
    emission_factor: Decimal
    emission_factor_unit: str
    net_calorific_value: Decimal | None
    net_calorific_value_unit: str
    carbon_content: Decimal | None
    carbon_content_unit: str
    basis: str
    reference: str
    applies_from: date
    note: str

    @property
    def methods(self) -> tuple[StreamMethod, ...]:
        """Methods that the factors are made for, the usual one first."""
        return METHODS[self.kind]

    @property
    def reference_text(self) -> str:
        """What the answer ``factor_reference`` of a stream says."""
        return f"{self.name}: {self.reference} ({self.basis})"

    def answers(self, method: StreamMethod | None = None, decimal_mark: str = ".") -> dict[str, str]:
        """Answers for a row of the section ``streams``, for ``method`` or the usual one; amount and name stay.

        All are per mass: an amount in cubic metres needs another calorific value. Raises ``LookupError`` for a
        method that the factors are not made for.
        """
        chosen = method or self.methods[0]
        if chosen not in self.methods:
            raise LookupError(f"{self.name}: the act has no standard factor for the method {chosen.value!r}.")
        found = {"method": chosen.value, "factor_reference": self.reference_text}
        if chosen is StreamMethod.MASS_BALANCE:
            quantities = [("carbon_content", self.carbon_content, self.carbon_content_unit)]
        else:
            quantities = [
                ("emission_factor", self.emission_factor, self.emission_factor_unit),
                ("net_calorific_value", self.net_calorific_value, self.net_calorific_value_unit),
            ]
        for name, value, unit in quantities:
            if value is not None:
                found |= {name: plain(value).replace(".", decimal_mark), f"{name}.unit": unit}
        return found


@cache
def standard_factors() -> tuple[StandardFactor, ...]:
    """All of them, in the order of the act's tables."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_factor(row) for row in csv.DictReader(file))


def standard_factor(name: str) -> StandardFactor:
    """By key, or by name where only one table has it. Raises ``LookupError``."""
    folded = name.strip().casefold()
    found = [item for item in standard_factors() if item.key == folded]
    found = found or [item for item in standard_factors() if item.name.casefold() == folded]
    if len(found) != 1:
        choices = ", ".join(item.key for item in found)
        reason = f"more than one: {choices}" if found else "none"
        raise LookupError(f"Standard factors of {name!r}: there are {reason}.")
    return found[0]


def _factor(row: dict[str, str]) -> StandardFactor:
    numbers = {
        name: decimal_from(row[name]) if row[name] else None
        for name in ("emission_factor", "net_calorific_value", "carbon_content")
    }
    texts = {
        name: row[name]
        for name in (
            "key",
            "kind",
            "name",
            "emission_factor_unit",
            "net_calorific_value_unit",
            "carbon_content_unit",
            "basis",
            "reference",
            "note",
        )
    }
    return StandardFactor(**texts, **numbers, applies_from=date.fromisoformat(row["applies_from"]))  # type: ignore[arg-type]
