"""A file as the page shows it: which part of it, drawn how, and where the next part is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.ui.viewer import kept
from verification.evidence.drawing.texts import LINES_SHOWN
from verification.evidence.drawing.workbooks import CELL, COLUMNS_SHOWN, ROWS_SHOWN, letters, position_of
from verification.evidence.inspection import DOCX, XLSX
from verification.evidence.models import EvidenceFile

LONGEST_PLACE = 120
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
PICTURES = (PNG, JPEG)
TEXTS = {"text/csv": "text", "application/xml": "text", "application/json": "data", DOCX: "document"}


@dataclass(frozen=True)
class Shown:
    """``part`` is the component that draws ``content``; ``said`` names the place; ``previous`` and ``next`` lead on."""

    file: EvidenceFile
    part: str
    said: str = ""
    previous: str = ""
    next: str = ""
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    address: str
    words: str
    is_marked: bool


def shown(evidence: EvidenceFile, at: str) -> Shown:
    """The part of ``evidence`` that ``at`` names (a page, ``Sheet!L49``, a line), else its first part."""
    show = _show_of(evidence.content_type)
    if show is None:
        return Shown(evidence, "components/viewer_other.html")
    try:
        return show(evidence, at[:LONGEST_PLACE])
    except kept.CannotBeShown:
        return Shown(evidence, "components/viewer_failed.html")


def can_be_shown(evidence: EvidenceFile) -> bool:
    return _show_of(evidence.content_type) is not None


def _show_of(content_type: str) -> Callable[[EvidenceFile, str], Shown] | None:
    if content_type == PDF:
        return _page
    if content_type in PICTURES:
        return _picture
    if content_type == XLSX:
        return _cells
    return _lines if content_type in TEXTS else None


def _page(evidence: EvidenceFile, at: str) -> Shown:
    record = kept.read(evidence, "page", {"page": _number(at)})
    page, count = record["page"], record["count"]
    return Shown(
        evidence,
        "components/viewer_page.html",
        said=_("Page %(page)s of %(count)s") % {"page": page, "count": count},
        previous=str(page - 1) if page > 1 else "",
        next=str(page + 1) if page < count else "",
        content=record,
    )


def _picture(evidence: EvidenceFile, at: str) -> Shown:
    return Shown(evidence, "components/viewer_picture.html", said=_("Picture"))


def _lines(evidence: EvidenceFile, at: str) -> Shown:
    record = kept.read(evidence, TEXTS[evidence.content_type], {"line": _window_start(_number(at))})
    first, total = record["first"], record["total"]
    last = min(total, first + LINES_SHOWN - 1)
    return Shown(
        evidence,
        "components/viewer_text.html",
        said=_("Lines %(first)s to %(last)s of %(total)s") % {"first": first, "last": last, "total": total},
        previous=str(first - LINES_SHOWN) if first > 1 else "",
        next=str(last + 1) if last < total else "",
        content={"lines": list(enumerate(record["lines"], start=first))},
    )


def _cells(evidence: EvidenceFile, at: str) -> Shown:
    sheet, cell = _sheet_and_cell(at)
    row, column = position_of(cell)
    top, left = row // ROWS_SHOWN * ROWS_SHOWN, column // COLUMNS_SHOWN * COLUMNS_SHOWN
    record = kept.read(evidence, "cells", {"sheet": sheet, "row": top, "column": left})
    name, total = record["sheet"], record["total_rows"]
    last = min(total, top + ROWS_SHOWN)

    def place(row: int, column: int) -> str:
        return f"{name}!{letters(column)}{row + 1}"

    return Shown(
        evidence,
        "components/viewer_cells.html",
        said=_("Rows %(first)s to %(last)s of %(total)s") % {"first": min(top + 1, last), "last": last, "total": total},
        previous=place(top - ROWS_SHOWN, left) if top else "",
        next=place(top + ROWS_SHOWN, left) if last < total else "",
        content={
            "sheets": [{"name": each, "is_hidden": each in record["hidden"]} for each in record["sheets"]],
            "sheet": name,
            "left": place(top, left - COLUMNS_SHOWN) if left else "",
            "right": place(top, left + COLUMNS_SHOWN) if left + COLUMNS_SHOWN < record["total_columns"] else "",
            **_table(record["rows"], top, left, cell if sheet == name else ""),
        },
    )


def _table(lines: list[list[str]], top: int, left: int, marked: str) -> dict[str, Any]:
    """Columns and rows that hold anything, and those of the marked cell."""
    row, column = position_of(marked) if marked else (-1, -1)
    width = max(map(len, lines), default=0)
    columns = [x for x in range(width) if left + x == column or any(line[x] for line in lines)]
    return {
        "columns": [letters(left + x) for x in columns],
        "rows": [
            (top + y + 1, [_cell(letters(left + x), top + y + 1, line[x], marked) for x in columns])
            for y, line in enumerate(lines)
            if top + y == row or any(line)
        ],
    }


def _cell(column: str, row: int, words: str, marked: str) -> Cell:
    address = f"{column}{row}"
    return Cell(address, words, address == marked)


def _sheet_and_cell(at: str) -> tuple[str, str]:
    """``Sheet!L49`` parted; a sheet alone, and an address that is none, have no cell."""
    sheet, mark, cell = at.rpartition("!")
    if not mark:
        return at, ""
    plain = cell.replace("$", "")
    return sheet.strip("'"), plain if CELL.fullmatch(plain) else ""


def _number(at: str) -> int:
    return int(at) if re.fullmatch(r"[1-9]\d{0,8}", at) else 1


def _window_start(line: int) -> int:
    return (line - 1) // LINES_SHOWN * LINES_SHOWN + 1
