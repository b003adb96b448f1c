"""Unit tables of a pack: each broken in one way, each told in one way."""

import pytest

from tests.factories.reference import PackWriter, UnitPackWriter
from verification.kernel.errors import InvalidInput
from verification.reference.pack import read_pack

pytestmark = pytest.mark.unit


@pytest.fixture
def writer():
    return UnitPackWriter()


def problems_of(writer, folder):
    with pytest.raises(InvalidInput) as refused:
        read_pack(writer.write(folder))
    return refused.value.problems


def only_problem(writer, folder):
    problems = problems_of(writer, folder)
    assert len(problems) == 1, problems
    return problems[0]


def test_pack_without_unit_tables_is_still_read(tmp_path):
    content = read_pack(PackWriter().write(tmp_path))
    assert "units" not in content.definition
    assert content.tables_of("unit_limits") == []


def test_sound_unit_tables_are_read_as_typed_values(writer, tmp_path):
    content = read_pack(writer.write(tmp_path))
    (limit,) = content.tables_of("unit_limits")[0].rows
    assert limit["sublimits"] == [{"class": "kyoto", "percent_of_limit": "50"}]
    assert limit["unit_factors"] == [{"class": "kyoto", "factor": "0.5"}]
    (row,) = content.tables_of("unit_eligibility")[0].rows
    assert row["authorisation_purposes_required"] == ["OIMP", "IMP"]
    assert (str(row["vintage_to"]), row["valid_to"], row["reference"]) == ("2026-12-31", None, "Act 2, Annex")
    (unit_type,) = content.tables_of("unit_types")[0].rows
    assert unit_type["requires_corresponding_adjustment"] is False


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("unit_programmes", "serial_family", "verra2", "REF-007"),
        ("unit_programmes", "lookup_mode", "always", "REF-007"),
        ("unit_programmes", "reference", "", "REF-003"),
        ("unit_programmes", "certainty", "sure", "REF-007"),
        ("unit_programmes", "valid_to", "2026-01-01", "REF-008"),
        ("unit_types", "programme", "VCS", "REF-010"),
        ("unit_types", "treaty_basis", "montreal", "REF-007"),
        ("unit_types", "requires_corresponding_adjustment", "maybe", "REF-007"),
        ("unit_types", "metric", "kg", "REF-007"),
        ("unit_eligibility", "programme", "VCS", "REF-010"),
        ("unit_eligibility", "unit_type", "VCU", "REF-010"),
        ("unit_eligibility", "outcome", "perhaps", "REF-007"),
        ("unit_eligibility", "host_include", "XX", "REF-010"),
        ("unit_eligibility", "host_exclude", "ZZ", "REF-010"),
        ("unit_eligibility", "host_exclude", "TR", "REF-014"),
        ("unit_eligibility", "host_include", "TUR", "REF-007"),
        ("unit_eligibility", "vintage_to", "2020-12-31", "REF-014"),
        ("unit_eligibility", "cancelled_to", "2026-01-31", "REF-014"),
        ("unit_eligibility", "authorisation_purposes_required", "NDC|XYZ", "REF-007"),
        ("host_agreements", "host_country", "GH", "REF-010"),
        ("host_agreements", "loa_levy_percent", "100.5", "REF-013"),
        ("host_agreements", "in_force_to", "2026-03-01", "REF-014"),
        ("host_agreements", "signed_on", "soon", "REF-007"),
        ("unit_limits", "percent", "101", "REF-013"),
        ("unit_limits", "percent", "-1", "REF-007"),
        ("unit_limits", "percent", "", "REF-007"),
        ("unit_limits", "base", "net", "REF-007"),
        ("unit_limits", "sublimits", "kyoto=100.1", "REF-013"),
        ("unit_limits", "sublimits", "kyoto", "REF-007"),
        ("unit_limits", "sublimits", "icc=50", "REF-010"),
        ("unit_limits", "sublimits", "kyoto=50|kyoto=40", "REF-014"),
        ("unit_limits", "unit_factors", "icc=1", "REF-010"),
        ("unit_limits", "unit_factors", "kyoto=x", "REF-007"),
        ("unit_limits", "carry_over_years", "1.5", "REF-007"),
        ("unit_limits", "carry_over_cap", "100.01", "REF-013"),
        ("unit_limits", "rounding", "up", "REF-007"),
    ],
)
def test_cell_that_cannot_be_is_named(writer, tmp_path, table, column, value, code):
    writer.cell(table, column, value)
    found = [each for each in problems_of(writer, tmp_path) if each.sheet == f"tables/{table}.csv"]
    assert [(each.code, each.cell, each.field) for each in found] == [(code, "2", column)]
    assert found[0].mend


