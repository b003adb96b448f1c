"""Writes a report as a small workbook in the template's cell layout, inputs and results as values.

Made for examples, tests and demonstrations: the sheets that hold data, each value in the very cell
of the Commission's template, so that ``read_template`` takes it for one. No formulas, no macros.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from verification.accounting.calculation import InstallationResult, calculate
from verification.accounting.categories import category_named
from verification.accounting.countries import country_name
from verification.accounting.model import (
    Consumption,
    InstallationReport,
    MeasuredSource,
    Precursor,
    Process,
    Product,
    RouteAmount,
)
from verification.accounting.template import layout
from verification.accounting.template.choices import english_of
from verification.accounting.template.compare import pairs

LABEL_COLUMN = "B"
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
TITLES = {
    layout.VERSION: "Template identification",
    layout.GENERAL: "Installation, verifier, goods, processes, precursors",
    layout.EMISSIONS: "Source streams, PFC and measured sources",
    layout.TOTALS: "Totals and data quality",
    layout.PROCESSES: "Production processes",
    layout.PRECURSORS: "Bought precursors",
    layout.PRODUCTS: "Goods",
}


def write_template(
    report: InstallationReport,
    path: str | Path,
    *,
    issued_on: date = layout.NEWEST_VERSION_ON,
    with_results: bool = True,
) -> None:
    """Write ``report`` to ``path``; without results it looks as if saved by a program that cannot calculate.

    Raises ``ValueError`` where the report does not fit the template (unknown route, too many rows).
    """
    workbook_of(report, issued_on=issued_on, with_results=with_results).save(path)


def workbook_of(
    report: InstallationReport, *, issued_on: date = layout.NEWEST_VERSION_ON, with_results: bool = True
) -> Workbook:
    """The workbook that ``write_template`` saves. Raises ``ValueError``."""
    book = Workbook()
    book.remove(book.active)
    for name, title in TITLES.items():
        book.create_sheet(name)["A1"] = title
        book[name]["A1"].font = Font(bold=True)
    page = _Pages(book)
    _write_identity(page, issued_on)
    _write_general(page, report)
    _write_streams(page, report)
    for process in report.processes:
        _write_process(page, process)
    for precursor in report.precursors:
        _write_precursor(page, precursor)
    for product in report.products:
        _write_product(page, report, product)
    if with_results:
        _write_results(page, report, calculate(report))
    return book


class _Pages:
    """Puts values into cells; text that a spreadsheet would run as a formula stays text."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    def put(self, sheet: str, address: str, value: Any, label: str = "") -> None:
        if value is None or value == "":
            return
        cell = self._book[sheet][address]
        cell.value = value
        if isinstance(value, str) and value.startswith(FORMULA_STARTS):
            cell.data_type, cell.quotePrefix = "s", True
        if label:
            self._book[sheet][f"{LABEL_COLUMN}{cell.row}"] = label


def _write_identity(page: _Pages, issued_on: date) -> None:
    page.put(layout.VERSION, layout.TEMPLATE_CELL, layout.TEMPLATE_NAME)
    page.put(layout.VERSION, layout.ISSUED_CELL, issued_on)
    page.put(layout.VERSION, layout.ISSUER_CELL, "Importer Verification Portal, example in the template's layout")
    page.put(layout.VERSION, layout.LANGUAGE_CELL, "English")


def _write_fields(page: _Pages, sheet: str, record: object, addresses: dict[str, str]) -> None:
    for name, address in addresses.items():
        page.put(sheet, address, getattr(record, name), name.replace("_", " "))


