"""In which group a case is counted: of countries, and of sizes of producers. Pure, from a dated list."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data") / "country_groups.csv"
SOURCE = (
    "United Nations, Statistics Division: standard country or area codes for statistical use (M49), regions; "
    "United Nations, Committee for Development Policy: list of least developed countries, with the days on which "
    "countries leave it"
)
LEAST_DEVELOPED = "least_developed"
REGIONS = ("africa", "americas", "asia", "europe", "oceania")
ELSEWHERE = "elsewhere"
COUNTRY_GROUPS = (LEAST_DEVELOPED, *REGIONS, ELSEWHERE)
SIZES: tuple[tuple[str, Decimal | None], ...] = (
    ("below_1000", Decimal(1_000)),
    ("below_10000", Decimal(10_000)),
    ("below_100000", Decimal(100_000)),
    ("below_1000000", Decimal(1_000_000)),
    ("from_1000000", None),
)
"""Tonnes of goods that a verifier examined in the claim, whatever was decided on it; each class up to its bound."""
NO_GOODS = "no_goods"
SIZE_CLASSES = (*(name for name, _bound in SIZES), NO_GOODS)
_STILL_LISTED = "open"


def country_group(iso2: str, on: date) -> str:
    """Least developed on the day before the region; ``elsewhere`` for a code that the list does not know."""
    region, until = _groups().get(iso2, (ELSEWHERE, ""))
    is_listed = until == _STILL_LISTED or (until != "" and on < date.fromisoformat(until))
    return LEAST_DEVELOPED if is_listed else region


def size_class(tonnes: Decimal | None) -> str:
    """``None`` where the claim is about no goods that a verifier examined."""
    if tonnes is None:
        return NO_GOODS
    return next(name for name, bound in SIZES if bound is None or tonnes < bound)


def verified_tonnes(confirmed_numbers: Iterable[dict[str, Any]]) -> Decimal | None:
    """Of a verifier's statement. Goods of one process share its quantity, which counts once."""
    by_process: dict[str, Decimal] = {}
    for good in confirmed_numbers:
        if good.get("quantity") is not None:
            process = str(good.get("process") or good.get("cn"))
            by_process[process] = max(by_process.get(process, Decimal(0)), Decimal(good["quantity"]))
    return sum(by_process.values(), Decimal(0)) if by_process else None


@cache
def _groups() -> dict[str, tuple[str, str]]:
    with DATA.open(encoding="utf-8") as rows:
        return {row["iso2"]: (row["region"].lower(), row["least_developed_until"]) for row in csv.DictReader(rows)}
