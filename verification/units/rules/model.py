"""Programmes, types, eligibility, agreements and limits with their days; picked by the day that each rule is about.

Every row keeps its legal reference and how well it was read (``certainty``: confirmed, secondary, unconfirmed).
Spans are half-open; windows of vintages, crediting starts and cancellations include their last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, Protocol, TypeVar

from verification.kernel.errors import MissingReference
from verification.kernel.spans import Span
from verification.units.rules import reading

NO_CHANNEL = "none"
DRAFT = "draft"
NOT_STATED = "not_stated"
OUTCOMES = ("refuse", "refer", "accept")
"""From the strongest to the weakest."""


class _Held(Protocol):
    @property
    def span(self) -> Span: ...


_Row = TypeVar("_Row", bound=_Held)


@dataclass(frozen=True)
class ChannelRow:
    """``value`` is none, inside_carbon_price or surrender_with_limit; ``status`` in_force, draft or model."""

    value: str
    status: str
    span: Span
    certainty: str
    reference: str
    note: str = ""


@dataclass(frozen=True)
class Switch:
    """A setting of the scheme: decimal text, a word, or a tuple of words."""

    name: str
    value: Any
    certainty: str
    reference: str
    note: str = ""


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme that issues units; ``serial_family`` names the grammar of its serial numbers.

    ``lookup_mode`` is off, import_file or live.
    """

    code: str
    name: str
    registry_name: str
    registry_url: str
    serial_family: str
    lookup_mode: str
    span: Span
    certainty: str
    reference: str
    note: str = ""


@dataclass(frozen=True)
class UnitTypeRow:
    """A type of unit; ``unit_class`` is what sub-limits and factors speak of, ``metric`` is tco2e or not_ghg."""

    code: str
    name: str
    programme: str
    treaty_basis: str
    unit_class: str
    requires_corresponding_adjustment: bool
    metric: str
    span: Span
    certainty: str
    reference: str
    note: str = ""


@dataclass(frozen=True)
class EligibilityRow:
    """What the list says (``outcome``: accept, refer, refuse) of the units that the row describes.

    An empty programme, type or list sets no bound. Of ``authorisation_purposes_required`` one is enough. A method of
    ``methodology_exclude`` is referred unless the unit carries ``exclusion_label``.
    """

    code: str
    programme: str
    unit_type: str
    outcome: str
    span: Span
    certainty: str
    reference: str
    methodology_include: tuple[str, ...] = ()
    methodology_exclude: tuple[str, ...] = ()
    host_include: tuple[str, ...] = ()
    host_exclude: tuple[str, ...] = ()
    vintage_from: date | None = None
    vintage_to: date | None = None
    first_crediting_start_min: date | None = None
    cancelled_from: date | None = None
    cancelled_to: date | None = None
    authorisation_purposes_required: tuple[str, ...] = ()
    label_required: str = ""
    exclusion_label: str = ""
    exclusion_note: str = ""
    note: str = ""

    def is_about(self, programme: str, unit_type: str) -> bool:
        return self.programme in ("", programme) and self.unit_type in ("", unit_type)

    def takes_cancellations_of(self, day: date) -> bool:
        return _lies_within(day, self.cancelled_from, self.cancelled_to)

    def names_host(self, country: str) -> bool:
        return country not in self.host_exclude and (not self.host_include or country in self.host_include)

    def names_methodology(self, methodology: str) -> bool:
        """Whether the row describes the method at all; patterns with ``*``, capitals and small letters alike."""
        return not self.methodology_include or _fits_any(methodology, self.methodology_include)

    def excludes_methodology(self, methodology: str, labels: Iterable[str] = ()) -> bool:
        """Whether an official must look at the method: excluded, and no label of the registry says otherwise."""
        if not _fits_any(methodology, self.methodology_exclude):
            return False
        return not self.exclusion_label or self.exclusion_label not in set(labels)


@dataclass(frozen=True)
class HostAgreementRow:
    """An agreement with a host country; ``loa_levy_percent`` is what its authorisation letter keeps back."""

    host_country: str
    span: Span
    certainty: str
    reference: str
    signed_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    loa_levy_percent: Decimal | None = None
    url: str = ""
    note: str = ""

    def is_in_force_on(self, day: date) -> bool:
        """The row holds, and so does the agreement where its own days have been read; ``in_force_to`` is outside."""
        is_begun = self.in_force_from is None or self.in_force_from <= day
        is_ended = self.in_force_to is not None and self.in_force_to <= day
        return day in self.span and is_begun and not is_ended


@dataclass(frozen=True)
class LimitPolicy:
    """``percent`` of ``base`` (gross, adjustable, scheme_obligation, taxable), in tCO2e, rounded down to the tonne.

    ``sublimits`` are percentages of the limit by class of units; ``unit_factors`` tonnes for each unit of a class,
    one where none is given. ``carry_over_years`` and ``carry_over_cap`` (percent of the own limit; ``None``: all of
    it) say how an unused part of this period's limit may be used later.
    """

    code: str
    base: str
    percent: Decimal
    span: Span
    certainty: str
    reference: str
    sublimits: Mapping[str, Decimal] = field(default_factory=dict)
    unit_factors: Mapping[str, Decimal] = field(default_factory=dict)
    carry_over_years: int = 0
    carry_over_cap: Decimal | None = None
    rounding: str = "floor"
    note: str = ""


