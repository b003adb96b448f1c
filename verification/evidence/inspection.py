"""What a file really is, by its content, and whether it may be kept. No database.

The name and the browser's word for the type decide nothing.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from verification.kernel.archives import archive_problem
from verification.kernel.errors import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACCEPTED_TYPES = {
    "application/pdf": ".pdf",
    XLSX: ".xlsx",
    DOCX: ".docx",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/xml": ".xml",
}
MAX_PDF_PAGES = 2000
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Inspection:
    """``content_type`` is empty when the file is refused; ``problem`` says why."""

    content_type: str = ""
    problem: Problem | None = None


def inspect(path: Path, name: str) -> Inspection:
    """Type by content and the first reason to refuse, if any."""
    head = path.open("rb").read(4096)
    if not head:
        return _refused("FIL-010", "The file is empty.", "Choose the file again; perhaps it was still being saved.")
    if head.startswith(b"%PDF-"):
        return _inspect_pdf(path)
    if head.startswith(b"PK"):
        return _inspect_office(path)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Inspection("image/png")
    if head.startswith(b"\xff\xd8\xff"):
        return Inspection("image/jpeg")
    if head.startswith(_OLE2):
        return _refused(
            "FIL-011",
            "The file is an old Office file (.xls, .doc) or is protected by a password.",
            "Remove the password or save it as .xlsx, .docx or .pdf, then upload that copy.",
        )
    return _inspect_text(head, name)


def _inspect_pdf(path: Path) -> Inspection:
    try:
        with pikepdf.open(path) as document:
            if document.is_encrypted:
                return _refused("FIL-012", "The PDF is encrypted.", "Save a copy without a password.")
            if len(document.pages) > MAX_PDF_PAGES:
                return _refused(
                    "FIL-013", f"The PDF has more than {MAX_PDF_PAGES} pages.", "Split it into parts by subject."
                )
            if _has_active_content(document):
                return _refused(
                    "FIL-014",
                    "The PDF holds a script or starts a program.",
                    "Print it to a new PDF and upload that copy.",
                )
    except pikepdf.PasswordError:
        return _refused("FIL-012", "The PDF is encrypted.", "Save a copy without a password.")
    except pikepdf.PdfError:
        return _refused(
            "FIL-015", "The PDF is damaged and cannot be opened.", "Export it again from the program that made it."
        )
    return Inspection("application/pdf")


def _has_active_content(document: pikepdf.Pdf) -> bool:
    """JavaScript or launch actions anywhere, in objects of their own or inside others."""
    waiting: list[pikepdf.Object] = list(document.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += [value for value in item if _is_inner(value)]
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            if "/JS" in item or item.get("/S") in ("/JavaScript", "/Launch"):
                return True
            waiting += [value for _, value in item.items() if _is_inner(value)]
    return False


def _is_inner(value: object) -> bool:
    """A container that stands inside another and so is not listed among the document's objects."""
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


def _inspect_office(path: Path) -> Inspection:
    problem = archive_problem(path)
    if problem:
        return Inspection(problem=problem)
    with zipfile.ZipFile(path) as archive:
        names = {name.lower() for name in archive.namelist()}
    if any("vbaproject" in name for name in names):
        return _refused("FIL-016", "The file holds macros.", "Save it as .xlsx or .docx, without macros.")
    if "xl/workbook.xml" in names:
        return Inspection(XLSX)
    if "word/document.xml" in names:
        return Inspection(DOCX)
    return _refused(
        "FIL-017",
        "The file is an archive of a kind that is not accepted.",
        "Upload the files inside it one by one, as PDF, XLSX, CSV, PNG or JPEG.",
    )


def _inspect_text(head: bytes, name: str) -> Inspection:
    try:
        text = head.decode("utf-8-sig", errors="strict" if len(head) < 4096 else "ignore").lstrip()
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text and not _looks_like_markup(text):
        if text.startswith(("{", "[")):
            return Inspection("application/json")
        if text.startswith("<?xml"):
            return Inspection("application/xml")
        if name.lower().endswith(".csv") and any(mark in text for mark in ",;\t"):
            return Inspection("text/csv")
    return _refused(
        "FIL-018",
        "The content of the file is of no kind that is accepted here.",
        "Upload PDF, XLSX, DOCX, CSV, JSON, XML, PNG or JPEG. A changed name does not change the content.",
    )


def _looks_like_markup(text: str) -> bool:
    start = text[:1000].lower()
    return any(tag in start for tag in ("<html", "<script", "<svg", "<!doctype", "<!entity"))


def _refused(code: str, message: str, mend: str) -> Inspection:
    return Inspection(problem=Problem("block", code, message, mend, field="file"))
