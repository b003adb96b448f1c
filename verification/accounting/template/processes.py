"""Sheets A, D and E: production processes and bought precursors."""

from __future__ import annotations

from collections.abc import Callable

from verification.accounting.categories import ALL_ROUTES, category_named
from verification.accounting.countries import country_code
from verification.accounting.enums import ValueSource
from verification.accounting.model import Consumption, EnergyFlow, Precursor, Process, RouteAmount
from verification.accounting.template import layout
from verification.accounting.template.cells import Cells
from verification.accounting.template.choices import category_from, choice_from
from verification.accounting.template.general import read_routes


def read_processes(cells: Cells) -> tuple[Process, ...]:
    found: list[Process] = []
    for number, row in enumerate(layout.PROCESS_ROWS, start=1):
        if cells.is_filled(layout.GENERAL, row, (layout.CATEGORY_COLUMN, layout.NAME_COLUMN)):
            found.append(_read_process(cells, number, row, f"processes.{len(found)}"))
    return tuple(found)


def _read_process(cells: Cells, number: int, row: int, path: str) -> Process:
    sheet, head = layout.PROCESSES, layout.process_head(number)

    def number_at(name: str, distance: int, column: str = layout.VALUE_COLUMN):
        return cells.number(sheet, f"{column}{head + distance}", f"{path}.{name}")

    category = category_from(cells, layout.GENERAL, f"{layout.CATEGORY_COLUMN}{row}", f"{path}.category")
    return Process(
        id=f"P{number}",
        name=cells.text(layout.GENERAL, f"{layout.NAME_COLUMN}{row}", f"{path}.name"),
        category=category,
        included_categories=_included(cells, row, path),
        production=_amounts_by_route(cells, sheet, head + layout.PROCESS_FIRST_ROUTE, category, f"{path}.production"),
        produced_for_market=number_at("produced_for_market", layout.PROCESS_MARKET),
        consumed_in=_consumption(
            cells,
            sheet,
            head + layout.PROCESS_FIRST_USE,
            layout.PROCESS_COUNT - 1,
            lambda slot: layout.consumer_in_slot(number, slot),
            f"{path}.consumed_in",
        ),
        consumed_for_other_goods=number_at("consumed_for_other_goods", layout.PROCESS_OTHER_GOODS),
        has_measurable_heat=cells.flag(sheet, f"K{head + layout.PROCESS_APPLICABLE}", f"{path}.has_measurable_heat"),
        has_waste_gases=cells.flag(sheet, f"L{head + layout.PROCESS_APPLICABLE}", f"{path}.has_waste_gases"),
        has_indirect_emissions=cells.flag(
            sheet, f"M{head + layout.PROCESS_APPLICABLE}", f"{path}.has_indirect_emissions"
        ),
        direct_emissions_tco2e=cells.number(
            sheet,
            f"L{head + layout.PROCESS_DIRECT}",
            f"{path}.direct_emissions_tco2e",
            may_be_negative=True,
        ),
        heat=_energy_flow(cells, head + layout.PROCESS_HEAT, f"{path}.heat"),
        waste_gas=_energy_flow(cells, head + layout.PROCESS_WASTE_GAS, f"{path}.waste_gas"),
        electricity_mwh=number_at("electricity_mwh", layout.PROCESS_ELECTRICITY),
        electricity_factor_tco2e_per_mwh=number_at("electricity_factor_tco2e_per_mwh", layout.PROCESS_ELECTRICITY + 1),
        electricity_factor_source=cells.text(
            sheet, f"L{head + layout.PROCESS_ELECTRICITY + 2}", f"{path}.electricity_factor_source"
        ),
        electricity_exported_mwh=number_at("electricity_exported_mwh", layout.PROCESS_ELECTRICITY_EXPORT),
        electricity_export_factor_tco2_per_mwh=number_at(
            "electricity_export_factor_tco2_per_mwh", layout.PROCESS_ELECTRICITY_EXPORT + 1
        ),
    )


def _included(cells: Cells, row: int, path: str) -> tuple[str, ...]:
    found: list[str] = []
    for column in layout.PROCESS_INCLUDED_COLUMNS:
        text = cells.text(layout.GENERAL, f"{column}{row}", f"{path}.included_categories.{len(found)}")
        if text:
            known = category_named(text)
            found.append(known.name if known else text)
    return tuple(found)


def _energy_flow(cells: Cells, row: int, path: str) -> EnergyFlow:
    sheet = layout.PROCESSES
    return EnergyFlow(
        imported_tj=cells.number(sheet, f"L{row}", f"{path}.imported_tj"),
        import_factor_tco2_per_tj=cells.number(sheet, f"L{row + 1}", f"{path}.import_factor_tco2_per_tj"),
        exported_tj=cells.number(sheet, f"M{row}", f"{path}.exported_tj"),
        export_factor_tco2_per_tj=cells.number(sheet, f"M{row + 1}", f"{path}.export_factor_tco2_per_tj"),
    )


