"""Cells that a spreadsheet library does not tell from plain values: formulas, errors, numbers shown in per cent."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
BUILT_IN_PERCENT = frozenset({9, 10})
CELL = rb"<(?:\w+:)?c\b(?=[^>]*\br=[\"']([A-Z]{1,3}\d+)[\"'])"
FORMULA = rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
CELL_WITH_FORMULA = re.compile(CELL + rb"[^>]*>\s*<(?:\w+:)?f\b")
ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# Looked for first: most sheets hold none of these, and expressions over every cell take long.
HEAD_BYTES = 2000
ERROR_SIGNS = (b't="e"', b"t='e'")
STYLED_CELL = re.compile(CELL + rb"(?=[^>]*\bs=[\"'](\d+)[\"'])[^>]*>")
ERROR_CELL = re.compile(CELL + rb"(?=[^>]*\bt=[\"']e[\"'])[^>]*>\s*(?:" + FORMULA + rb")?\s*<(?:\w+:)?v>([^<]{1,40})<")


@dataclass(frozen=True)
class SheetMarks:
    """Addresses of a sheet, and the words of its error cells.

    ``has_other_formulas`` where there are formulas whose cells are not named.
    """

    formulas: frozenset[str] = frozenset()
    percent: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    has_other_formulas: bool = False

    @property
    def are_any(self) -> bool:
        return bool(self.formulas or self.percent or self.errors)


@dataclass(frozen=True)
class WorkbookMarks:
    sheets: Mapping[str, SheetMarks] = field(default_factory=dict)

    def of(self, sheet: str) -> SheetMarks:
        return self.sheets.get(sheet, SheetMarks())


def workbook_marks(path: Path) -> WorkbookMarks:
    """Marks by name of the sheet.

    The file has passed the guard. Raises ``ValueError`` where its parts do not hang together.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            percent = _percent_styles(archive)
            return WorkbookMarks(
                {name: _sheet_marks(archive.read(part), percent) for name, part in _parts(archive).items()}
            )
    except (KeyError, ElementTree.ParseError) as error:
        raise ValueError(f"The parts of the workbook do not hang together: {error}") from None


def _sheet_marks(xml: bytes, percent: frozenset[int]) -> SheetMarks:
    formulas: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    errors: dict[str, str] = {}
    has_other_formulas = False
    if _holds_formula(xml):
        formulas = frozenset(match.decode() for match in CELL_WITH_FORMULA.findall(xml))
        has_other_formulas = len(ANY_FORMULA.findall(xml)) > len(formulas)
    if _holds_any(xml, [b"s=%c%d%c" % (quote, style, quote) for style in percent for quote in b"\"'"]):
        shown = frozenset(cell.decode() for cell, style in STYLED_CELL.findall(xml) if int(style) in percent)
    if _holds_any(xml, ERROR_SIGNS):
        errors = {cell.decode(): words.decode("utf-8", "replace") for cell, words in ERROR_CELL.findall(xml)}
    return SheetMarks(formulas, shown, errors, has_other_formulas)


def _holds_formula(xml: bytes) -> bool:
    if b"<worksheet" not in xml[:HEAD_BYTES]:  # names of elements have a prefix
        return ANY_FORMULA.search(xml) is not None
    place = xml.find(b"<f")
    return place >= 0 and ANY_FORMULA.search(xml, place) is not None


def _holds_any(xml: bytes, signs: Iterable[bytes]) -> bool:
    return any(sign in xml for sign in signs)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive by name of the sheet."""
    targets = {
        item.get("Id", ""): item.get("Target", "")
        for item in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    }
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    found = {}
    for space, link in ((MAIN, LINK), (STRICT, STRICT_LINK)):
        for sheet in book.iter(f"{space}sheet"):
            target = targets[sheet.get(link, "")]
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[sheet.get("name", "")] = part
    return found


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Places in the list of cell formats of those that show a number in per cent."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
    found: set[int] = set()
    for space in (MAIN, STRICT):
        own = {
            int(item.get("numFmtId", "0"))
            for item in styles.iter(f"{space}numFmt")
            if "%" in item.get("formatCode", "")
        }
        formats = styles.find(f"{space}cellXfs")
        for index, item in enumerate(formats if formats is not None else ()):
            if int(item.get("numFmtId", "0")) in own | BUILT_IN_PERCENT:
                found.add(index)
    return frozenset(found)
