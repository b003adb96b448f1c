"""Reading a communication template against the bare load of the same sheets.

The floor is what the spreadsheet library needs to hand over the sheets that the reader uses; the
goal is to add no more than that again for guarding, typing, recomputing and comparing.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import python_calamine

from tests.verification.accounting.conftest import SHARED_DATA
from verification.accounting.examples import write_example
from verification.accounting.template import TemplateRules, layout, read_template

GOAL_RATIO = 2.0
REPEATS = 15
RULES = TemplateRules(today=date(2027, 2, 1))


def run() -> list[dict[str, object]]:
    """Seconds of the best of ``REPEATS`` runs, the floor measured beside them, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = _workbook(Path(folder))
        value, floor = _best(lambda: read_template(path, rules=RULES)), _best(lambda: _bare_load(path))
    name = f"read_template, {'official' if SHARED_DATA else 'own'} workbook"
    return [{"name": name, "value": value, "floor": floor, "ratio": value / floor, "goal": GOAL_RATIO}]


def _workbook(folder: Path) -> Path:
    if SHARED_DATA:
        return SHARED_DATA / "templates" / "ex3_steel_eaf_alloys.xlsx"
    write_example("stainless_steelworks", folder / "example.xlsx")
    return folder / "example.xlsx"


def _bare_load(path: Path) -> None:
    workbook = python_calamine.load_workbook(str(path))
    for name in layout.CONTENT_SHEETS:
        workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)
