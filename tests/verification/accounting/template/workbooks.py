"""Workbooks for tests: an example, with cells changed or the archive tampered with."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from verification.accounting.examples import example_report
from verification.accounting.template import TemplateReading, TemplateRules, read_template
from verification.accounting.template.writer import workbook_of

RULES = TemplateRules(today=date(2027, 2, 1))
A, B, C = "A_InstData", "B_EmInst", "C_Emissions&Energy"
D, E, P, V = "D_Processes", "E_PurchPrec", "Summary_Products", "VersionDocumentation"


def changed(path: Path, cells: dict[tuple[str, str], Any], example: str = "stainless_steelworks") -> Path:
    """The example at ``path`` with ``cells`` set; ``None`` empties a cell."""
    book = workbook_of(example_report(example))
    for (sheet, address), value in cells.items():
        book[sheet][address] = value
    book.save(path)
    return path


def reading_of(path: Path, rules: TemplateRules = RULES) -> TemplateReading:
    return read_template(path, rules=rules)


def located(reading: TemplateReading) -> set[tuple[str, str, str]]:
    return {(item.code, item.sheet, item.cell) for item in reading.problems}


def codes(reading: TemplateReading) -> list[str]:
    return [item.code for item in reading.problems]


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """``source`` packed again with every part passed through ``change``."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target
