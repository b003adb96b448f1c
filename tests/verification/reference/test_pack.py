"""Hostile packs: each broken in one way, each told in one way."""

import hashlib

import pytest

from tests.factories.reference import PackWriter, cited
from verification.kernel.errors import InvalidInput
from verification.reference.pack import read_pack

pytestmark = pytest.mark.unit


def problems_of(folder):
    with pytest.raises(InvalidInput) as refused:
        read_pack(folder)
    return refused.value.problems


def only_problem(writer, folder):
    problems = problems_of(writer.write(folder))
    assert len(problems) == 1, problems
    return problems[0]


@pytest.fixture
def writer():
    return PackWriter()


def test_sound_pack_is_read_with_spans_and_references(writer, tmp_path):
    content = read_pack(writer.write(tmp_path))
    row = content.tables_of("default_values")[0].rows[0]
    assert (str(row["total"]), row["reference"]) == ("2.428", "Act 1, Annex I, Türkiye, 7208")
    mark_ups = [row for row in content.parameters if row["name"] == "mark_up"]
    assert [str(row["valid_to"]) for row in mark_ups] == ["2027-01-01", "None"]
    assert all(row["reference"] for table in content.tables for row in table.rows)


def test_content_hash_follows_every_byte(writer, tmp_path):
    first = read_pack(writer.write(tmp_path / "a")).content_sha256
    assert read_pack(writer.write(tmp_path / "b")).content_sha256 == first
    writer.parameters[0]["values"]["2026-01-01"]["value"] = "0.11"
    assert read_pack(writer.write(tmp_path / "c")).content_sha256 != first


def test_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(NotADirectoryError):
        read_pack(tmp_path / "nothing")


def test_empty_folder_names_what_is_missing(tmp_path):
    assert {problem.sheet for problem in problems_of(tmp_path)} == {"scheme.yaml", "tables/manifest.yaml"}


def test_parameter_without_reference_is_refused(writer, tmp_path):
    del writer.parameters[0]["values"]["2026-01-01"]["reference"]
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.sheet, problem.cell) == ("REF-003", "parameters/all.yaml", "mark_up 2026-01-01")
    assert problem.mend == "Cite act and article."


def test_rule_without_reference_is_refused(writer, tmp_path):
    del writer.definition["rules"]["override_span"]["reference"]
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.field) == ("REF-003", "rules.override_span")


def test_edition_without_act_is_refused(writer, tmp_path):
    writer.editions["benchmarks"]["act"] = ""
    assert ("REF-003", "act") in {(each.code, each.field) for each in problems_of(writer.write(tmp_path))}


def test_country_without_reference_is_refused(writer, tmp_path):
    writer.rows["countries"][1][5] = ""
    codes = {(each.code, each.cell, each.field) for each in problems_of(writer.write(tmp_path))}
    assert ("REF-003", "3", "reference") in codes


def test_wrong_hash_shows_both(writer, tmp_path):
    writer.editions["default_values"]["sha256"] = "0" * 64
    problem = only_problem(writer, tmp_path)
    actual = hashlib.sha256((tmp_path / "tables" / "default_values.csv").read_bytes()).hexdigest()
    assert (problem.code, problem.found, problem.expected) == ("REF-004", actual, "0" * 64)


def test_wrong_row_count_shows_both(writer, tmp_path):
    writer.editions["goods"]["row_count"] = 3
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.found, problem.expected) == ("REF-005", "2", "3")


def test_two_default_values_for_one_key_are_refused(writer, tmp_path):
    writer.rows["default_values"].append(["TR", "7208", "", "2.5", "", "2.5", "C", ""])
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.cell) == ("REF-008", "6")
    assert "Rows 2 and 6" in problem.message


def test_benchmarks_that_overlap_by_a_day_are_refused_and_neighbours_are_not(writer, tmp_path):
    writer.rows["benchmarks"] = [
        ["72083900", "A", "", "0.044", "2026-01-01", "2028-01-01"],
        ["72083900", "A", "", "0.040", "2028-01-01", "2031-01-01"],
    ]
    read_pack(writer.write(tmp_path / "sound"))
    writer.rows["benchmarks"][0][5] = "2028-01-02"
    assert only_problem(writer, tmp_path / "broken").code == "REF-008"


