from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from tests.verification.accounting.template.workbooks import (
    RULES,
    A,
    B,
    D,
    E,
    P,
    V,
    changed,
    codes,
    located,
    reading_of,
    repacked,
)
from verification.accounting.examples import example_names, example_report, write_example
from verification.accounting.template import TemplateRules, layout
from verification.accounting.template.catalogue import KINDS
from verification.accounting.template.reading import PeriodRule
from verification.accounting.template.writer import workbook_of, write_template

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", example_names())
def test_written_example_reads_back_equal_and_without_problem(name, tmp_path):
    write_example(name, tmp_path / "example.xlsx")
    reading = reading_of(tmp_path / "example.xlsx")
    assert replace(reading.report, sources={}) == example_report(name)
    assert codes(reading) == []
    assert (reading.template.version, reading.template.language) == ("2.1.1", "English")


def test_every_value_knows_its_cell(tmp_path):
    reading = reading_of(changed(tmp_path / "x.xlsx", {}))
    sources = reading.report.sources
    assert sources["installation.name"] == "A_InstData!I20"
    assert sources["processes.1.direct_emissions_tco2e"] == "D_Processes!L119"
    assert sources["precursors.3.see_direct_tco2e_per_unit"] == "E_PurchPrec!L181"
    assert sources["products.0.cn"] == "Summary_Products!F10"


def test_stated_results_are_kept_beside_the_recomputed(tmp_path):
    reading = reading_of(changed(tmp_path / "x.xlsx", {}))
    assert reading.stated.sources["products.0.see_direct"] == "Summary_Products!I10"
    computed = reading.result.process("P1").see_direct.value
    assert abs(reading.stated.values["products.0.see_direct"] - computed) < abs(computed).scaleb(-15)


# One cell


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ((D, "L54"), "1.234,56", "TPL-030"),
        ((D, "L54"), "about 170000 t", "TPL-030"),
        ((D, "L54"), date(2026, 5, 4), "TPL-030"),
        ((D, "L54"), True, "TPL-030"),
        ((D, "L54"), 1e16, "TPL-031"),
        ((D, "L65"), -5, "TPL-035"),
        ((D, "L17"), -1, "TPL-035"),
        ((E, "L49"), -1.5, "TPL-035"),
        ((B, "R17"), 101, "TPL-036"),
        ((P, "S10"), 18, "TPL-036"),
        ((A, "I9"), "last year", "TPL-032"),
        ((B, "D17"), "Guesswork", "TPL-033"),
        ((E, "M49"), "Somehow", "TPL-033"),
        ((A, "E83"), "Cheese", "TPL-033"),
        ((A, "I21"), "x" * 2001, "TPL-034"),
        ((B, "G17"), "kg", "TPL-037"),
        ((B, "G17"), None, "TPL-037"),
        ((B, "K17"), "kgCO2/kg", "TPL-037"),
        ((B, "K17"), "tCO2/1000Nm3", "TPL-053"),
        ((A, "I26"), "Atlantis", "TPL-046"),
        ((A, "I26"), "Aruban Florin", "TPL-046"),
        ((A, "F102"), "YU", "TPL-046"),
        ((A, "I28"), "91.5", "TPL-045"),
        ((A, "I29"), -181, "TPL-045"),
        ((A, "I28"), "north of the river", "TPL-045"),
        ((P, "D10"), "Another process", "TPL-061"),
        ((P, "F10"), "7218", "TPL-063"),
        ((P, "F10"), None, "TPL-063"),
        ((P, "F10"), "7218991A", "TPL-063"),
    ],
)
def test_bad_cell_blocks_with_its_address(tmp_path, place, value, code):
    reading = reading_of(changed(tmp_path / "x.xlsx", {place: value}))
    address = "K17" if code == "TPL-053" or (code == "TPL-037" and place[1] == "K17") else place[1]
    assert (code, place[0], address) in located(reading)
    assert reading.is_blocked


@pytest.mark.parametrize("number", ["NaN", "1e400", "-1e400", "inf"])
def test_number_that_is_not_finite_never_enters(tmp_path, number):
    path = changed(tmp_path / "x.xlsx", {(D, "L54"): 987654321})

    def change(name, data):
        return data.replace(b"<v>987654321</v>", f"<v>{number}</v>".encode())

    reading = reading_of(repacked(path, tmp_path / "y.xlsx", change))
    assert reading.is_blocked
    assert reading.report is None or reading.report.processes[0].direct_emissions_tco2e is None
    assert {"TPL-031", "TPL-003"} & set(codes(reading))


