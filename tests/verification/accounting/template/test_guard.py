"""Files that must not be opened, each with its code."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from tests.verification.accounting.template.workbooks import codes, reading_of, repacked
from verification.accounting.examples import write_example
from verification.accounting.template.guard import MAX_FILE_BYTES

pytestmark = pytest.mark.unit
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def good(tmp_path) -> Path:
    path = tmp_path / "good.xlsx"
    write_example("cement", path)
    return path


def refused(path: Path) -> str:
    """The one code with which ``path`` is refused."""
    reading = reading_of(path)
    assert not reading.is_readable
    assert reading.is_blocked
    (problem,) = reading.problems
    assert problem.message
    assert problem.mend
    return problem.code


def test_good_file_is_not_refused(good):
    assert codes(reading_of(good)) == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "0 bytes"),
        (b"%PDF-1.7\n%...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0JFIF", "a JPEG picture"),
        (b"<html><table>", "a web page or XML document"),
        (b"cn;see\n72083900;1.7", "a file of another kind"),
    ],
)
def test_other_kind_of_file_is_named(tmp_path, content, found):
    path = tmp_path / "template.xlsx"
    path.write_bytes(content)
    assert reading_of(path).problems[0].found == found
    assert refused(path) == "TPL-001"


def test_file_over_the_size_limit_is_refused(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert refused(path) == "TPL-002"


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_truncated_file_is_damaged(good, kept):
    content = good.read_bytes()
    good.write_bytes(content[: int(len(content) * kept)])
    assert refused(good) == "TPL-003"


def test_damaged_sheet_is_told(good, tmp_path):
    path = repacked(
        good, tmp_path / "bad.xlsx", lambda name, data: data[:-200] if name.endswith("sheet2.xml") else data
    )
    assert refused(path) == "TPL-003"


def test_encrypted_workbook_is_told_from_an_old_one(tmp_path):
    encrypted, old = tmp_path / "encrypted.xlsx", tmp_path / "old.xlsx"
    encrypted.write_bytes(OLE2 + bytes(512) + "EncryptedPackage".encode("utf-16-le"))
    old.write_bytes(OLE2 + bytes(512) + "Workbook".encode("utf-16-le"))
    assert (refused(encrypted), refused(old)) == ("TPL-004", "TPL-005")


def with_member(good: Path, name: str, content: bytes = b"x", mode: int = 0) -> Path:
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = mode << 16
        archive.writestr(member, content)
    return good


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(good, name):
    assert refused(with_member(good, name)) == "TPL-006"


def test_macro_enabled_type_is_refused(good, tmp_path):
    def as_macro(name, data):
        return data.replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        )

    assert refused(repacked(good, tmp_path / "macro.xlsx", as_macro)) == "TPL-006"


def test_tightly_packed_bomb_is_refused(good):
    assert refused(with_member(good, "xl/media/bomb.xml", bytes(8 * 1024 * 1024))) == "TPL-007"


def test_ten_thousand_members_are_refused(tmp_path):
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_000):
            archive.writestr(f"xl/{number}.xml", b"")
    assert refused(path) == "TPL-007"


def test_declared_size_over_the_limit_is_refused_without_unpacking(good):
    with_member(good, "xl/large.bin", b"y" * 1000)
    content = bytearray(good.read_bytes())
    entry = content.rindex(b"xl/large.bin") - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = struct.pack("<I", 1_050_000_000)
    good.write_bytes(content)
    assert refused(good) == "TPL-007"


def test_directory_that_lies_about_a_size_is_refused(good, tmp_path):
    content = bytearray(good.read_bytes())
    entry = content.rindex(b"xl/worksheets/sheet2.xml") - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 100)
    good.write_bytes(content)
    assert refused(good) == "TPL-003"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml",
        "xl/../../evil.xml",
        "/etc/evil.xml",
        "C:/evil.xml",
        "..\\evil.xml",
        "xl/embeddings/inner.zip",
        "a.xlsx",
    ],
)
def test_unsafe_member_is_refused(good, name):
    assert refused(with_member(good, name)) == "TPL-008"


def test_link_in_the_archive_is_refused(good):
    assert refused(with_member(good, "xl/link.xml", b"/etc/passwd", stat.S_IFLNK | 0o777)) == "TPL-008"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_member_that_is_there_twice_is_refused(good):
    assert refused(with_member(good, "xl/workbook.xml", b"<workbook/>")) == "TPL-008"


def test_encrypted_member_is_refused(good):
    content = bytearray(good.read_bytes())
    entry = content.rindex(b"xl/workbook.xml") - 46
    content[entry + 8] |= 1
    good.write_bytes(content)
    assert refused(good) == "TPL-004"


@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.bin", "notes.txt"])
def test_other_document_is_refused(tmp_path, name):
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"x")
    assert refused(path) == "TPL-009"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_is_refused_in_any_encoding(good, tmp_path, encoding):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst/>'

    def change(name, data):
        return bomb.encode(encoding) if name == "xl/styles.xml" else data

    assert refused(repacked(good, tmp_path / "entity.xlsx", change)) == "TPL-010"


def test_plain_zip_of_text_is_no_workbook(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    path = tmp_path / "zip.xlsx"
    path.write_bytes(buffer.getvalue())
    assert refused(path) == "TPL-009"
