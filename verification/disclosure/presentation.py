"""From a report to what is read: numbers rounded and grouped, yes and no as words. No record is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from verification.certificates.figures import NARROW_SPACE, cn_code, hash_lines
from verification.disclosure.documents.shape import Column, Document, Field, Item, Kind, Missing, Status, Table, Value
from verification.kernel.quantities import plain, round_half_up

MOST_DECIMALS = 6
NOTHING = "–"
SHORT_TABLE = 9
TYPESET_COLUMNS = ("unit", "value_unit", "emission_factor")
NUMBERS = (Kind.NUMBER, Kind.SHARE)
STATUS_WORDS = {Status.GIVEN: "Given", Status.INCOMPLETE: "Incomplete", Status.NOT_APPLICABLE: "Does not apply"}
STATUS_SHAPES = {Status.GIVEN: "done", Status.INCOMPLETE: "act", Status.NOT_APPLICABLE: "past"}


@dataclass(frozen=True)
class PrintedCell:
    text: str
    label: str
    is_number: bool
    is_code: bool


@dataclass(frozen=True)
class PrintedField:
    label: str
    text: str
    unit: str


@dataclass(frozen=True)
class PrintedColumn:
    label: str
    unit: str
    is_number: bool


@dataclass(frozen=True)
class PrintedTable:
    """``label`` is unlike that of any other table of the report."""

    title: str
    label: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[PrintedCell, ...], ...]

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > 6

    @property
    def is_short(self) -> bool:
        """Whether it need not be parted between two pages."""
        return len(self.rows) <= SHORT_TABLE


@dataclass(frozen=True)
class PrintedItem:
    number: str
    title: str
    reference: str
    status: str
    status_word: str
    status_shape: str
    fields: tuple[PrintedField, ...]
    tables: tuple[PrintedTable, ...]
    notes: tuple[str, ...]
    missing: tuple[Missing, ...]
    not_applicable: str


def printed(document: Document) -> dict[str, Any]:
    """Everything that a page or a sheet of paper shows of the report."""
    about = document.identity
    return {
        "report": document,
        "identity": about,
        "items": tuple(_item(item) for item in document.items),
        "missing": document.missing,
        "incomplete_count": sum(item.status is Status.INCOMPLETE for item in document.items),
        "period": f"{_day(about.period_starts_on)} to {_day(about.period_ends_on)}",
        "sealed": about.sealed_at.replace("T", " ").replace("Z", " UTC"),
        "hash_lines": hash_lines(about.sha256) if about.sha256 else [],
        "short_hash": about.sha256[:16],
        "statement": about.statement,
    }


def shown_value(value: Value, kind: Kind, *, decimals: int | None = None, key: str = "") -> str:
    """A value in words. Numbers have the decimals asked, else as many as they have up to six."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if kind is Kind.SHARE:
        return f"{_number(Decimal(value) * 100, 1 if decimals is None else decimals)}{NARROW_SPACE}%"
    if kind is Kind.NUMBER:
        return _number(Decimal(value), decimals)
    if kind is Kind.DATE:
        return _day(value)
    if key == "cn" and value.isdigit():
        return cn_code(value)
    return value


def _typeset(text: str) -> str:
    """Formulas of gases with their small figure; never done to what people typed."""
    return text.replace("CO2", "CO₂")


def _number(value: Decimal, decimals: int | None) -> str:
    text = f"{round_half_up(value, decimals):f}" if decimals is not None else plain(round_half_up(value, MOST_DECIMALS))
    whole, _point, fraction = text.lstrip("-").partition(".")
    sign = "−" if text.startswith("-") and text.strip("-0.") else ""
    grouped = f"{int(whole):,}".replace(",", NARROW_SPACE)
    return f"{sign}{grouped}.{fraction}" if fraction else f"{sign}{grouped}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day}\u00a0{day:%b}\u00a0{day.year}"


def _item(item: Item) -> PrintedItem:
    return PrintedItem(
        number=item.number,
        title=_typeset(item.title),
        reference=item.reference,
        status=item.status.value,
        status_word=STATUS_WORDS[item.status],
        status_shape=STATUS_SHAPES[item.status],
        fields=tuple(_field(each) for each in item.fields),
        tables=tuple(_table(table, item.number) for table in item.tables),
        notes=tuple(_typeset(note) for note in item.notes),
        missing=item.missing,
        not_applicable=_typeset(item.not_applicable),
    )


def _field(field: Field) -> PrintedField:
    text = shown_value(field.value, field.kind, decimals=field.decimals, key=field.key)
    return PrintedField(_typeset(field.label), text, "" if text == NOTHING else _typeset(field.unit))


def _table(table: Table, number: str) -> PrintedTable:
    return PrintedTable(
        _typeset(table.title),
        f"Item {number}, {_typeset(table.title)}",
        tuple(PrintedColumn(each.label, _typeset(each.unit), each.kind in NUMBERS) for each in table.columns),
        tuple(
            tuple(_cell(column, value) for column, value in zip(table.columns, row, strict=True)) for row in table.rows
        ),
    )


def _cell(column: Column, value: Value) -> PrintedCell:
    text = shown_value(value, column.kind, decimals=column.decimals, key=column.key)
    label = f"{column.label} ({_typeset(column.unit)})" if column.unit else column.label
    return PrintedCell(
        _typeset(text) if column.key in TYPESET_COLUMNS else text,
        label,
        column.kind in NUMBERS,
        column.kind is Kind.CODE,
    )
