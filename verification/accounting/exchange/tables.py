"""A table of one section: its header matched to the questions, its rows as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from math import isfinite
from typing import Any

from verification.accounting.entry.catalogue import UNKNOWN_CHARACTER
from verification.accounting.entry.context import PAIR_MARK, Row
from verification.accounting.entry.schema import Field, Kind, Section, Shape
from verification.accounting.exchange.catalogue import problem
from verification.kernel.errors import Problem
from verification.kernel.quantities import decimal_from, plain

MAX_ROWS = 20_000
KEY = "key"
UNIT_LABEL = "Unit"
REQUIRED_MARK = "*"
HEADER = re.compile(r"(?P<label>.*?)\s*\*?\s*(?:\[(?P<unit>[^\]]*)\])?\s*\*?")
UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
UNSAFE_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Table:
    """Rows as (number in the file, text by name of the column); ``units`` stand in the header for all rows."""

    section: Section
    sheet: str
    columns: dict[int, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, message: str, cell: str = "", found: object = "", expected: str = "") -> None:
        self.problems.append(
            problem(
                code,
                message,
                sheet=self.sheet,
                cell=cell,
                field=f"{self.section.key}//",
                found=found,
                expected=expected,
            )
        )


@cache
def column_names(section: Section) -> tuple[str, ...]:
    """Names of the columns of a section's table, in their order: the key where people choose it, fields, units."""
    found = [KEY] if section.shape in (Shape.LIST, Shape.EXTENSION) else []
    for item in section.fields:
        found.append(item.name)
        if has_unit_column(item):
            found.append(item.unit_name)
    return tuple(found)


def with_ends(section: Section, key: str, row: Row) -> dict[str, str]:
    """``row`` with the two ends of its pair, which answers may tell by the key alone."""
    found = dict(row)
    if section.shape is Shape.CROSS and PAIR_MARK in key:
        parent, _, across = key.partition(PAIR_MARK)
        for name, text in ((section.parent, parent), (section.across, across)):
            if not found.get(name, "").strip():
                found[name] = text
    return found


def has_unit_column(item: Field) -> bool:
    return bool(item.units)


@cache
def column_labels(section: Section) -> tuple[str, ...]:
    """What people read above the columns of ``column_names``."""
    labels = {KEY: "Key"}
    for item in section.fields:
        labels[item.name] = f"{item.label} {REQUIRED_MARK}" if item.is_required else item.label
        labels[item.unit_name] = UNIT_LABEL
    return tuple(labels[name] for name in column_names(section))


@cache
def _by_heading(section: Section) -> dict[str, str]:
    found = {item.label.casefold(): item.name for item in section.fields}
    found |= {name.casefold(): name for name in column_names(section)}
    found |= {f"{item.label} unit".casefold(): item.unit_name for item in section.fields if item.units}
    return found


def match_header(section: Section, cells: Sequence[Any]) -> tuple[dict[int, str], dict[str, str], dict[int, str]]:
    """Names by column, units stated in the header by field, and the headings that are not known."""
    known, columns, units, unknown = _by_heading(section), {}, {}, {}
    previous = ""
    for index, cell in enumerate(cells):
        heading = str(cell).strip() if cell is not None else ""
        if not heading:
            continue
        match = HEADER.fullmatch(heading)
        label = (match["label"] if match else heading).casefold()
        name = known.get(heading.casefold()) or known.get(label)
        if name is None and heading.casefold() == UNIT_LABEL.casefold():
            name = known.get(f"{previous}.unit".casefold())
        if name is None:
            unknown[index] = heading
            continue
        columns[index] = name
        previous = name
        if match and match["unit"]:
            units[name] = match["unit"].strip()
    return columns, units, unknown


def read_header(table: Table, cells: Sequence[Any], row_number: int) -> None:
    """Sets the columns of ``table``; unknown ones are told and left out, one that comes twice is told."""
    columns, table.units, unknown = match_header(table.section, cells)
    for index, heading in unknown.items():
        expected = ", ".join(column_names(table.section))
        message = f"The column {heading[:60]!r} is none of this part, so it was not read."
        table.note("EXC-008", message, f"{letters(index)}{row_number}", heading, expected)
    seen: dict[str, int] = {}
    for index, name in columns.items():
        if name in seen:
            message = f"The columns {letters(seen[name])} and {letters(index)} are both {name}; the first was read."
            table.note("EXC-009", message, f"{letters(index)}{row_number}", name, "one column")
            continue
        seen[name] = index
        table.columns[index] = name
    if not table.columns:
        message = "The header holds no known column."
        table.note("EXC-007", message, f"A{row_number}", "", ", ".join(column_names(table.section)))


def add_row(table: Table, number: int, texts: dict[str, str]) -> bool:
    """Adds a row that says anything. False, and one problem, where the table is full."""
    if not texts:
        return True
    if len(table.rows) >= MAX_ROWS:
        table.note("EXC-010", "The table has more rows than a claim may have.", f"A{number}", "", f"{MAX_ROWS} rows")
        return False
    for name, unit in table.units.items():
        if name in texts:
            texts.setdefault(f"{name}.unit", unit)
    table.rows.append((number, texts))
    return True


def visible(text: str) -> str:
    """Characters that no database takes become a mark; interpreting the answers refuses it, and says where it is."""
    return text if text.isprintable() else UNUSABLE.sub(UNKNOWN_CHARACTER, text)


def column_texts(values: list[Any], item: Field | None, decimal_mark: str) -> list[str]:
    """``cell_text`` of every cell of a column, in which numbers often come again."""
    kinds = set(map(type, values))
    if str in kinds and not "".join([value for value in values if type(value) is str]).isprintable():
        values = [visible(value) if type(value) is str else value for value in values]
    if kinds <= {str}:
        return values
    if kinds <= {str, float}:
        numbers = {value: _number_text(value, item, decimal_mark) for value in set(values) if type(value) is float}
        return [numbers.get(value, value) for value in values]
    return [cell_text(value, item, decimal_mark) for value in values]


def cell_text(value: Any, item: Field | None, decimal_mark: str) -> str:
    """A cell of a workbook as the text that a person would have typed."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("yes" if value else "no") if item is not None and item.kind is Kind.YES_NO else str(value).upper()
    if isinstance(value, int | float):
        return _number_text(value, item, decimal_mark)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    raise TypeError(f"A cell cannot hold a {type(value).__name__}.")


def _number_text(value: float, item: Field | None, decimal_mark: str) -> str:
    if not isfinite(value):
        return str(value)
    shortest = repr(value) if value else "0"
    text = plain(decimal_from(value)) if "e" in shortest else shortest.removesuffix(".0")
    is_number = decimal_mark != "." and item is not None and item.kind in (Kind.NUMBER, Kind.WHOLE_NUMBER)
    return text.replace(".", decimal_mark) if is_number else text


@cache
def letters(index: int) -> str:
    """Letters of the column with the zero-based ``index``: A, Z, AA."""
    found, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