def test_parameter_in_two_series_is_refused(writer, tmp_path):
    writer.parameters.append(writer.parameters[0])
    assert only_problem(writer, tmp_path).code == "REF-008"


def test_yaml_key_that_stands_twice_is_refused(writer, tmp_path):
    folder = writer.write(tmp_path)
    path = folder / "scheme.yaml"
    path.write_text(path.read_text() + "\ncode: other\n")
    assert "The key code stands twice" in problems_of(folder)[0].message


@pytest.mark.parametrize("raw", ["2,428", "2.4e0", "-1", "NaN", "=1+1", " 2", "Infinity", "١"])
def test_number_that_is_no_plain_decimal_is_refused(writer, tmp_path, raw):
    writer.rows["default_values"][0][5] = raw
    problem = problems_of(writer.write(tmp_path))[0]
    assert (problem.code, problem.cell, problem.field, problem.found) == ("REF-007", "2", "total", raw)


def test_yaml_number_without_quotes_is_refused(writer, tmp_path):
    writer.parameters[0]["values"]["2026-01-01"] = cited("0.10") | {"value": 0.1}
    problem = only_problem(writer, tmp_path)
    assert problem.code == "REF-007"
    assert "in quotes" in problem.message


def test_date_that_is_none_is_refused(writer, tmp_path):
    writer.parameters[0]["values"] = {"soon": cited("0.10")}
    assert "REF-007" in {problem.code for problem in problems_of(writer.write(tmp_path))}


@pytest.mark.parametrize(
    "row",
    [["TR", "7209", "", "1", "", "1", "C", "dash"], ["TR", "7209", "", "1", "", "", "C", ""]],
)
def test_value_and_its_absence_exclude_each_other(writer, tmp_path, row):
    writer.rows["default_values"].append(row)
    assert only_problem(writer, tmp_path).code == "REF-009"


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [("goods", 0, 2), ("default_values", 0, 0), ("benchmarks", 0, 0), ("categories", 0, 7)],
)
def test_name_that_nothing_defines_is_refused(writer, tmp_path, table, row, column):
    writer.rows[table][row][column] = "99999999"
    assert "REF-010" in {problem.code for problem in problems_of(writer.write(tmp_path))}


def test_mark_up_that_is_not_defined_is_refused(writer, tmp_path):
    writer.definition["mark_up"]["parameter_by_sector"]["steel"] = "nowhere"
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.field, problem.found) == ("REF-010", "mark_up.steel", "nowhere")


@pytest.mark.parametrize("place", ["parameter", "good"])
def test_unknown_unit_is_refused(writer, tmp_path, place):
    if place == "parameter":
        writer.parameters[0]["unit"] = "furlong"
    else:
        writer.rows["goods"][0][4] = "furlong"
    assert problems_of(writer.write(tmp_path))[0].code == "REF-011"


def test_unknown_rung_is_refused(writer, tmp_path):
    writer.definition["ladder"]["rungs"] = ["exemption", "guess"]
    assert only_problem(writer, tmp_path).field == "ladder.rungs"


def test_superseded_edition_must_say_by_what(writer, tmp_path):
    writer.editions["default_values"]["legal_status"] = "superseded"
    assert only_problem(writer, tmp_path).code == "REF-010"


def test_columns_in_another_order_are_refused(writer, tmp_path):
    folder = writer.write(tmp_path)
    path = folder / "tables" / "benchmarks.csv"
    path.write_text(path.read_text().replace("cn_code,column", "column,cn_code"))
    assert "REF-006" in {problem.code for problem in problems_of(folder)}


def test_file_that_the_manifest_does_not_name_is_refused(writer, tmp_path):
    folder = writer.write(tmp_path)
    (folder / "tables" / "stray.csv").write_text("a\n")
    assert problems_of(folder)[0].code == "REF-001"


def test_every_problem_is_told_at_once(writer, tmp_path):
    del writer.parameters[0]["values"]["2026-01-01"]["reference"]
    writer.rows["default_values"][0][5] = "x"
    writer.editions["goods"]["row_count"] = 9
    assert {problem.code for problem in problems_of(writer.write(tmp_path))} >= {"REF-003", "REF-005", "REF-007"}
