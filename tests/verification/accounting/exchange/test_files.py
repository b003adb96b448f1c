"""Files as people and attackers make them: each fault with its own word, and everything readable still read."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest

from tests.verification.accounting.entry.claims import GOOD
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.exchange import csv_text, read_file, read_file_here, read_pasted, write_file
from verification.accounting.exchange.tables import MAX_ROWS
from verification.accounting.exchange.workbook_writer import FORMAT, NotWritable, sheet_name
from verification.kernel.confined import Limits

pytestmark = pytest.mark.integration

HEAD = "key,name,method,activity_data,activity_data.unit\n"
ROW = "S1,Coal,combustion,88000,t\n"


def read_text(tmp_path, content, name="streams.csv", mark="."):
    path = tmp_path / "upload"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file_here(path, name, decimal_mark=mark)


def changed(tmp_path, change, answers=GOOD):
    """The workbook of ``answers`` after ``change`` had its way with it."""
    path = tmp_path / "claim.xlsx"
    write_file(answers, "xlsx", path)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def codes(reading):
    return [item.code for item in reading.problems]


# Workbooks


def test_blank_workbook_has_a_sheet_for_every_part_and_no_answers(tmp_path):
    path = tmp_path / "blank.xlsx"
    write_file({}, "xlsx", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Read me", *(sheet_name(section) for section in SECTIONS), "Lists"]
    assert book["Fuels and materials"].freeze_panes == "B3"
    assert len(book["Fuels and materials"].data_validations.dataValidation) == 9
    assert read_file_here(path, "blank.xlsx").answers == {}


def test_problem_of_an_answer_stands_at_its_cell(tmp_path):
    path = changed(tmp_path, lambda book: book["Fuels and materials"].__setitem__("D4", "lots"))
    problems = read_file_here(path, path.name).interpretation().problems
    assert [(item.code, item.sheet, item.cell, item.field) for item in problems] == [
        ("ENT-002", "Fuels and materials", "D4", "streams/S2/activity_data")
    ]


def test_rows_without_key_get_one_and_links_may_be_names(tmp_path):
    def change(book):
        sheet = book["Fuels and materials"]
        sheet["A3"] = sheet["A4"] = None
        book["Goods by customs code"]["B3"] = "Kiln"
        book["Where the emissions belong"]["A3"] = "Coal"

    answers = read_file_here(changed(tmp_path, change), "x.xlsx").answers
    assert list(answers["streams"]) == ["S1", "S2"]
    assert answers["goods"]["N1"]["process"] == "P1"
    assert list(answers["attribution"]) == ["S1~P1", "S1~P2"]


def test_formula_without_saved_value_blocks_and_is_never_calculated(tmp_path):
    path = changed(tmp_path, lambda book: book["Fuels and materials"].__setitem__("D3", "=44000*2"))
    reading = read_file_here(path, path.name)
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.sheet, problem.cell) == (
        "EXC-012",
        "block",
        "Fuels and materials",
        "D3",
    )
    assert "activity_data" not in reading.answers["streams"]["S1"]


def test_formula_with_saved_value_gives_the_value_and_a_warning(tmp_path):
    path = changed(tmp_path, lambda book: book["Fuels and materials"].__setitem__("D3", "=44000*2"))
    _repack(path, lambda name, data: data.replace(b"<f>44000*2</f><v></v>", b"<f>44000*2</f><v>88000</v>").replace(
        b"<f>44000*2</f><v />", b"<f>44000*2</f><v>88000</v>"))  # fmt: skip
    reading = read_file_here(path, path.name)
    assert [(item.code, item.severity, item.cell) for item in reading.problems] == [("EXC-011", "warn", "D3")]
    assert reading.answers["streams"]["S1"]["activity_data"] == "88000"


def test_number_shown_in_per_cent_is_refused_and_not_taken_as_a_hundredth(tmp_path):
    def change(book):
        cell = book["Where the emissions belong"]["C3"]
        cell.value, cell.number_format = 0.6, "0%"

    problems = read_file_here(changed(tmp_path, change), "x.xlsx").interpretation().problems
    assert [(item.code, item.cell, item.found) for item in problems] == [("ENT-002", "C3", "60 %")]


def test_date_in_a_number_field_and_an_error_value_are_refused(tmp_path):
    from datetime import date

    def change(book):
        book["Fuels and materials"]["D3"] = date(2026, 5, 1)
        book["Fuels and materials"]["D4"] = "#DIV/0!"

    problems = read_file_here(changed(tmp_path, change), "x.xlsx").interpretation().problems
    assert [(item.code, item.cell) for item in problems if item.severity == "block"] == [
        ("ENT-002", "D3"),
        ("ENT-002", "D4"),
    ]


def test_unknown_sheet_column_and_nameless_column_are_named(tmp_path):
    def change(book):
        book.create_sheet("My notes")["A1"] = "hello"
        sheet = book["Reporting period"]
        sheet["C1"], sheet["C2"], sheet["C3"] = "Colour", "colour", "black"
        sheet["E3"] = "stray"

    reading = read_file_here(changed(tmp_path, change), "x.xlsx")
    assert [(item.code, item.sheet, item.cell) for item in reading.problems] == [
        ("EXC-006", "My notes", ""),
        ("EXC-008", "Reporting period", "C2"),
        ("EXC-008", "Reporting period", "E3"),
    ]
    assert reading.answers["period"] == GOOD["period"]


def test_key_given_twice_is_told_and_both_rows_are_read(tmp_path):
    path = changed(tmp_path, lambda book: book["Fuels and materials"].__setitem__("A4", "S1"))
    reading = read_file_here(path, path.name)
    assert codes(reading) == ["EXC-018"]
    assert [row["name"] for row in reading.answers["streams"].values()] == ["Coal", "Raw meal"]


def test_other_version_and_foreign_workbook_are_refused(tmp_path):
    path = changed(tmp_path, lambda book: book["Read me"].__setitem__("C1", "2"))
    assert codes(read_file_here(path, path.name)) == ["EXC-005"]
    openpyxl.Workbook().save(path)
    assert codes(read_file_here(path, path.name)) == ["EXC-004"]


def test_text_that_no_cell_holds_is_not_written_in_part(tmp_path):
    with pytest.raises(NotWritable):
        write_file({"other_goods": {"O1": {"name": "bell\x07"}}}, "xlsx", tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EXC-001"),
        (b"%PDF-1.7", "EXC-001"),
        (b"MZ\x90", "EXC-001"),
        (b"<html>", "EXC-001"),
        (b"PK\x03\x04broken", "EXC-003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "TPL-004"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "TPL-005"),
    ],
)
def test_file_of_another_kind_is_refused_by_its_content(tmp_path, content, code):
    reading = read_text(tmp_path, content, "claim.xlsx")
    assert (codes(reading), reading.answers, reading.is_blocked) == ([code], {}, True)


def test_macros_bombs_and_oversized_files_are_refused(tmp_path):
    path = tmp_path / "claim.xlsx"
    write_file({}, "xlsx", path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert codes(read_file_here(path, path.name)) == ["TPL-006"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("streams.csv", b"\0" * 5_000_000)
    assert codes(read_file_here(path, path.name)) == ["FIL-003"]
    path.write_bytes(b"key\n" + b"x" * (25 * 1024 * 1024))
    assert codes(read_file_here(path, path.name)) == ["EXC-002"]


def test_child_that_meets_a_limit_gives_a_refusal(tmp_path):
    path = tmp_path / "claim.xlsx"
    write_file({}, "xlsx", path)
    reading = read_file(path, path.name, limits=Limits(wall_seconds=0))
    assert codes(reading) == ["EXC-024"]


# Tables


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separator_and_encoding_are_found(tmp_path, separator, encoding):
    content = (HEAD + ROW).replace(",", separator).encode(encoding)
    reading = read_text(tmp_path, content)
    assert (reading.problems, reading.answers["streams"]["S1"]["activity_data"]) == ((), "88000")
    assert reading.cells["streams/S1/activity_data"] == "streams.csv!D2"


def test_section_follows_from_the_header_where_the_name_does_not_say_it(tmp_path):
    assert list(read_text(tmp_path, HEAD + ROW, "upload.csv").answers) == ["streams"]
    assert codes(read_text(tmp_path, "a,b\n1,2\n", "upload.csv")) == ["EXC-017"]


def test_decimal_comma_with_semicolons_is_read_with_the_writers_mark(tmp_path):
    content = HEAD.replace(",", ";") + "S1;Coal;combustion;88000,25;t\n"
    reading = read_text(tmp_path, content, mark=",")
    assert str(reading.interpretation().report.source_streams[0].activity_data) == "88000.25"


def test_windows_encoding_is_assumed_aloud(tmp_path):
    reading = read_text(tmp_path, (HEAD + "S1,Gärrest,combustion,1,t\n").encode("cp1252"))
    assert [(item.code, item.cell) for item in reading.problems] == [("EXC-014", "A2")]
    assert reading.answers["streams"]["S1"]["name"] == "Gärrest"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfeabc", ["EXC-015"]),
        ((HEAD + ROW).encode("utf-16-le"), ["EXC-015"]),
        (HEAD + ROW.replace("t\n", "t,extra\n"), ["EXC-013"]),
        (HEAD + 'S1,"Coal,combustion,1,t\n', ["EXC-016"]),
        (HEAD.replace("name", "key"), ["EXC-009"]),
        (HEAD.replace("method", "colour") + "S1,Coal,x,1,t\n", ["EXC-008"]),
        ("a,b\n1,2\n", ["EXC-008", "EXC-008", "EXC-007"]),
    ],
)
def test_fault_of_a_table_is_told(tmp_path, content, expected):
    assert codes(read_text(tmp_path, content)) == expected


def test_row_that_is_too_long_is_left_out_and_the_others_are_read(tmp_path):
    reading = read_text(tmp_path, HEAD + "S1,Coal,combustion,88,000,t\n" + ROW.replace("S1", "S2"))
    (problem,) = reading.problems
    assert (problem.code, problem.sheet, problem.cell) == ("EXC-013", "streams.csv", "F2")
    assert list(reading.answers["streams"]) == ["S2"]


def test_unit_may_stand_in_the_header(tmp_path):
    reading = read_text(tmp_path, "key,Name,method,Amount in the period [kt]\nS1,Coal,combustion,2\n")
    assert reading.answers["streams"]["S1"]["activity_data.unit"] == "kt"


def test_more_rows_than_a_claim_may_have_are_told_once(tmp_path):
    content = HEAD + "".join(f"S{number},Coal {number},combustion,1,t\n" for number in range(MAX_ROWS + 5))
    reading = read_text(tmp_path, content)
    assert (codes(reading), len(reading.answers["streams"])) == (["EXC-010"], MAX_ROWS)


def test_archive_tells_what_is_no_table(tmp_path):
    path = tmp_path / "claim.zip"
    write_file(GOOD, "zip", path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("photo.txt", "x")
    reading = read_file_here(path, path.name)
    assert (codes(reading), reading.answers["streams"]) == (["EXC-025"], GOOD["streams"])


def test_table_is_written_with_the_names_of_the_questions():
    section = next(item for item in SECTIONS if item.key == "period")
    assert csv_text(section, GOOD) == "starts_on,ends_on\r\n2026-01-01,2026-12-31\r\n"


# JSON


def claim(**parts):
    return json.dumps({"format": FORMAT, "version": 1, **parts})


def test_numbers_of_json_keep_their_digits(tmp_path):
    content = claim(answers={}).replace(
        "{}", '{"streams": {"S1": {"activity_data": 0.10000000000000000555, "name": "x"}}}'
    )
    assert read_text(tmp_path, content, "x.json").answers["streams"]["S1"]["activity_data"] == "0.10000000000000000555"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "EXC-020"),
        ("[1]", "EXC-020"),
        (claim(), "EXC-020"),
        (claim(answers={}, report={}), "EXC-020"),
        (claim(answers={}, colour=1), "EXC-020"),
        (claim(answers={"streams": [1]}), "EXC-020"),
        (claim(answers={"streams": {"S1": {"name": {"deep": 1}}}}), "EXC-020"),
        (claim(report={"nonsense": 1}), "EXC-020"),
        (claim(answers={}).replace("1,", "2,"), "EXC-005"),
        (claim(answers={}).replace("{}", '{"streams": {}, "streams": {}}'), "EXC-019"),
        (claim(answers={}).replace("{}", '{"streams": {"S1": {"activity_data": NaN}}}'), "EXC-021"),
        (claim(answers={}).replace("{}", '{"streams": {"S1": {"activity_data": 1' + "0" * 200 + "}}}"), "EXC-021"),
        ("[" * 100_000, "EXC-020"),
    ],
)
def test_fault_of_json_is_told(tmp_path, content, code):
    assert codes(read_text(tmp_path, content, "x.json")) == [code]


def test_hidden_characters_are_marked_and_refused(tmp_path):
    content = claim(answers={"installation": {"-": {"name": "a\x00b\ud800"}}})
    reading = read_text(tmp_path, content, "x.json")
    assert reading.answers["installation"]["-"]["name"] == "a\ufffdb\ufffd"
    assert "ENT-029" in [item.code for item in reading.interpretation().problems]


# Paste


def test_rows_are_pasted_with_and_without_header():
    plain = "Coal\tcombustion\t88000\tt\nGas\tcombustion\t5\tkt"
    with_header = "Name\tMethod\tAmount in the period\tUnit\n" + plain
    expected = {
        "S1": {"name": "Coal", "method": "combustion", "activity_data": "88000", "activity_data.unit": "t"},
        "S2": {"name": "Gas", "method": "combustion", "activity_data": "5", "activity_data.unit": "kt"},
    }
    assert read_pasted(plain, "streams").answers == {"streams": expected}
    assert read_pasted(with_header, "streams").answers == {"streams": expected}


def test_problem_of_a_pasted_row_names_row_and_column():
    reading = read_pasted("Coal\tcombustion\tlots\tt", "streams")
    problems = [item for item in reading.interpretation().problems if item.field.startswith("streams")]
    assert [(item.code, item.sheet, item.cell) for item in problems] == [("ENT-002", "Pasted rows", "C1")]


def _repack(path, change):
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(output.getvalue())
