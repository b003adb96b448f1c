"""Sheet B: source streams, anode effects and measured sources, with the results stated there."""

from __future__ import annotations

from typing import Any

from verification.accounting.enums import MeasuredGas, PfcMethod, StreamMethod
from verification.accounting.model import MeasuredSource, PfcStream, SourceStream
from verification.accounting.template import layout
from verification.accounting.template.cells import Cells
from verification.accounting.template.choices import choice_from

SHEET = layout.EMISSIONS
ACTIVITY_UNITS = ("t", "1000Nm3")
FACTOR_UNITS = {"tCO2/TJ": ACTIVITY_UNITS, "tCO2/t": ("t",), "tCO2/1000Nm3": ("1000Nm3",)}
PERCENT_FIELDS = frozenset({"oxidation_percent", "conversion_percent", "biomass_percent"})


def read_source_streams(cells: Cells) -> tuple[SourceStream, ...]:
    found: list[SourceStream] = []
    for number, row in enumerate(layout.STREAM_ROWS, start=1):
        if not cells.is_filled(SHEET, row, ("D", "E", "F")):
            continue
        path = f"source_streams.{len(found)}"
        stream = SourceStream(
            id=f"S{number}",
            method=choice_from(cells, StreamMethod, SHEET, f"{layout.METHOD_COLUMN}{row}", f"{path}.method"),
            **_stream_texts(cells, row, path),
            **_stream_numbers(cells, row, path),
        )
        _check_units(cells, stream, row, path)
        found.append(stream)
    return tuple(found)


def _stream_texts(cells: Cells, row: int, path: str) -> dict[str, Any]:
    return {name: cells.text(SHEET, f"{column}{row}", f"{path}.{name}") for name, column in layout.STREAM_TEXT.items()}


def _stream_numbers(cells: Cells, row: int, path: str) -> dict[str, Any]:
    return {
        name: cells.number(
            SHEET,
            f"{column}{row}",
            f"{path}.{name}",
            may_be_negative=name == "activity_data",
            most=100 if name in PERCENT_FIELDS else None,
        )
        for name, column in layout.STREAM_NUMBERS.items()
    }


def _check_units(cells: Cells, stream: SourceStream, row: int, path: str) -> None:
    if stream.activity_data is not None and stream.activity_unit not in ACTIVITY_UNITS:
        text = "The amount carries no unit that the template knows."
        found, expected = stream.activity_unit or "no unit", " or ".join(ACTIVITY_UNITS)
        cells.note("TPL-037", text, SHEET, f"G{row}", f"{path}.activity_unit", found, expected)
        return
    if stream.emission_factor is None or stream.method is StreamMethod.MASS_BALANCE:
        return
    allowed = FACTOR_UNITS.get(stream.emission_factor_unit)
    address, field = f"K{row}", f"{path}.emission_factor_unit"
    if allowed is None:
        text = "The emission factor carries no unit that the template knows."
        found, expected = stream.emission_factor_unit or "no unit", ", ".join(FACTOR_UNITS)
        cells.note("TPL-037", text, SHEET, address, field, found, expected)
    elif stream.activity_unit not in allowed:
        text = "The emission factor counts in another unit than the amount."
        found, expected = f"{stream.activity_unit} with {stream.emission_factor_unit}", " or ".join(allowed)
        cells.note("TPL-053", text, SHEET, address, field, found, expected)


def read_pfc_streams(cells: Cells) -> tuple[PfcStream, ...]:
    found: list[PfcStream] = []
    for number, row in enumerate(layout.PFC_ROWS, start=1):
        if not cells.is_filled(SHEET, row, ("D", "E", "F")):
            continue
        path = f"pfc_streams.{len(found)}"
        numbers: dict[str, Any] = {
            name: cells.number(
                SHEET,
                f"{column}{row}",
                f"{path}.{name}",
                most={"collection_efficiency": 1, "current_efficiency_percent": 100}.get(name),
            )
            for name, column in layout.PFC_NUMBERS.items()
        }
        method = choice_from(cells, PfcMethod, SHEET, f"{layout.METHOD_COLUMN}{row}", f"{path}.method")
        technology = cells.text(SHEET, f"E{row}", f"{path}.technology")
        found.append(PfcStream(id=f"A{number}", method=method, technology=technology, **numbers))
    return tuple(found)


def read_measured_sources(cells: Cells) -> tuple[MeasuredSource, ...]:
    found: list[MeasuredSource] = []
    for number, row in enumerate(layout.MEASURED_ROWS, start=1):
        if not cells.is_filled(SHEET, row, ("D", "E", "V")):
            continue
        path = f"measured_sources.{len(found)}"
        numbers: dict[str, Any] = {
            name: cells.number(
                SHEET, f"{column}{row}", f"{path}.{name}", most=100 if name == "biomass_percent" else None
            )
            for name, column in layout.MEASURED_NUMBERS.items()
        }
        name = cells.text(SHEET, f"D{row}", f"{path}.name")
        gas = choice_from(cells, MeasuredGas, SHEET, f"{layout.GAS_COLUMN}{row}", f"{path}.gas")
        found.append(MeasuredSource(id=f"M{number}", name=name, gas=gas, **numbers))
    return tuple(found)
