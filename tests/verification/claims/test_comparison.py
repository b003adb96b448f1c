"""Comparison of sealed states, field by field."""

import copy

import pytest

from verification.accounting.examples import example_report
from verification.claims.comparison import Change, changes_between

pytestmark = pytest.mark.unit


@pytest.fixture
def content():
    report = example_report("stainless_steelworks")
    good = {"cn": "73041100", "process": "Rolling", "unit": "t", "see_direct": "1.5", "quantity": "10"}
    return {
        "operator": {"name": "Works"},
        "installation": {},
        "reading": {"report": report.as_record(), "goods": [good]},
    }


def changed(content, change):
    other = copy.deepcopy(content)
    change(other)
    return changes_between(content, other)


def test_equal_contents_have_no_changes(content):
    assert changes_between(content, copy.deepcopy(content)) == ()


def test_changed_number_names_part_row_field_and_unit(content):
    def change(other):
        other["reading"]["report"]["source_streams"][0]["activity_data"] = "170000"

    assert changed(content, change) == (
        Change("Fuels and materials", "Natural gas", "Amount in the period", "163806", "170000", "t"),
    )


def test_changed_use_names_both_ends(content):
    def change(other):
        other["reading"]["report"]["processes"][0]["consumed_in"][0]["amount"] = "1"

    (found,) = changed(content, change)
    assert (found.row, found.kind) == ("Electric arc furnace and caster → Rolling and finishing", "changed")


def test_row_that_went_is_removed_field_by_field(content):
    def change(other):
        other["reading"]["report"]["source_streams"].pop(0)

    found = changed(content, change)
    assert {change.kind for change in found} == {"removed"}
    assert {change.row for change in found} == {"Natural gas"}


def test_added_contract_is_added(content):
    def change(other):
        other["reading"]["report"]["precursors"][0]["cn"] = "72026000"

    (found,) = changed(content, change)
    assert (found.kind, found.before, found.after) == ("added", "", "72026000")


def test_results_and_identity_are_compared(content):
    def change(other):
        other["reading"]["goods"][0]["see_direct"] = "1.6"
        other["operator"]["name"] = "Works Ltd"

    assert changed(content, change) == (
        Change("Producer", "", "Name", "Works", "Works Ltd"),
        Change("Results", "73041100 · Rolling", "Direct specific embedded emissions", "1.5", "1.6", "t CO2e/t"),
    )
