"""Reference data of a release, compiled once for each process and kept by release.

A published release never changes, so what was compiled for it stays true; a new release has
another key and is compiled on the first question that needs it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any, NamedTuple

from verification.determination.tables import (
    BenchmarkTables,
    DefaultEdition,
    DefaultRow,
    FreeAllocationBenchmark,
    GoodEntry,
    Origin,
    Parameters,
    ParameterValue,
)
from verification.kernel.spans import Span
from verification.reference.enums import LegalStatus
from verification.reference.models import (
    Benchmark,
    Country,
    DefaultValue,
    Edition,
    Good,
    Parameter,
    Release,
)


class Snapshot(NamedTuple):
    """What the engine needs of one release."""

    tables: BenchmarkTables
    parameters: Parameters


def snapshot_of(release: Release) -> Snapshot:
    """The compiled release, from the process's memory where it has been compiled before."""
    return _compiled(release.pk, release.content_sha256)


@lru_cache(maxsize=8)
def _compiled(release_id: int, content_sha256: str) -> Snapshot:
    release = Release.objects.select_related("scheme").get(pk=release_id, content_sha256=content_sha256)
    origins = _origins(release)
    tables = BenchmarkTables(
        content_sha256=content_sha256,
        goods=_goods(release),
        origins={code: rows[0] for code, rows in origins.items()},
        changing_origins={code: rows for code, rows in origins.items() if len(rows) > 1},
        default_editions=tuple(
            _default_edition(edition)
            for edition in release.editions.filter(table="default_values")
            .exclude(legal_status=LegalStatus.TEST_DATA)
            .order_by("-published_on", "-code")
        ),
        free_allocation=_free_allocation(release),
    )
    return Snapshot(tables, _parameters(release))


def _parameters(release: Release) -> Parameters:
    definition = release.definition
    series: dict[str, list[ParameterValue]] = defaultdict(list)
    for row in Parameter.objects.filter(release=release).order_by("name", "valid_from"):
        series[row.name].append(ParameterValue(row.name, row.value, row.unit, _span(row), row.reference, row.certainty))
    return Parameters(
        scheme=definition["code"],
        ladder=tuple(definition["ladder"]["rungs"]),
        ladder_reference=definition["ladder"]["reference"],
        mark_up_by_sector=definition["mark_up"]["parameter_by_sector"],
        mark_up_decimals=definition["mark_up"]["decimals"],
        series={name: tuple(values) for name, values in series.items()},
        rules={name: rule["value"] for name, rule in definition["rules"].items()},
        obligation={key: name for key, name in definition["obligation"].items() if key != "reference"},
    )


def _origins(release: Release) -> dict[str, tuple[Origin, ...]]:
    """Standings by country, the earliest first."""
    found: dict[str, list[Origin]] = defaultdict(list)
    for row in Country.objects.filter(release=release).order_by("iso2", "valid_from"):
        found[row.iso2].append(Origin(row.iso2, row.name, row.standing, row.reference, _span(row)))
    return {code: tuple(rows) for code, rows in found.items()}


def _goods(release: Release) -> dict[str, tuple[GoodEntry, ...]]:
    entries: dict[str, list[GoodEntry]] = defaultdict(list)
    for row in Good.objects.filter(release=release).select_related("category").order_by("-nomenclature_year"):
        entries[row.cn_code].append(
            GoodEntry(
                cn_code=row.cn_code,
                nomenclature_year=row.nomenclature_year,
                category=row.category.code,
                sector=row.category.sector,
                scope=row.scope,
                functional_unit=row.functional_unit,
                span=_span(row),
                successors=tuple(row.successors),
                reference=row.reference,
            )
        )
    return {code: tuple(found) for code, found in entries.items()}


def _default_edition(edition: Edition) -> DefaultEdition:
    rows: dict[tuple[str, str], list[DefaultRow]] = defaultdict(list)
    longer: dict[tuple[str, str], list[str]] = defaultdict(list)
    stored = DefaultValue.objects.filter(edition=edition).values_list(
        "country", "cn_prefix", "variant", "direct", "indirect", "total", "benchmark_route", "no_value_reason",
        "reference",
    )  # fmt: skip
    for country, prefix, variant, direct, indirect, total, route, reason, reference in stored.iterator(chunk_size=2000):
        key = "/".join(filter(None, (edition.code, country, prefix, variant)))
        rows[country, prefix].append(
            DefaultRow(key, country, prefix, variant, direct, indirect, total, route, reason, reference)
        )
        if len(prefix) == 10:
            longer[country, prefix[:8]].append(prefix)
    return DefaultEdition(
        code=edition.code,
        published_on=edition.published_on,
        span=_span(edition),
        act=edition.act,
        warning=edition.warning,
        rows={key: tuple(found) for key, found in rows.items()},
        longer_codes={key: tuple(sorted(found)) for key, found in longer.items() if len(found) > 1},
        countries=frozenset(country for country, _ in rows),
    )


def _free_allocation(release: Release) -> dict[tuple[str, str], tuple[FreeAllocationBenchmark, ...]]:
    found: dict[tuple[str, str], list[FreeAllocationBenchmark]] = defaultdict(list)
    for row in Benchmark.objects.filter(release=release).order_by("pk"):
        found[row.cn_code, row.column].append(
            FreeAllocationBenchmark(row.cn_code, row.column, row.route, row.value, _span(row), row.reference)
        )
    return {key: tuple(rows) for key, rows in found.items()}


def _span(row: Any) -> Span:
    return Span(row.valid_from, row.valid_to)