def test_negative_zero_reads_as_zero(tmp_path):
    path = changed(tmp_path / "x.xlsx", {(D, "L71"): 987654321})
    repacked(path, tmp_path / "y.xlsx", lambda _, data: data.replace(b"<v>987654321</v>", b"<v>-0</v>"))
    exported = reading_of(tmp_path / "y.xlsx").report.processes[0].electricity_exported_mwh
    assert str(exported) == "0"


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("38.801944°", "38.801944"),
        ("N 38,801944", "38.801944"),
        ("38.801944 S", "-38.801944"),
        (38.801944, "38.801944"),
    ],
)
def test_latitude_is_read_as_people_write_it(tmp_path, text, degrees):
    reading = reading_of(changed(tmp_path / "x.xlsx", {(A, "I28"): text}))
    assert str(reading.report.installation.latitude) == degrees


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    report = example_report("cement")
    hostile = replace(report, installation=replace(report.installation, name="=HYPERLINK(1)"))
    write_template(hostile, tmp_path / "x.xlsx")
    assert reading_of(tmp_path / "x.xlsx").report.installation.name == "=HYPERLINK(1)"


# Missing is missing


@pytest.mark.parametrize(
    ("place", "code", "cell", "severity"),
    [
        ((D, "L54"), "TPL-051", "L54", "block"),
        ((E, "L49"), "TPL-051", "L49", "block"),
        ((B, "J17"), "TPL-051", "J17", "block"),
        ((D, "L65"), "TPL-052", "L65", "refer"),
        ((D, "L66"), "TPL-052", "L66", "refer"),
        ((E, "L50"), "TPL-052", "L50", "refer"),
        ((A, "I9"), "TPL-040", "I9", "block"),
        ((A, "I20"), "TPL-044", "I20", "refer"),
        ((A, "I26"), "TPL-047", "I26", "refer"),
        ((A, "I28"), "TPL-049", "I28", "info"),
        ((A, "L83"), "TPL-065", "L83", "block"),
    ],
)
def test_missing_value_is_named_at_its_cell(tmp_path, place, code, cell, severity):
    reading = reading_of(changed(tmp_path / "x.xlsx", {place: None}))
    (found,) = [item for item in reading.problems if item.code == code]
    assert (found.sheet, found.cell, found.severity) == (place[0], cell, severity)


def test_missing_electricity_is_not_read_as_zero(tmp_path):
    reading = reading_of(changed(tmp_path / "x.xlsx", {(D, "L65"): None}))
    assert reading.report.processes[0].electricity_mwh is None
    assert [item.see_indirect for item in reading.result.processes] == [None, None]
    assert all(item.see_direct for item in reading.result.processes)


@pytest.mark.parametrize("level", [0, None])
def test_activity_level_of_nothing_blocks(tmp_path, level):
    reading = reading_of(
        changed(tmp_path / "x.xlsx", {(D, "L16"): level, (D, "L17"): level, (D, "L18"): level, (D, "L19"): level})
    )
    assert ("TPL-050", D, "L16") in located(reading)
    assert reading.result.process("P1").see_direct is None


def test_results_not_saved_are_told_and_recomputed(tmp_path):
    write_template(example_report("stainless_steelworks"), tmp_path / "x.xlsx", with_results=False)
    reading = reading_of(tmp_path / "x.xlsx")
    assert codes(reading) == ["TPL-026"]
    assert reading.stated.values == {}
    assert reading.result.process("P2").see_total is not None


def test_formulas_saved_without_results_count_as_not_saved(tmp_path):
    cells = {(P, f"{column}{row}"): f"=1+{row}" for column in "IJK" for row in range(10, 14)}
    assert "TPL-026" in codes(reading_of(changed(tmp_path / "x.xlsx", cells)))


def test_single_result_not_saved_is_told(tmp_path):
    assert located(reading_of(changed(tmp_path / "x.xlsx", {(P, "J11"): None}))) == {("TPL-071", P, "J11")}


# Comparison


