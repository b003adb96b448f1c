"""Results that the file states, beside those recomputed from its inputs.

A difference is a finding when it is beyond the rounding that the law asks for: five decimals for
specific embedded emissions, whole tonnes for period totals (2025/2547 Annex II, A.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.calculation import InstallationResult
from verification.accounting.model import InstallationReport, MeasuredSource, PfcStream, Product, SourceStream
from verification.accounting.template import layout
from verification.accounting.template.cells import Cells
from verification.accounting.template.reading import Stated
from verification.accounting.tree import shown
from verification.kernel.quantities import SEE_DECIMALS, exact

SPECIFIC_TOLERANCE = Decimal(5).scaleb(-SEE_DECIMALS - 1)
WHOLE_TONNE_TOLERANCE = Decimal("0.5")
BINARY_NOISE = Decimal("0.000000001")
SEE_RESULTS = ("see_direct", "see_indirect", "see_total")


@dataclass(frozen=True)
class Pair:
    """One result by its path: the cell that states it and what was recomputed (``None``: cannot be)."""

    path: str
    sheet: str
    cell: str
    computed: Decimal | None
    tolerance: Decimal


def compare(cells: Cells, report: InstallationReport, result: InstallationResult) -> Stated:
    """The stated results; notes TPL-070 for differences, TPL-071 or TPL-026 for results not saved."""
    values: dict[str, Decimal] = {}
    sources: dict[str, str] = {}
    unsaved: list[Pair] = []
    for pair in pairs(report, result):
        stated = cells.result(pair.sheet, pair.cell)
        if stated is None:
            if pair.computed is not None and _is_see_of_good(pair.path):
                unsaved.append(pair)
            continue
        values[pair.path], sources[pair.path] = stated, f"{pair.sheet}!{pair.cell}"
        if pair.computed is not None and not agrees(stated, pair.computed, pair.tolerance):
            text = "The result stated in the file is not what its inputs give."
            cells.note("TPL-070", text, pair.sheet, pair.cell, pair.path, shown(stated), shown(pair.computed))
    _note_unsaved(cells, unsaved, any(map(_is_see_of_good, values)))
    return Stated(values, sources)


def _is_see_of_good(path: str) -> bool:
    return path.startswith("products.") and path.endswith(SEE_RESULTS)


def agrees(stated: Decimal, computed: Decimal, tolerance: Decimal) -> bool:
    with exact():
        return abs(stated - computed) <= tolerance + abs(computed) * BINARY_NOISE


def _note_unsaved(cells: Cells, unsaved: list[Pair], is_any_saved: bool) -> None:
    if unsaved and not is_any_saved:
        text = (
            "The workbook was saved without its calculated results, as some programs do. The portal has "
            "computed them from the inputs; the file's own results cannot be compared."
        )
        cells.note("TPL-026", text, unsaved[0].sheet, unsaved[0].cell, unsaved[0].path, "no results", "saved results")
        return
    for pair in unsaved:
        found = shown(pair.computed) if pair.computed is not None else "a number"
        text = "The file states no result here, though its inputs give one."
        cells.note("TPL-071", text, pair.sheet, pair.cell, pair.path, "nothing", found)


def pairs(report: InstallationReport, result: InstallationResult) -> Iterator[Pair]:
    """Every result that the template states, with what the accounting gives for it."""
    for index, product in enumerate(report.products):
        yield from _product_pairs(index, product, result)
    for index, process in enumerate(report.processes):
        row = layout.process_head(int(process.id[1:])) + layout.PROCESS_LEVEL_RESULT
        path = f"processes.{index}.activity_level"
        yield Pair(path, layout.PROCESSES, f"L{row}", process.activity_level, Decimal(0))
    for index, precursor in enumerate(report.precursors):
        row = layout.precursor_head(int(precursor.id[2:])) + layout.PRECURSOR_INDIRECT_RESULT
        path = f"precursors.{index}.see_indirect"
        computed = precursor.see_indirect_tco2e_per_unit
        yield Pair(path, layout.PRECURSORS, f"L{row}", computed, SPECIFIC_TOLERANCE)
    yield from _stream_pairs(report, result)
    for name, cell in layout.TOTAL_RESULTS.items():
        computed = getattr(result.totals, name) if not _lacks_streams(result) else None
        yield Pair(f"totals.{name}", layout.TOTALS, cell, computed, WHOLE_TONNE_TOLERANCE)


def _product_pairs(index: int, product: Product, result: InstallationResult) -> Iterator[Pair]:
    row = layout.PRODUCT_ROWS[int(product.id) - 1]
    process = result.process(product.process)
    for name, column in layout.PRODUCT_RESULTS.items():
        found = getattr(process, name) if process else None
        computed = getattr(found, "value", found)
        yield Pair(f"products.{index}.{name}", layout.PRODUCTS, f"{column}{row}", computed, SPECIFIC_TOLERANCE)
    price = product.carbon_price
    if price.due_per_unit is not None:
        with exact():
            effective = price.due_per_unit - (price.rebate_per_unit or Decimal(0))
        cell = f"{layout.EFFECTIVE_PRICE_RESULT}{row}"
        yield Pair(f"products.{index}.effective_price", layout.PRODUCTS, cell, effective, SPECIFIC_TOLERANCE)


def _stream_pairs(report: InstallationReport, result: InstallationResult) -> Iterator[Pair]:
    groups: tuple[tuple[str, Sequence[SourceStream | PfcStream | MeasuredSource], Sequence[int]], ...] = (
        ("source_streams", report.source_streams, layout.STREAM_ROWS),
        ("pfc_streams", report.pfc_streams, layout.PFC_ROWS),
        ("measured_sources", report.measured_sources, layout.MEASURED_ROWS),
    )
    by_id = {item.id: item for item in result.streams}
    for group, items, rows in groups:
        for index, item in enumerate(items):
            row, computed = rows[int(item.id[1:]) - 1], by_id.get(item.id)
            fossil = computed.fossil.value if computed else None
            cell = f"{layout.FOSSIL_RESULT}{row}"
            yield Pair(f"{group}.{index}.fossil_tco2e", layout.EMISSIONS, cell, fossil, WHOLE_TONNE_TOLERANCE)
            if group == "pfc_streams":
                continue
            biomass = computed.biomass_tco2e if computed else None
            cell = f"{layout.BIOMASS_RESULT}{row}"
            yield Pair(f"{group}.{index}.biomass_tco2e", layout.EMISSIONS, cell, biomass, WHOLE_TONNE_TOLERANCE)


def _lacks_streams(result: InstallationResult) -> bool:
    return any(gap.path.startswith(("source_streams", "pfc_streams", "measured_sources")) for gap in result.gaps)
