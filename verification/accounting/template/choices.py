"""Drop-down values to the project's own, in whatever language the template was filled.

English values are known. For another language the workbook's own list of constants is asked: a
value stands for what has the same place in the same list.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from verification.accounting.categories import ALL_ROUTES, categories, category_named
from verification.accounting.enums import MeasuredGas, PfcMethod, StreamMethod, ValueSource
from verification.accounting.template import layout
from verification.accounting.template.cells import Cells

Choice = TypeVar("Choice", bound=StrEnum)
SEARCHED_ROWS = range(1, 85)

ENGLISH: dict[str, tuple[tuple[StrEnum, str], ...]] = {
    "CONST_MonitoringApproach": (
        (StreamMethod.COMBUSTION, "Combustion"),
        (StreamMethod.PROCESS, "Process emissions"),
        (StreamMethod.MASS_BALANCE, "Mass Balance"),
    ),
    "CONST_PFCSlopeOrOvervoltage": (
        (PfcMethod.SLOPE, "Slope method"),
        (PfcMethod.OVERVOLTAGE, "Overvoltage method"),
    ),
    "CONST_CEMSType": ((MeasuredGas.CO2, "CO2"), (MeasuredGas.N2O, "N2O")),
    "CONST_MeasDefaultUnknown": (
        (ValueSource.MEASURED, "Measured"),
        (ValueSource.DEFAULT, "Default"),
        (ValueSource.UNKNOWN, "Unknown"),
    ),
}
LIST_OF = {
    StreamMethod: "CONST_MonitoringApproach",
    PfcMethod: "CONST_PFCSlopeOrOvervoltage",
    MeasuredGas: "CONST_CEMSType",
    ValueSource: "CONST_MeasDefaultUnknown",
}


def english_of(choice: StrEnum) -> str:
    """The value of the English drop-down list."""
    return next(text for member, text in ENGLISH[LIST_OF[type(choice)]] if member is choice)


def choice_from(cells: Cells, kind: type[Choice], sheet: str, address: str, path: str) -> Choice | None:
    """The chosen member of ``kind``; ``None`` when blank, noted as TPL-033 when not in the list."""
    text = cells.text(sheet, address, path)
    if not text:
        return None
    members = ENGLISH[LIST_OF[kind]]
    for member, english in members:
        if english.casefold() == text.casefold():
            return member  # type: ignore[return-value]
    index = _place_in_list(cells, LIST_OF[kind], text)
    if index is not None and index < len(members):
        return members[index][0]  # type: ignore[return-value]
    expected = ", ".join(english for _, english in members)
    cells.note("TPL-033", "The cell holds none of the choices of its list.", sheet, address, path, text, expected)
    return None


def category_from(cells: Cells, sheet: str, address: str, path: str) -> str:
    """Official English name of the goods category chosen; empty when blank or unknown (TPL-033)."""
    text = cells.text(sheet, address, path)
    if not text:
        return ""
    known = category_named(text)
    if known is None:
        for index, category in enumerate(categories()):
            row = layout.CATEGORY_FIRST_ROW + index
            if _same(cells.raw(layout.CONSTANTS, f"{layout.CATEGORY_NAME_COLUMN}{row}"), text):
                known = category
                break
    if known is None:
        message = "The cell names no aggregated goods category."
        cells.note("TPL-033", message, sheet, address, path, text, "an aggregated goods category")
        return ""
    return known.name


def route_from(cells: Cells, category: str, text: str) -> str:
    """English name of a production route of ``category``; ``text`` itself where it is none of them."""
    known = category_named(category)
    if known is None or not text:
        return text
    for route in (*known.routes, ALL_ROUTES):
        if route.casefold() == text.casefold():
            return route
    row = layout.CATEGORY_FIRST_ROW + categories().index(known)
    for route, column in zip(known.routes, layout.CATEGORY_ROUTE_COLUMNS, strict=False):
        if _same(cells.raw(layout.CONSTANTS, f"{column}{row}"), text):
            return route
    return text


def _place_in_list(cells: Cells, name: str, text: str) -> int | None:
    for row in SEARCHED_ROWS:
        if cells.raw(layout.CONSTANTS, f"A{row}") == name:
            values = [cells.raw(layout.CONSTANTS, f"{column}{row}") for column in "BCDEFGH"]
            return next((index for index, value in enumerate(values) if _same(value, text)), None)
    return None


def _same(value: object, text: str) -> bool:
    return isinstance(value, str) and value.strip().casefold() == text.casefold()
