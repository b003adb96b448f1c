"""A pasted line: the serial, and the quantity that stands after a tab, a semicolon or in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.units.serials import problems as say
from verification.units.serials.model import SerialProblem
from verification.units.serials.normalising import plain_text

_CELLS = re.compile(r"[\t;]")
_IN_BRACKETS = re.compile(r"(?P<serial>[^()]*[^()\s])\s*\((?P<quantity>[^()]*)\)")
_QUANTITY = re.compile(
    r"(?P<number>[0-9]{1,18}|[0-9]{1,3}(?:[,'’ ][0-9]{3}){1,5})(?:\.0{1,2})?"
    r"\s*(?:t|tonnes?|tons?|t\s*co2\s*-?\s*eq?\.?|tco2|units?|credits?|vcus?|cers?|vers?)?",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"[0-9][0-9,]*\s*(?:-|to)\s*[0-9][0-9,]*", re.IGNORECASE)
_SEPARATE_BLOCK = "CDC_"


@dataclass(frozen=True)
class Line:
    """The text of a serial, and the quantity stated beside it in tonnes; a problem where that cannot be read."""

    serial: str
    quantity: int | None = None
    problem: SerialProblem | None = None


def read_line(line: str) -> Line:
    """What a pasted line holds. Marks of quotation around a cell do not belong to it."""
    if "\t" in line or ";" in line:
        cells = [cell for cell in (_unquoted(each) for each in _CELLS.split(line)) if cell]
        return _read_cells(cells) if cells else Line("")
    bracketed = _IN_BRACKETS.fullmatch(line.strip()) if line.rstrip().endswith(")") else None
    if bracketed:
        return _with_quantity(_unquoted(bracketed["serial"]), bracketed["quantity"])
    return Line(_unquoted(line))


def quantity_from(text: str) -> int | None:
    """Whole tonnes from “5354”, “5,354”, “5 354 t” or “5354.0”; ``None`` for anything else.

    A point before three digits is not read: it parts thousands in some countries and decimals in others.
    """
    found = _QUANTITY.fullmatch(plain_text(text).replace("\u00a0", " ").replace("\u202f", " ").strip())
    return int(re.sub(r"[^0-9]", "", found["number"])) if found else None


def _read_cells(cells: list[str]) -> Line:
    serial, rest = cells[0], cells[1:]
    if serial[:4].upper() == _SEPARATE_BLOCK:
        serial, rest = _with_block(serial, rest)
    if not rest:
        return Line(serial)
    if len(rest) == 1:
        return _with_quantity(serial, rest[0])
    return Line(serial, problem=say.quantity_unreadable("; ".join(rest)))


def _with_block(root: str, cells: list[str]) -> tuple[str, list[str]]:
    """EcoRegistry's columns from and to, in one cell or in two."""
    if cells and _BLOCK.fullmatch(cells[0]):
        return f"{root}, {cells[0]}", cells[1:]
    if len(cells) >= 2 and all(cell.replace(",", "").isdecimal() for cell in cells[:2]):
        return f"{root}, {cells[0]}-{cells[1]}", cells[2:]
    return root, cells


def _with_quantity(serial: str, text: str) -> Line:
    quantity = quantity_from(text)
    if quantity is None:
        return Line(serial, problem=say.quantity_unreadable(text))
    return Line(serial, quantity)


def _unquoted(text: str) -> str:
    text = text.strip()
    while len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    return text
