"""Sheet Summary_Products: goods by CN code, composition and carbon price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from verification.accounting.model import CarbonPrice, Process, Product
from verification.accounting.template import layout
from verification.accounting.template.cells import Cells

SHEET = layout.PRODUCTS


def read_products(cells: Cells, processes: tuple[Process, ...]) -> tuple[Product, ...]:
    """Goods in the order of the sheet; the process is found by its name, as the template does."""
    by_name = {process.name.casefold(): process.id for process in reversed(processes) if process.name}
    found: list[Product] = []
    for number, row in enumerate(layout.PRODUCT_ROWS, start=1):
        if not cells.is_filled(SHEET, row, (layout.PRODUCT_PROCESS, layout.PRODUCT_CN, layout.PRODUCT_NAME)):
            continue
        found.append(_read_product(cells, number, row, f"products.{len(found)}", by_name))
    return tuple(found)


def _read_product(cells: Cells, number: int, row: int, path: str, by_name: dict[str, str]) -> Product:
    address = f"{layout.PRODUCT_PROCESS}{row}"
    name = cells.text(SHEET, address, f"{path}.process")
    process = by_name.get(name.casefold(), "")
    if not process:
        text = "The good names no production process of sheet A."
        cells.note("TPL-061", text, SHEET, address, f"{path}.process", name, ", ".join(by_name) or "a process")
    texts: dict[str, Any] = {
        key: cells.text(SHEET, f"{column}{row}", f"{path}.{key}") for key, column in layout.PRODUCT_TEXT.items()
    }
    return Product(
        id=str(number),
        process=process,
        cn=_cn(cells, f"{layout.PRODUCT_CN}{row}", f"{path}.cn"),
        name=cells.text(SHEET, f"{layout.PRODUCT_NAME}{row}", f"{path}.name"),
        **texts,
        parameters=_parameters(cells, row, path),
        carbon_price=_carbon_price(cells, row, f"{path}.carbon_price"),
    )


def _cn(cells: Cells, address: str, path: str) -> str:
    text = cells.text(SHEET, address, path)
    digits = "".join(text.split())
    if len(digits) != 8 or not digits.isascii() or not digits.isdigit():
        cells.note("TPL-063", "This is no CN code.", SHEET, address, path, text or "nothing", "eight digits")
        return ""
    return digits


def _parameters(cells: Cells, row: int, path: str) -> dict[str, Decimal]:
    found = {}
    for name, column in layout.PRODUCT_PARAMETERS.items():
        most = None if name in layout.PARAMETERS_ABOVE_ONE else 1
        value = cells.number(SHEET, f"{column}{row}", f"{path}.parameters.{name}", most=most)
        if value is not None:
            found[name] = value
    return found


def _carbon_price(cells: Cells, row: int, path: str) -> CarbonPrice:
    fields: dict[str, Any] = {
        key: cells.text(SHEET, f"{column}{row}", f"{path}.{key}") for key, column in layout.CARBON_PRICE_TEXT.items()
    }
    fields |= {
        key: cells.number(
            SHEET, f"{column}{row}", f"{path}.{key}", most=1 if key.endswith(("share", "covered")) else None
        )
        for key, column in layout.CARBON_PRICE_NUMBERS.items()
    }
    return CarbonPrice(**fields)
