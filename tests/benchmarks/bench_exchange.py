"""Importing a table of 10,000 streams against the bare reading of the same sheet.

The floor is a pass over the cells by the same reader that the portal uses, python-calamine; the goal is to
guard, read, type and judge every answer within three times that.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import python_calamine

from tests.benchmarks.result import Result, best_seconds_of_two
from verification.accounting.exchange import read_file_here, write_file

GOAL_RATIO = 3.0
ROUNDS = 7
ROWS = 10_000


def run() -> list[Result]:
    """Seconds of the best of ``ROUNDS`` runs, the floor measured beside them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claim.xlsx"
        write_file(stream_answers(ROWS), "xlsx", path)
        value, floor = best_seconds_of_two(lambda: _import(path), lambda: _bare_pass(path), ROUNDS)
    name = f"own workbook imported, {ROWS:,} streams"
    return [Result(name, "seconds", value, floor, "bare python-calamine pass", "at most", GOAL_RATIO)]


def stream_answers(rows: int) -> dict[str, dict[str, dict[str, str]]]:
    """Answers with ``rows`` fuels, each with every number that a fuel may have."""
    return {
        "streams": {
            f"S{number}": {
                "name": f"Fuel {number}",
                "method": "combustion",
                "activity_data": f"{number}.25",
                "activity_data.unit": "t",
                "net_calorific_value": "48.5",
                "net_calorific_value.unit": "GJ/t",
                "emission_factor": "56.1",
                "emission_factor.unit": "tCO2/TJ",
                "oxidation": "99.5",
                "oxidation.unit": "%",
                "biomass": "0",
                "biomass.unit": "%",
                "factor_reference": "Laboratory",
            }
            for number in range(1, rows + 1)
        }
    }


def _import(path: Path) -> None:
    read = read_file_here(path, path.name).interpretation()
    if len(read.report.source_streams) != ROWS:
        raise AssertionError("The import lost rows.")


def _bare_pass(path: Path) -> None:
    book = python_calamine.load_workbook(str(path))
    for name in book.sheet_names:
        for _ in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            pass
