"""The portal's own workbook: one sheet for each part of the claim, blank or filled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from verification.accounting.categories import ALL_ROUTES, categories
from verification.accounting.countries import country_name
from verification.accounting.entry.context import Answers, Row
from verification.accounting.entry.numbers import NotANumber, number_from
from verification.accounting.entry.schema import Field, Kind, Section
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.entry.values import Refused, read_day
from verification.accounting.exchange.tables import (
    KEY,
    MAX_ROWS,
    UNSAFE_STARTS,
    column_labels,
    column_names,
    letters,
    with_ends,
)

FORMAT = "importer-verification-portal/claim"
VERSION = "1"
GUIDE, LISTS = "Read me", "Lists"
HEADER_ROWS = 2
SPREADSHEET_DIGITS = 15
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767
KEY_WIDTH, UNIT_WIDTH, SHORT_WIDTH, LONG_WIDTH = 8, 14, 22, 50
HEAD, CODE, NOTE = Font(bold=True), Font(italic=True, color="666666", size=8), PatternFill("solid", fgColor="E8EEF4")
GUIDE_LINES = (
    "Each sheet is one part of the claim. Leave sheets empty that do not concern you.",
    "Row 1 names the questions; * marks those that must be answered. Row 2 holds names for the portal: keep it.",
    "Begin your rows below row 2. One row is one fuel, one process, one good, and so on.",
    "The key in column A is short and used once, such as S1. Leave it empty, and the portal gives one.",
    "Where a question names another row, such as a process, write its key or its name.",
    "Enter numbers without unit, and choose the unit in the column beside. Do not enter 40 % as a number: enter 40 "
    "and choose % as unit.",
    "Enter dates as year-month-day. Formulas are not calculated: the value saved with them is taken, with a warning.",
    "Several goods categories or routes in one cell stand in lines of their own (Alt and Enter).",
)


class NotWritable(ValueError):
    """An answer that a workbook cannot hold."""


def write_workbook(answers: Answers, path: str | Path, decimal_mark: str = ".") -> None:
    """Writes ``answers`` to ``path``; empty answers give the blank workbook.

    Numbers become numbers where a spreadsheet holds every digit, else text. Raises ``NotWritable`` for a
    text that no cell can hold.
    """
    _refuse_unwritable(answers)
    workbook = Workbook(write_only=True)
    _write_guide(workbook.create_sheet(GUIDE))
    lists = _Lists()
    for section in SECTIONS:
        _write_section(workbook.create_sheet(sheet_name(section)), section, answers, lists, decimal_mark)
    lists.write(workbook.create_sheet(LISTS))
    workbook.save(path)


def _refuse_unwritable(answers: Answers) -> None:
    for rows in answers.values():
        for key, row in rows.items():
            for text in (key, *row.values()):
                if len(text) > LONGEST_CELL or (not text.isprintable() and ILLEGAL_CHARACTERS_RE.search(text)):
                    reason = "it is too long or has hidden characters"
                    raise NotWritable(f"A cell cannot hold the text {text[:40]!r}: {reason}.")


@cache
def sheet_name(section: Section) -> str:
    """Title of the section, or its key in words where the title is longer than a sheet's name may be."""
    title = section.title.replace("’", "'")
    return title if len(title) <= LONGEST_SHEET_NAME else section.key.replace("_", " ").capitalize()


