"""Answers that are each readable and do not fit together."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import Any

from verification.accounting.entry.context import Row, name_field
from verification.accounting.entry.rows import PARENT, RowReader
from verification.accounting.entry.schema import Section
from verification.accounting.entry.sections import section_named
from verification.accounting.entry.sections.goods import PARAMETERS_ABOVE_ONE
from verification.accounting.enums import StreamMethod
from verification.accounting.model import InstallationReport
from verification.kernel.quantities import exact, plain

HUNDRED = Decimal(100)
NAMED_ONCE = {"processes": "block", "streams": "warn", "precursors": "warn", "heat_sources": "warn"} | {
    "chp_units": "warn",
    "electricity_sources": "warn",
}
SPANS = (("starts_on", "ends_on"), ("period_starts_on", "period_ends_on"))
AMOUNTS_OF_FACTOR = {"tCO2/TJ": ("t", "1000Nm3"), "tCO2/t": ("t",), "tCO2/1000Nm3": ("1000Nm3",)}
AMOUNT_OF_CARBON = {"tC/t": "t", "tC/1000Nm3": "1000Nm3"}


def check_row(reader: RowReader, section: Section, key: str, row: Row, values: dict[str, Any]) -> None:
    """What one row tells against itself."""
    for first, last in _spans(section):
        start, end = values.get(first), values.get(last)
        if start and end and end < start:
            message = f"The last day, {end}, is before the first, {start}."
            reader.note("ENT-024", section, key, last, message, end, f"{start} or later")
    if section.key == "composition":
        _check_content(reader, section, key, values)
    if section.key == "streams":
        _check_units(reader, section, key, row, values)


@cache
def _spans(section: Section) -> tuple[tuple[str, str], ...]:
    names = {field.target for field in section.fields}
    return tuple(span for span in SPANS if names.issuperset(span))


def _check_content(reader: RowReader, section: Section, key: str, values: dict[str, Any]) -> None:
    """A part of the good is not more than the good; scrap per tonne may be, since some of it is lost."""
    name, value = values["parameter"], values["value"]
    if value is not None and value > 1 and name and name not in PARAMETERS_ABOVE_ONE:
        message = f"The part is more than the whole good: {plain(value * HUNDRED)} %."
        reader.note("ENT-007", section, key, "value", message, plain(value), "at most 1, which is 100 %")
        values["value"] = None


def _check_units(reader: RowReader, section: Section, key: str, row: Row, values: dict[str, Any]) -> None:
    """A factor must count in the unit of the amount (2025/2547 Annex II, B.3)."""
    amount = values["activity_unit"]
    if values["activity_data"] is None or not amount:
        return
    if values["net_calorific_value_gj_per_unit"] is not None:
        unit = row.get("net_calorific_value.unit", "").strip()
        is_per_volume = "Nm3" in unit
        if is_per_volume != (amount == "1000Nm3"):
            _note_units(reader, section, key, "net_calorific_value", amount, unit, _other(is_per_volume))
    method = values["method"]
    if values["emission_factor"] is not None and method is not StreamMethod.MASS_BALANCE:
        unit = values["emission_factor_unit"]
        allowed = AMOUNTS_OF_FACTOR.get(unit, ())
        if allowed and amount not in allowed:
            _note_units(reader, section, key, "emission_factor", amount, unit, " or ".join(allowed))
    if values["carbon_content"] is not None and method is StreamMethod.MASS_BALANCE:
        unit = values["carbon_content_unit"]
        wanted = AMOUNT_OF_CARBON.get(unit, amount)
        if wanted != amount:
            _note_units(reader, section, key, "carbon_content", amount, unit, wanted)


def _other(is_per_volume: bool) -> str:
    return "1000Nm3" if is_per_volume else "t"


def _note_units(
    reader: RowReader, section: Section, key: str, name: str, amount: str, unit: str, expected: str
) -> None:
    label = section.field(name).label
    message = f"{label}: it counts in {unit}, while the amount is in {amount}."
    reader.note("ENT-027", section, key, name, message, f"{amount} with {unit}", f"an amount in {expected}")


def check_names(reader: RowReader, section: Section) -> None:
    """Two rows of one name cannot be told apart by people, nor by files that name them."""
    severity = NAMED_ONCE.get(section.key)
    if not severity:
        return
    name, first = name_field(section), dict[str, str]()
    for key, row in reader.context.rows(section.key).items():
        text = row.get(name, "").strip()
        earlier = first.setdefault(text.casefold(), key)
        if text and earlier != key:
            message = f"The rows {earlier} and {key} have the same name."
            reader.note("ENT-022", section, key, name, message, text, "another name", severity=severity)


def check_pairs(reader: RowReader, section: Section, rows: dict[str, dict[str, Any]]) -> None:
    """One number per pair, and no more than the whole of one emitter."""
    across = section.field(section.across)
    seen: dict[tuple[Any, Any], str] = {}
    for key, values in rows.items():
        pair = (values[PARENT], values[across.target])
        if pair[0] is None or not pair[1]:
            continue
        earlier = seen.setdefault(pair, key)
        if earlier != key:
            message = f"{pair[0][1]} and {pair[1]} are given together in two rows: {earlier} and {key}."
            reader.note(
                "ENT-023", section, key, across.name, message, f"{pair[0][1]}, {pair[1]}", "one row for the pair"
            )
    if section.key == "attribution":
        _check_shares(reader, section, rows)


def _check_shares(reader: RowReader, section: Section, rows: dict[str, dict[str, Any]]) -> None:
    totals: dict[Any, Decimal] = defaultdict(Decimal)
    last: dict[Any, str] = {}
    with exact():
        for key, values in rows.items():
            if values[PARENT] is not None and values["percent"] is not None:
                totals[values[PARENT]] += values["percent"]
                last[values[PARENT]] = key
    for emitter, total in totals.items():
        if total > HUNDRED:
            message = f"The shares of {emitter[1]} add up to {plain(total)} %."
            reader.note("ENT-025", section, last[emitter], "percent", message, f"{plain(total)} %", "at most 100 %")


def check_goods_categories(reader: RowReader, report: InstallationReport) -> None:
    """Goods categories that were stated must be made by a process, alone or inside another's."""
    made = {name for process in report.processes for name in (process.category, *process.included_categories)}
    rows = reader.context.rows("goods_categories")
    if not rows:
        return
    section = section_named("goods_categories")
    for item in report.goods:
        if item.category and item.category not in made:
            message = f"No process makes goods of the category {item.category}."
            reader.note("ENT-034", section, item.id, "category", message, item.category, ", ".join(sorted(made)))
