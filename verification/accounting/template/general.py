"""Sheet A: period, installation, verifier, goods categories; sheet C: totals and data quality."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from verification.accounting.countries import country_code
from verification.accounting.model import (
    DataQuality,
    EnteredTotals,
    GoodsCategory,
    Installation,
    Period,
    Verifier,
)
from verification.accounting.template import layout
from verification.accounting.template.cells import Cells
from verification.accounting.template.choices import category_from, route_from

SHEET = layout.GENERAL
LARGEST = {"latitude": 90, "longitude": 180}
COORDINATE = re.compile(r"^([NSEWO])?\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWO])?$", re.IGNORECASE)


def read_period(cells: Cells) -> Period:
    return Period(**{name: cells.day(SHEET, address, f"period.{name}") for name, address in layout.PERIOD.items()})


def read_installation(cells: Cells) -> Installation:
    texts = {
        name: cells.text(SHEET, address, f"installation.{name}") for name, address in layout.INSTALLATION_TEXT.items()
    }
    return Installation(
        **texts,
        country=_country(cells),
        latitude=_coordinate(cells, "latitude", layout.LATITUDE_CELL),
        longitude=_coordinate(cells, "longitude", layout.LONGITUDE_CELL),
    )


def read_verifier(cells: Cells) -> Verifier:
    return Verifier(
        **{name: cells.text(SHEET, address, f"verifier.{name}") for name, address in layout.VERIFIER_TEXT.items()}
    )


def read_goods(cells: Cells) -> tuple[GoodsCategory, ...]:
    found: list[GoodsCategory] = []
    for number, row in enumerate(layout.GOODS_ROWS, start=1):
        path = f"goods.{len(found)}"
        category = category_from(cells, SHEET, f"{layout.CATEGORY_COLUMN}{row}", f"{path}.category")
        if not category:
            continue
        routes = read_routes(cells, category, row, layout.GOODS_ROUTE_COLUMNS, path)
        found.append(GoodsCategory(f"G{number}", category, routes))
    return tuple(found)


def read_routes(cells: Cells, category: str, row: int, columns: str, path: str) -> tuple[str, ...]:
    texts = (cells.text(SHEET, f"{column}{row}", f"{path}.routes.{index}") for index, column in enumerate(columns))
    return tuple(route_from(cells, category, text) for text in texts if text)


def read_entered_totals(cells: Cells) -> EnteredTotals:
    numbers: dict[str, Any] = {
        name: cells.number(layout.TOTALS, address, f"totals.{name}") for name, address in layout.ENTERED_TOTALS.items()
    }
    return EnteredTotals(**numbers)


def read_data_quality(cells: Cells) -> DataQuality:
    return DataQuality(
        **{
            name: cells.text(layout.TOTALS, address, f"data_quality.{name}")
            for name, address in layout.DATA_QUALITY.items()
        }
    )


def _country(cells: Cells) -> str:
    """From the name that was picked; the code beside it is a result and may be stale or not saved."""
    path, address = "installation.country", layout.COUNTRY_CELL
    name = cells.text(SHEET, address, path)
    if not name:
        return ""
    code = country_code(name) or _code_in_workbook_list(cells, name)
    if not code:
        message = "The country is none that ISO 3166 knows."
        cells.note("TPL-046", message, SHEET, address, path, name, "a country of the drop-down list")
    return code


def _code_in_workbook_list(cells: Cells, name: str) -> str:
    """Names of other languages, by the code that the workbook's list puts beside them."""
    row = layout.CODE_LIST_FIRST_ROW
    while (code := cells.raw(layout.CODE_LISTS, f"{layout.COUNTRY_CODE_COLUMN}{row}")) is not None:
        listed = str(cells.raw(layout.CODE_LISTS, f"{layout.COUNTRY_NAME_COLUMN}{row}") or "").strip()
        if listed.casefold() == name.casefold() and code != "AQ":
            return country_code(str(code))
        row += 1
    return ""


def _coordinate(cells: Cells, name: str, address: str) -> Decimal | None:
    """Decimal degrees from a number or text such as ``38.801944°``, ``N 38,801944`` or ``38.8 S``."""
    path = f"installation.{name}"
    text = cells.text(SHEET, address, path)
    if not text:
        return None
    match = COORDINATE.match(text)
    value = _degrees(*match.groups()) if match else None
    if value is None or abs(value) > LARGEST[name]:
        cells.sources.pop(path, None)
        expected = f"decimal degrees from -{LARGEST[name]} to {LARGEST[name]}"
        cells.note("TPL-045", f"This is no {name} on Earth.", SHEET, address, path, text, expected)
        return None
    return value


def _degrees(before: str | None, digits: str, after: str | None) -> Decimal | None:
    letter = (before or after or "").upper()
    try:
        value = Decimal(digits.replace(",", "."))
    except InvalidOperation:
        return None
    return -abs(value) if letter in ("S", "W", "O") else value