def _write_general(page: _Pages, report: InstallationReport) -> None:
    sheet, site = layout.GENERAL, report.installation
    _write_fields(page, sheet, report.period, layout.PERIOD)
    _write_fields(page, sheet, site, layout.INSTALLATION_TEXT)
    page.put(sheet, layout.COUNTRY_CELL, country_name(site.country), "country")
    page.put(sheet, layout.COUNTRY_CODE_RESULT, site.country)
    page.put(sheet, layout.LATITUDE_CELL, site.latitude, "latitude")
    page.put(sheet, layout.LONGITUDE_CELL, site.longitude, "longitude")
    _write_fields(page, sheet, report.verifier, layout.VERIFIER_TEXT)
    for item in report.goods:
        row = _row(layout.GOODS_ROWS, item.id, "G")
        page.put(sheet, f"{layout.CATEGORY_COLUMN}{row}", item.category, item.id)
        _write_across(page, sheet, row, layout.GOODS_ROUTE_COLUMNS, item.routes)
    for process in report.processes:
        row = _row(layout.PROCESS_ROWS, process.id, "P")
        page.put(sheet, f"{layout.CATEGORY_COLUMN}{row}", process.category, process.id)
        page.put(sheet, f"{layout.NAME_COLUMN}{row}", process.name)
        _write_across(page, sheet, row, layout.PROCESS_INCLUDED_COLUMNS, process.included_categories)
    for precursor in report.precursors:
        row = _row(layout.PRECURSOR_ROWS, precursor.id, "PP")
        page.put(sheet, f"{layout.CATEGORY_COLUMN}{row}", precursor.category, precursor.id)
        page.put(sheet, f"{layout.PRECURSOR_COUNTRY_COLUMN}{row}", precursor.country)
        page.put(sheet, f"{layout.NAME_COLUMN}{row}", precursor.name)
        _write_across(page, sheet, row, layout.PRECURSOR_ROUTE_COLUMNS, precursor.routes)
    _write_fields(page, layout.TOTALS, report.totals, layout.ENTERED_TOTALS)
    _write_fields(page, layout.TOTALS, report.data_quality, layout.DATA_QUALITY)


def _write_streams(page: _Pages, report: InstallationReport) -> None:
    sheet = layout.EMISSIONS
    groups = (
        (report.source_streams, layout.STREAM_ROWS, "S", {**layout.STREAM_TEXT, **layout.STREAM_NUMBERS}),
        (report.pfc_streams, layout.PFC_ROWS, "A", {"technology": "E", **layout.PFC_NUMBERS}),
        (report.measured_sources, layout.MEASURED_ROWS, "M", {"name": "D", **layout.MEASURED_NUMBERS}),
    )
    for items, rows, letter, columns in groups:
        for name, column in columns.items():
            page.put(sheet, f"{column}{rows[0] - 1}", name.replace("_", " "))
        for item in items:
            row = _row(rows, item.id, letter)
            _write_fields(page, sheet, item, {name: f"{column}{row}" for name, column in columns.items()})
            if isinstance(item, MeasuredSource):
                page.put(sheet, f"{layout.GAS_COLUMN}{row}", english_of(item.gas) if item.gas else None)
            else:
                page.put(sheet, f"{layout.METHOD_COLUMN}{row}", english_of(item.method) if item.method else None)


def _write_process(page: _Pages, process: Process) -> None:
    sheet, number = layout.PROCESSES, int(process.id[1:])
    head = layout.process_head(number)
    page.put(sheet, f"G{head}", process.name, process.id)
    page.put(sheet, f"L{head}", process.category)
    _write_amounts(page, sheet, head + layout.PROCESS_FIRST_ROUTE, process.category, process.production)
    for use in process.consumed_in:
        slot = _slot(number, use)
        page.put(sheet, f"L{head + layout.PROCESS_FIRST_USE + slot - 1}", use.amount, f"used in {use.process}")
    row = head + layout.PROCESS_APPLICABLE
    for column, flag in zip(
        "KLM", (process.has_measurable_heat, process.has_waste_gases, process.has_indirect_emissions), strict=True
    ):
        page.put(sheet, f"{column}{row}", flag, "applicable: heat, waste gases, indirect emissions")
    _write_fields(
        page,
        sheet,
        process,
        {
            "produced_for_market": f"L{head + layout.PROCESS_MARKET}",
            "consumed_for_other_goods": f"L{head + layout.PROCESS_OTHER_GOODS}",
            "direct_emissions_tco2e": f"L{head + layout.PROCESS_DIRECT}",
            "electricity_mwh": f"L{head + layout.PROCESS_ELECTRICITY}",
            "electricity_factor_tco2e_per_mwh": f"L{head + layout.PROCESS_ELECTRICITY + 1}",
            "electricity_factor_source": f"L{head + layout.PROCESS_ELECTRICITY + 2}",
            "electricity_exported_mwh": f"L{head + layout.PROCESS_ELECTRICITY_EXPORT}",
            "electricity_export_factor_tco2_per_mwh": f"L{head + layout.PROCESS_ELECTRICITY_EXPORT + 1}",
        },
    )
    for flow, distance in ((process.heat, layout.PROCESS_HEAT), (process.waste_gas, layout.PROCESS_WASTE_GAS)):
        row = head + distance
        addresses = {"imported_tj": f"L{row}", "import_factor_tco2_per_tj": f"L{row + 1}"}
        addresses |= {"exported_tj": f"M{row}", "export_factor_tco2_per_tj": f"M{row + 1}"}
        _write_fields(page, sheet, flow, addresses)


