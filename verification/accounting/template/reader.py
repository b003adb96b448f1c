"""Reads a filled communication template into typed content, recomputed results and problems.

``read_template`` opens files of unknown origin in this very process; a server calls
``read_template_guarded``, which does it in a child with limits.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import python_calamine

from verification.accounting.calculation import calculate
from verification.accounting.model import InstallationReport
from verification.accounting.template import emissions, general, layout, processes, products
from verification.accounting.template.catalogue import problem
from verification.accounting.template.cells import Cells, Rows
from verification.accounting.template.compare import compare
from verification.accounting.template.guard import refusal, refuse_unsafe_file
from verification.accounting.template.judge import Judge
from verification.accounting.template.reading import TemplateIdentity, TemplateReading, TemplateRules
from verification.kernel.errors import InvalidInput, Problem

MAX_SHEETS, MAX_ROWS, MAX_COLUMNS = 20, 200_000, 100


def read_template(path: str | Path, *, rules: TemplateRules) -> TemplateReading:
    """The content of the workbook at ``path`` and everything wrong with it.

    A file that cannot be read yields a reading without ``report`` and one blocking problem.
    Raises ``OSError`` when there is no such file.
    """
    try:
        refuse_unsafe_file(Path(path))
        workbook = _open(Path(path))
        identity, notes = _recognise(workbook)
    except InvalidInput as error:
        return TemplateReading(problems=tuple(error.problems))
    try:
        sheets = _load_content(workbook)
    except InvalidInput as error:
        return TemplateReading(template=identity, problems=(*notes, *error.problems))
    cells = Cells(sheets, lambda name: _load(workbook, name))
    cells.problems += [*notes, *_hidden_sheets(workbook)]
    return _read(cells, identity, rules)


def _read(cells: Cells, identity: TemplateIdentity, rules: TemplateRules) -> TemplateReading:
    made = processes.read_processes(cells)
    report = InstallationReport(
        installation=general.read_installation(cells),
        period=general.read_period(cells),
        verifier=general.read_verifier(cells),
        goods=general.read_goods(cells),
        processes=made,
        precursors=processes.read_precursors(cells),
        source_streams=emissions.read_source_streams(cells),
        pfc_streams=emissions.read_pfc_streams(cells),
        measured_sources=emissions.read_measured_sources(cells),
        totals=general.read_entered_totals(cells),
        data_quality=general.read_data_quality(cells),
        products=products.read_products(cells, made),
        sources=cells.sources,
    )
    result = calculate(report)
    if _is_blank(report):
        text = "The template is empty: it names no installation, process or good."
        blank = problem(
            "TPL-023", text, sheet=layout.GENERAL, cell="I20", found="nothing", expected="a filled template"
        )
        return TemplateReading(identity, report, result, problems=(blank,))
    Judge(cells, report, result, rules).judge()
    stated = compare(cells, report, result)
    return TemplateReading(identity, report, result, stated, tuple(cells.problems))


def _is_blank(report: InstallationReport) -> bool:
    return not (
        report.installation.name
        or report.installation.name_local
        or report.goods
        or report.processes
        or report.products
        or report.source_streams
    )


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    try:
        workbook = python_calamine.load_workbook(str(path))
    except python_calamine.CalamineError as error:
        text = "The workbook is damaged and cannot be opened."
        raise refusal(problem("TPL-003", text, found=str(error))) from None
    if len(workbook.sheet_names) > MAX_SHEETS:
        found, expected = f"{len(workbook.sheet_names)} sheets", f"at most {MAX_SHEETS}"
        raise refusal(
            problem("TPL-025", "The workbook has more sheets than the template.", found=found, expected=expected)
        )
    return workbook


def _load(workbook: python_calamine.CalamineWorkbook, name: str) -> Rows | None:
    if name not in workbook.sheet_names:
        return None
    try:
        sheet = workbook.get_sheet_by_name(name)
    except python_calamine.CalamineError as error:
        text = f"The sheet {name} is damaged and cannot be read."
        raise refusal(problem("TPL-003", text, sheet=name, found=str(error))) from None
    height, width = (last + 1 for last in sheet.end or (-1, -1))
    if height > MAX_ROWS or width > MAX_COLUMNS:
        found = f"{height} rows, {width} columns"
        expected = f"at most {MAX_ROWS} rows, {MAX_COLUMNS} columns"
        text = f"The sheet {name} is larger than in the template."
        raise refusal(problem("TPL-025", text, sheet=name, found=found, expected=expected))
    return sheet.to_python(skip_empty_area=False)


def _load_content(workbook: python_calamine.CalamineWorkbook) -> dict[str, Rows]:
    sheets: dict[str, Rows] = {}
    missing = [name for name in layout.CONTENT_SHEETS if name not in workbook.sheet_names]
    if missing:
        text = "Sheets of the template are missing or were renamed."
        raise refusal(problem("TPL-024", text, sheet=missing[0], found="not there", expected=", ".join(missing)))
    for name in layout.CONTENT_SHEETS:
        sheets[name] = _load(workbook, name) or []
    return sheets


def _recognise(workbook: python_calamine.CalamineWorkbook) -> tuple[TemplateIdentity, list[Problem]]:
    """Name and version from the sheet that the template keeps for this. Raises ``InvalidInput``."""
    sheet, cell = layout.VERSION, layout.TEMPLATE_CELL
    identifying = Cells({}, lambda name: _load(workbook, name))
    name = str(identifying.raw(sheet, cell) or "").strip()
    if name == layout.FIRST_TEMPLATE_NAME:
        text = "The workbook is version 1 of the communication template."
        raise refusal(problem("TPL-021", text, sheet=sheet, cell=cell, found=name, expected=layout.TEMPLATE_NAME))
    if name != layout.TEMPLATE_NAME:
        is_later = name.startswith(layout.TEMPLATE_NAME.rstrip("0123456789"))
        code = "TPL-022" if is_later else "TPL-020"
        text = (
            "The workbook is a version of the communication template that the portal does not know."
            if is_later
            else "The workbook is not the Commission's communication template for installations."
        )
        found = name or ", ".join(workbook.sheet_names[:4])
        raise refusal(problem(code, text, sheet=sheet, cell=cell, found=found, expected=layout.TEMPLATE_NAME))
    return _edition(identifying, name)


def _edition(cells: Cells, name: str) -> tuple[TemplateIdentity, list[Problem]]:
    sheet, cell = layout.VERSION, layout.ISSUED_CELL
    raw = cells.raw(sheet, cell)
    issued_on = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else None
    language = str(cells.raw(sheet, layout.LANGUAGE_CELL) or "").strip()
    if issued_on and issued_on > layout.NEWEST_VERSION_ON:
        text = "The template is newer than any that the portal knows, and its cells may have moved."
        expected = (
            f"issued on {layout.NEWEST_VERSION_ON} (version {layout.VERSIONS[layout.NEWEST_VERSION_ON]}) or before"
        )
        raise refusal(problem("TPL-022", text, sheet=sheet, cell=cell, found=issued_on, expected=expected))
    version = layout.VERSIONS.get(issued_on, "") if issued_on else ""
    notes = []
    if not version:
        text = "The date of issue of the template is none of the published editions."
        expected = ", ".join(map(str, layout.VERSIONS))
        notes.append(problem("TPL-028", text, sheet=sheet, cell=cell, found=raw or "nothing", expected=expected))
    return TemplateIdentity(name, version or "2", issued_on, language), notes


def _hidden_sheets(workbook: python_calamine.CalamineWorkbook) -> list[Problem]:
    shown = python_calamine.SheetVisibleEnum.Visible
    return [
        problem("TPL-027", "A sheet that holds data is hidden.", sheet=item.name, found="hidden", expected="visible")
        for item in workbook.sheets_metadata
        if item.name in layout.CONTENT_SHEETS and item.name != layout.VERSION and item.visible != shown
    ]
