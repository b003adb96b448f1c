"""Reads the portal's own workbook. Formulas are never calculated: the value saved with them counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import python_calamine

from verification.accounting.entry.schema import Field, Kind, Section
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.exchange.assembling import put_together
from verification.accounting.exchange.catalogue import problem
from verification.accounting.exchange.marks import SheetMarks, WorkbookMarks, workbook_marks
from verification.accounting.exchange.reading import FileKind, FileReading
from verification.accounting.exchange.tables import (
    MAX_ROWS,
    Table,
    add_row,
    cell_text,
    column_texts,
    letters,
    match_header,
    read_header,
    visible,
)
from verification.accounting.exchange.workbook_writer import FORMAT, GUIDE, HEADER_ROWS, LISTS, VERSION, sheet_name
from verification.kernel.errors import Problem
from verification.kernel.quantities import decimal_from, plain

MAX_SHEETS, MAX_COLUMNS, SPARE_ROWS = 60, 100, 50
NUMBERS = (Kind.NUMBER, Kind.WHOLE_NUMBER)
WORKBOOK_PARTS_LIMIT = "The workbook has more sheets than a claim has parts."


def is_own_workbook(workbook: python_calamine.CalamineWorkbook) -> bool:
    """Whether the workbook says of itself that it is one of the portal's."""
    if GUIDE not in workbook.sheet_names:
        return False
    head = workbook.get_sheet_by_name(GUIDE).to_python(skip_empty_area=False, nrows=1)
    return bool(head) and len(head[0]) > 1 and head[0][1] == FORMAT


def read_workbook(path: str | Path, decimal_mark: str = ".") -> FileReading:
    """Answers of the workbook at ``path``, which has passed the guard; text cells have the writer's ``decimal_mark``.

    A file that cannot be read yields no answers and a blocking problem.
    """
    try:
        workbook = python_calamine.load_workbook(str(path))
        if not is_own_workbook(workbook):
            return _refused(problem("EXC-004", "The workbook is not one of the portal's.", expected=f"a sheet {GUIDE}"))
        version = _version(workbook)
        if version != VERSION:
            message = "The workbook is of another version of the portal's format."
            return _refused(problem("EXC-005", message, sheet=GUIDE, cell="C1", found=version, expected=VERSION))
        if len(workbook.sheet_names) > MAX_SHEETS:
            found = f"{len(workbook.sheet_names)} sheets"
            return _refused(problem("EXC-010", WORKBOOK_PARTS_LIMIT, found=found, expected=f"at most {MAX_SHEETS}"))
        return _read(workbook, workbook_marks(Path(path)), decimal_mark)
    except (python_calamine.CalamineError, ValueError) as error:
        return _refused(problem("EXC-003", "The workbook is damaged and cannot be read.", found=str(error)))


def _refused(found: Problem) -> FileReading:
    return FileReading(FileKind.XLSX, problems=(found,))


def _version(workbook: python_calamine.CalamineWorkbook) -> str:
    head = workbook.get_sheet_by_name(GUIDE).to_python(skip_empty_area=False, nrows=1)[0]
    return cell_text(head[2], None, ".") if len(head) > 2 else ""


def _read(workbook: python_calamine.CalamineWorkbook, marks: WorkbookMarks, mark: str) -> FileReading:
    known = {name.casefold(): section for section in SECTIONS for name in (sheet_name(section), section.key)}
    tables: list[Table] = []
    notes: list[Problem] = []
    for name in workbook.sheet_names:
        if name in (GUIDE, LISTS):
            continue
        section = known.get(name.strip().casefold())
        if section is None or any(table.section is section for table in tables):
            message = f"The sheet {name!r} is no part of a claim, or comes twice; it was not read."
            notes.append(problem("EXC-006", message, sheet=name, found=name))
            continue
        sheet = workbook.get_sheet_by_name(name)
        too_large = _size_problem(name, sheet)
        if too_large:
            notes.append(too_large)
            continue
        tables.append(_read_sheet(section, name, sheet.to_python(skip_empty_area=False), marks.of(name), mark))
    answers, cells, problems = put_together(tables)
    return FileReading(FileKind.XLSX, answers, cells, (*notes, *problems), mark)