@pytest.mark.parametrize(("table", "column", "value"), [
    ("host_agreements", "loa_levy_percent", "100"),
    ("unit_limits", "percent", "0"),
    ("unit_limits", "percent", "100"),
    ("unit_limits", "carry_over_cap", ""),
    ("unit_eligibility", "vintage_to", "2021-01-01"),
    ("unit_eligibility", "cancelled_to", "2026-02-01"),
    ("host_agreements", "in_force_to", "2026-03-02"),
])  # fmt: skip
def test_value_at_the_edge_is_sound(writer, tmp_path, table, column, value):
    writer.cell(table, column, value)
    read_pack(writer.write(tmp_path))


@pytest.mark.parametrize("outcome", ["refer", "refuse"])
def test_row_that_does_not_accept_says_why(writer, tmp_path, outcome):
    writer.cell("unit_eligibility", "outcome", outcome)
    read_pack(writer.write(tmp_path / "sound"))
    writer.cell("unit_eligibility", "exclusion_note", "")
    problem = only_problem(writer, tmp_path / "broken")
    assert (problem.code, problem.field) == ("REF-014", "exclusion_note")


def test_label_that_lifts_nothing_is_refused(writer, tmp_path):
    writer.cell("unit_eligibility", "methodology_exclude", "")
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.field, problem.found) == ("REF-014", "exclusion_label", "Label")


@pytest.mark.parametrize("table", ["unit_programmes", "unit_types", "unit_eligibility", "host_agreements"])
def test_two_rows_for_one_key_on_one_day_are_refused(writer, tmp_path, table):
    writer.rows[table].append(list(writer.rows[table][0]))
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.cell) == ("REF-008", "3")
    assert "Rows 2 and 3" in problem.message


def test_two_limits_on_one_day_are_refused_whatever_they_are_called(writer, tmp_path):
    writer.rows["unit_limits"].append(["other", *writer.rows["unit_limits"][0][1:]])
    assert only_problem(writer, tmp_path).code == "REF-008"


def test_rows_that_follow_one_another_are_sound(writer, tmp_path):
    writer.rows["unit_limits"].append(list(writer.rows["unit_limits"][0]))
    writer.cell("unit_limits", "valid_to", "2027-01-01")
    writer.cell("unit_limits", "valid_from", "2027-01-01", row=1)
    read_pack(writer.write(tmp_path))


def test_unit_tables_without_the_section_are_refused(writer, tmp_path):
    del writer.definition["units"]
    assert (only_problem(writer, tmp_path).code, only_problem(writer, tmp_path).field) == ("REF-014", "units")


@pytest.mark.parametrize("table", ["unit_eligibility", "unit_limits"])
def test_surrender_without_its_tables_is_refused(writer, tmp_path, table):
    del writer.rows[table]
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.found) == ("REF-014", table)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("value", "maybe", "REF-007"), ("status", "old", "REF-007"), ("certainty", "sure", "REF-007"),
     ("valid_from", "soon", "REF-007"), ("reference", " ", "REF-003"), ("colour", "red", "REF-002")],
)  # fmt: skip
def test_channel_that_cannot_be_is_named(writer, tmp_path, field, value, code):
    writer.definition["units"]["channels"][0][field] = value
    assert code in {each.code for each in problems_of(writer, tmp_path)}


