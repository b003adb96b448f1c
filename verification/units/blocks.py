"""Blocks of numbered units: what they have in common, what is taken of them and what stays.

Numbers are inclusive at both ends and each is one tonne of CO2 equivalent. Blocks of different families never
meet, whatever their numbers.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Block:
    """Numbers ``start`` to ``end`` of the number space ``family_key``.

    Raises ``ValueError`` when the end is before the start.
    """

    family_key: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"A block must not end before it starts: {self.start} to {self.end}.")

    @property
    def quantity(self) -> int:
        """Tonnes of CO2 equivalent: one for each number."""
        return self.end - self.start + 1

    def overlap(self, other: Block) -> Block | None:
        """The units that both hold, or ``None``."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Block(self.family_key, start, end) if self.family_key == other.family_key and start <= end else None


def overlaps_within(blocks: Sequence[Block], *, at_most: int | None = None) -> list[tuple[int, int, Block]]:
    """Every pair of places in ``blocks`` that hold the same units, and those units (check D-INTERNAL).

    Each pair comes once with the smaller place first, sorted. The work grows with the number of blocks and of
    pairs found, not with all pairs. A paste of one line many times has very many pairs: ``at_most`` stops the
    search after so many, and then which of them are found is not specified.
    """
    found: list[tuple[int, int, Block]] = []
    for pair in _pairs(blocks):
        if at_most is not None and len(found) >= at_most:
            break
        found.append(pair)
    return sorted(found)


def _pairs(blocks: Sequence[Block]) -> Iterator[tuple[int, int, Block]]:
    """Sweep over the blocks by start; ``reaching`` are those whose end has not been passed, nearest end first."""
    reaching: list[tuple[int, int]] = []
    family_key = None
    for place in sorted(range(len(blocks)), key=lambda each: (blocks[each].family_key, blocks[each].start)):
        block = blocks[place]
        if block.family_key != family_key:
            family_key, reaching = block.family_key, []
        while reaching and reaching[0][0] < block.start:
            heapq.heappop(reaching)
        for end, other in reaching:
            common = Block(block.family_key, block.start, min(end, block.end))
            yield min(place, other), max(place, other), common
        heapq.heappush(reaching, (block.end, place))


def conflicts(blocks: Sequence[Block]) -> dict[int, tuple[int, Block]]:
    """For every place whose block shares units with another one: one such other place, and the units.

    Like ``overlaps_within``, but with one answer for each block, however many copies of it there are.
    """
    found: dict[int, tuple[int, Block]] = {}
    furthest: int | None = None
    for place in sorted(range(len(blocks)), key=lambda each: (blocks[each].family_key, blocks[each].start)):
        common = blocks[place].overlap(blocks[furthest]) if furthest is not None else None
        if furthest is not None and common is not None:
            found.setdefault(place, (furthest, common))
            found.setdefault(furthest, (place, common))
        if furthest is None or (blocks[place].family_key, blocks[place].end) > (
            blocks[furthest].family_key,
            blocks[furthest].end,
        ):
            furthest = place
    return found


def take(block: Block, quantity: int) -> tuple[Block | None, Block | None]:
    """The first ``quantity`` tonnes, which are accepted, and the remainder, which stays free.

    The whole block is taken where it holds fewer; either part may be ``None``. Raises ``ValueError`` for a
    quantity below zero.
    """
    if quantity < 0:
        raise ValueError(f"A quantity below zero cannot be taken: {quantity}.")
    if quantity == 0:
        return None, block
    if quantity >= block.quantity:
        return block, None
    cut = block.start + quantity
    return Block(block.family_key, block.start, cut - 1), Block(block.family_key, cut, block.end)


def without(block: Block, others: Iterable[Block]) -> list[Block]:
    """What is left of ``block`` without the units of ``others``, in order (check D-ISSUED: beyond the issued end)."""
    left = []
    start = block.start
    for common in sorted(filter(None, (block.overlap(other) for other in others))):
        if common.start > start:
            left.append(Block(block.family_key, start, common.start - 1))
        start = max(start, common.end + 1)
    if start <= block.end:
        left.append(Block(block.family_key, start, block.end))
    return left
