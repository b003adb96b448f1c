"""Numbers of law and standard factors that checks compare with; read once from ``data/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Fuel:
    """Standard factors: tCO2/TJ and GJ/t."""

    emission_factor: Decimal
    net_calorific_value: Decimal


@dataclass(frozen=True)
class CategoryFacts:
    """A goods category: where its codes are listed, its precursors, what is plausible for it.

    ``direct`` is a range in tCO2e per unit, precursors included; ``electricity`` in MWh per unit of the
    process itself. ``parameters`` are groups of names, of each of which one must be stated.
    """

    name: str
    listed_as: frozenset[str]
    precursors: frozenset[str]
    parameters: tuple[tuple[str, ...], ...]
    direct: tuple[Decimal, Decimal]
    electricity: tuple[Decimal, Decimal]


@cache
def limit(name: str, legal_date: date) -> Decimal:
    """The number of law in force on ``legal_date``.

    A period before the first act is judged by the first act: that it lies before is a finding of its own
    (DAT-003). Raises ``KeyError`` for an unknown name.
    """
    values = _limits()[name]["values"]
    starts = [day for day in values if day <= legal_date] or [min(values)]
    return Decimal(values[max(starts)]["value"])


@cache
def fuel_named(name: str) -> Fuel | None:
    """Standard factors of the fuel that a stream of that name is; ``None`` for any other stream."""
    row = _by_name("fuels").get(_plain_name(name))
    return Fuel(Decimal(row["emission_factor"]), Decimal(row["net_calorific_value"])) if row else None


@cache
def carbonate_factor_named(name: str) -> Decimal | None:
    """Stoichiometric tCO2 per tonne of the carbonate; ``None`` for any other stream."""
    row = _by_name("carbonates").get(_plain_name(name))
    return Decimal(row["factor"]) if row else None


@cache
def category_facts(name: str) -> CategoryFacts | None:
    """What is known of the category of that name, whatever the case."""
    return _categories().get(name.strip().casefold())


@cache
def _categories() -> Mapping[str, CategoryFacts]:
    return {
        row["name"].casefold(): CategoryFacts(
            name=row["name"],
            listed_as=frozenset(row["listed_as"]),
            precursors=frozenset(name.casefold() for name in row["precursors"]),
            parameters=tuple(tuple(group) for group in row.get("parameters", [])),
            direct=_range(row["direct"]),
            electricity=_range(row["electricity"]),
        )
        for row in _read("categories.yaml")["categories"]
    }


def _range(ends: list[str]) -> tuple[Decimal, Decimal]:
    lowest, highest = ends
    return Decimal(lowest), Decimal(highest)


def _plain_name(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _by_name(group: str) -> Mapping[str, dict[str, Any]]:
    return {name: row for row in _read("standard_factors.yaml")[group] for name in row["names"]}


@cache
def _limits() -> dict[str, Any]:
    return _read("limits.yaml")


@cache
def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
