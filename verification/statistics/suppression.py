"""Which cells of a table are not shown, so that nobody can be made out in it. Pure.

A cell of fewer than ``FEWEST`` cases is hidden, and with it every cell that holds the smallest other number: the sum
less the shown cells is then never a small one, and each hidden cell may be the large one or a small one. Ties are
hidden together, for a choice among them would tell which it was. Where every cell is small the table is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping

FEWEST = 5


def is_shown(total: int) -> bool:
    """Whether a sum is shown at all."""
    return total >= FEWEST


def has_rows(counts: Mapping[str, int]) -> bool:
    """Whether the table is shown: some cell is large enough."""
    return any(is_shown(count) for count in counts.values())


def hidden_cells(counts: Mapping[str, int]) -> frozenset[str]:
    """Keys of the cells that are not shown beside their sum."""
    small = frozenset(key for key, count in counts.items() if not is_shown(count))
    if not small:
        return small
    smallest_other = min((count for key, count in counts.items() if key not in small), default=None)
    return small | frozenset(key for key, count in counts.items() if count == smallest_other)
