from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.accounting.entry.claims import GOOD, spoilt
from verification.accounting.entry.interpretation import interpret, problems_of_row
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.enums import StreamMethod
from verification.accounting.model import RouteAmount, Share

pytestmark = pytest.mark.unit


def test_good_claim_is_read_in_base_units_without_a_problem():
    read = interpret(GOOD)
    coal, meal = read.report.source_streams
    assert read.problems == ()
    assert (coal.method, coal.attributed_to) == (
        StreamMethod.COMBUSTION,
        (Share("P1", Decimal(60)), Share("P2", Decimal(40))),
    )
    assert (meal.activity_data, meal.activity_unit, meal.emission_factor, meal.emission_factor_unit) == (
        Decimal(1255000),
        "t",
        Decimal("0.525"),
        "tCO2/t",
    )
    assert [item.production for item in read.report.processes] == [
        (RouteAmount("All production routes", Decimal(1255000)),),
        (RouteAmount("Electric arc furnace", Decimal(10)),),
    ]
    assert (read.report.products[0].cn, read.report.products[0].parameters) == (
        "25231000",
        {"clinker_factor": Decimal("0.95")},
    )
    assert (read.report.pfc_streams[0].production_t, read.report.pfc_streams[0].collection_efficiency) == (
        Decimal(10000),
        Decimal("0.98"),
    )


def test_every_number_leads_back_to_its_answer():
    sources = interpret(GOOD).report.sources
    assert {path: sources[path] for path in sources if path.startswith("source_streams.0.a")} == {
        "source_streams.0.activity_data": "streams/S1/activity_data",
        "source_streams.0.activity_unit": "streams/S1/activity_data",
        "source_streams.0.attributed_to.0.target": "attribution/S1~P1/target",
        "source_streams.0.attributed_to.0.percent": "attribution/S1~P1/percent",
        "source_streams.0.attributed_to.1.target": "attribution/S1~P2/target",
        "source_streams.0.attributed_to.1.percent": "attribution/S1~P2/percent",
    }
    assert sources["processes.0.production"] == "route_production/P1~All production routes/amount"
    assert sources["processes.0.heat.imported_tj"] == "energy_use/P1/heat_imported"
    assert sources["products.0.parameters.clinker_factor"] == "composition/N1~clinker_factor/value"


def test_goods_categories_follow_from_processes_and_routes():
    goods = interpret(GOOD).report.goods
    assert [(item.id, item.category, item.routes) for item in goods] == [
        ("G1", "Cement clinker", ()),
        ("G2", "Crude steel", ("Electric arc furnace",)),
    ]


BAD = [
    ("installation/-/name", "", "ENT-001", "block"),
    ("period/-/ends_on", None, "ENT-001", "block"),
    ("streams/S1/activity_data", "lots", "ENT-002", "block"),
    ("streams/S1/activity_data", "88 000 t", "ENT-002", "block"),
    ("streams/S1/activity_data", "88,000", "ENT-003", "block"),
    ("streams/S1/activity_data", "1e999999", "ENT-004", "block"),
    ("streams/S1/activity_data", "9" * 41, "ENT-004", "block"),
    ("streams/S1/activity_data", "8.8e4", "ENT-005", "warn"),
    ("streams/S1/net_calorific_value", "-25", "ENT-006", "block"),
    ("installation/-/latitude", "-91", "ENT-006", "block"),
    ("streams/S1/biomass", "101", "ENT-007", "block"),
    ("streams/S1/activity_data", "1e16", "ENT-007", "block"),
    ("composition/N1~clinker_factor/value", "101", "ENT-007", "block"),
    ("anode_effects/A1/production", "0", "ENT-008", "block"),
    ("plan/-/months_monitored", "3.5", "ENT-009", "block"),
    ("plan/-/months_monitored", "13", "ENT-007", "block"),
    ("streams/S1/activity_data.unit", "", "ENT-010", "block"),
    ("streams/S1/activity_data.unit", "barrel", "ENT-011", "block"),
    ("route_production/P1~All production routes/amount.unit", "MWh", "ENT-012", "block"),
    ("streams/S1/method", "guess", "ENT-013", "block"),
    ("composition/N1~gold_share/parameter", "gold_share", "ENT-013", "block"),
    ("energy_use/P1/has_waste_gases", "maybe", "ENT-014", "block"),
    ("period/-/ends_on", "31 December", "ENT-015", "block"),
    ("period/-/ends_on", "2026-02-30", "ENT-015", "block"),
    ("period/-/ends_on", "03/04/2026", "ENT-016", "block"),
    ("installation/-/country", "Atlantis", "ENT-017", "block"),
    ("processes/P1/category", "Gold", "ENT-018", "block"),
    ("route_production/P2~Blast furnace route/amount", "1", "ENT-010", "block"),
    ("goods/N1/process", "P9", "ENT-020", "block"),
    ("attribution/S9~P1/percent", "1", "ENT-020", "block"),
    ("processes/P2/name", "kiln", "ENT-022", "block"),
    ("streams/S2/name", "Coal", "ENT-022", "warn"),
    ("period/-/ends_on", "2025-12-31", "ENT-024", "block"),
    ("attribution/S1~P2/percent", "0.5", "ENT-025", "block"),
    ("streams/S1/carbon_content", "0.7", "ENT-026", "warn"),
    ("streams/S1/activity_data.unit", "1000Nm3", "ENT-027", "block"),
    ("streams/S2/emission_factor.unit", "kgCO2/Nm3", "ENT-027", "block"),
    ("installation/-/un_locode", "TRGZTXX", "ENT-028", "block"),
    ("installation/-/name", "Kiln\x07works", "ENT-029", "block"),
    ("secrets/-/name", "x", "ENT-030", "block"),
    ("streams/S1/colour", "black", "ENT-031", "warn"),
    ("production/P9/produced_for_market", "1", "ENT-033", "block"),
    ("goods_categories/G1/category", "Urea", "ENT-034", "warn"),
    ("streams/S~3/name", "Gas", "ENT-035", "block"),
    ("goods/N1/cn", "25231", "ENT-036", "block"),
]


