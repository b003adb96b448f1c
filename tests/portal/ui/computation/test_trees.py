import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from portal.ui.computation.page import computation_context, readable
from portal.ui.computation.places import Step, cell_of
from portal.ui.computation.recalculation import Recalculation
from portal.ui.computation.trees import COLUMNS, Tree, as_csv, as_json, trees_of
from tests.portal.ui.computation.reports import STEEL, chain, loop, stream, with_co_products
from verification.accounting.calculation import calculate
from verification.accounting.entry.gaps import field_of
from verification.accounting.examples import example_names, example_report
from verification.accounting.goods import content_rules
from verification.accounting.model import InstallationReport
from verification.accounting.rules import AccountingRules
from verification.kernel.quantities import exact

pytestmark = pytest.mark.unit
D = Decimal


def recalculation(report: InstallationReport, rules: AccountingRules = STEEL) -> Recalculation:
    result = calculate(report, rules=rules)
    return Recalculation(report, result, tuple(product.see_in_scope for product in result.products))


def tree(report: InstallationReport, key: str) -> Tree:
    return next(tree for tree in trees_of(recalculation(report)) if tree.key == key)


def steps(tree: Tree) -> dict[str, Step]:
    return {step.path: step for root in tree.steps for step in root.all()}


def fields(tree: Tree) -> set[str]:
    return {step.field for step in steps(tree).values() if step.field}


@pytest.mark.parametrize("report", [*map(example_report, example_names()), chain(), loop(), with_co_products()])
def test_every_leaf_says_where_it_comes_from(report):
    found = trees_of(recalculation(report))
    leaves = [step for tree in found for step in steps(tree).values() if not step.steps]
    assert leaves
    # Zeros that a rule sets say the rule; results of other parts of the page are led to by their process.
    lost = [step.path for step in leaves if not (step.field or step.process or step.node.reference)]
    assert lost == []


@pytest.mark.parametrize("report", [*map(example_report, example_names()), chain(), with_co_products()])
def test_every_field_is_one_that_the_form_asks(report):
    for tree in trees_of(recalculation(report)):
        for field in fields(tree):
            assert field_of(report, field).count("/") == 2, field


@pytest.mark.parametrize("report", [chain(), loop(), with_co_products(), example_report("cement")])
def test_steps_follow_the_nodes_of_the_calculation(report):
    for tree in trees_of(recalculation(report)):
        for step in steps(tree).values():
            assert tuple(below.node for below in step.steps) == step.node.inputs


def test_paths_are_each_given_once():
    found = [step.path for tree in trees_of(recalculation(chain())) for root in tree.steps for step in root.all()]
    assert len(found) == len(set(found))


def test_leaves_lead_to_the_fields_that_gave_them():
    found = steps(tree(chain(), "good-1"))
    by_field = {step.field: step.node.value for step in found.values() if step.field}
    assert by_field["source_streams.0.activity_data"] == 1000
    assert by_field["source_streams.0.attributed_to.1"] == 20
    assert by_field["processes.1.heat.imported_tj"] == 5
    assert by_field["chp_units.0.fuel_tj"] == 20
    assert by_field["source_streams.2.activity_data"] == 400
    assert by_field["electricity_sources.0.factor_tco2e_per_mwh"] == D("0.4")
    assert by_field["precursors.1.supplies.1.see_direct_tco2e_per_unit"] == 3
    assert by_field["precursors.1.supplies.0.see_indirect_tco2e_per_unit"] == D("0.2")
    with exact():
        assert by_field["precursors.1.consumed_in.0.amount"] == D(50) / D(820)
        assert by_field["processes.0.consumed_in.0.amount"] == D(800) / D(820)


def test_own_made_precursor_leads_to_the_process_that_makes_it():
    processes = {step.process for step in steps(tree(chain(), "good-1")).values() if step.process}
    assert processes == {"P1"}


def test_single_traced_delivery_is_the_one_that_counts():
    report = chain()
    slabs = replace(
        report.precursors[1],
        is_traced_subset=True,
        supplies=(report.precursors[1].supplies[0], replace(report.precursors[1].supplies[1], is_traced=True)),
    )
    found = fields(tree(replace(report, precursors=(report.precursors[0], slabs)), "good-1"))
    assert "precursors.1.supplies.1.see_direct_tco2e_per_unit" in found
    assert not any(field.startswith("precursors.1.supplies.0") for field in found)


