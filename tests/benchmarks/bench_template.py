"""Reading a communication template against the bare load of the same sheets.

The floor is what the spreadsheet library needs to hand over the sheets that the reader uses; the
goal is to add no more than that again for guarding, typing, recomputing and comparing.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import python_calamine

from tests.benchmarks.result import Result, best_seconds_of_two
from tests.verification.accounting.conftest import SHARED_DATA
from verification.accounting.examples import write_example
from verification.accounting.template import TemplateRules, layout, read_template

GOAL_RATIO = 2.0
ROUNDS = 15
RULES = TemplateRules(today=date(2027, 2, 1))


def run() -> list[Result]:
    """Seconds of the best of ``ROUNDS`` runs, the floor measured beside them."""
    with tempfile.TemporaryDirectory() as folder:
        path = _workbook(Path(folder))
        value, floor = best_seconds_of_two(lambda: read_template(path, rules=RULES), lambda: _bare_load(path), ROUNDS)
    name = f"template read, {'official' if SHARED_DATA else 'own'} workbook"
    return [Result(name, "seconds", value, floor, "bare load of its sheets", "at most", GOAL_RATIO)]


def _workbook(folder: Path) -> Path:
    if SHARED_DATA:
        return SHARED_DATA / "templates" / "ex3_steel_eaf_alloys.xlsx"
    write_example("stainless_steelworks", folder / "example.xlsx")
    return folder / "example.xlsx"


def _bare_load(path: Path) -> None:
    workbook = python_calamine.load_workbook(str(path))
    for name in layout.CONTENT_SHEETS:
        workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