@pytest.mark.parametrize(
    ("place", "value"),
    [((P, "I10"), 1.00151), ((P, "J11"), 1.7), ((P, "M10"), 0.5), ((B, "AU17"), 441098), ((D, "L24"), 2234001)],
)
def test_stated_result_beyond_rounding_is_a_finding(tmp_path, place, value):
    reading = reading_of(changed(tmp_path / "x.xlsx", {place: value}))
    assert ("TPL-070", *place) in located(reading)
    assert not reading.is_blocked


@pytest.mark.parametrize(
    ("place", "value"), [((P, "I10"), 1.00149), ((P, "J10"), 1.37842), ((B, "AU17"), 441097), ((P, "K10"), 2.37991)]
)
def test_stated_result_within_rounding_is_none(tmp_path, place, value):
    assert codes(reading_of(changed(tmp_path / "x.xlsx", {place: value}))) == []


def test_input_changed_after_the_results_shows_in_every_result(tmp_path):
    reading = reading_of(changed(tmp_path / "x.xlsx", {(D, "L54"): 271005}))
    told = {(item.sheet, item.cell) for item in reading.problems if item.code == "TPL-070"}
    assert {(P, "I10"), (P, "K10"), (P, "I11"), (P, "I12"), (P, "I13")} <= told


# Rules that depend on day and scheme


def test_period_that_has_not_ended_blocks(tmp_path):
    path = changed(tmp_path / "x.xlsx", {})
    assert located(reading_of(path, TemplateRules(today=date(2026, 11, 22)))) == {("TPL-042", A, "L9")}
    assert located(reading_of(path, TemplateRules(today=date(2026, 12, 31)))) == {("TPL-042", A, "L9")}
    assert located(reading_of(path, TemplateRules(today=date(2027, 1, 1)))) == set()


def test_period_that_ends_before_it_starts_blocks(tmp_path):
    path = changed(tmp_path / "x.xlsx", {(A, "L9"): date(2025, 12, 31)})
    assert located(reading_of(path)) == {("TPL-040", A, "L9")}


def test_part_of_a_year_is_referred_and_blocked_where_the_scheme_says_so(tmp_path):
    path = changed(tmp_path / "x.xlsx", {(A, "I9"): date(2026, 2, 1)})
    strict = replace(RULES, period=PeriodRule())
    assert located(reading_of(path)) == {("TPL-041", A, "I9")}
    assert located(reading_of(path, strict)) == {("TPL-043", A, "I9")}


def test_period_before_the_scheme_blocks_only_under_its_rule(tmp_path):
    path = changed(tmp_path / "x.xlsx", {(A, "I9"): date(2025, 1, 1), (A, "L9"): date(2025, 12, 31)})
    strict = replace(RULES, period=PeriodRule(earliest_start_on=date(2026, 1, 1)))
    assert located(reading_of(path)) == set()
    assert located(reading_of(path, strict)) == {("TPL-043", A, "I9")}


@pytest.mark.parametrize(
    ("known", "outside"),
    [
        ({"72189911", "73041100", "72191310", "72210010"}, set()),
        ({"7218", "730411", "7219131000", "72210010"}, set()),
        ({"7218"}, {"F11", "F12", "F13"}),
        (set(), {"F10", "F11", "F12", "F13"}),
    ],
)
def test_good_outside_the_scheme_blocks(tmp_path, known, outside):
    reading = reading_of(changed(tmp_path / "x.xlsx", {}), replace(RULES, known_goods=frozenset(known)))
    assert located(reading) == {("TPL-064", P, cell) for cell in outside}


