"""Plain data for the engine, and approved values in the database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from verification.determination.engine import Question
from verification.determination.services import OverrideTerms
from verification.determination.tables import (
    ApprovedOverride,
    BenchmarkTables,
    DefaultEdition,
    DefaultRow,
    GoodEntry,
    Origin,
    Parameters,
    ParameterValue,
)
from verification.kernel.spans import Span
from verification.registry.models import Installation, Organisation

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LADDER = ("exemption", "override", "alternative_value", "country_default", "other_countries_default")


def default_row(country: str, prefix: str, total: str | None = None, *, variant: str = "", reason: str = "",
                route: str = "C") -> DefaultRow:  # fmt: skip
    number = Decimal(total) if total is not None else None
    key = "/".join(filter(None, ("1", country, prefix, variant)))
    return DefaultRow(key, country, prefix, variant, number, None, number, route, reason, f"Act 1, {country}, {prefix}")


def edition_of(*rows: DefaultRow, code: str = "1", span: Span | None = None, warning: str = "",
               longer_codes: dict[tuple[str, str], tuple[str, ...]] | None = None) -> DefaultEdition:  # fmt: skip
    grouped: dict[tuple[str, str], tuple[DefaultRow, ...]] = {}
    for row in rows:
        grouped[row.country, row.cn_prefix] = (*grouped.get((row.country, row.cn_prefix), ()), row)
    return DefaultEdition(
        code=code,
        published_on=date(2026, 1, 1),
        span=span or Span(date(2026, 1, 1)),
        act="Act 1",
        warning=warning,
        rows=grouped,
        countries=frozenset(row.country for row in rows),
        longer_codes=longer_codes or {},
    )


def good_entry(code: str = "72083900", **changes: Any) -> GoodEntry:
    stated: dict[str, Any] = {
        "cn_code": code, "nomenclature_year": 2026, "category": "products", "sector": "steel", "scope": "direct",
        "functional_unit": "t", "span": Span(date(2026, 1, 1)), "successors": (), "reference": "Act 1, Annex I",
    }  # fmt: skip
    return GoodEntry(**stated | changes)


def tables_of(
    *editions: DefaultEdition, goods: tuple[GoodEntry, ...] = (), free_allocation: Any = None
) -> BenchmarkTables:
    entries = goods or (good_entry(), good_entry("72071111"))
    origins = (
        Origin("TR", "Türkiye", "third_country", "Act 1, Article 6"),
        Origin("NO", "Norway", "exempt", "Act 1, Annex I"),
        Origin("DE", "Germany", "domestic", "Act 1, Article 7"),
        Origin("FJ", "Fiji", "third_country", "Act 1, Article 6"),
    )
    return BenchmarkTables(
        content_sha256="0" * 64,
        goods={entry.cn_code: (entry,) for entry in entries},
        origins={origin.iso2: origin for origin in origins},
        default_editions=editions,
        free_allocation=free_allocation or {},
    )


def dated(name: str, *values: tuple[str, str, str | None]) -> tuple[ParameterValue, ...]:
    """Values with their first day and the day on which they end."""
    return tuple(
        ParameterValue(
            name, Decimal(value), "fraction",
            Span(date.fromisoformat(start), date.fromisoformat(end) if end else None), "Act 1, Article 3",
        )
        for value, start, end in values
    )  # fmt: skip


def parameters_of(**series: tuple[ParameterValue, ...]) -> Parameters:
    mark_up = dated("mark_up", ("0.10", "2026-01-01", "2027-01-01"), ("0.20", "2027-01-01", None))
    return Parameters(
        scheme="test-scheme",
        ladder=LADDER,
        mark_up_by_sector={"steel": "mark_up"},
        mark_up_decimals=3,
        series={"mark_up": mark_up} | series,
        ladder_reference="Act 1, Article 2",
        obligation={"cbam_factor": "factor", "cross_sectoral_correction": "correction", "price": "price"},
    )


def question(
    good: str = "72083900", origin: str = "TR", legal_date: date = date(2026, 3, 1), **changes: Any
) -> Question:
    return Question("test-scheme", good, origin, legal_date, **{"known_at": NOW} | changes)


def approved(**changes: Any) -> ApprovedOverride:
    stated: dict[str, Any] = {
        "id": "a1", "installation": "TR-9001", "good_code": "72083900", "category": "", "route": "", "variant": "",
        "span": Span.year(2026), "known_from": datetime(2026, 6, 1, tzinfo=UTC), "known_to": None,
        "see_direct": Decimal("1.80000"), "see_indirect": Decimal("0.20000"), "see_total": Decimal("2.00000"),
        "unit": "tCO2e/t", "verified_quantity_t": None, "quantity_left_t": None, "certificate": "C-1",
        "reference": "Act 1, Article 8",
    }  # fmt: skip
    return ApprovedOverride(**stated | changes)


def installation(code: str = "TR-9001") -> Installation:
    """A registered site with its organisation, straight into the database."""
    organisation = Organisation.objects.create(
        name=f"Producer of {code}", registration_number=code, country="TR", address="Street 1",
        contact_email="producer@example.org", is_producer=True, created_at=NOW,
    )  # fmt: skip
    return Installation.objects.create(
        code=code, organisation=organisation, name="Mill", address="Street 1", city="City", country="TR",
        latitude=Decimal("40.000000"), longitude=Decimal("30.000000"), economic_activity="Steel",
        registered_on=date(2026, 1, 1), valid_to=date(2031, 1, 1),
    )  # fmt: skip


def terms(**changes: Any) -> OverrideTerms:
    stated: dict[str, Any] = {
        "installation_code": "TR-9001", "good_code": "72083900", "see_direct": Decimal("1.80000"),
        "see_indirect": Decimal("0.20000"), "see_total": Decimal("2.00000"), "unit": "tCO2e/t",
        "claim_reference": "CL-1", "snapshot_sha256": "a" * 64, "decision_reference": "D-1",
        "reference": "Act 1, Article 8", "certificate_number": "C-1",
    }  # fmt: skip
    return OverrideTerms(**stated | changes)
