"""What a calculation lacks is said at the field of the form that gives it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from verification.accounting.calculation import calculate
from verification.accounting.entry.gaps import field_of, problems_of_result
from verification.accounting.examples import example_report
from verification.accounting.model import Precursor, RouteAmount, Supply

pytestmark = pytest.mark.unit


@pytest.fixture
def report():
    found = example_report("stainless_steelworks")
    supplied = replace(found.precursors[0], supplies=(Supply("L1"), Supply("L2", amount=Decimal(2))))
    return replace(found, precursors=(supplied, *found.precursors[1:]))


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("source_streams.0.emission_factor", "streams/S1/emission_factor"),
        ("processes.0.electricity_factor_tco2e_per_mwh", "energy_use/P1/electricity_factor"),
        ("processes.1.heat.import_factor_tco2_per_tj", "energy_use/P2/heat_import_factor"),
        ("processes.0.direct_emissions_tco2e", "processes/P1/direct_emissions"),
        ("processes.0.production", "route_production/P1/amount"),
        ("precursors.0.supplies.1.see_direct_tco2e_per_unit", "deliveries/L2/see_direct"),
        ("precursors.1.see_direct_tco2e_per_unit", "precursors/PP2/see_direct"),
        ("precursors.1.consumed_in.0.amount", "precursor_use/PP2~P1/amount"),
        ("products.0.parameters.clinker_factor", "composition/1~clinker_factor/value"),
        ("totals.other_processes_direct_tco2e", "totals/-/other_processes_direct"),
        ("processes.1", "processes/P2/name"),
        ("nothing.9.of_it", "nothing.9.of_it"),
    ],
)
def test_path_of_the_record_leads_to_its_field(report, path, field):
    assert field_of(report, path) == field


def test_complete_report_has_no_problem():
    report = example_report("cement")
    assert problems_of_result(report, calculate(report)) == ()


def test_process_without_production_is_said_at_its_production(report):
    process = replace(report.processes[1], production=(RouteAmount("All production routes", Decimal(0)),))
    flawed = replace(report, processes=(report.processes[0], process))
    fields = {problem.field for problem in problems_of_result(flawed, calculate(flawed))}
    assert "route_production/P2/amount" in fields


def test_processes_that_feed_each_other_without_end_are_said_once():
    report = example_report("stainless_steelworks")
    one, two = report.processes
    level = one.activity_level
    one = replace(one, consumed_in=(replace(one.consumed_in[0], amount=two.activity_level),))
    two = replace(two, consumed_in=(replace(report.processes[0].consumed_in[0], process="P1", amount=level),))
    flawed = replace(report, processes=(one, two))
    codes = [problem.code for problem in problems_of_result(flawed, calculate(flawed))]
    assert codes.count("ENT-101") == 1


def test_precursor_without_value_is_said_at_the_precursor():
    report = example_report("stainless_steelworks")
    empty = replace(report.precursors[0], see_direct_tco2e_per_unit=None)
    assert isinstance(empty, Precursor)
    flawed = replace(report, precursors=(empty, *report.precursors[1:]))
    assert "precursors/PP1/see_direct" in {p.field for p in problems_of_result(flawed, calculate(flawed))}