def test_two_channels_of_one_day_are_refused_and_a_draft_beside_the_law_is_not(writer, tmp_path):
    read_pack(writer.write(tmp_path / "sound"))
    writer.definition["units"]["channels"][0]["valid_to"] = "2027-01-02"
    problem = only_problem(writer, tmp_path / "broken")
    assert (problem.code, problem.found) == ("REF-008", "2027-01-01")
    writer.definition["units"]["channels"][0]["valid_to"] = "2026-01-01"
    assert only_problem(writer, tmp_path / "ends").code == "REF-008"


def test_rule_about_the_channel_may_not_repeat_a_draft(writer, tmp_path):
    writer.definition["rules"]["unit_channel"] = {"value": "none", "reference": "Act 2"}
    read_pack(writer.write(tmp_path / "sound"))
    writer.definition["rules"]["unit_channel"]["value"] = "inside_carbon_price"
    problem = only_problem(writer, tmp_path / "broken")
    assert (problem.code, problem.field) == ("REF-014", "rules.unit_channel")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("filing_deadline", "30 September", "REF-007"),
        ("filing_deadline", "+1-02-30", "REF-007"),
        ("filing_deadline", "+1-13-01", "REF-007"),
        ("intl_credit_cap", "1.1", "REF-013"),
        ("intl_credit_cap", "ten", "REF-007"),
        ("cap_base", "wishes", "REF-007"),
        ("precheck", "maybe", "REF-007"),
        ("host_agreement", "yes", "REF-007"),
        ("order", ["units"], "REF-007"),
        ("purpose_words", "CBAM", "REF-007"),
        ("beneficiary_words", [" "], "REF-007"),
        ("unevidenced_rebate", "kept", "REF-007"),
        ("weather", "fine", "REF-002"),
    ],
)
def test_switch_that_cannot_be_is_named(writer, tmp_path, name, value, code):
    writer.definition["units"]["switches"][name] = {
        "value": value, "certainty": "confirmed", "reference": "Act 2",
    }  # fmt: skip
    problem = only_problem(writer, tmp_path)
    assert (problem.code, problem.field) == (code, f"units.switches.{name}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filing_deadline", "not_stated"), ("filing_deadline", "+0-12-31"), ("intl_credit_cap", "1"),
        ("cap_base", "taxable"), ("precheck", "offered"), ("order", ["price_credit", "units"]), ("purpose_words", []),
    ],
)  # fmt: skip
def test_switch_that_says_something_is_sound(writer, tmp_path, name, value):
    writer.definition["units"]["switches"][name] = {"value": value, "certainty": "confirmed", "reference": "Act 2"}
    read_pack(writer.write(tmp_path))


@pytest.mark.parametrize("broken", [{"value": "none"}, "none", {"value": "none", "certainty": "confirmed"}])
def test_switch_without_certainty_or_reference_is_refused(writer, tmp_path, broken):
    writer.definition["units"]["switches"]["precheck"] = broken
    assert {each.field for each in problems_of(writer, tmp_path)} == {"units.switches.precheck"}


@pytest.mark.parametrize("section", [[], {}, {"channels": []}, {"channels": "none"}])
def test_section_without_channels_is_refused(writer, tmp_path, section):
    writer.definition["units"] = section
    assert ("REF-002", "units") in {(each.code, each.field) for each in problems_of(writer, tmp_path)}


def test_country_may_have_dated_standings(writer, tmp_path):
    writer.extra_columns["countries"] = ["valid_from", "valid_to"]
    writer.rows["countries"] = [
        ["TR", "TUR", "792", "Türkiye", "exempt", "Act 1", "2026-01-01", "2026-07-01"],
        ["TR", "TUR", "792", "Türkiye", "third_country", "Act 1", "2026-07-01", ""],
    ]
    content = read_pack(writer.write(tmp_path / "sound"))
    assert [str(row["valid_to"]) for row in content.tables_of("countries")[0].rows] == ["2026-07-01", "None"]
    writer.rows["countries"][1][6] = "2026-06-30"
    assert only_problem(writer, tmp_path / "broken").code == "REF-008"
