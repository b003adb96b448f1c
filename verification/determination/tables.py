"""What the engine reads: reference data and approved values, compiled, immutable, without Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from verification.kernel.errors import MissingReference
from verification.kernel.spans import Span

OTHER_COUNTRIES = "other"
PREFIX_LENGTHS = (10, 8, 6, 4)


@dataclass(frozen=True, slots=True)
class Origin:
    """A country and its standing: ``third_country``, ``exempt`` or ``domestic``, on the days of ``span``."""

    iso2: str
    name: str
    standing: str
    reference: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class GoodEntry:
    """A good of the scheme in one nomenclature year."""

    cn_code: str
    nomenclature_year: int
    category: str
    sector: str
    scope: str
    functional_unit: str
    span: Span
    successors: tuple[str, ...]
    reference: str

    @property
    def is_direct_only(self) -> bool:
        return self.scope == "direct"


@dataclass(frozen=True, slots=True)
class DefaultRow:
    """A default value in tCO2e per tonne of good, without mark-up; or the reason why there is none."""

    key: str
    country: str
    cn_prefix: str
    variant: str
    direct: Decimal | None
    indirect: Decimal | None
    total: Decimal | None
    benchmark_route: str
    no_value_reason: str
    reference: str


@dataclass(frozen=True)
class DefaultEdition:
    """One edition of the default values; ``rows`` by (country, prefix), one row for each variant."""

    code: str
    published_on: date
    span: Span
    act: str
    warning: str
    rows: Mapping[tuple[str, str], tuple[DefaultRow, ...]]
    countries: frozenset[str] = frozenset()
    longer_codes: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FreeAllocationBenchmark:
    """A benchmark in tCO2e per tonne of good; column A with verified values, B with defaults."""

    cn_code: str
    column: str
    route: str
    value: Decimal
    span: Span
    reference: str


@dataclass(frozen=True)
class BenchmarkTables:
    """Everything of one release that the engine looks up; ``content_sha256`` names the release."""

    content_sha256: str
    goods: Mapping[str, tuple[GoodEntry, ...]]
    origins: Mapping[str, Origin]
    default_editions: tuple[DefaultEdition, ...]
    free_allocation: Mapping[tuple[str, str], tuple[FreeAllocationBenchmark, ...]] = field(default_factory=dict)
    changing_origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)

    def origin_on(self, code: str, on: date) -> Origin | None:
        """The country with its standing on the day."""
        for origin in self.changing_origins.get(code, ()):
            if origin.span and on in origin.span:
                return origin
        return self.origins.get(code)

    def good_on(self, code: str, on: date, nomenclature_year: int | None = None) -> GoodEntry | None:
        """The good under the eight-digit (or longer) ``code``, by year of the list or by the day."""
        for entry in self.goods.get(code, ()) or self.goods.get(code[:8], ()):
            if entry.nomenclature_year == nomenclature_year or (nomenclature_year is None and on in entry.span):
                return entry
        return None

    def edition_on(self, on: date) -> DefaultEdition | None:
        """The newest edition of the default values that holds on the day."""
        return next((edition for edition in self.default_editions if on in edition.span), None)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A scalar of law and the days on which it holds."""

    name: str
    value: Decimal
    unit: str
    span: Span
    reference: str
    certainty: str = "confirmed"


@dataclass(frozen=True)
class Parameters:
    """The scheme's switches and its dated scalars."""

    scheme: str
    ladder: tuple[str, ...]
    mark_up_by_sector: Mapping[str, str]
    mark_up_decimals: int
    series: Mapping[str, tuple[ParameterValue, ...]]
    ladder_reference: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)
    obligation: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str, on: date) -> ParameterValue:
        """The value that holds on the day. Raises ``MissingReference`` where none has been published."""
        for value in self.series.get(name, ()):
            if on in value.span:
                return value
        raise MissingReference(f"{self.scheme} has no {name.replace('_', ' ')} for {on}; none has been published.")

    def mark_up_for(self, sector: str, on: date) -> ParameterValue:
        """The mark-up of the sector, as a fraction. Raises ``MissingReference``."""
        if sector not in self.mark_up_by_sector:
            raise MissingReference(f"{self.scheme} has no mark-up for the sector {sector}.")
        return self.at(self.mark_up_by_sector[sector], on)


@dataclass(frozen=True)
class ApprovedOverride:
    """An approved verified value: holds for days in ``span``, known from ``known_from`` to ``known_to``.

    Either ``good_code`` or ``category`` is empty. ``quantity_left_t`` is what the verified quantity
    still covers; ``None`` where the scheme keeps no such ledger.
    """

    id: str
    installation: str
    good_code: str
    category: str
    route: str
    variant: str
    span: Span
    known_from: datetime
    known_to: datetime | None
    see_direct: Decimal
    see_indirect: Decimal | None
    see_total: Decimal
    unit: str
    verified_quantity_t: Decimal | None
    quantity_left_t: Decimal | None
    certificate: str
    reference: str

    def is_known_at(self, instant: datetime) -> bool:
        return self.known_from <= instant and (self.known_to is None or instant < self.known_to)


Overrides = Mapping[str, tuple[ApprovedOverride, ...]]
"""Approved values by installation."""
