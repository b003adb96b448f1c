"""Typed access to the cells of a workbook; what is wrong with a cell is noted, never guessed.

Blank, and a cell that shows a spreadsheet error, read as missing. Every value taken is recorded
with its cell under the path of the field that it fills.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from verification.accounting.template.catalogue import problem
from verification.kernel.errors import Problem
from verification.kernel.quantities import decimal_from

MAX_TEXT = 2000
MAX_MAGNITUDE = Decimal(10) ** 15
PLACEHOLDERS = frozenset({"n.a."})
Rows = list[list[Any]]


@cache
def position(address: str) -> tuple[int, int]:
    """Zero-based row and column of ``L54``."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]) - 1, column - 1


class Cells:
    """Cells of the loaded sheets, the problems met in them, and where each value came from.

    ``places`` knows the cell of every field that was looked for, ``sources`` ("Sheet!L54") only of
    those that held a value.
    """

    def __init__(self, sheets: dict[str, Rows], load: Callable[[str], Rows | None]) -> None:
        self._sheets = sheets
        self._load = load
        self.problems: list[Problem] = []
        self.sources: dict[str, str] = {}
        self.places: dict[str, tuple[str, str]] = {}

    def raw(self, sheet: str, address: str) -> Any:
        """The value as stored, ``None`` for a blank cell or a sheet that is not there."""
        rows = self._sheets.get(sheet)
        if rows is None:
            rows = self._sheets[sheet] = self._load(sheet) or []
        row, column = position(address)
        if row >= len(rows) or column >= len(rows[row]):
            return None
        value = rows[row][column]
        return None if value == "" else value

    def is_filled(self, sheet: str, row: int, columns: tuple[str, ...]) -> bool:
        return any(self.raw(sheet, f"{column}{row}") is not None for column in columns)

    def text(self, sheet: str, address: str, path: str) -> str:
        """Trimmed text; a number reads as its digits. Empty when blank."""
        self.places[path] = (sheet, address)
        value = self.raw(sheet, address)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        found = value.isoformat() if isinstance(value, date) else str(value).strip()
        if len(found) > MAX_TEXT:
            text = "The text is longer than any field of the report."
            self.note("TPL-034", text, sheet, address, path, found[:60] + "…", f"at most {MAX_TEXT} characters")
            return ""
        if found:
            self.sources[path] = f"{sheet}!{address}"
        return found

    def number(
        self,
        sheet: str,
        address: str,
        path: str,
        *,
        may_be_negative: bool = False,
        most: int | None = None,
    ) -> Decimal | None:
        """A finite decimal, ``None`` when missing or unusable; ``most`` bounds shares and percentages."""
        self.places[path] = (sheet, address)
        value = self._number(sheet, address, path)
        if value is None:
            return None
        if value < 0 and not may_be_negative:
            self.note("TPL-035", "An amount cannot be negative.", sheet, address, path, value, "zero or more")
            return None
        if most is not None and value > most:
            text = "A share cannot be more than the whole."
            self.note("TPL-036", text, sheet, address, path, value, f"from 0 to {most}")
            return None
        self.sources[path] = f"{sheet}!{address}"
        return value if value else Decimal(0)

    def _number(self, sheet: str, address: str, path: str) -> Decimal | None:
        value = self.raw(sheet, address)
        if value is None or (isinstance(value, str) and (not value.strip() or value.strip() in PLACEHOLDERS)):
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            kind = _kind(value)
            text = f"The cell holds {kind} where a number belongs."
            self.note("TPL-030", text, sheet, address, path, value, "a number")
            return None
        if math.isnan(value) or math.isinf(value):
            self.note("TPL-031", "The cell holds no finite number.", sheet, address, path, value, "a finite number")
            return None
        number = decimal_from(value)
        if abs(number) > MAX_MAGNITUDE:
            text = "The number is too large for any installation."
            self.note("TPL-031", text, sheet, address, path, value, f"at most {MAX_MAGNITUDE:.0e}")
            return None
        return number

    def result(self, sheet: str, address: str) -> Decimal | None:
        """A result that the workbook calculated; ``None`` where it was not saved or is no number."""
        value = self.raw(sheet, address)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return None
        return decimal_from(value)

    def day(self, sheet: str, address: str, path: str) -> date | None:
        self.places[path] = (sheet, address)
        value = self.raw(sheet, address)
        if value is None:
            return None
        if isinstance(value, date):
            self.sources[path] = f"{sheet}!{address}"
            return value.date() if isinstance(value, datetime) else value
        try:
            found = date.fromisoformat(str(value).strip())
        except ValueError:
            self.note(
                "TPL-032", f"The cell holds {_kind(value)} where a date belongs.", sheet, address, path, value, "a date"
            )
            return None
        self.sources[path] = f"{sheet}!{address}"
        return found

    def flag(self, sheet: str, address: str, path: str) -> bool | None:
        value = self.raw(sheet, address)
        if isinstance(value, bool):
            self.sources[path] = f"{sheet}!{address}"
            return value
        return None

    def note(
        self, code: str, message: str, sheet: str, cell: str, field: str, found: object = "", expected: str = ""
    ) -> None:
        self.problems.append(
            problem(code, message, sheet=sheet, cell=cell, field=field, found=found, expected=expected)
        )


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "a yes or no"
    if isinstance(value, date):
        return "a date"
    return "text" if isinstance(value, str) else "a value"
