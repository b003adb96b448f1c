"""How many tonnes units may cover, and what of a claim is accepted: exact decimals, nothing cut in silence.

Symbols: m mass of a goods line (t), SEE its specific embedded emissions (tCO2e/t), FA its free allocation (tCO2e/t).
Gross G = sum m x SEE. Adjustable A = sum max(0, m x SEE - m x FA). Limit L = floor(percent x base) + carry-over.
Accepted U = min(sum of accepted blocks, L, floor(A)). Net obligation N = A - U. The specific embedded emissions of
the goods are never changed by units: they go on to buyers who use the goods as precursors.

Rounding: L and sub-limits down to the whole tonne, units are whole; nothing else is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact
from verification.units.rules import LimitPolicy

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class GoodsLine:
    """One line of goods. Raises ``ValueError`` for a negative quantity."""

    number: int
    mass_t: Decimal
    specific_emissions_tco2e_per_t: Decimal
    free_allocation_tco2e_per_t: Decimal = ZERO

    def __post_init__(self) -> None:
        if min(self.mass_t, self.specific_emissions_tco2e_per_t, self.free_allocation_tco2e_per_t) < 0:
            raise ValueError(f"Line {self.number} has a quantity below zero.")

    @property
    def gross_tco2e(self) -> Decimal:
        with exact():
            return self.mass_t * self.specific_emissions_tco2e_per_t

    @property
    def adjustable_tco2e(self) -> Decimal:
        """After free allocation, never below zero: one good's surplus does not help another."""
        with exact():
            return max(ZERO, self.gross_tco2e - self.mass_t * self.free_allocation_tco2e_per_t)


@dataclass(frozen=True)
class Emissions:
    """Sums over goods lines, in tCO2e and t. The other two bases are stated, not worked out from goods."""

    gross_tco2e: Decimal
    adjustable_tco2e: Decimal
    mass_t: Decimal = ZERO
    scheme_obligation_tco2e: Decimal | None = None
    taxable_tco2e: Decimal | None = None


def emissions_of(
    lines: Sequence[GoodsLine], *, scheme_obligation_tco2e: Decimal | None = None, taxable_tco2e: Decimal | None = None
) -> Emissions:
    """G, A and mass of the lines."""
    with exact():
        return Emissions(
            gross_tco2e=sum((line.gross_tco2e for line in lines), ZERO),
            adjustable_tco2e=sum((line.adjustable_tco2e for line in lines), ZERO),
            mass_t=sum((line.mass_t for line in lines), ZERO),
            scheme_obligation_tco2e=scheme_obligation_tco2e,
            taxable_tco2e=taxable_tco2e,
        )


def base_of(policy: LimitPolicy, emissions: Emissions) -> Decimal:
    """The quantity of which the limit is a percentage, in tCO2e.

    Raises ``MissingReference`` where the policy asks for a base that was not stated, ``ValueError`` for one that is
    not known.
    """
    bases: Mapping[str, Decimal | None] = {
        "gross": emissions.gross_tco2e,
        "adjustable": emissions.adjustable_tco2e,
        "scheme_obligation": emissions.scheme_obligation_tco2e,
        "taxable": emissions.taxable_tco2e,
    }
    if policy.base not in bases:
        raise ValueError(f"{policy.base} is not a base of a limit.")
    base = bases[policy.base]
    if base is None:
        raise MissingReference(
            f"The limit is a percentage of the {policy.base.replace('_', ' ')}, which is not stated."
        )
    return base


def limit_of(policy: LimitPolicy, base_tco2e: Decimal, carry_t: Decimal = ZERO) -> Decimal:
    """L in whole tonnes: the own entitlement of the period and what was carried into it.

    Raises ``ValueError`` for a base or carry-over below zero.
    """
    if base_tco2e < 0 or carry_t < 0:
        raise ValueError("The base of a limit and a carry-over are not below zero.")
    return entitlement_of(policy, base_tco2e) + carry_t


def entitlement_of(policy: LimitPolicy, base_tco2e: Decimal) -> Decimal:
    """The own limit of the period in whole tonnes, without carry-over."""
    with exact():
        return floor_t(policy.percent * base_tco2e / HUNDRED)


@dataclass(frozen=True)
class OfferedBlock:
    """A block in the claimant's order; ``quantity`` is a number of units. Raises ``ValueError`` below one unit."""

    block: str
    unit_class: str
    quantity: int

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise ValueError(f"Block {self.block} offers no unit.")


@dataclass(frozen=True)
class BlockAcceptance:
    """What was taken of a block, in units, and in tonnes by the factor of its class.

    ``cut_by`` names what stopped the rest: limit, sublimit, adjustable emissions; empty where all was taken.
    """

    block: str
    unit_class: str
    offered: int
    accepted: int
    accepted_t: Decimal
    cut_by: tuple[str, ...] = ()

    @property
    def excess(self) -> int:
        """Units that go back to the claimant, not consumed."""
        return self.offered - self.accepted


