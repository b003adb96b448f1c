"""Everything that a claim holds comes back from every kind of file, bit for bit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.verification.accounting.conftest import SHARED_DATA
from tests.verification.accounting.entry.reports import reports
from verification.accounting.calculation import calculate
from verification.accounting.entry.writing import answers_of
from verification.accounting.examples import example_names, example_report
from verification.accounting.exchange import FileKind, read_file, read_file_here, write_file
from verification.accounting.template import TemplateRules, read_template
from verification.kernel.quantities import round_half_up

pytestmark = pytest.mark.integration

KINDS = [FileKind.XLSX, FileKind.ZIP, FileKind.JSON]
RULES = TemplateRules(today=date(2026, 11, 22))
PRINTED = {
    "ex1_cement": [("25232900", "0.785215", "0.122243", "0.907457")],
    "ex2_steel_blast_furnace": [
        (cn, "1.538976", "0.203554", "1.742530") for cn in ("72081000", "72122000", "72139120", "73021028")
    ],
    "ex3_steel_eaf_alloys": [
        ("72189911", "1.001490", "1.378424", "2.379915"),
        *((cn, "1.439606", "1.731482", "3.171088") for cn in ("73041100", "72191310", "72210010")),
    ],
    "ex5_fertiliser": [("31052010", "0.309635", "0.053877", "0.363512")],
    "ex7_hydrogen_two_processes": [
        ("28041000", "8.487855", "0.219927", "8.707782"),
        ("28041000", "0.000000", "8.386560", "8.386560"),
    ],
}


def record(report):
    return replace(report, sources={}).as_record()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize("name", example_names())
def test_example_comes_back_from_every_kind_of_file(name, mark, kind, tmp_path):
    report = example_report(name)
    path = tmp_path / f"claim.{kind.value}"
    write_file(answers_of(report, mark), kind, path, mark)
    reading = read_file_here(path, path.name, decimal_mark=mark)
    read = reading.interpretation()
    assert (reading.kind, reading.problems, read.problems) == (kind, (), ())
    assert record(read.report) == record(report)
    assert reading.answers == answers_of(report, mark)


@pytest.mark.parametrize("kind", KINDS)
@given(report=reports())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
def test_any_report_comes_back_from_every_kind_of_file(kind, report, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / f"claim.{kind.value}"
    write_file(answers_of(report), kind, path)
    reading = read_file_here(path, path.name)
    assert _differences(reading.answers, answers_of(report)) == []
    assert record(reading.interpretation().report) == record(report)


@pytest.mark.skipif(SHARED_DATA is None, reason="the official workbooks are not at hand")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", sorted(PRINTED))
def test_official_example_gives_the_printed_digits_through_every_kind_of_file(name, kind, tmp_path):
    reading = read_template(SHARED_DATA / "templates" / f"{name}.xlsx", rules=RULES)
    path = tmp_path / f"claim.{kind.value}"
    write_file(answers_of(reading.report), kind, path)
    read = read_file_here(path, path.name).interpretation().report
    assert record(read) == record(reading.report)
    results = {item.process: item for item in calculate(read).processes}
    found = [_digits(product.cn, results[product.process]) for product in read.products]
    assert found == PRINTED[name]


@pytest.mark.skipif(SHARED_DATA is None, reason="the official workbooks are not at hand")
def test_official_template_is_told_in_answers_at_its_own_cells():
    path = SHARED_DATA / "templates" / "ex3_steel_eaf_alloys.xlsx"
    reading = read_file(path, path.name, rules=RULES)
    report = read_template(path, rules=RULES).report
    read = reading.interpretation()
    assert (reading.kind, reading.problems[0].code) == (FileKind.TEMPLATE, "EXC-023")
    assert record(read.report) == record(report)
    cell = report.sources["source_streams.0.activity_data"]
    assert reading.cells[read.report.sources["source_streams.0.activity_data"]] == cell


def test_child_reads_the_same_as_this_process(tmp_path):
    path = tmp_path / "claim.xlsx"
    write_file(answers_of(example_report("fertiliser")), FileKind.XLSX, path)
    assert read_file(path, path.name) == read_file_here(path, path.name)


def test_text_that_a_spreadsheet_would_run_stays_text_and_comes_back(tmp_path):
    names = ["=1+1", "+49 30 1", "-5 °C", "@here", "'quoted", "'=x", "\tindented", '=HYPERLINK("http://x")']
    answers = {"other_goods": {f"O{index}": {"name": name} for index, name in enumerate(names, start=1)}}
    for kind in KINDS:
        path = tmp_path / f"claim.{kind.value}"
        write_file(answers, kind, path)
        assert [row["name"] for row in read_file_here(path, path.name).answers["other_goods"].values()] == names


def test_number_beyond_fifteen_digits_stays_exact(tmp_path):
    digits = "123456.7890123456789012"
    answers = {"other_goods": {"O1": {"name": "x", "amount": digits}, "O2": {"name": "y", "amount": "0.1"}}}
    path = tmp_path / "claim.xlsx"
    write_file(answers, FileKind.XLSX, path)
    assert read_file_here(path, path.name).answers == answers


def _digits(cn, result):
    values = (result.see_direct.value, result.see_indirect.value, result.see_total)
    return (cn, *(str(round_half_up(value, 6)) for value in values))


def _differences(found, expected):
    addresses = [
        (section, row, name) for section in expected for row in expected[section] for name in expected[section][row]
    ]
    pairs = [
        (item, found.get(item[0], {}).get(item[1], {}).get(item[2]), expected[item[0]][item[1]][item[2]])
        for item in addresses
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]
