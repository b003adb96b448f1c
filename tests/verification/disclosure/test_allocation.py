"""Specific embedded free allocation along a chain of processes and precursors (2025/2620)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from verification.accounting.enums import ValueSource
from verification.accounting.model import Consumption, InstallationReport, Precursor, Process, Product, RouteAmount
from verification.determination.tables import BenchmarkTables, FreeAllocationBenchmark, Parameters, ParameterValue
from verification.disclosure.allocation import Yardstick, free_allocations
from verification.kernel.errors import MissingReference
from verification.kernel.spans import Span

pytestmark = pytest.mark.unit
ON = date(2026, 12, 31)
YEAR = Span.year(2026)


def benchmark(cn: str, value: str, route: str = "") -> FreeAllocationBenchmark:
    return FreeAllocationBenchmark(cn, "A", route, Decimal(value), YEAR, "test")


def yardstick(*rows: FreeAllocationBenchmark, **defaults: str) -> Yardstick:
    table: dict[tuple[str, str], tuple[FreeAllocationBenchmark, ...]] = {}
    for row in rows:
        table[row.cn_code, "A"] = (*table.get((row.cn_code, "A"), ()), row)
    series = {
        "cbam_factor": (ParameterValue("cbam_factor", Decimal("0.975"), "1", YEAR, "test"),),
        "correction": (ParameterValue("correction", Decimal(1), "1", YEAR, "test"),),
    }
    parameters = Parameters(
        "test", (), {}, 3, series, obligation={"cbam_factor": "cbam_factor", "cross_sectoral_correction": "correction"}
    )

    def of_default(cn: str, country: str) -> Decimal:
        if cn not in defaults:
            raise MissingReference(f"There is no benchmark for {cn} of {country}.")
        return Decimal(defaults[cn])

    return Yardstick(BenchmarkTables("", {}, {}, (), table), parameters, ON, of_default)


def process(key: str, category: str, amount: str, *uses: Consumption, route: str = "All production routes") -> Process:
    return Process(key, key, category, production=(RouteAmount(route, Decimal(amount)),), consumed_in=uses)


def chain(**changes: object) -> InstallationReport:
    """1100 t of iron go into 1000 t of steel, and 1000 t of steel into 950 t of sections."""
    parts: dict[str, object] = {
        "processes": (
            process("DRI", "Direct reduced iron", "1100", Consumption("EAF", Decimal(1100))),
            process("EAF", "Crude steel", "1000", Consumption("MILL", Decimal(1000))),
            process("MILL", "Iron or steel products", "950"),
        ),
        "products": (
            Product("1", "DRI", "72031000"),
            Product("2", "EAF", "72061000"),
            Product("3", "MILL", "72142000"),
        ),
    }
    return InstallationReport(**(parts | changes))  # type: ignore[arg-type]


def test_chain_adds_what_each_precursor_brings():
    """The Commission's chain: 0.295, 0.065 and 0.038 become 0.287625, 0.3797625 and 0.4368."""
    rows = (benchmark("72031000", "0.295"), benchmark("72061000", "0.065"), benchmark("72142000", "0.038"))
    values = [found.value for found in free_allocations(chain(), yardstick(*rows))]
    assert values[:2] == [Decimal("0.287625"), Decimal("0.3797625")]
    assert round(values[2], 10) == Decimal("0.4368000000")


def test_benchmark_of_several_routes_needs_the_route():
    rows = [benchmark("72031000", "0.295"), benchmark("72142000", "0.038")]
    rows += [benchmark("72061000", "0.065", "D"), benchmark("72061000", "0.057", "E")]
    found = free_allocations(chain(), yardstick(*rows))
    assert found[0].value == Decimal("0.287625")
    assert (found[1].value, found[2].value) == (None, None)
    assert "routes D, E" in found[1].why_missing


def test_route_of_aluminium_follows_from_the_report():
    report = chain(
        processes=(process("CAST", "Unwrought aluminium", "10", route="Secondary melting (recycling)"),),
        products=(Product("1", "CAST", "76011000"),),
    )
    rows = (benchmark("76011000", "1.423", "K"), benchmark("76011000", "0.1", "L"))
    (found,) = free_allocations(report, yardstick(*rows))
    assert found.value == Decimal("0.0975")
    assert "route L" in found.grounds


@pytest.mark.parametrize(("variant", "value"), [("White clinker", "0.859"), ("grey", "0.666"), ("", None)])
def test_route_of_clinker_follows_from_its_variant(variant, value):
    report = chain(
        processes=(process("KILN", "Cement clinker", "10"),),
        products=(Product("1", "KILN", "25231000", variant=variant),),
    )
    tables = yardstick(benchmark("25231000", "0.666", "A"), benchmark("25231000", "0.859", "B"))
    (found,) = free_allocations(report, tables)
    assert found.value == (None if value is None else Decimal(value) * Decimal("0.975"))


def bought(**changes: object) -> InstallationReport:
    details: dict[str, object] = {
        "name": "Slabs",
        "cn": "72071210",
        "country": "IN",
        "consumed_in": (Consumption("MILL", Decimal(190)),),
        "see_direct_source": ValueSource.DEFAULT,
    }
    return chain(
        processes=(process("MILL", "Iron or steel products", "95"),),
        products=(Product("1", "MILL", "72142000"),),
        precursors=(Precursor("B1", **(details | changes)),),  # type: ignore[arg-type]
    )


def test_bought_precursor_on_default_values_brings_the_default_allocation():
    tables = yardstick(benchmark("72142000", "0.04"), **{"72071210": "1.5"})
    (found,) = free_allocations(bought(), tables)
    assert found.value == Decimal("3.039")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"see_direct_source": ValueSource.MEASURED}, "known to its producer only"),
        ({"see_direct_source": None}, "known to its producer only"),
        ({"cn": ""}, "has no CN code"),
        ({"cn": "72071111"}, "There is no benchmark for 72071111 of IN"),
    ],
)
def test_bought_precursor_that_tells_too_little_leaves_no_number(changes, why):
    tables = yardstick(benchmark("72142000", "0.04"), **{"72071210": "1.5"})
    (found,) = free_allocations(bought(**changes), tables)
    assert found.value is None
    assert why in found.why_missing


def test_process_that_makes_its_precursors_within_leaves_no_number():
    whole = Process(
        "P1", "Works", "Iron or steel products", included_categories=("Pig iron", "Only direct production"),
        production=(RouteAmount("All production routes", Decimal(10)),),
    )  # fmt: skip
    report = chain(processes=(whole,), products=(Product("1", "P1", "72142000"),))
    (found,) = free_allocations(report, yardstick(benchmark("72142000", "0.04")))
    assert found.why_missing == "Works makes Pig iron within itself, in amounts that the report does not give"


def test_circle_of_processes_leaves_no_number():
    report = chain(
        processes=(
            process("A", "Crude steel", "10", Consumption("B", Decimal(1))),
            process("B", "Iron or steel products", "10", Consumption("A", Decimal(1))),
        ),
        products=(Product("1", "A", "72061000"), Product("2", "B", "72142000")),
    )
    found = free_allocations(report, yardstick(benchmark("72061000", "0.1"), benchmark("72142000", "0.1")))
    assert {each.why_missing for each in found} == {"processes use each other’s goods in a circle"}
