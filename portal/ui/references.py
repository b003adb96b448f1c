"""What a value is held against: the default, its base, the free-allocation benchmarks, each with its edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.ui.goods import TONNE, ReadGood
from verification.determination.snapshot import snapshot_of
from verification.determination.tables import FreeAllocationBenchmark
from verification.reference.enums import BenchmarkColumn, LegalStatus, TableKind
from verification.reference.models import Edition
from verification.reference.selectors import editions as editions_of
from verification.reference.selectors import kept_by_release, published_release


@dataclass(frozen=True)
class Reference:
    """``value`` in tCO2e per tonne of good; ``source`` names act and edition. Benchmarks count no emissions."""

    label: str
    value: Decimal
    source: str
    is_superseded: bool = False


def references_of(scheme: str, good: ReadGood, on: date) -> list[Reference]:
    """The default with its mark-up first, as the reading holds it; benchmarks as the law has them on the day.

    Without a default the list begins with the benchmarks; a good that is not counted in tonnes has none.
    """
    found = _defaults(good)
    if good.unit != TONNE:
        return found
    release = published_release(scheme)
    editions = _editions_of_benchmarks(scheme)
    tables = snapshot_of(release).tables
    for column in (BenchmarkColumn.ACTUAL, BenchmarkColumn.DEFAULT):
        holding = [each for each in tables.free_allocation.get((good.code[:8], column.value), ()) if on in each.span]
        found += [_benchmark(each, column, editions, on) for each in sorted(holding, key=lambda each: each.route)]
    return found


@kept_by_release
def _editions_of_benchmarks(scheme: str) -> tuple[Edition, ...]:
    """The newest first."""
    return tuple(editions_of(scheme).filter(table=TableKind.BENCHMARKS).order_by("-published_on"))


def _defaults(good: ReadGood) -> list[Reference]:
    if good.default is None or good.default_value is None:
        return []
    source = _("%(act)s, edition %(edition)s") % {
        "act": good.default["reference"],
        "edition": good.default["edition"],
    }
    is_superseded = bool(good.default["warning"])
    if is_superseded:
        source = f"{source}. {good.default['warning']}"
    base = Decimal(good.default["base"])
    with_mark_up = _("Default with mark-up, superseded") if is_superseded else _("Default with mark-up")
    without = _("Default, base, superseded") if is_superseded else _("Default, base")
    return [
        Reference(with_mark_up, good.default_value, source, is_superseded),
        Reference(without, base, source, is_superseded),
    ]


def _benchmark(
    benchmark: FreeAllocationBenchmark, column: BenchmarkColumn, editions: Sequence[Edition], on: date
) -> Reference:
    """Column A goes with verified values, column B with defaults (2025/2620)."""
    words = _("Benchmark A") if column is BenchmarkColumn.ACTUAL else _("Benchmark B")
    edition = next((each for each in editions if _holds(each, on)), None)
    is_superseded = edition is not None and edition.legal_status == LegalStatus.SUPERSEDED
    label = _("%(column)s, route %(route)s") % {"column": words, "route": benchmark.route} if benchmark.route else words
    source = benchmark.reference
    if edition is not None:
        source = _("%(act)s, edition %(edition)s") % {"act": source, "edition": edition.code}
        source = f"{source}. {edition.warning}" if edition.warning else source
    return Reference(f"{label}, {_('superseded')}" if is_superseded else label, benchmark.value, source, is_superseded)


def _holds(edition: Edition, on: date) -> bool:
    return edition.valid_from <= on and (edition.valid_to is None or on < edition.valid_to)