# Content as a whole


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({(D, "L27"): 900000}, ("TPL-054", D, "L27")),
        ({(E, "L28"): 80000}, ("TPL-054", E, "L17")),
        ({(A, "L84"): "Electric arc furnace and caster"}, ("TPL-062", A, "L84")),
        ({(E, "K186"): None}, ("TPL-056", E, "K186")),
        ({(D, "L119"): 500000}, ("TPL-057", D, "L54")),
        ({(A, "I27"): "TRXYZ"}, ("TPL-048", A, "I27")),
        ({(A, "I27"): "IN123456"}, ("TPL-048", A, "I27")),
        ({(D, "K50"): True}, ("TPL-058", D, "L57")),
        ({(D, "L97"): 1133000, (D, "L92"): 0, (D, "L32"): 2234000, (D, "L27"): 0}, ("TPL-055", D, "L32")),
        ({(P, f"{c}{r}"): None for c in "DFH" for r in range(10, 14)}, ("TPL-060", P, "D10")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_content_that_does_not_hold_together_is_told(tmp_path, cells, expected):
    assert expected in located(reading_of(changed(tmp_path / "x.xlsx", cells)))


# The template itself


def test_other_workbook_is_no_template(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "Price list"
    book.save(tmp_path / "x.xlsx")
    reading = reading_of(tmp_path / "x.xlsx")
    assert codes(reading) == ["TPL-020"]
    assert not reading.is_readable


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({(V, "B2"): "CBAM installation communication SEE"}, "TPL-021"),
        ({(V, "B2"): "CBAM communication SEE Version 3"}, "TPL-022"),
        ({(V, "B3"): date(2026, 9, 1)}, "TPL-022"),
        ({(V, "B2"): "Something else"}, "TPL-020"),
        ({(V, "B2"): None}, "TPL-020"),
    ],
)
def test_other_version_is_refused(tmp_path, cells, code):
    reading = reading_of(changed(tmp_path / "x.xlsx", cells))
    assert codes(reading) == [code]
    assert not reading.is_readable


def test_unlisted_edition_is_only_told(tmp_path):
    reading = reading_of(changed(tmp_path / "x.xlsx", {(V, "B3"): date(2024, 7, 1)}))
    assert [(item.code, item.severity) for item in reading.problems] == [("TPL-028", "info")]


def test_blank_template_says_only_that(tmp_path):
    write_template(replace(example_report("cement"), **BLANK), tmp_path / "x.xlsx")
    reading = reading_of(tmp_path / "x.xlsx")
    assert located(reading) == {("TPL-023", A, "I20")}


BLANK = {
    "installation": example_report("cement").installation.__class__(),
    "goods": (),
    "processes": (),
    "source_streams": (),
    "products": (),
}


def edited(path, edit):
    book = workbook_of(example_report("cement"))
    edit(book)
    book.save(path)
    return reading_of(path)


def test_missing_sheet_is_told(tmp_path):
    reading = edited(tmp_path / "x.xlsx", lambda book: book.remove(book[D]))
    assert [(item.code, item.sheet) for item in reading.problems] == [("TPL-024", D)]


def test_hidden_sheet_is_told(tmp_path):
    def hide(book):
        book[D].sheet_state = "hidden"

    reading = edited(tmp_path / "x.xlsx", hide)
    assert [(item.code, item.severity, item.sheet) for item in reading.problems] == [("TPL-027", "warn", D)]


@pytest.mark.parametrize(
    "edit", [lambda book: [book.create_sheet() for _ in range(20)], lambda book: book[A].cell(1, 101, 1)]
)
def test_what_was_added_beyond_reason_is_refused(tmp_path, edit):
    assert codes(edited(tmp_path / "x.xlsx", edit)) == ["TPL-025"]


def test_template_in_another_language_is_read_by_its_own_lists(tmp_path):
    def translate(book):
        constants, lists = book.create_sheet(layout.CONSTANTS), book.create_sheet(layout.CODE_LISTS)
        constants["A56"], constants["B56"], constants["C56"], constants["D56"] = (
            "CONST_MonitoringApproach",
            "Verbrennung",
            "Prozessemissionen",
            "Massenbilanz",
        )
        constants["A89"] = "Zement"
        lists["F11"], lists["G11"] = "AT", "Österreich"
        lists["F12"], lists["G12"] = "TR", "Republik Türkei"
        book[V]["B5"], book[A]["I26"], book[A]["E83"] = "German", "Republik Türkei", "Zement"
        book[B]["D17"], book[B]["D18"] = "Prozessemissionen", "Verbrennung"

    reading = edited(tmp_path / "x.xlsx", translate)
    assert codes(reading) == []
    assert reading.report.installation.country == "TR"
    assert reading.report.processes[0].category == "Cement"
    assert reading.report.source_streams == example_report("cement").source_streams


def test_every_code_of_the_catalogue_says_how_to_mend():
    assert all(kind.mend.endswith(".") and kind.title for kind in KINDS.values())
    assert {kind.severity for kind in KINDS.values()} == {"block", "refer", "warn", "info"}
