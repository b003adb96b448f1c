"""Reading reference data. It is public: nothing here depends on who asks.

What was known at an instant is what the newest release published at or before it says; without
an instant, what is known now. Every value carries its legal reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.reference.models import (
    Benchmark,
    Country,
    DefaultValue,
    Edition,
    Good,
    GoodsCategory,
    Parameter,
)
from verification.reference.selectors.procedure import Procedure, procedure_of
from verification.reference.selectors.releases import (
    kept_by_release,
    known_schemes,
    published_release,
    releases_read_once,
    scheme_start,
)
from verification.reference.selectors.units import unit_rules_record

__all__ = [
    "Procedure",
    "YearFactors",
    "categories",
    "certificate_price",
    "countries",
    "country_names",
    "editions",
    "good_for_code",
    "goods",
    "kept_by_release",
    "known_goods",
    "known_schemes",
    "parameter_at",
    "procedure_of",
    "public_benchmarks",
    "public_default_values",
    "published_release",
    "releases_read_once",
    "scheme_start",
    "unit_rules_record",
    "year_factors",
]


@dataclass(frozen=True)
class YearFactors:
    """What a year does to free allocation and to defaults; each with its own reference.

    ``None`` where the scheme has no free allocation.
    """

    year: int
    cbam_factor: Parameter | None
    cross_sectoral_correction: Parameter | None
    mark_up_by_sector: Mapping[str, Parameter]


def editions(scheme: str, known_at: datetime | None = None) -> QuerySet[Edition]:
    """Every edition in force in the release, newest first within its table."""
    return published_release(scheme, known_at).editions.order_by("table", "-published_on")


def categories(scheme: str, known_at: datetime | None = None) -> QuerySet[GoodsCategory]:
    return GoodsCategory.objects.filter(release=published_release(scheme, known_at)).order_by("name")


def goods(scheme: str, on: date | None = None, known_at: datetime | None = None) -> QuerySet[Good]:
    """Goods of the scheme, those that hold on the day where one is given."""
    found = Good.objects.filter(release=published_release(scheme, known_at)).select_related("category")
    return _holding_on(found, on).order_by("cn_code")


def known_goods(scheme: str, on: date | None = None) -> dict[str, str]:
    """Descriptions by code, for choices."""
    return dict(goods(scheme, on).values_list("cn_code", "description"))


def good_for_code(scheme: str, code: str, on: date | None = None, nomenclature_year: int | None = None) -> Good:
    """The good under an eight-digit code, or the eight digits of a longer one.

    ``nomenclature_year`` picks the list; otherwise the day does (default: today). Raises
    ``MissingReference``, naming the successors where the code was split.
    """
    digits = "".join(code.split())[:8]
    day = on or clock.today()
    listed = goods(scheme).filter(cn_code=digits)
    by_list = Q(nomenclature_year=nomenclature_year) if nomenclature_year else Q()
    found = (listed.filter(by_list) if nomenclature_year else _holding_on(listed, day)).first()
    if found is None:
        former = listed.first()
        advice = f" It was replaced by {', '.join(former.successors)}." if former and former.successors else ""
        raise MissingReference(f"{digits} is not a good of {scheme} on {day}.{advice}")
    return found


def countries(scheme: str, on: date | None = None) -> QuerySet[Country]:
    """Countries with their standing on the day; without one, every row, of which a country may have several.

    A day before the scheme begins is answered as its first day.
    """
    found = Country.objects.filter(release=published_release(scheme))
    return _holding_on(found, max(on, scheme_start(scheme)) if on else None).order_by("name", "valid_from")


def country_names(scheme: str) -> dict[str, str]:
    """Names by ISO code."""
    return dict(countries(scheme).values_list("iso2", "name"))


def parameter_at(scheme: str, name: str, on: date, known_at: datetime | None = None) -> Parameter:
    """The dated scalar ``name`` for the day. Raises ``MissingReference`` where none has been published."""
    release = published_release(scheme, known_at)
    found = _holding_on(Parameter.objects.filter(release=release, name=name), on).first()
    if found is None:
        raise MissingReference(f"{scheme} has no {name.replace('_', ' ')} for {on}; none has been published.")
    return found


def year_factors(scheme: str, year: int) -> YearFactors:
    """Factors for the first day of the year. Raises ``MissingReference``."""
    definition = published_release(scheme).definition
    day = date(year, 1, 1)
    factors = {
        key: parameter_at(scheme, definition["obligation"][key], day) if key in definition["obligation"] else None
        for key in ("cbam_factor", "cross_sectoral_correction")
    }
    return YearFactors(
        year=year,
        **factors,
        mark_up_by_sector={
            sector: parameter_at(scheme, name, day)
            for sector, name in definition["mark_up"]["parameter_by_sector"].items()
        },
    )


def certificate_price(scheme: str, on: date) -> Parameter:
    """Price of a certificate for an import on the day. Raises ``MissingReference`` when unpublished, or without one."""
    name = published_release(scheme).definition["obligation"].get("price")
    if name is None:
        raise MissingReference(f"{scheme} sets no price in money.")
    return parameter_at(scheme, name, on)


def public_default_values(
    scheme: str,
    legal_date: date,
    *,
    country: str = "",
    cn_prefix: str = "",
    code: str = "",
    sector: str = "",
    words: str = "",
    values_only: bool = False,
    after: int | None = None,
) -> QuerySet[DefaultValue]:
    """Default values for a browser, ordered by primary key: pass the last one seen as ``after`` for the next page.

    ``code`` finds the rows that stand under it and the shorter ones that it stands under; ``words``
    are looked for in the descriptions of the goods.
    Base values in tCO2e/t without mark-up, of the newest edition that holds on the day. Raises
    ``MissingReference`` where no edition does.
    """
    release = published_release(scheme)
    edition = _holding_on(release.editions.filter(table="default_values"), legal_date).order_by("-published_on").first()
    if edition is None:
        raise MissingReference(f"{scheme} has no edition of default values for {legal_date}.")
    found = edition.default_values.select_related("edition")
    if country:
        found = found.filter(country=country)
    if cn_prefix:
        found = found.filter(cn_prefix__startswith=cn_prefix)
    if code:
        shorter = [code[:length] for length in (4, 6, 8) if length < len(code)]
        found = found.filter(Q(cn_prefix__startswith=code) | Q(cn_prefix__in=shorter))
    if sector or words:
        listed = Good.objects.filter(release=release, description__icontains=words)
        codes = (listed.filter(category__sector=sector) if sector else listed).values_list("cn_code", flat=True)
        stems = {code[:length] for code in codes for length in (4, 6, 8)}
        found = found.annotate(stem=Substr("cn_prefix", 1, 8)).filter(stem__in=stems)
    if values_only:
        found = found.filter(no_value_reason="")
    if after is not None:
        found = found.filter(pk__gt=after)
    return found.order_by("pk")


def public_benchmarks(
    scheme: str, on: date, *, cn_code: str = "", column: str = "", after: int | None = None
) -> QuerySet[Benchmark]:
    """Free-allocation benchmarks in tCO2e/t that hold on the day, ordered by primary key."""
    found = _holding_on(Benchmark.objects.filter(release=published_release(scheme)), on).select_related("edition")
    if cn_code:
        found = found.filter(cn_code__startswith=cn_code)
    if column:
        found = found.filter(column=column)
    if after is not None:
        found = found.filter(pk__gt=after)
    return found.order_by("pk")


def _holding_on(rows: QuerySet, day: date | None) -> QuerySet:
    if day is None:
        return rows
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