def _amounts_by_route(cells: Cells, sheet: str, first_row: int, category: str, path: str) -> tuple[RouteAmount, ...]:
    known = category_named(category)
    routes = known.routes if known else (ALL_ROUTES,)
    cells.places[path] = (sheet, f"L{first_row}")
    found: list[RouteAmount] = []
    for slot in range(layout.ROUTE_SLOTS):
        amount = cells.number(sheet, f"L{first_row + slot}", f"{path}.{len(found)}.amount")
        if amount is not None:
            route = routes[slot] if slot < len(routes) else ""
            found.append(RouteAmount(route, amount))
    return tuple(found)


def _consumption(
    cells: Cells, sheet: str, first_row: int, slots: int, consumer: Callable[[int], int], path: str
) -> tuple[Consumption, ...]:
    found: list[Consumption] = []
    for slot in range(1, slots + 1):
        amount = cells.number(sheet, f"L{first_row + slot - 1}", f"{path}.{len(found)}.amount")
        if amount is not None:
            found.append(Consumption(f"P{consumer(slot)}", amount))
    return tuple(found)


def read_precursors(cells: Cells) -> tuple[Precursor, ...]:
    found: list[Precursor] = []
    for number, row in enumerate(layout.PRECURSOR_ROWS, start=1):
        if cells.is_filled(layout.GENERAL, row, (layout.CATEGORY_COLUMN, layout.NAME_COLUMN)):
            found.append(_read_precursor(cells, number, row, f"precursors.{len(found)}"))
    return tuple(found)


def _read_precursor(cells: Cells, number: int, row: int, path: str) -> Precursor:
    sheet, head = layout.PRECURSORS, layout.precursor_head(number)

    def value(name: str, distance: int, *, may_be_negative: bool = False):
        return cells.number(sheet, f"L{head + distance}", f"{path}.{name}", may_be_negative=may_be_negative)

    def source(name: str, distance: int) -> ValueSource | None:
        return choice_from(cells, ValueSource, sheet, f"M{head + distance}", f"{path}.{name}")

    category = category_from(cells, layout.GENERAL, f"{layout.CATEGORY_COLUMN}{row}", f"{path}.category")
    return Precursor(
        id=f"PP{number}",
        name=cells.text(layout.GENERAL, f"{layout.NAME_COLUMN}{row}", f"{path}.name"),
        category=category,
        country=_precursor_country(cells, row, path),
        routes=read_routes(cells, category, row, layout.PRECURSOR_ROUTE_COLUMNS, path),
        purchased=_amounts_by_route(cells, sheet, head + layout.PRECURSOR_FIRST_ROUTE, category, f"{path}.purchased"),
        consumed_in=_consumption(
            cells,
            sheet,
            head + layout.PRECURSOR_FIRST_USE,
            layout.PROCESS_COUNT,
            lambda slot: slot,
            f"{path}.consumed_in",
        ),
        consumed_for_other_purposes=value("consumed_for_other_purposes", layout.PRECURSOR_OTHER),
        see_direct_tco2e_per_unit=value("see_direct_tco2e_per_unit", layout.PRECURSOR_DIRECT),
        see_direct_source=source("see_direct_source", layout.PRECURSOR_DIRECT),
        electricity_mwh_per_unit=value("electricity_mwh_per_unit", layout.PRECURSOR_ELECTRICITY),
        electricity_source=source("electricity_source", layout.PRECURSOR_ELECTRICITY),
        electricity_factor_tco2e_per_mwh=value("electricity_factor_tco2e_per_mwh", layout.PRECURSOR_FACTOR),
        electricity_factor_source=cells.text(
            sheet, f"M{head + layout.PRECURSOR_FACTOR}", f"{path}.electricity_factor_source"
        ),
        default_justification=cells.text(
            sheet,
            f"{layout.JUSTIFICATION_COLUMN}{head + layout.PRECURSOR_JUSTIFICATION}",
            f"{path}.default_justification",
        ),
    )


def _precursor_country(cells: Cells, row: int, path: str) -> str:
    address, field = f"{layout.PRECURSOR_COUNTRY_COLUMN}{row}", f"{path}.country"
    text = cells.text(layout.GENERAL, address, field)
    code = country_code(text)
    if text and not code:
        message = "The country code of the precursor is none that ISO 3166 knows."
        cells.note("TPL-046", message, layout.GENERAL, address, field, text, "a two-letter country code")
    return code
