"""Arithmetic of blocks: examples from real registries, and laws that hold for all blocks."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.units.blocks import Block, conflicts, overlaps_within, take, without

pytestmark = pytest.mark.unit

NUMBERS = st.integers(min_value=0, max_value=60)
BLOCKS = st.builds(
    lambda key, start, length: Block(key, start, start + length), st.sampled_from(["VERRA", "GS:1"]), NUMBERS, NUMBERS
)


def numbers(block: Block | None) -> set[tuple[str, int]]:
    return set() if block is None else {(block.family_key, each) for each in range(block.start, block.end + 1)}


def test_new_claim_overlaps_an_approved_one_and_goes_beyond_the_issue():
    issued = Block("GS:30073", 1, 117192)
    claimed = Block("GS:30073", 100001, 120000)
    assert claimed.overlap(issued).quantity == 17192
    (beyond,) = without(claimed, [issued])
    assert (beyond.start, beyond.end, beyond.quantity) == (117193, 120000, 2808)


def test_partial_acceptance_leaves_the_rest_free():
    accepted, free = take(Block("VERRA", 936487628, 936491271), 1000)
    assert (accepted.start, accepted.end, accepted.quantity) == (936487628, 936488627, 1000)
    assert (free.start, free.end, free.quantity) == (936488628, 936491271, 2644)


@pytest.mark.parametrize(
    ("quantity", "taken", "left"), [(0, None, 5), (1, 1, 4), (4, 4, 1), (5, 5, None), (6, 5, None)]
)
def test_take_at_the_edges(quantity, taken, left):
    parts = take(Block("VERRA", 10, 14), quantity)
    assert tuple(each.quantity if each else None for each in parts) == (taken, left)


def test_quantity_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        take(Block("VERRA", 1, 2), -1)


def test_block_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="2 to 1"):
        Block("VERRA", 2, 1)


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (Block("VERRA", 1, 9), None),
        (Block("VERRA", 1, 10), (10, 10)),
        (Block("VERRA", 12, 13), (12, 13)),
        (Block("VERRA", 20, 30), (20, 20)),
        (Block("VERRA", 21, 30), None),
        (Block("GS:1", 10, 20), None),
    ],
)
def test_neighbours_touch_without_overlap(other, common):
    found = Block("VERRA", 10, 20).overlap(other)
    assert (found and (found.start, found.end)) == common


def test_retired_block_inside_its_issue_is_found_with_its_places():
    blocks = [Block("GS:30256", 110, 5463), Block("GS:30255", 110, 5463), Block("GS:30256", 1, 5485)]
    assert overlaps_within(blocks) == [(0, 2, Block("GS:30256", 110, 5463))]


def test_without_cuts_a_block_in_pieces():
    left = without(Block("VERRA", 1, 10), [Block("VERRA", 8, 8), Block("VERRA", 3, 4), Block("VERRA", 4, 5)])
    assert [(each.start, each.end) for each in left] == [(1, 2), (6, 7), (9, 10)]


@given(st.lists(BLOCKS, max_size=12))
def test_overlaps_are_those_of_every_pair(blocks):
    pairs = [(one, other, blocks[one].overlap(blocks[other])) for one, other in combinations(range(len(blocks)), 2)]
    assert overlaps_within(blocks) == [each for each in pairs if each[2] is not None]


@given(st.lists(BLOCKS, max_size=12))
def test_conflicts_name_every_block_that_overlaps_and_no_other(blocks):
    found = conflicts(blocks)
    in_pairs = {place for pair in overlaps_within(blocks) for place in pair[:2]}
    assert set(found) == in_pairs
    assert all(place != other and blocks[place].overlap(blocks[other]) == common
               for place, (other, common) in found.items())  # fmt: skip


@given(BLOCKS, st.integers(min_value=0, max_value=130))
def test_taking_loses_and_doubles_nothing(block, quantity):
    accepted, free = take(block, quantity)
    assert numbers(accepted) | numbers(free) == numbers(block)
    assert not numbers(accepted) & numbers(free)
    assert len(numbers(accepted)) == min(quantity, block.quantity)
    assert not accepted or not free or accepted.end < free.start


@given(BLOCKS, st.lists(BLOCKS, max_size=8))
def test_without_keeps_exactly_what_the_others_do_not_hold(block, others):
    left = without(block, others)
    kept = [number for each in left for number in numbers(each)]
    assert len(kept) == len(set(kept))
    assert set(kept) == numbers(block) - {number for each in others for number in numbers(each)}
    assert left == sorted(left)


def test_search_grows_with_the_blocks_and_not_with_their_pairs():
    blocks = [Block("VERRA", start, start + 9) for start in range(0, 300_000, 10)]
    started = time.perf_counter()
    assert overlaps_within(blocks) == []
    assert time.perf_counter() - started < 5


def test_one_block_pasted_many_times_is_answered_without_all_pairs():
    blocks = [Block("VERRA", 1, 9)] * 20_000
    assert len(overlaps_within(blocks, at_most=100)) == 100
    assert len(conflicts(blocks)) == 20_000
