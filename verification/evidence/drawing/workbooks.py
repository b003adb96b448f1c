"""Cells of a workbook as plain words; run in the child process alone. No Django."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import python_calamine

from verification.kernel.archives import archive_problem

ROWS_SHOWN = 60
COLUMNS_SHOWN = 40
MOST_SHEETS = 60
LONGEST_CELL = 400
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


class TooLarge(Exception):
    """The archive would unpack to more than a workbook needs."""


def read_cells(path: Path, *, sheet: str, row: int, column: int) -> dict[str, Any]:
    """The part of a sheet that begins at a row and a column, both counted from 0; of the first sheet by default."""
    problem = archive_problem(path)
    if problem is not None:
        raise TooLarge(problem.message)
    workbook = python_calamine.load_workbook(str(path))
    names = workbook.sheet_names[:MOST_SHEETS]
    visible = python_calamine.SheetVisibleEnum.Visible
    hidden = [each.name for each in workbook.sheets_metadata if each.visible != visible]
    first_seen = next((name for name in names if name not in hidden), names[0])
    name = sheet if sheet in names else first_seen
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return {
        "sheets": names,
        "hidden": [each for each in hidden if each in names],
        "sheet": name,
        "rows": [
            [_words(value) for value in line[column : column + COLUMNS_SHOWN]] for line in rows[row : row + ROWS_SHOWN]
        ],
        "total_rows": len(rows),
        "total_columns": max(map(len, rows), default=0),
    }


def letters(position: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def position_of(address: str) -> tuple[int, int]:
    """Row and column, both counted from 0; the first cell where the address is none."""
    found = CELL.fullmatch(address)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)[:LONGEST_CELL]
