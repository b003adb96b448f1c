"""From the rows of a plain record to the arguments of the values: days, decimals, tuples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from verification.kernel.quantities import decimal_from
from verification.kernel.spans import Span

_DAYS = (
    "vintage_from", "vintage_to", "first_crediting_start_min", "cancelled_from", "cancelled_to", "signed_on",
    "in_force_from", "in_force_to",
)  # fmt: skip
_LISTS = (
    "methodology_include", "methodology_exclude", "host_include", "host_exclude", "authorisation_purposes_required",
)  # fmt: skip


def spanned(row: Mapping[str, Any]) -> dict[str, Any]:
    """``valid_from`` and ``valid_to`` become one span; the rest stays."""
    span = Span(date.fromisoformat(row["valid_from"]), _day(row["valid_to"]))
    return {name: value for name, value in row.items() if name not in ("valid_from", "valid_to")} | {"span": span}


def switch(row: Mapping[str, Any]) -> dict[str, Any]:
    value = row["value"]
    return {**row, "value": tuple(value) if isinstance(value, list) else value}


def eligibility(row: Mapping[str, Any]) -> dict[str, Any]:
    return _with_days(spanned(row)) | {name: tuple(row[name]) for name in _LISTS}


def agreement(row: Mapping[str, Any]) -> dict[str, Any]:
    return _with_days(spanned(row)) | {"loa_levy_percent": _number(row["loa_levy_percent"])}


def limit(row: Mapping[str, Any]) -> dict[str, Any]:
    return spanned(row) | {
        "percent": decimal_from(row["percent"]),
        "carry_over_cap": _number(row["carry_over_cap"]),
        "sublimits": _by_class(row["sublimits"], "percent_of_limit"),
        "unit_factors": _by_class(row["unit_factors"], "factor"),
    }


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: _day(row[name]) for name in _DAYS if name in row}


def _by_class(entries: Sequence[Mapping[str, str]], figure: str) -> dict[str, Decimal]:
    return {entry["class"]: decimal_from(entry[figure]) for entry in entries}


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _number(raw: str | None) -> Decimal | None:
    return None if raw is None else decimal_from(raw)