def _size_problem(name: str, sheet: python_calamine.CalamineSheet) -> Problem | None:
    height, width = (last + 1 for last in sheet.end or (-1, -1))
    if height <= MAX_ROWS + HEADER_ROWS + SPARE_ROWS and width <= MAX_COLUMNS:
        return None
    found, expected = f"{height} rows, {width} columns", f"at most {MAX_ROWS} rows, {MAX_COLUMNS} columns"
    return problem("EXC-010", f"The sheet {name!r} is too large.", sheet=name, found=found, expected=expected)


def _read_sheet(section: Section, name: str, rows: list[list[Any]], marks: SheetMarks, mark: str) -> Table:
    table = Table(section, name)
    if marks.has_other_formulas:
        table.note("EXC-011", "The sheet holds formulas; the values saved with them were taken.")
    header = _header_row(section, rows)
    if header is None:
        if any(_is_filled(row) for row in rows):
            table.note("EXC-007", "The sheet has no row with the names of the questions.", "A1")
        return table
    read_header(table, rows[header], header + 1)
    _note_nameless(table, rows, header)
    first = header + 1
    fields = {item.name: item for item in section.fields}
    columns = [
        column_texts([row[place] for row in rows[first:]], fields.get(column), mark)
        for place, column in table.columns.items()
    ]
    if marks.are_any:
        _put_marks(table, columns, rows[first:], first, marks)
    filled = [(name, texts) for name, texts in zip(table.columns.values(), columns, strict=True) if any(texts)]
    names = [name for name, _ in filled]
    for number, texts in enumerate(zip(*(texts for _, texts in filled), strict=True), start=first + 1):
        row = zip(names, texts, strict=True)
        if not add_row(table, number, dict(row) if all(texts) else {name: text for name, text in row if text}):
            break
    return table


def _put_marks(
    table: Table, columns: list[list[str]], rows: list[list[Any]], rows_above: int, marks: SheetMarks
) -> None:
    """Changes the texts in ``columns`` to what cells with a mark are taken for, in the order of the rows."""
    fields = {item.name: item for item in table.section.fields}
    places = [
        (letters(place), place, name, texts)
        for (place, name), texts in zip(table.columns.items(), columns, strict=True)
    ]
    for index, row in enumerate(rows):
        for letter, place, name, texts in places:
            address = f"{letter}{rows_above + index + 1}"
            texts[index] = _marked_text(table, marks, address, name, fields.get(name), row[place], texts[index])


def _note_nameless(table: Table, rows: list[list[Any]], header: int) -> None:
    """Values below an empty heading belong to no question; they are told, once a column."""
    for place, heading in enumerate(rows[header]):
        if heading not in ("", None):
            continue
        below = next((index for index in range(header + 1, len(rows)) if rows[index][place] not in ("", None)), None)
        if below is not None:
            message = f"The column {letters(place)} has values and no heading, so it was not read."
            table.note("EXC-008", message, f"{letters(place)}{below + 1}", rows[below][place], "a heading")


def _marked_text(
    table: Table, marks: SheetMarks, address: str, column: str, item: Field | None, value: Any, text: str
) -> str:
    if address in marks.errors:
        return visible(marks.errors[address])
    if address in marks.formulas:
        _note_formula(table, address, column, text)
    if address in marks.percent and item is not None and item.kind in NUMBERS and isinstance(value, int | float):
        return f"{plain(decimal_from(value) * 100)} %"  # as the cell shows it: refused with its reason, never guessed
    return text


def _note_formula(table: Table, address: str, column: str, text: str) -> None:
    if text:
        table.note("EXC-011", f"{column}: the cell holds a formula; the value saved with it was taken.", address, text)
    else:
        message = f"{column}: the cell holds a formula, and no value was saved with it."
        table.note("EXC-012", message, address, "a formula", "a value")


def _header_row(section: Section, rows: Sequence[Sequence[Any]]) -> int | None:
    """The last of the first rows that names questions, since the row of names stands below that of labels."""
    scores = [len(match_header(section, row)[0]) for row in rows[:HEADER_ROWS]]
    filled = [index for index, score in enumerate(scores) if score >= max(1, len(section.fields) // 3)]
    return filled[-1] if filled else None


def _is_filled(row: Sequence[Any]) -> bool:
    return any(value not in ("", None) for value in row)
