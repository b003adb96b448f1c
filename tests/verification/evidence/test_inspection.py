"""What a file is decides its content, not its name; what is hostile is refused with a way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.files import OLE2, PNG, archive, bomb, pdf, with_macros
from verification.evidence.inspection import DOCX, XLSX, inspect
from verification.evidence.services import clean_name

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (pdf(), "report.pdf", "application/pdf"),
        (pdf(), "renamed.xlsx", "application/pdf"),
        (PNG, "photo.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0" + b"0" * 50, "photo.jpg", "image/jpeg"),
        (archive({"xl/workbook.xml": b"<w/>"}), "book.xlsx", XLSX),
        (archive({"word/document.xml": b"<w/>"}), "text.docx", DOCX),
        (b"good,quantity\n72083900,5\n", "lines.csv", "text/csv"),
        (b'{"a": 1}', "data.json", "application/json"),
        (b"<?xml version='1.0'?><a/>", "data.xml", "application/xml"),
    ],
)
def test_type_comes_from_the_content(tmp_path: Path, content: bytes, name: str, expected: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert inspect(path, name).content_type == expected


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "empty.pdf", "FIL-010"),
        (OLE2, "old.xls", "FIL-011"),
        (pdf(password="secret"), "closed.pdf", "FIL-012"),
        (pdf(script=True), "script.pdf", "FIL-014"),
        (pdf(launch=True), "launch.pdf", "FIL-014"),
        (b"%PDF-1.7 torn", "torn.pdf", "FIL-015"),
        (with_macros(), "macros.xlsx", "FIL-016"),
        (archive({"setup.exe": b"MZ"}), "archive.xlsx", "FIL-017"),
        (b"<html><script>alert(1)</script>", "page.csv", "FIL-018"),
        (b"<svg onload='x'/>", "picture.xml", "FIL-018"),
        (b"MZ\x90\x00program", "report.pdf", "FIL-018"),
        (b"PK\x03\x04 cut", "cut.xlsx", "FIL-002"),
        (bomb(), "bomb.xlsx", "FIL-003"),
        (archive({"xl/workbook.xml": b"x", "../../etc/cron": b"x"}), "climb.xlsx", "FIL-005"),
        (archive({"xl/workbook.xml": b"x", "inner.zip": b"x"}), "nested.xlsx", "FIL-005"),
        (archive({f"m{index}": b"" for index in range(300)}), "many.xlsx", "FIL-003"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "laughs.xml", "FIL-018"),
    ],
)
def test_hostile_files_are_refused_with_their_code(tmp_path: Path, content: bytes, name: str, code: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    found = inspect(path, name)
    assert found.content_type == ""
    assert found.problem is not None
    assert found.problem.code == code
    assert found.problem.mend


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\report.pdf", "report.pdf"),
        ("fa\u202egnp.exe", "fagnp.exe"),
        ("new\r\nSet-Cookie: x.pdf", "newSet-Cookie: x.pdf"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_names_lose_paths_and_control_characters(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_long_names_keep_their_ending() -> None:
    assert len(clean_name("a" * 400 + ".pdf")) == 150
    assert clean_name("a" * 400 + ".pdf").endswith(".pdf")
