"""Nobody is made out in a table: small cells are hidden, and what is shown does not give them away."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.statistics.suppression import FEWEST, has_rows, hidden_cells, is_shown

pytestmark = pytest.mark.unit
COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40), min_size=1)
FEW_CELLS = st.lists(st.integers(1, 9), min_size=1, max_size=4)


def published(counts: dict[str, int]) -> tuple[int | None, dict[str, int | None]]:
    """Everything that a reader sees: the sum where it is shown, the rows where they are, and which are hidden."""
    hidden, total = hidden_cells(counts), sum(counts.values())
    rows = {key: None if key in hidden else count for key, count in counts.items()} if has_rows(counts) else {}
    return (total if is_shown(total) else None), rows


@given(COUNTS)
def test_no_small_cell_is_shown(counts: dict[str, int]) -> None:
    assert {key for key, count in counts.items() if count < FEWEST} <= hidden_cells(counts)


@given(COUNTS)
def test_nothing_is_hidden_without_need(counts: dict[str, int]) -> None:
    if all(count >= FEWEST for count in counts.values()):
        assert hidden_cells(counts) == frozenset()


@given(COUNTS)
def test_sum_less_the_shown_cells_is_no_small_number_and_no_single_cell(counts: dict[str, int]) -> None:
    hidden = hidden_cells(counts)
    if hidden and has_rows(counts):
        assert len(hidden) >= 2
        assert sum(counts[key] for key in hidden) > FEWEST


@settings(max_examples=150, deadline=None)
@given(FEW_CELLS)
def test_reader_who_knows_the_rule_cannot_work_out_a_hidden_cell(values: list[int]) -> None:
    """Every table that would be published alike is tried: each hidden cell has more than one possible value."""
    counts = dict(zip("abcd", values, strict=False))
    seen = published(counts)
    hidden = [key for key, shown in seen[1].items() if shown is None]
    left = sum(counts[key] for key in hidden)
    possible: dict[str, set[int]] = {key: set() for key in hidden}
    for guess in product(range(1, left + 1), repeat=max(0, len(hidden) - 1)):
        last = left - sum(guess)
        other = counts | dict(zip(hidden, [*guess, last], strict=False))
        if last >= 1 and published(other) == seen:
            for key in hidden:
                possible[key].add(other[key])
    assert all(len(each) > 1 for each in possible.values()), (counts, possible)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 4, "b": 20, "c": 9}, {"a", "c"}),
        ({"a": 2, "b": 2, "c": 9, "d": 30}, {"a", "b", "c"}),
        ({"a": 4, "b": 9, "c": 9, "d": 30}, {"a", "b", "c"}),
        ({"a": 5, "b": 6}, set()),
        ({"a": 1, "b": 50}, {"a", "b"}),
        ({"a": 4}, {"a"}),
        ({}, set()),
    ],
)
def test_smallest_of_the_others_is_hidden_with_a_small_cell(counts: dict[str, int], hidden: set[str]) -> None:
    assert hidden_cells(counts) == hidden


def test_a_sum_of_few_is_not_shown() -> None:
    assert [is_shown(total) for total in (0, 4, 5)] == [False, False, True]


def test_table_of_small_cells_alone_is_not_shown() -> None:
    assert [has_rows(counts) for counts in ({"a": 4, "b": 4}, {"a": 4, "b": 5}, {})] == [False, True, False]