def test_reconciled_process_shows_what_was_stated_and_the_factor():
    report = replace(loop(), totals=replace(loop().totals, is_reconciled=True))
    found = fields(tree(report, "process-0"))
    assert {"totals.is_reconciled", "processes.0.direct_emissions_tco2e"} <= found


def test_stream_without_a_number_has_no_steps():
    report = replace(chain(), source_streams=(*chain().source_streams, replace(stream("S4", "1"), activity_data=None)))
    assert tree(report, "stream-S4").steps == ()


def test_table_has_one_line_a_step_with_every_digit():
    found = recalculation(chain())
    trees = trees_of(found)
    rows = list(csv.DictReader(io.StringIO(as_csv(found, trees))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(steps(tree)) for tree in trees)
    values = {row["path"]: row["value"] for row in rows}
    assert D(values["good-1.see_direct"]) == found.result.products[1].see_direct.value


@pytest.mark.parametrize("name", ["=cmd()", "+1", "@x", "-1", "\tx"])
def test_table_holds_no_formula_of_a_spreadsheet(name):
    report = replace(chain(), source_streams=(replace(stream("S1", "5"), name=name), *chain().source_streams[1:]))
    found = recalculation(report)
    labels = {row["path"]: row["label"] for row in csv.DictReader(io.StringIO(as_csv(found, trees_of(found))))}
    assert labels["stream-S1"] == f"'{name}"


def test_record_holds_the_whole_tree():
    found = recalculation(chain())
    record = as_json(found, trees_of(found), "EC-1")
    assert record["schema"] == "computation/1"
    assert record["goods_as_recorded"] == [True, True]
    good = record["trees"][1]
    assert (good["key"], good["cn"]) == ("good-1", "72139120")
    first = good["values"][0]
    assert D(first["value"]) == found.result.products[1].see_direct.value
    assert [item["label"] for item in first["inputs"]][:2] == ["Attributed direct emissions", "AL"]


def test_good_by_its_composition_says_what_it_contains_and_which_value_it_is():
    report = example_report("fertiliser")
    by_nitrogen = replace(STEEL, functional_unit={"Mixed fertilisers": "nitrogen_share"},
                          indirect_scope={"Mixed fertilisers": True, "Urea": True, "Ammonia": True})  # fmt: skip
    found = recalculation(report, by_nitrogen)
    parameter = content_rules()["nitrogen_share"]
    assert parameter.content(report.products[0])
    context = computation_context(found, "good-0", lambda field: f"/{field}")
    assert [(step.label, step.words) for step in context["steps"]] == [
        ("SEE of the good", "direct"),
        ("SEE of the good", "indirect, in scope"),
        ("SEE of the good", "indirect, all of it"),
    ]
    leaves = [step for root in context["chosen"].steps for step in root.all() if not step.steps]
    assert [step.path for step in leaves if not (step.field or step.process or step.node.reference)] == []
    assert context["steps"][0].steps[1].address == "/products.0.parameters"


def test_value_that_the_rules_of_today_give_otherwise_is_noticed():
    result = calculate(chain(), rules=STEEL)
    found = Recalculation(chain(), result, (D(1), result.products[1].see_in_scope))
    assert [found.is_as_recorded(position) for position in (0, 1)] == [False, True]
    assert not Recalculation(chain(), calculate(chain()), (D(1), None)).is_as_recorded(0)


def test_cell_of_a_field_or_of_the_first_number_below_it():
    report = InstallationReport(sources={"processes.0.production.0.amount": "D!L16", "processes.0.name": "D!B1"})
    assert cell_of(report, "processes.0.production") == "D!L16"
    assert cell_of(report, "processes.0.name") == "D!B1"
    assert cell_of(report, "processes.0") == "D!L16"
    assert cell_of(report, "processes.1") == ""
    assert cell_of(report, "") == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("1.234567", "1.23457"),
        ("12345.6", "12\u00a0345.6"),
        ("0.000012345678", "0.000012346"),
        ("-0.5", "\u22120.5"),
    ],
)
def test_numbers_are_readable_and_never_round_to_nothing(value, shown):
    assert readable(D(value)) == shown