@pytest.mark.parametrize(("address", "text", "code", "severity"), BAD)
def test_bad_answer_is_told_with_its_code_and_the_rest_gets_in(address, text, code, severity):
    read = interpret(spoilt(address, text))
    told = [(item.code, item.severity) for item in read.problems]
    assert (code, severity) in told
    assert all(item.message and item.mend and item.field for item in read.problems)
    assert len(read.report.processes) >= 2


@pytest.mark.parametrize(
    ("address", "text", "path"),
    [
        ("streams/S1/activity_data", "lots", "activity_data"),
        ("streams/S1/activity_data", "88,000", "activity_data"),
        ("streams/S1/net_calorific_value", "-25", "net_calorific_value_gj_per_unit"),
        ("streams/S1/biomass", "101", "biomass_percent"),
        ("streams/S1/emission_factor.unit", "", "emission_factor"),
    ],
)
def test_number_that_cannot_be_read_is_missing_and_never_zero(address, text, path):
    answers = spoilt(address, text)
    stream = interpret(answers).report.source_streams[0]
    assert getattr(stream, path) is None


def test_problem_names_what_was_found_and_what_is_expected():
    answers = spoilt("streams/S1/net_calorific_value", "-25")
    (problem,) = interpret(answers).problems
    assert (problem.field, problem.found, problem.expected, problem.message) == (
        "streams/S1/net_calorific_value",
        "-25",
        "at least 0 GJ/t",
        "Net calorific value: A negative number is not possible here: -25 GJ/t.",
    )


def test_foreign_route_is_told_and_its_amount_still_counts():
    answers = spoilt("route_production/P2~Blast furnace route/amount", "7")
    answers["route_production"]["P2~Blast furnace route"]["amount.unit"] = "t"
    read = interpret(answers)
    assert [item.code for item in read.problems] == ["ENT-019"]
    assert read.report.processes[1].activity_level == 17


def test_pair_given_in_two_rows_is_told():
    answers = deepcopy(GOOD)
    answers["attribution"]["again"] = {"emitter": "Coal", "target": "P1", "percent": "0", "percent.unit": "%"}
    assert [(item.code, item.field) for item in interpret(answers).problems] == [
        ("ENT-023", "attribution/again/target")
    ]


def test_link_may_name_a_row_and_an_ambiguous_name_is_refused():
    assert interpret(spoilt("goods/N1/process", "KILN")).report.products[0].process == "P1"
    answers = spoilt("goods/N1/process", "Kiln")
    answers["processes"]["P2"]["name"] = "Kiln"
    assert "ENT-021" in [item.code for item in interpret(answers).problems]


def test_decimal_comma_is_the_writers():
    answers = spoilt("streams/S1/net_calorific_value", "25,125")
    assert interpret(answers, ",").report.source_streams[0].net_calorific_value_gj_per_unit == Decimal("25.125")
    assert [item.code for item in interpret(answers, ".").problems] == ["ENT-003"]


def test_no_answers_at_all_tell_what_every_claim_needs():
    assert [item.field for item in interpret({}).problems] == [
        "installation/-/name",
        "installation/-/city",
        "installation/-/country",
        "period/-/starts_on",
        "period/-/ends_on",
    ]


@pytest.mark.parametrize(("address", "text", "code", "severity"), [item for item in BAD if item[0].count("/") == 2])
def test_one_row_tells_the_same_as_the_whole(address, text, code, severity):
    section, row, _ = address.split("/")
    answers = spoilt(address, text)
    if section == "secrets":
        with pytest.raises(LookupError):
            problems_of_row(section, row, answers)
        return
    whole = [item for item in interpret(answers).problems if item.field.startswith(f"{section}/{row}/")]
    kept = [item for item in whole if item.code != "ENT-034"]  # of the report as a whole
    assert sorted(map(str, problems_of_row(section, row, answers))) == sorted(map(str, kept))


KEYS = st.one_of(st.sampled_from(["-", "P1", "S1", "S1~P1", "~", "", "N1~clinker_factor"]), st.text(max_size=6))
NAMES = sorted({name for section in SECTIONS for field in section.fields for name in (field.name, field.unit_name)})
ANSWERS = st.dictionaries(
    st.sampled_from([section.key for section in SECTIONS]),
    st.dictionaries(
        KEYS,
        st.dictionaries(
            st.one_of(st.sampled_from(NAMES), st.text(max_size=6)),
            st.one_of(
                st.text(max_size=12), st.sampled_from(["1", "-1", "1e9", "t", "%", "yes", "Cement", "P1", "2026-1-1"])
            ),
            max_size=8,
        ),
        max_size=3,
    ),
    max_size=8,
)


@given(ANSWERS, st.sampled_from(".,"))
@settings(max_examples=100, deadline=None)
def test_any_answers_give_a_report_that_has_a_record(answers, mark):
    read = interpret(answers, mark)
    assert type(read.report).from_record(read.report.as_record()) == read.report
    assert all(
        item.field.split("/")[0] in answers or not answers.get(item.field.split("/")[0]) for item in read.problems
    )
