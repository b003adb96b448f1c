"""Adding up decided claims, one at a time, into tables that fit into memory whatever their number. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from verification.statistics.groups import COUNTRY_GROUPS, SIZE_CLASSES
from verification.statistics.suppression import has_rows, hidden_cells, is_shown

MEDIAN, NINTH_DECILE = 50, 90
MOST_GROUNDS = 20
OTHER_GROUNDS = "other"
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "country_group": COUNTRY_GROUPS,
    "size": SIZE_CLASSES,
    "kind": (),
    "year": (),
}
"""By what the tables are split; in this order of rows where one is given, else sorted."""


@dataclass(frozen=True)
class DecidedClaim:
    """What of a decided claim is counted. ``working_days`` are those that officials had it."""

    kind: str
    year: str
    country_group: str
    size: str
    is_approved: bool
    working_days: int
    questions: int
    legal_ground: str = ""


@dataclass
class Cell:
    """Sums over the claims of one group; days as counts of each number of days."""

    claims: int = 0
    approved: int = 0
    questions: int = 0
    days: Counter[int] = field(default_factory=Counter)

    def add(self, claim: DecidedClaim) -> None:
        self.claims += 1
        self.approved += claim.is_approved
        self.questions += claim.questions
        self.days[claim.working_days] += 1

    def figures(self) -> dict[str, Any]:
        """Rates in thousandths, so that the record holds whole numbers alone."""
        return {
            "claims": self.claims,
            "approved_permille": _rounded(self.approved * 1000, self.claims),
            "median_days": percentile(self.days, MEDIAN),
            "ninth_decile_days": percentile(self.days, NINTH_DECILE),
            "questions_permille": _rounded(self.questions * 1000, self.claims),
        }


@dataclass
class Tally:
    total: Cell = field(default_factory=Cell)
    cells: dict[str, dict[str, Cell]] = field(default_factory=lambda: {name: {} for name in DIMENSIONS})
    grounds: Counter[str] = field(default_factory=Counter)

    def add(self, claim: DecidedClaim) -> None:
        self.total.add(claim)
        for name, table in self.cells.items():
            table.setdefault(getattr(claim, name), Cell()).add(claim)
        if not claim.is_approved:
            self.grounds[claim.legal_ground] += 1

    def report(self) -> dict[str, Any]:
        """Tables as they are published: small cells and those that would give them away are not in them."""
        return {
            "total": self.total.figures() if is_shown(self.total.claims) else None,
            "tables": {name: _table(self.cells[name], order) for name, order in DIMENSIONS.items()},
            "refusals": _grounds(self.grounds),
        }


def tally(claims: Iterable[DecidedClaim]) -> Tally:
    found = Tally()
    for claim in claims:
        found.add(claim)
    return found


def percentile(counts: Mapping[int, int], percent: int) -> int:
    """The smallest number of days within which at least ``percent`` of the cases were decided (nearest rank)."""
    rank, passed = ceil(sum(counts.values()) * percent / 100), 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= rank:
            return value
    raise ValueError("There is no percentile of nothing.")


def _table(cells: Mapping[str, Cell], order: tuple[str, ...]) -> list[dict[str, Any]]:
    counts = {key: cell.claims for key, cell in cells.items()}
    if not has_rows(counts):
        return []
    hidden = hidden_cells(counts)
    keys = [key for key in order if key in cells] + sorted(set(cells) - set(order))
    return [{"key": key, "figures": None if key in hidden else cells[key].figures()} for key in keys]


def _grounds(counts: Counter[str]) -> dict[str, Any]:
    """Refusals by legal ground, the most frequent by name and the rest together."""
    named = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_GROUNDS])
    rest = counts.total() - sum(named.values())
    if rest:
        named[OTHER_GROUNDS] = rest
    hidden = hidden_cells(named)
    total = counts.total()
    return {
        "total": total if is_shown(total) else None,
        "grounds": [{"ground": ground, "claims": count} for ground, count in named.items() if ground not in hidden],
        "hidden": len(hidden) if has_rows(named) else 0,
    }


def _rounded(value: int, by: int) -> int:
    """Half up."""
    return (2 * value + by) // (2 * by)
