"""What a value means in money after free allocation: pure arithmetic of one tonne and of one line.

Obligation = embedded emissions - free allocation - carbon price credit, never below zero, for each
good by itself (Regulation (EU) 2023/956, Article 21 and 31; Implementing Regulation (EU) 2025/2620).
The factor reduces the benchmark, not the emissions. Nothing is rounded but the amount of money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from verification.determination.tables import BenchmarkTables, FreeAllocationBenchmark, Parameters, ParameterValue
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import PRECISION

ZERO = Decimal(0)
CENT = Decimal("0.01")
_EXACT = Context(prec=PRECISION, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class PrecursorAllocation:
    """Free allocation that travels with a precursor: tonnes of it per tonne of good, and its own SEFA."""

    tonnes_per_tonne: Decimal
    allocation_per_t: Decimal


@dataclass(frozen=True)
class Side:
    """One basis, per tonne of good: emissions and free allocation in tCO2e/t, cost in money/t unrounded."""

    basis: str
    emissions_per_t: Decimal
    allocation_per_t: Decimal
    obligation_per_t: Decimal
    cost_per_t: Decimal
    benchmark: FreeAllocationBenchmark | None


@dataclass(frozen=True)
class Gain:
    """Default against verified, per tonne of good; ``gain_per_t`` below zero means the verified value costs more."""

    default: Side
    verified: Side
    price: ParameterValue
    gain_per_t: Decimal


@dataclass(frozen=True)
class LineObligation:
    """One customs line; tonnes of CO2e exact, the amount rounded half up to the cent."""

    embedded_t: Decimal
    free_allocation_t: Decimal
    certificates_t: Decimal
    amount: Decimal


def specific_free_allocation(
    benchmark: Decimal, cbam_factor: Decimal, correction: Decimal, precursors: Sequence[PrecursorAllocation] = ()
) -> Decimal:
    """SEFA in tCO2e/t: factor x correction x benchmark, plus what each precursor brings (2025/2620)."""
    with localcontext(_EXACT):
        own = cbam_factor * correction * benchmark
        return own + sum((each.tonnes_per_tonne * each.allocation_per_t for each in precursors), ZERO)


def obligation_of_line(
    *, emissions_per_t: Decimal, allocation_per_t: Decimal, mass_t: Decimal, price: Decimal,
    credit_t: Decimal = ZERO,
) -> LineObligation:  # fmt: skip
    """Certificates and amount for a mass in tonnes; ``credit_t`` is the carbon price credit in tCO2e."""
    with localcontext(_EXACT):
        embedded = emissions_per_t * mass_t
        allocation = allocation_per_t * mass_t
        certificates = max(ZERO, embedded - allocation - credit_t)
        return LineObligation(embedded, allocation, certificates, (certificates * price).quantize(CENT))


def benchmark_for(tables: BenchmarkTables, good: str, column: str, route: str, on: date) -> FreeAllocationBenchmark:
    """The benchmark of the good's column and route on the day.

    Several routes joined by a slash (steel of several alloy grades) take the highest. Raises
    ``MissingReference``, naming the routes that there are.
    """
    holding = [each for each in tables.free_allocation.get((good[:8], column), ()) if on in each.span]
    if not holding:
        raise MissingReference(f"There is no benchmark, column {column}, for {good[:8]} on {on}.")
    by_route = {each.route: each for each in holding}
    if list(by_route) == [""]:
        return by_route[""]
    matching = [by_route[letter] for letter in route.split("/") if letter in by_route]
    if not matching:
        said = f"not for route {route}" if route else "but no route was said"
        raise MissingReference(
            f"Benchmarks, column {column}, for {good[:8]} exist for routes {', '.join(sorted(by_route))}, {said}."
        )
    return max(matching, key=lambda each: each.value)


def has_free_allocation(parameters: Parameters) -> bool:
    """Whether the scheme takes free allocation off, as the European one does."""
    return {"cbam_factor", "cross_sectoral_correction"} <= set(parameters.obligation)


def price_at(parameters: Parameters, on: date) -> ParameterValue:
    """Money per tCO2e on the day. Raises ``MissingReference`` where the scheme sets none or has not published it."""
    if "price" not in parameters.obligation:
        raise MissingReference(f"{parameters.scheme} sets no price in money.")
    return parameters.at(parameters.obligation["price"], on)


def side_for(
    basis: str, emissions_per_t: Decimal, *, good: str, route: str, on: date, tables: BenchmarkTables,
    parameters: Parameters, precursors: Sequence[PrecursorAllocation] = (),
) -> Side:  # fmt: skip
    """One side of the comparison; ``basis`` is ``verified`` (column A) or ``default`` (column B).

    A scheme that names no factor has no free allocation. Raises ``MissingReference`` where factor, correction,
    benchmark or price has not been published, or the scheme sets no price.
    """
    price = price_at(parameters, on).value
    benchmark = None
    allocation = ZERO
    factor = parameters.at(parameters.obligation["cbam_factor"], on).value if has_free_allocation(parameters) else ZERO
    if factor:
        correction = parameters.at(parameters.obligation["cross_sectoral_correction"], on).value
        benchmark = benchmark_for(tables, good, "A" if basis == "verified" else "B", route, on)
        allocation = specific_free_allocation(benchmark.value, factor, correction, precursors)
    with localcontext(_EXACT):
        obligation = max(ZERO, emissions_per_t - allocation)
        return Side(basis, emissions_per_t, allocation, obligation, obligation * price, benchmark)


def gain_between(default: Side, verified: Side, price: ParameterValue) -> Gain:
    """Money per tonne that the verified value saves against the default."""
    with localcontext(_EXACT):
        return Gain(default, verified, price, default.cost_per_t - verified.cost_per_t)