def _write_precursor(page: _Pages, precursor: Precursor) -> None:
    sheet, head = layout.PRECURSORS, layout.precursor_head(int(precursor.id[2:]))
    page.put(sheet, f"G{head}", precursor.name, precursor.id)
    page.put(sheet, f"L{head}", precursor.category)
    _write_amounts(page, sheet, head + layout.PRECURSOR_FIRST_ROUTE, precursor.category, precursor.purchased)
    for use in precursor.consumed_in:
        row = head + layout.PRECURSOR_FIRST_USE + int(use.process[1:]) - 1
        page.put(sheet, f"L{row}", use.amount, f"used in {use.process}")
    factor = head + layout.PRECURSOR_FACTOR
    direct, electricity = head + layout.PRECURSOR_DIRECT, head + layout.PRECURSOR_ELECTRICITY
    _write_fields(
        page,
        sheet,
        precursor,
        {
            "consumed_for_other_purposes": f"L{head + layout.PRECURSOR_OTHER}",
            "see_direct_tco2e_per_unit": f"L{direct}",
            "electricity_mwh_per_unit": f"L{electricity}",
            "electricity_factor_tco2e_per_mwh": f"L{factor}",
            "electricity_factor_source": f"M{factor}",
            "default_justification": f"{layout.JUSTIFICATION_COLUMN}{head + layout.PRECURSOR_JUSTIFICATION}",
        },
    )
    for choice, row in ((precursor.see_direct_source, direct), (precursor.electricity_source, electricity)):
        page.put(sheet, f"M{row}", english_of(choice) if choice else None)


def _write_product(page: _Pages, report: InstallationReport, product: Product) -> None:
    sheet, row = layout.PRODUCTS, layout.PRODUCT_ROWS[int(product.id) - 1]
    process = report.process(product.process)
    page.put(sheet, f"{layout.PRODUCT_PROCESS}{row}", process.name if process else None)
    page.put(sheet, f"E{row}", process.category if process else None)
    page.put(sheet, f"L{row}", f"tCO2e/{process.unit}" if process else None)
    names = {"cn": layout.PRODUCT_CN, "name": layout.PRODUCT_NAME, **layout.PRODUCT_TEXT}
    values: dict[str, tuple[str, Any]] = {name: (column, getattr(product, name)) for name, column in names.items()}
    for name, column in layout.PRODUCT_PARAMETERS.items():
        values[name] = (column, product.parameters.get(name))
    for name, column in {**layout.CARBON_PRICE_TEXT, **layout.CARBON_PRICE_NUMBERS}.items():
        values[name] = (column, getattr(product.carbon_price, name))
    for name, (column, value) in values.items():
        page.put(sheet, f"{column}{row}", value)
        if value not in (None, ""):
            page.put(sheet, f"{column}8", name.replace("_", " "))


def _write_results(page: _Pages, report: InstallationReport, result: InstallationResult) -> None:
    for pair in pairs(report, result):
        page.put(pair.sheet, pair.cell, pair.computed)


def _write_amounts(page: _Pages, sheet: str, first_row: int, category: str, amounts: tuple[RouteAmount, ...]) -> None:
    known = category_named(category)
    routes = known.routes if known else ()
    for item in amounts:
        if item.route not in routes:
            raise ValueError(f"{category!r} has no production route {item.route!r} in the template.")
        row = first_row + routes.index(item.route)
        page.put(sheet, f"L{row}", item.amount)
        page.put(sheet, f"H{row}", item.route)


def _write_across(page: _Pages, sheet: str, row: int, columns: str, values: tuple[str, ...]) -> None:
    for column, value in zip(columns, values, strict=False):
        page.put(sheet, f"{column}{row}", value)


def _slot(number: int, use: Consumption) -> int:
    consumer = int(use.process[1:])
    if consumer == number:
        raise ValueError(f"The template has no place for what process P{number} uses of its own product.")
    return consumer if consumer < number else consumer - 1


def _row(rows: range, item_id: str, letters: str) -> int:
    number = int(item_id.removeprefix(letters))
    if not 1 <= number <= len(rows):
        raise ValueError(f"The template has no row for {item_id}.")
    return rows[number - 1]
