"""Refuses a file before any part of it is unpacked, with the reason and the cure.

Limits: 25 MB as uploaded, 200 members, 200 MB declared unpacked, 100 times compression a member.
A declared size that lies is caught by the archive library, which stops at the declared size and
fails the checksum; memory is bounded by the child process.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from verification.accounting.template.catalogue import problem
from verification.kernel.errors import InvalidInput, Problem

MAX_FILE_BYTES = 25 * 1024 * 1024
MAX_MEMBERS = 200
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_MATTERS_FROM_BYTES = 1024 * 1024
ENCRYPTED_FLAG = 0x1
PROLOGUE_BYTES = 1024

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
KNOWN_KINDS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
    (b"<?xml", "an XML document"),
    (b"<", "a web page or XML document"),
    (b"{", "a JSON document"),
)
NESTED = (".zip", ".xlsx", ".xlsm", ".docx", ".7z", ".rar", ".gz", ".tar", ".jar")


def refuse_unsafe_file(path: Path) -> None:
    """Raises ``InvalidInput`` with one problem when ``path`` is not a plain, harmless xlsx workbook."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        found, expected = f"{size / 1024 / 1024:.1f} MB", f"at most {MAX_FILE_BYTES // 1024 // 1024} MB"
        raise refusal(problem("TPL-002", "The file is larger than the limit.", found=found, expected=expected))
    with path.open("rb") as file:
        _refuse_other_kinds(file, size)
        try:
            with zipfile.ZipFile(file) as archive:
                _refuse_unsafe_members(archive.infolist())
                _refuse_other_documents(archive)
                _refuse_document_types(archive)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
            text = "The file is damaged or was not uploaded completely; it cannot be unpacked."
            raise refusal(problem("TPL-003", text, found=str(error))) from None
        except zlib.error as error:
            text = "The file is damaged; part of it cannot be unpacked."
            raise refusal(problem("TPL-003", text, found=str(error))) from None


def refusal(found: Problem) -> InvalidInput:
    return InvalidInput(found.message, (found,))


def _refuse_other_kinds(file: BinaryIO, size: int) -> None:
    head = file.read(4096)
    if size == 0:
        raise refusal(problem("TPL-001", "The file is empty.", found="0 bytes", expected="an .xlsx workbook"))
    if head.startswith(OLE2):
        rest = head + file.read(size)
        if ENCRYPTED_STREAM in rest:
            text = "The workbook is protected by a password and cannot be opened."
            raise refusal(
                problem("TPL-004", text, found="encrypted workbook", expected="an unprotected .xlsx workbook")
            )
        text = "The file is in the Excel format of before 2007."
        raise refusal(problem("TPL-005", text, found="old binary workbook", expected="an .xlsx workbook"))
    if not head.startswith(b"PK"):
        kind = next((name for magic, name in KNOWN_KINDS if head.lstrip().startswith(magic)), "a file of another kind")
        text = f"The file is {kind}, whatever its name says."
        raise refusal(problem("TPL-001", text, found=kind, expected="an .xlsx workbook"))
    file.seek(0)


def _refuse_unsafe_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        text = "The workbook is made of too many parts."
        raise refusal(problem("TPL-007", text, found=f"{len(members)} parts", expected=f"at most {MAX_MEMBERS}"))
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        found = f"{unpacked / 1024 / 1024:.0f} MB unpacked"
        expected = f"at most {MAX_UNPACKED_BYTES // 1024 // 1024} MB"
        raise refusal(problem("TPL-007", "The workbook unpacks to too much data.", found=found, expected=expected))
    names = set()
    for member in members:
        _refuse_unsafe_member(member)
        if member.filename in names:
            raise refusal(problem("TPL-008", "One part of the workbook is there twice.", found=member.filename))
        names.add(member.filename)


def _refuse_unsafe_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    ratio = member.file_size / max(member.compress_size, 1)
    if ratio > MAX_RATIO and member.file_size >= RATIO_MATTERS_FROM_BYTES:
        found, expected = f"{name}: {ratio:.0f} times", f"at most {MAX_RATIO} times"
        text = "A part of the workbook is packed far more tightly than any real one."
        raise refusal(problem("TPL-007", text, found=found, expected=expected))
    if name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
        raise refusal(problem("TPL-008", "A part of the workbook points outside of it.", found=name))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise refusal(problem("TPL-008", "A part of the workbook is a link.", found=name))
    if member.flag_bits & ENCRYPTED_FLAG:
        raise refusal(problem("TPL-004", "A part of the workbook is encrypted.", found=name))
    if name.lower().endswith(NESTED):
        raise refusal(problem("TPL-008", "The workbook holds another archive or document.", found=name))


def _refuse_other_documents(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        text = "The workbook holds macros; files with macros are not accepted."
        raise refusal(problem("TPL-006", text, found="macros", expected="an .xlsx workbook without macros"))
    if "xl/workbook.bin" in names:
        text = "The workbook is saved in the binary format."
        raise refusal(problem("TPL-009", text, found=".xlsb workbook", expected="an .xlsx workbook"))
    if "xl/workbook.xml" not in names:
        found = "a text document" if "word/document.xml" in names else "an archive"
        raise refusal(problem("TPL-009", "The file holds no workbook.", found=found, expected="an .xlsx workbook"))
    if "[content_types].xml" not in names:
        raise refusal(problem("TPL-003", "The workbook lacks its list of parts.", found="no [Content_Types].xml"))
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        text = "The workbook is of the kind that can hold macros."
        raise refusal(problem("TPL-006", text, found="macro-enabled workbook", expected="an .xlsx workbook"))


def _refuse_document_types(archive: zipfile.ZipFile) -> None:
    """No part may declare a document type: entities are how XML bombs and file thefts work."""
    for name in archive.namelist():
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(name) as part:
            prologue = part.read(PROLOGUE_BYTES).replace(b"\x00", b"")
        if b"<!DOCTYPE" in prologue or b"<!ENTITY" in prologue:
            text = "A part of the workbook declares a document type, which no spreadsheet program writes."
            raise refusal(problem("TPL-010", text, found=name))
