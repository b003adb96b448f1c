from __future__ import annotations

import pytest

from tests.verification.accounting.template.workbooks import changed, reading_of
from verification.accounting.template import TemplateReading, reading_as_contract
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