def _write_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 110
    sheet.column_dimensions["B"].width = 40
    title = WriteOnlyCell(sheet, "Importer Verification Portal: workbook of a claim")
    title.font = HEAD
    sheet.append([title, FORMAT, VERSION])
    for line in GUIDE_LINES:
        cell = WriteOnlyCell(sheet, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([cell])


class _Lists:
    """Values of the drop-down lists, each a column of one sheet, since a rule in a cell holds 255 characters."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def formula(self, values: Iterable[str]) -> str:
        key = tuple(values)
        column = letters(self.columns.setdefault(key, len(self.columns)))
        return f"'{LISTS}'!${column}$1:${column}${len(key)}"

    def write(self, sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"
        lists = list(self.columns)
        for index in range(max(map(len, lists), default=0)):
            sheet.append([values[index] if index < len(values) else None for values in lists])


def _write_section(sheet: Worksheet, section: Section, answers: Answers, lists: _Lists, mark: str) -> None:
    names, labels = column_names(section), column_labels(section)
    fields = {item.name: item for item in section.fields}
    sheet.freeze_panes = f"B{HEADER_ROWS + 1}" if names[0] == KEY else f"A{HEADER_ROWS + 1}"
    for index, name in enumerate(names):
        sheet.column_dimensions[letters(index)].width = _width(name, fields)
        values = _choices(section, name, fields)
        if values:
            _add_list(sheet, letters(index), lists.formula(values), is_strict=name.endswith(".unit"))
    sheet.append([_header(sheet, label, HEAD, is_wrapped=True) for label in labels])
    sheet.append([_header(sheet, name, CODE) for name in names])
    for key, answered in answers.get(section.key, {}).items():
        row = with_ends(section, key, answered)
        texts = ((name, key if name == KEY else _text(row, name, fields)) for name in names)
        sheet.append([_cell(sheet, text, fields.get(name), mark) for name, text in texts])


def _text(row: Row, name: str, fields: dict[str, Field]) -> str:
    """Choices and countries are shown by their names; reading takes them back."""
    text = row.get(name, "")
    item = fields.get(name)
    if item is None or not text:
        return text
    if item.choices:
        return dict(item.choices).get(text, text)
    return (country_name(text) or text) if item.kind is Kind.COUNTRY else text


def _header(sheet: Worksheet, text: str, font: Font, *, is_wrapped: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = font, NOTE
    cell.alignment = Alignment(wrap_text=is_wrapped, vertical="top")
    return cell


def _cell(sheet: Worksheet, text: str, item: Field | None, mark: str) -> Any:
    if not text:
        return None
    value = _value(text, item, mark)
    if not isinstance(value, str):
        return value
    if not value.startswith(UNSAFE_STARTS):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # text it is, whatever it begins with, so that no spreadsheet takes it for a formula
    cell.quotePrefix = True
    return cell


def _value(text: str, item: Field | None, mark: str) -> Decimal | date | str:
    if item is None:
        return text
    if item.kind in (Kind.NUMBER, Kind.WHOLE_NUMBER):
        try:
            number = number_from(text, mark)
        except NotANumber:
            return text
        digits = len("".join(map(str, number.as_tuple().digits)).strip("0"))
        return number if digits <= SPREADSHEET_DIGITS and _is_ordinary(number) else text
    if item.kind is Kind.DATE:
        try:
            day = read_day(text)
        except Refused:
            return text
        return day if day.year >= 1901 else text  # spreadsheets count from 1900, with a day that never was
    return text


def _is_ordinary(number: Decimal) -> bool:
    """Within the range in which every spreadsheet keeps fifteen digits."""
    return not number or -300 < number.adjusted() < 300


def _width(name: str, fields: dict[str, Field]) -> int:
    if name == KEY:
        return KEY_WIDTH
    item = fields.get(name)
    if item is None:
        return UNIT_WIDTH
    return LONG_WIDTH if item.kind in (Kind.LONG_TEXT, Kind.CATEGORIES, Kind.ROUTES) else SHORT_WIDTH


def _choices(section: Section, name: str, fields: dict[str, Field]) -> tuple[str, ...]:
    if name.endswith(".unit"):
        return fields[name.removesuffix(".unit")].units
    item = fields.get(name)
    if item is None:
        return ()
    by_kind: dict[Kind, Any] = {
        Kind.CHOICE: lambda: tuple(label for _, label in item.choices),
        Kind.PARAMETER: lambda: tuple(label for _, label in item.choices),
        Kind.YES_NO: lambda: ("yes", "no"),
        Kind.CATEGORY: lambda: tuple(known.name for known in categories()),
        Kind.COUNTRY: _country_names,
        Kind.ROUTE: _routes,
    }
    return by_kind[item.kind]() if item.kind in by_kind else ()


@cache
def _country_names() -> tuple[str, ...]:
    pairs = (country_name(first + second) for first in ascii_uppercase for second in ascii_uppercase)
    return tuple(sorted(name for name in pairs if name))


def _routes() -> tuple[str, ...]:
    return tuple(dict.fromkeys([ALL_ROUTES, *(route for known in categories() for route in known.routes)]))


def _add_list(sheet: Worksheet, column: str, formula: str, *, is_strict: bool) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorStyle = "stop" if is_strict else "warning"
    rule.error = "Choose a value of the list."
    rule.add(f"{column}{HEADER_ROWS + 1}:{column}{HEADER_ROWS + MAX_ROWS}")
    sheet.data_validations.append(rule)
