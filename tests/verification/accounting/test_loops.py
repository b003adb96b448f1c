from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import pytest

from verification.accounting.linear import NoFiniteSolution, solve
from verification.accounting.loops import blocks

pytestmark = pytest.mark.unit


def test_chain_is_ordered_from_the_first_supplier():
    assert blocks({"P3": ["P2"], "P2": ["P1"], "P1": []}) == [["P1"], ["P2"], ["P3"]]


def test_processes_that_feed_each_other_stand_together_after_their_suppliers():
    found = blocks({"P1": ["P2"], "P2": ["P3", "P4"], "P3": ["P1"], "P4": [], "P5": ["P1", "P4"]})
    assert [sorted(block) for block in found] == [["P4"], ["P1", "P2", "P3"], ["P5"]]


def test_long_chain_needs_no_deep_stack():
    chain = {f"P{index}": [f"P{index + 1}"] for index in range(5000)} | {"P5000": []}
    assert len(blocks(chain)) == 5001


def test_system_is_solved_without_rounding():
    matrix = [[D("3"), D("-0.1")], [D("-0.2"), D("7")]]
    (first,), (second,) = solve(matrix, [[D(1)], [D(2)]])
    assert (first, second) == (Fraction(72, 10) / Fraction(2098, 100), Fraction(62, 10) / Fraction(2098, 100))


@pytest.mark.parametrize("back", ["3", "3.0000000000000000000000000001"])
def test_flows_that_take_all_or_more_have_no_solution(back):
    with pytest.raises(NoFiniteSolution):
        solve([[D(3), -D(back)], [-D(3), D(3)]], [[D(1)], [D(1)]])


def test_flows_that_leave_the_least_have_one():
    ((first,), _) = solve([[D(3), D("-2.9999999999999999999999999999")], [D(-3), D(3)]], [[D(1)], [D(1)]])
    assert first > 10**27
