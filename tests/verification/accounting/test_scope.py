"""Which indirect emissions count: a process's own by its category, a precursor's by the precursor's (Annex I, 3.1)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from verification.accounting.calculation import calculate
from verification.accounting.model import Consumption, InstallationReport, Precursor, Process, RouteAmount
from verification.accounting.rules import AccountingRules

pytestmark = pytest.mark.unit
RULES = AccountingRules(indirect_scope={"Sintered Ore": True, "Pig iron": False, "Cement": True})
SINTER = Process(
    "P1",
    "Sinter plant",
    "Sintered Ore",
    production=(RouteAmount("All", D(1000)),),
    consumed_in=(Consumption("P2", D(600)),),
    direct_emissions_tco2e=D(200),
    electricity_mwh=D(100),
    electricity_factor_tco2e_per_mwh=D(1),
)
IRON = Process(
    "P2",
    "Blast furnace",
    "Pig iron",
    production=(RouteAmount("All", D(500)),),
    direct_emissions_tco2e=D(900),
    electricity_mwh=D(250),
    electricity_factor_tco2e_per_mwh=D(1),
)
BOUGHT = Precursor(
    "PP1",
    "Bought sinter",
    category="Sintered Ore",
    country="IN",
    consumed_in=(Consumption("P2", D(100)),),
    see_direct_tco2e_per_unit=D("0.3"),
    electricity_mwh_per_unit=D("0.2"),
    electricity_factor_tco2e_per_mwh=D(1),
)


def results(*processes: Process, precursors=(), rules=RULES):
    return calculate(InstallationReport(processes=processes, precursors=precursors), rules=rules)


def test_good_without_indirect_scope_takes_that_of_its_precursors():
    sinter, iron = results(SINTER, IRON, precursors=(BOUGHT,)).processes
    assert (sinter.see_indirect_in_scope.value, sinter.see_in_scope) == (D("0.1"), D("0.3"))
    # Own 250 t do not count; 600 t of own sinter at 0.1 and 100 t bought at 0.2 do.
    assert iron.see_indirect_in_scope.value == (600 * D("0.1") + 100 * D("0.2")) / 500
    assert iron.see_indirect.value == (250 + 600 * D("0.1") + 100 * D("0.2")) / 500
    assert iron.see_in_scope == (900 + 600 * D("0.2") + 100 * D("0.3")) / 500 + D("0.16")


def test_good_with_indirect_scope_leaves_out_that_of_a_precursor_without():
    steel = replace(BOUGHT, category="Pig iron", consumed_in=(Consumption("P3", D(50)),))
    cement = replace(SINTER, id="P3", category="Cement", consumed_in=())
    (found,) = results(cement, precursors=(steel,)).processes
    assert (found.see_indirect_in_scope.value, found.see_indirect.value) == (D("0.1"), D("0.11"))


def test_scope_travels_through_a_process_that_has_none_itself():
    cement = Process(
        "P3",
        "Mill",
        "Cement",
        production=(RouteAmount("All", D(100)),),
        direct_emissions_tco2e=D(10),
        electricity_mwh=D(20),
        electricity_factor_tco2e_per_mwh=D(1),
    )
    iron = replace(IRON, consumed_in=(Consumption("P3", D(50)),))
    *_, found = results(SINTER, iron, cement).processes
    assert found.see_indirect_in_scope.value == (20 + 50 * D("0.12")) / 100


def test_missing_electricity_outside_the_scope_leaves_the_value_in_scope():
    found = results(SINTER, replace(IRON, electricity_mwh=None))
    iron = found.processes[1]
    assert (iron.see_indirect, iron.see_total) == (None, None)
    assert iron.see_in_scope == (900 + 600 * D("0.2")) / 500 + D("0.12")
    assert [(gap.path, gap.is_in_scope) for gap in found.gaps] == [("processes.1.electricity_mwh", False)]


def test_missing_electricity_in_scope_makes_the_value_missing():
    found = results(replace(SINTER, electricity_mwh=None), IRON)
    assert [item.see_in_scope for item in found.processes] == [None, None]
    assert [gap.is_in_scope for gap in found.gaps] == [True]


def test_without_rules_no_scope_is_known_and_nothing_is_missing():
    found = results(SINTER, IRON, rules=AccountingRules())
    assert [item.see_in_scope for item in found.processes] == [None, None]
    assert found.gaps == ()


def test_category_that_the_rules_do_not_know_is_a_gap():
    found = results(replace(SINTER, category="Hydrogen"))
    assert [gap.path for gap in found.gaps] == ["processes.0.category"]
    assert found.processes[0].see_in_scope is None


def test_category_is_found_whatever_its_case():
    (found,) = results(replace(SINTER, category="sintered ore")).processes
    assert found.see_indirect_in_scope.value == D("0.1")


def test_tree_says_that_own_indirect_emissions_do_not_count():
    node = results(SINTER, IRON).processes[1].see_indirect_in_scope
    assert node.inputs[0].formula == "0, own indirect emissions not in scope"
    assert node.reference == "IR (EU) 2025/2547, Annex III, B, eq 59–62; Annex I, 3.1"