@dataclass(frozen=True)
class Acceptance:
    """Accepted and excess for each block in its order and for each class. ``adjustable_tco2e`` is A, exact."""

    blocks: tuple[BlockAcceptance, ...]
    limit_t: Decimal
    adjustable_tco2e: Decimal
    sublimits_t: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def accepted_t(self) -> Decimal:
        with exact():
            return sum((each.accepted_t for each in self.blocks), ZERO)

    @property
    def excess(self) -> int:
        return sum(each.excess for each in self.blocks)

    @property
    def headroom_t(self) -> Decimal:
        """Tonnes of the limit that are left."""
        with exact():
            return self.limit_t - self.accepted_t

    @property
    def net_obligation_tco2e(self) -> Decimal:
        return net_obligation(self.adjustable_tco2e, self.accepted_t)

    def accepted_by_class(self) -> dict[str, Decimal]:
        """Tonnes, for every class that was offered."""
        return _by_class([(each.unit_class, each.accepted_t) for each in self.blocks])

    def excess_by_class(self) -> dict[str, int]:
        """Units, for every class that was offered."""
        found: dict[str, int] = {}
        for each in self.blocks:
            found[each.unit_class] = found.get(each.unit_class, 0) + each.excess
        return found


def accept(
    offered: Sequence[OfferedBlock], policy: LimitPolicy, limit_t: Decimal, adjustable_tco2e: Decimal
) -> Acceptance:
    """Take blocks in the claimant's order, each as far as limit, sub-limit of its class and floor(A) leave room.

    What a class may not use stays open for the others. Raises ``ValueError`` for a limit or emissions below zero.
    """
    if limit_t < 0 or adjustable_tco2e < 0:
        raise ValueError("A limit and adjustable emissions are not below zero.")
    with exact():
        sublimits = {name: floor_t(percent * limit_t / HUNDRED) for name, percent in policy.sublimits.items()}
        room = _Room(limit_t, floor_t(adjustable_tco2e), dict(sublimits))
        blocks = tuple(room.take(block, policy.unit_factors.get(block.unit_class, ONE)) for block in offered)
    return Acceptance(blocks, limit_t, adjustable_tco2e, sublimits)


@dataclass
class _Room:
    """Tonnes that are still open while blocks are taken."""

    limit_t: Decimal
    adjustable_t: Decimal
    sublimits_t: dict[str, Decimal]

    def take(self, block: OfferedBlock, factor: Decimal) -> BlockAcceptance:
        open_t = {"limit": self.limit_t, "adjustable": self.adjustable_t}
        if block.unit_class in self.sublimits_t:
            open_t["sublimit"] = self.sublimits_t[block.unit_class]
        units = {name: int(floor_t(tonnes / factor)) if factor else 0 for name, tonnes in open_t.items()}
        accepted = min(block.quantity, *units.values())
        tonnes = accepted * factor
        self.limit_t -= tonnes
        self.adjustable_t -= tonnes
        if block.unit_class in self.sublimits_t:
            self.sublimits_t[block.unit_class] -= tonnes
        cut_by = tuple(name for name, most in units.items() if most == accepted) if accepted < block.quantity else ()
        return BlockAcceptance(block.block, block.unit_class, block.quantity, accepted, tonnes, cut_by)


@dataclass(frozen=True)
class PeriodUse:
    """One past period: its year, policy, own entitlement and what was used in it, in tonnes."""

    year: int
    policy: LimitPolicy
    entitlement_t: Decimal
    used_t: Decimal


def carry_into(year: int, past: Sequence[PeriodUse]) -> Decimal:
    """Tonnes of earlier limits that may still be used in ``year``.

    A use draws on what was carried before the period's own entitlement, the oldest first, for that lapses first.
    Raises ``ValueError`` where more was used than there was, or periods are not in order of their years.
    """
    carried: list[tuple[int, Decimal]] = []
    with exact():
        for position, period in enumerate(past):
            if position and period.year <= past[position - 1].year:
                raise ValueError("Past periods come in the order of their years, each once.")
            left = period.used_t
            still_open = []
            for last_year, tonnes in carried:
                if last_year >= period.year:
                    drawn = min(tonnes, left)
                    left -= drawn
                    still_open.append((last_year, tonnes - drawn))
            if left > period.entitlement_t:
                raise ValueError(f"More was used in {period.year} than the limit allowed.")
            carried = [*still_open, (period.year + period.policy.carry_over_years, _carried(period, left))]
        return sum((tonnes for last_year, tonnes in carried if last_year >= year), ZERO)


def _carried(period: PeriodUse, used_of_own_t: Decimal) -> Decimal:
    unused = period.entitlement_t - used_of_own_t
    cap = period.policy.carry_over_cap
    return unused if cap is None else min(unused, floor_t(cap * period.entitlement_t / HUNDRED))


