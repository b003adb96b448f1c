from datetime import date
from decimal import Decimal

import pytest

from tests.factories.determination import dated, parameters_of, tables_of
from verification.determination.obligation import (
    PrecursorAllocation,
    benchmark_for,
    gain_between,
    obligation_of_line,
    side_for,
    specific_free_allocation,
)
from verification.determination.tables import FreeAllocationBenchmark
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact, round_half_up
from verification.kernel.spans import Span

pytestmark = pytest.mark.unit

ON = date(2026, 3, 1)
ONE = Decimal(1)
FACTOR = Decimal("0.975")


def benchmark(column, route, value, span=None):
    span = span or Span(date(2026, 1, 1), date(2031, 1, 1))
    return FreeAllocationBenchmark("72083900", column, route, Decimal(value), span, "Act 1, Annex")


TABLES = tables_of(
    free_allocation={
        ("72083900", "A"): (benchmark("A", "", "0.044"),),
        ("72083900", "B"): (benchmark("B", "C", "1.370"), benchmark("B", "D", "0.481"), benchmark("B", "E", "0.072")),
        ("72071111", "B"): (
            benchmark("B", "", "0.717", Span(date(2026, 1, 1), date(2028, 1, 1))),
            benchmark("B", "", "0.686", Span(date(2028, 1, 1), date(2031, 1, 1))),
        ),
    }
)
PARAMETERS = parameters_of(
    factor=dated("factor", ("0.975", "2026-01-01", "2034-01-01"), ("0", "2034-01-01", None)),
    correction=dated("correction", ("1", "2026-01-01", None)),
    price=dated("price", ("80", "2026-01-01", "2026-07-01"), ("80", "2034-01-01", None)),
)


def side(basis, value, route="", on=ON, precursors=()):
    return side_for(
        basis, Decimal(value), good="72083900", route=route, on=on, tables=TABLES, parameters=PARAMETERS,
        precursors=precursors,
    )  # fmt: skip


def test_free_allocation_travels_down_a_chain_of_precursors():
    dri = specific_free_allocation(Decimal("0.295"), FACTOR, ONE)
    eaf = specific_free_allocation(Decimal("0.065"), FACTOR, ONE, [PrecursorAllocation(Decimal("1.1"), dri)])
    with exact():
        tonnes = Decimal(1000) / 950
    mill = specific_free_allocation(Decimal("0.038"), FACTOR, ONE, [PrecursorAllocation(tonnes, eaf)])
    assert (dri, eaf, round_half_up(mill, 9)) == (Decimal("0.287625"), Decimal("0.3797625"), Decimal("0.4368"))


def test_obligation_is_never_below_zero():
    line = obligation_of_line(
        emissions_per_t=Decimal("0.1"), allocation_per_t=Decimal("0.5"), mass_t=Decimal(10), price=Decimal(80)
    )
    assert (line.certificates_t, line.amount) == (Decimal(0), Decimal("0.00"))


def test_credit_reduces_the_obligation_after_free_allocation():
    line = obligation_of_line(
        emissions_per_t=Decimal(2), allocation_per_t=Decimal(1), mass_t=Decimal(10), price=Decimal(80),
        credit_t=Decimal(4),
    )  # fmt: skip
    assert (line.certificates_t, line.amount) == (Decimal(6), Decimal("480.00"))


def test_compound_route_takes_the_highest_benchmark():
    assert benchmark_for(TABLES, "72083900", "B", "C/F", ON).value == Decimal("1.370")
    assert benchmark_for(TABLES, "72083900", "B", "E/D", ON).value == Decimal("0.481")


def test_single_benchmark_needs_no_route():
    assert benchmark_for(TABLES, "7208390010", "A", "C", ON).value == Decimal("0.044")


def test_benchmark_follows_the_production_period():
    assert benchmark_for(TABLES, "72071111", "B", "", date(2027, 12, 31)).value == Decimal("0.717")
    assert benchmark_for(TABLES, "72071111", "B", "", date(2028, 1, 1)).value == Decimal("0.686")


@pytest.mark.parametrize("route", ["", "K"])
def test_missing_route_is_refused_with_the_routes_there_are(route):
    with pytest.raises(MissingReference, match="routes C, D, E"):
        benchmark_for(TABLES, "72083900", "B", route, ON)


def test_missing_benchmark_is_refused():
    with pytest.raises(MissingReference, match="no benchmark, column A, for 72071111"):
        benchmark_for(TABLES, "72071111", "A", "", ON)


def test_unpublished_price_is_refused():
    with pytest.raises(MissingReference, match="no price for 2026-10-01"):
        side("default", "2.671", "C", on=date(2026, 10, 1))


def test_year_without_free_allocation_needs_no_benchmark():
    ended = side("default", "3.519", "C", on=date(2034, 3, 1))
    assert (ended.allocation_per_t, ended.benchmark, ended.obligation_per_t) == (0, None, Decimal("3.519"))


def test_gain_sets_column_a_against_column_b():
    default, verified = side("default", "4.708", "C"), side("verified", "1.8")
    gain = gain_between(default, verified, PARAMETERS.at("price", ON))
    assert (default.cost_per_t, verified.cost_per_t) == (Decimal("269.78"), Decimal("140.568"))
    assert gain.gain_per_t == Decimal("129.212")


def test_lower_value_can_cost_more_when_precursors_allocation_is_missing():
    gain = gain_between(side("default", "2.671", "C"), side("verified", "2.5"), PARAMETERS.at("price", ON))
    assert gain.gain_per_t < 0


def test_precursors_allocation_raises_the_gain():
    bare = side("verified", "1.8")
    carried = side("verified", "1.8", precursors=[PrecursorAllocation(Decimal("1.05"), Decimal("1.2"))])
    assert carried.obligation_per_t == bare.obligation_per_t - Decimal("1.26")
