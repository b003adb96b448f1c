from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from tests.verification.accounting.template.workbooks import changed, reading_of
from verification.accounting.calculation import calculate
from verification.accounting.examples import example_report
from verification.accounting.rules import AccountingRules
from verification.accounting.template import TemplateReading, reading_as_contract, report_as_contract
from verification.accounting.tree import shown
from verification.kernel.canonical import canonical_bytes

pytestmark = pytest.mark.unit
FIXED_GOOD = {
    "cn",
    "category",
    "route",
    "unit",
    "quantity",
    "see_direct",
    "see_indirect",
    "see_total",
    "stated",
    "difference",
}
FIXED_PROBLEM = {"severity", "code", "sheet", "cell", "found", "expected", "message", "mend"}


def test_contract_has_the_fixed_names_and_no_float(tmp_path):
    contract = reading_as_contract(reading_of(changed(tmp_path / "x.xlsx", {("Summary_Products", "I10"): 1.5})))
    assert {"template", "installation", "period", "processes", "precursors", "goods", "problems"} <= set(contract)
    assert set(contract["goods"][0]) >= FIXED_GOOD
    assert set(contract["problems"][0]) >= FIXED_PROBLEM
    canonical_bytes(contract)


def test_contract_states_values_route_and_quantity(tmp_path):
    good = reading_as_contract(reading_of(changed(tmp_path / "x.xlsx", {})))["goods"][1]
    assert (good["cn"], good["category"], good["route"]) == (
        "73041100",
        "Iron or steel products",
        "All production routes",
    )
    assert (good["unit"], good["quantity"], good["quantity_shared_by"]) == ("t", "1133000", 3)
    assert (good["see_direct"], good["see_indirect"], good["see_total"]) == (
        "1.439606487781",
        "1.731481513131",
        "3.171088000912",
    )
    assert good["difference"]["see_total"] == "0"


def test_contract_route_leaves_out_routes_without_production(tmp_path):
    good = reading_as_contract(reading_of(changed(tmp_path / "x.xlsx", {})))["goods"][0]
    assert good["route"] == "Electric arc furnace"


def test_difference_is_stated_minus_recomputed(tmp_path):
    contract = reading_as_contract(reading_of(changed(tmp_path / "x.xlsx", {("Summary_Products", "I10"): 1.5})))
    assert contract["goods"][0]["stated"]["see_direct"] == "1.5"
    assert contract["goods"][0]["difference"]["see_direct"] == "0.498509587893"


def test_missing_value_is_null_in_the_contract(tmp_path):
    contract = reading_as_contract(reading_of(changed(tmp_path / "x.xlsx", {("D_Processes", "L65"): None})))
    good = contract["goods"][0]
    assert (good["see_indirect"], good["see_total"]) == (None, None)
    assert "see_indirect" not in good["difference"]


def test_unreadable_file_still_has_the_shape():
    contract = reading_as_contract(TemplateReading())
    assert (contract["goods"], contract["processes"], contract["problems"]) == ([], [], [])


RULES = AccountingRules(
    indirect_scope={"Cement": True, "Cement clinker": True}, functional_unit={"Cement": "clinker_factor"}
)


def two_cements():
    """The cement example with two compositions, each with the quantity made of it."""
    report = example_report("cement")
    (only,) = report.products
    goods = tuple(
        replace(only, id=name, quantity=D(quantity), parameters={"clinker_factor": D(share)})
        for name, quantity, share in (("1", "600000", "0.95"), ("2", "400000", "0.65"))
    )
    return replace(report, products=goods)


def test_contract_can_be_made_of_a_report_alone():
    report = two_cements()
    contract = report_as_contract(report, calculate(report, rules=RULES))
    first, second = contract["goods"]
    assert (first["quantity"], first["quantity_shared_by"], second["quantity"]) == ("600000", 1, "400000")
    # The mean tonne holds 0.83 t of clinker.
    assert (
        second["see_in_scope"]
        == second["see_total"]
        == shown(D(contract["processes"][0]["see_in_scope"]) / D("0.83") * D("0.65"))
    )
    assert second["per_functional_unit"]["unit"] == "t clinker"
    assert second["per_functional_unit"]["content"] == "0.65"
    assert set(second["per_functional_unit"]) == {"unit", "content", "see_direct", "see_indirect", "see_in_scope"}
    assert (contract["problems"], first["stated"], contract["template"]["name"]) == ([], {}, "")
    canonical_bytes(contract)


def test_contract_has_reconciliation_and_balances():
    contract = report_as_contract(two_cements(), calculate(two_cements(), rules=RULES))
    assert contract["reconciliation"] == {
        "installation_direct_tco2e": "1037310",
        "energy_units_direct_tco2e": "0",
        "processes_direct_tco2e": "1037310",
        "rest_tco2e": "0",
        "factor": "1",
        "is_applied": False,
    }
    assert set(contract["balances"]) == {"heat_tj", "waste_gas_tj", "electricity_mwh"}
    assert contract["balances"]["electricity_mwh"] == {"supplied": None, "used": "193864.473684211"}


def test_contract_without_rules_knows_no_scope_and_no_functional_unit(tmp_path):
    good = reading_as_contract(reading_of(changed(tmp_path / "x.xlsx", {})))["goods"][0]
    assert (good["see_indirect_in_scope"], good["see_in_scope"], good["per_functional_unit"]) == (None, None, None)
    assert good["quantity_shared_by"] == 1


def test_contract_without_a_result_has_every_key():
    report = example_report("cement")
    contract = report_as_contract(report, None)
    assert contract["reconciliation"]["factor"] is None
    assert (contract["balances"], contract["goods"][0]["see_direct"]) == ({}, None)


def test_result_as_record_holds_every_tree():
    record = calculate(two_cements(), rules=RULES).as_record()
    assert [len(record[name]) for name in ("streams", "processes", "products")] == [4, 1, 2]
    tree = record["products"][1]["see_direct"]
    assert (tree["formula"], tree["unit"]) == ("SEE per functional unit × content", "t CO2e/t")
    assert tree["inputs"][0]["inputs"][0]["formula"] == "AttrEm / AL"
    assert (record["gaps"], record["mismatches"], record["loop"]) == ([], [], "")