def allocate(accepted_t: Decimal, lines: Sequence[GoodsLine]) -> dict[int, int]:
    """Whole tonnes for each line by its number, in proportion to its adjustable emissions; the sum is exact.

    Tonnes that are left go to the largest remainders, ties to the lower line number. Raises ``ValueError`` for
    tonnes that are not whole, for more than the lines carry, and for a line number that stands twice.
    """
    adjustable = {line.number: line.adjustable_tco2e for line in lines}
    with exact():
        whole = sum(adjustable.values(), ZERO)
        if len(adjustable) != len(lines):
            raise ValueError("A line number stands twice.")
        if accepted_t != floor_t(accepted_t) or accepted_t < 0 or accepted_t > whole:
            raise ValueError("Only whole tonnes, not more than the lines carry, can be allocated to them.")
        if not whole:
            return dict.fromkeys(adjustable, 0)
        shares = {number: accepted_t * tonnes / whole for number, tonnes in adjustable.items()}
        given = {number: int(floor_t(share)) for number, share in shares.items()}
        by_remainder = sorted(shares, key=lambda number: (given[number] - shares[number], number))
        for number in by_remainder[: int(accepted_t) - sum(given.values())]:
            given[number] += 1
    return given


def net_obligation(adjustable_tco2e: Decimal, accepted_t: Decimal) -> Decimal:
    """N in tCO2e, never below zero."""
    with exact():
        return max(ZERO, adjustable_tco2e - accepted_t)


def information_intensity(emissions: Emissions, accepted_t: Decimal) -> Decimal:
    """(A - U) / mass in tCO2e/t: for information only, never exported as embedded emissions, never for precursors.

    Raises ``ValueError`` for goods without mass.
    """
    if emissions.mass_t <= 0:
        raise ValueError("Goods without mass have no intensity.")
    with exact():
        return net_obligation(emissions.adjustable_tco2e, accepted_t) / emissions.mass_t


@dataclass(frozen=True)
class Levies:
    """Units of an issuance under Article 6.4 of the Paris Agreement, and where they go."""

    adaptation: int
    mitigation: int
    available: int


def article_6_4_levies(issued: int, *, adaptation_share: Decimal, mitigation_share: Decimal) -> Levies:
    """The shares for the Adaptation Fund and for overall mitigation, both of what was issued, rounded up to the unit.

    The shares are fractions, set by decision 3/CMA.3, annex; how part units are rounded was not read, and up favours
    the fund and the atmosphere. Raises ``ValueError`` for a negative issuance or shares above the whole.
    """
    if issued < 0 or min(adaptation_share, mitigation_share) < 0 or adaptation_share + mitigation_share > 1:
        raise ValueError("Levies are shares of an issuance that is not below zero.")
    with exact():
        adaptation = min(issued, int(-floor_t(-issued * adaptation_share)))
        mitigation = min(issued - adaptation, int(-floor_t(-issued * mitigation_share)))
    return Levies(adaptation, mitigation, issued - adaptation - mitigation)


@dataclass(frozen=True)
class TaxedEmissions:
    """A carbon tax before and after units; money in the currency of the rate, unrounded."""

    taxable_tco2e: Decimal
    taxed_tco2e: Decimal
    tax_before: Decimal
    tax_after: Decimal
    cost_of_units: Decimal

    @property
    def saving(self) -> Decimal:
        with exact():
            return self.tax_before - self.tax_after - self.cost_of_units


def tax_after_units(
    emissions_tco2e: Decimal, *, tax_free_percent: Decimal, policy: LimitPolicy, units: int, rate: Decimal,
    price_of_unit: Decimal,
) -> TaxedEmissions:  # fmt: skip
    """The South African form: a tax-free part comes off first, the limit is a percentage of total emissions.

    ``rate`` is money per tCO2e, ``price_of_unit`` money per unit; units that are not accepted cost nothing here.
    Raises ``ValueError`` for a tax-free part that is no percentage.
    """
    if not 0 <= tax_free_percent <= HUNDRED:
        raise ValueError("The tax-free part is a percentage.")
    with exact():
        taxable = emissions_tco2e * (HUNDRED - tax_free_percent) / HUNDRED
        emissions = Emissions(emissions_tco2e, taxable, taxable_tco2e=taxable)
        offered = [OfferedBlock("units", "", units)] if units else []
        taken = accept(offered, policy, limit_of(policy, base_of(policy, emissions)), taxable)
        used = sum(each.accepted for each in taken.blocks)
        taxed = taken.net_obligation_tco2e
        return TaxedEmissions(taxable, taxed, taxable * rate, taxed * rate, used * price_of_unit)


def floor_t(tonnes: Decimal) -> Decimal:
    """Down to the whole tonne."""
    return tonnes.to_integral_value(rounding=ROUND_FLOOR)


def _by_class(amounts: Sequence[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    with exact():
        for name, amount in amounts:
            found[name] = found.get(name, ZERO) + amount
    return found
