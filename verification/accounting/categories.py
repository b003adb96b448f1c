"""Aggregated goods categories: unit, production routes and parameters, in the template's numbering."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"
ALL_ROUTES = "All production routes"


@dataclass(frozen=True)
class Category:
    name: str
    unit: str
    routes: tuple[str, ...]
    parameters: tuple[str, ...] = ()


@cache
def categories() -> tuple[Category, ...]:
    rows = yaml.safe_load((DATA / "categories.yaml").read_text(encoding="utf-8"))
    return tuple(
        Category(row["name"], row["unit"], tuple(row["routes"]), tuple(row.get("parameters", ()))) for row in rows
    )


@cache
def _by_name() -> dict[str, Category]:
    return {item.name.casefold(): item for item in categories()}


def category_named(name: str) -> Category | None:
    """The category of that official English name, whatever the case and outer blanks."""
    return _by_name().get(name.strip().casefold())


def unit_of(category_name: str) -> str:
    """Unit of the activity level: ``t``, or ``MWh`` for electricity; empty for an unknown category."""
    category = category_named(category_name)
    return category.unit if category else ""
