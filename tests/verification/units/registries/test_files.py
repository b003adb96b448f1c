"""Files that are no export, broken exports, and exports in another coat."""

from __future__ import annotations

import pytest

from tests.verification.units.registries.exports import ACR, GOLD_STANDARD, VERRA, table
from verification.units.registries import LAYOUTS, LONGEST_CELL, ExportKind, read_export
from verification.units.registries import table as limits
from verification.units.registries.catalogue import CATALOGUE, letters
from verification.units.registries.layouts import layout_of

pytestmark = pytest.mark.unit

GOOD = table(VERRA)


def refused(content: bytes, name: str = "export.csv") -> str:
    """The one code for which a whole file is refused; nothing is read of it."""
    reading = read_export(content, name)
    (problem,) = reading.problems
    assert (reading.records, problem.severity, problem.sheet) == ((), "block", name)
    return problem.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "UNX-016"),
        (b"  \r\n\t", "UNX-016"),
        (b"PK\x03\x04rest of a workbook", "UNX-002"),
        (b"%PDF-1.7", "UNX-002"),
        (b"\n <!DOCTYPE html><html>", "UNX-002"),
        (b'{"serials": []}', "UNX-002"),
        (b"\xd0\xcf\x11\xe0old", "UNX-002"),
        (GOOD.decode().encode("utf-16"), "UNX-003"),
        (GOOD.decode().encode("utf-16-le"), "UNX-003"),
        (GOOD.decode().encode("cp1252"), "UNX-003"),
        (b"name,value\n1,2\n", "UNX-004"),
        (b"just one line", "UNX-004"),
        (b'"never closed', "UNX-004"),
        (GOOD.replace(b"Name", b"ID"), "UNX-005"),
        (GOOD + b'"never closed', "UNX-006"),
        (GOOD + b'a,"b"c\n', "UNX-006"),
        (GOOD + b"one,two\n", "UNX-008"),
        (GOOD.replace(b"Works Ltd", b"Works, Ltd"), "UNX-008"),
    ],
)
def test_file_that_cannot_be_trusted_is_refused_as_a_whole(content, code):
    assert refused(content) == code


def test_file_saved_again_as_windows_1252_is_told_with_its_line():
    (problem,) = read_export(GOOD.decode().encode("cp1252"), "export.csv").problems
    assert "Line 2 is not UTF-8" in problem.message
    assert (problem.expected, problem.found) == ("UTF-8", "byte 0x96 in line 2")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\r\n", b"\n"),
        table(VERRA, separator=";"),
        table(VERRA, separator="\t"),
        GOOD + b"\r\n\r\n",
        GOOD.replace(b"Serial Number", b" serial  NUMBER"),
        table({**VERRA, "Unnamed: 31": "", "Unnamed: 32": ""}),
    ],
    ids=["mark", "unix", "semicolon", "tab", "empty rows", "spelling", "more columns"],
)
def test_other_coats_of_the_same_table_are_read(content):
    reading = read_export(content, "anything at all.txt")
    assert (len(reading.records), reading.problems) == (1, ())


def test_order_of_columns_and_name_of_the_file_do_not_matter():
    reading = read_export(table(dict(reversed(VERRA.items()))), "gold-standard_retirements.csv")
    assert (reading.registry, len(reading.records), reading.problems) == ("Verra", 1, ())


def test_quoted_line_breaks_belong_to_their_cell():
    content = table({**VERRA, "Retirement Details": "CBAM\r\n2026,\n“second” line"}, VERRA)
    reading = read_export(content, "export.csv")
    assert [record.line for record in reading.records] == [2, 3]
    assert reading.records[0].purpose == "CBAM\r\n2026,\n“second” line"


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    good, _, row = GOOD.partition(b"\r\n")
    reading = read_export(good + b"\r\n\r\n" + row + row, "export.csv")
    assert [record.line for record in reading.records] == [3, 4]


def test_cell_may_be_long_but_not_endless():
    assert read_export(table({**VERRA, "Retirement Details": "x" * (LONGEST_CELL - 10)}), "e.csv").problems == ()
    assert refused(table({**VERRA, "Retirement Details": "x" * (LONGEST_CELL + 1)})) == "UNX-006"


def test_limits_of_bytes_and_rows(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", len(GOOD))
    assert read_export(GOOD, "export.csv").problems == ()
    assert refused(GOOD + b"\n") == "UNX-001"
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    assert len(read_export(table(VERRA, VERRA), "export.csv").records) == 2
    assert refused(table(VERRA, VERRA, VERRA)) == "UNX-007"


def test_list_of_projects_is_refused_with_a_word():
    header = dict.fromkeys(
        ("ID", "Name", "Proponent", "Estimated Annual Emission Reductions", "Crediting Period Start Date"), "1"
    )
    reading = read_export(table(header), "export.csv")
    assert (reading.kind, [each.code for each in reading.problems]) == (ExportKind.PROJECTS, ["UNX-012"])


def test_issuances_without_serials_are_read_without_serials():
    row = {
        "Date Issued (GMT)": "3/24/2026 9:08:01 PM",
        "Vintage": "2026",
        "ReportingPeriodBegin": "2/1/2025",
        "ReportingPeriodEnd": "1/31/2026",
        "Total Credits Issued": "74344",
        "Project ID": "ACR731",
    }
    reading = read_export(table(row), "export.csv")
    (record,) = reading.records
    assert [each.code for each in reading.problems] == ["UNX-011"]
    assert (record.parsed.serial, record.parsed.problems, record.stated_quantity) == (None, (), 74344)
    assert (record.kind.value, record.event_at.isoformat()) == ("issuance", "2026-03-24T21:08:01+00:00")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: f"{layout.registry} {layout.kind}")
def test_every_layout_is_found_by_its_own_columns_and_no_other(layout):
    assert layout_of([*layout.columns, *layout.telling]) is layout
    assert layout_of(layout.telling) is layout
    for missing in layout.telling:
        assert layout_of(each for each in layout.telling if each != missing) is not layout


def test_header_of_two_registries_at_once_is_of_none():
    assert layout_of([*GOLD_STANDARD, *ACR, *VERRA]) is None


def test_header_alone_is_an_export_without_rows():
    reading = read_export(GOOD.partition(b"\r\n")[0], "export.csv")
    assert (reading.is_recognised, reading.records, reading.problems) == (True, (), ())


@pytest.mark.parametrize(("place", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(place, text):
    assert letters(place) == text


def test_every_entry_of_the_catalogue_says_how_to_mend():
    assert list(CATALOGUE) == [f"UNX-{number:03}" for number in range(1, len(CATALOGUE) + 1)]
    assert all(entry.mend.endswith(".") and entry.title for entry in CATALOGUE.values())