@dataclass(frozen=True)
class UnitRules:
    """Everything that one release says of units; ``content_sha256`` names the release."""

    scheme: str
    content_sha256: str
    channels: tuple[ChannelRow, ...] = ()
    switches: Mapping[str, Switch] = field(default_factory=dict)
    programmes: tuple[ProgrammeRow, ...] = ()
    types: tuple[UnitTypeRow, ...] = ()
    eligibility: tuple[EligibilityRow, ...] = ()
    agreements: tuple[HostAgreementRow, ...] = ()
    limits: tuple[LimitPolicy, ...] = ()

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> UnitRules:
        """From the plain record of a release. Raises ``ValueError`` or ``KeyError`` for a record of another shape."""
        return cls(
            scheme=record["scheme"],
            content_sha256=record["content_sha256"],
            channels=tuple(ChannelRow(**reading.spanned(row)) for row in record["channels"]),
            switches={name: Switch(name, **reading.switch(row)) for name, row in record["switches"].items()},
            programmes=tuple(ProgrammeRow(**reading.spanned(row)) for row in record["programmes"]),
            types=tuple(UnitTypeRow(**reading.spanned(row)) for row in record["types"]),
            eligibility=tuple(EligibilityRow(**reading.eligibility(row)) for row in record["eligibility"]),
            agreements=tuple(HostAgreementRow(**reading.agreement(row)) for row in record["agreements"]),
            limits=tuple(LimitPolicy(**reading.limit(row)) for row in record["limits"]),
        )

    def channel_on(self, day: date) -> ChannelRow | None:
        """What units may do on the day as the law stands; a draft is no law. ``None``: the scheme says nothing."""
        return _held_on(day, (channel for channel in self.channels if channel.status != DRAFT))

    def draft_channel_on(self, day: date) -> ChannelRow | None:
        """What a published draft would let units do on the day."""
        return _held_on(day, (channel for channel in self.channels if channel.status == DRAFT))

    def takes_units_on(self, day: date) -> bool:
        channel = self.channel_on(day)
        return channel is not None and channel.value != NO_CHANNEL

    def programme_on(self, code: str, day: date) -> ProgrammeRow | None:
        return _held_on(day, (row for row in self.programmes if row.code == code))

    def type_on(self, code: str, day: date) -> UnitTypeRow | None:
        return _held_on(day, (row for row in self.types if row.code == code))

    def eligibility_on(self, day: date) -> tuple[EligibilityRow, ...]:
        """Rows for a unit that was cancelled or retired on the day."""
        return tuple(row for row in self.eligibility if day in row.span and row.takes_cancellations_of(day))

    def eligibility_for(self, programme: str, unit_type: str, day: date) -> tuple[EligibilityRow, ...]:
        """Rows about such a unit on the day of its cancellation: none means that it is not on the list.

        A row that refuses is worth more than one that refers, and that more than one that accepts.
        """
        found = [row for row in self.eligibility_on(day) if row.is_about(programme, unit_type)]
        return tuple(sorted(found, key=lambda row: (OUTCOMES.index(row.outcome), row.code)))

    def agreement_with(self, country: str, day: date) -> HostAgreementRow | None:
        """The agreement with the host country (ISO alpha-2) that is in force on the day."""
        found = (row for row in self.agreements if row.host_country == country and row.is_in_force_on(day))
        return next(found, None)

    def limit_for(self, period_start: date) -> LimitPolicy:
        """The limit of the period that begins on the day. Raises ``MissingReference`` where the scheme has none."""
        policy = _held_on(period_start, self.limits)
        if policy is None:
            raise MissingReference(f"{self.scheme} sets no limit on units for a period from {period_start}.")
        return policy

    def switch(self, name: str) -> Switch:
        """Raises ``MissingReference`` where the scheme does not say it."""
        if name not in self.switches:
            raise MissingReference(f"{self.scheme} does not say its {name.replace('_', ' ')} for units.")
        return self.switches[name]

    def filing_deadline(self, period_end: date) -> date | None:
        """Last day on which units of the period may be filed; ``period_end`` is the first day after the period.

        ``None`` where the scheme states no day. Raises ``MissingReference`` where it does not speak of one.
        """
        stated = self.switch("filing_deadline").value
        if stated == NOT_STATED:
            return None
        years, month, day = (int(part) for part in str(stated).removeprefix("+").split("-"))
        return date((period_end - timedelta(days=1)).year + years, month, day)


def _held_on(day: date, rows: Iterable[_Row]) -> _Row | None:
    return next((row for row in rows if day in row.span), None)


def _lies_within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _fits_any(methodology: str, patterns: Sequence[str]) -> bool:
    asked = methodology.strip().casefold()
    return any(fnmatchcase(asked, pattern.casefold()) for pattern in patterns)
