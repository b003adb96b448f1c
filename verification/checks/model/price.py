"""A carbon price claim as checks see it: instrument, payments, rebates, units, precursors, the certification.

Filled by the room of claims. Every default means "not known". Amounts are in the currency named beside
them; ``rate`` is units of the settlement currency for one unit of that currency. Countries are ISO alpha-2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from verification.checks.model.findings import About
from verification.checks.model.units import OverlapPart


@dataclass(frozen=True)
class InstrumentPart:
    """The law that sets the price. ``kind`` as in the lists of the scheme (carbon_tax, national_ets, …)."""

    kind: str = ""
    name: str = ""
    law: str = ""
    country: str = ""
    is_binding: bool | None = None


@dataclass(frozen=True)
class MoneyPart:
    """What payments and rebates share."""

    path: str = ""
    label: str = ""
    amount: Decimal | None = None
    currency: str = ""
    rate: Decimal | None = None
    rate_source: str = ""
    rate_year: int | None = None
    is_rate_yearly_average: bool | None = None


@dataclass(frozen=True)
class PaymentPart(MoneyPart):
    """``emissions_covered_tco2e`` is what the amount was paid for. Both days of the period are inclusive."""

    paid_on: date | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    emissions_covered_tco2e: Decimal | None = None
    has_receipt: bool | None = None
    is_receipt_known_elsewhere: bool | None = None


@dataclass(frozen=True)
class RebatePart(MoneyPart):
    """Money given back in any form; free allocation stands in tonnes on its own."""

    kind: str = ""
    has_proof: bool | None = None


@dataclass(frozen=True)
class CertifierPart:
    """The independent person. ``accreditation_problem`` is empty where it held on the day of the statement."""

    name: str = ""
    accreditation: str = ""
    accreditation_problem: str = ""
    statement_dated_on: date | None = None


@dataclass(frozen=True)
class PriceUnitPart:
    """Units handed in under the instrument. ``origin``: domestic or international (Article 6).

    ``start`` and ``end`` are inclusive, and missing for units without numbers. ``claim_overlaps`` are numbers
    of unit claims.
    """

    path: str = ""
    label: str = ""
    origin: str = ""
    quantity: int | None = None
    start: int | None = None
    end: int | None = None
    claim_overlaps: tuple[OverlapPart, ...] = ()


@dataclass(frozen=True)
class PrecursorPricePart:
    """A price paid on a precursor, carried along with its emissions."""

    path: str = ""
    name: str = ""
    country: str = ""
    price_per_tco2e: Decimal | None = None
    see_tco2e_per_t: Decimal | None = None
    is_certified: bool | None = None


@dataclass(frozen=True)
class PricedGoodPart:
    """A good of the claim; ``share_covered`` is a share of one. ``values``: actual or default."""

    path: str = ""
    code: str = ""
    origin: str = ""
    values: str = ""
    share_covered: Decimal | None = None
    is_process_priced: bool | None = None

    @property
    def label(self) -> str:
        return self.code or self.path


@dataclass(frozen=True)
class PriceSeriesPart:
    """The usual price of the instrument in the year, as a steward loaded it, per tonne of CO2e."""

    price_per_tco2e: Decimal | None = None
    currency: str = ""
    source: str = ""


@dataclass(frozen=True)
class PriceSwitches:
    """What the scheme says of foreign carbon prices; shares are shares of one.

    ``exempt_origins`` are the scheme's own countries and those that it exempts.
    ``international_cap_base_tco2e`` is the obligation of which ``international_cap`` is a share.
    """

    accepted_kinds: frozenset[str] = frozenset()
    exempt_origins: frozenset[str] = frozenset()
    needs_certification: bool | None = None
    international_cap: Decimal | None = None
    international_cap_base_tco2e: Decimal | None = None
    leaves_choice_of_default_price: bool | None = None
    reference: str = ""


@dataclass(frozen=True)
class PriceSubject:
    """Everything that the checks of a carbon price claim may look at; ``period_end`` is the day after the last."""

    about: ClassVar[About] = About.CARBON_PRICE

    today: date
    period_start: date
    period_end: date
    scheme: str = ""
    country: str = ""
    settlement_currency: str = ""
    instrument: InstrumentPart = field(default_factory=InstrumentPart)
    payments: tuple[PaymentPart, ...] = ()
    rebates: tuple[RebatePart, ...] = ()
    free_allocation_tco2e: Decimal | None = None
    verified_emissions_tco2e: Decimal | None = None
    certifier: CertifierPart = field(default_factory=CertifierPart)
    units: tuple[PriceUnitPart, ...] = ()
    precursors: tuple[PrecursorPricePart, ...] = ()
    goods: tuple[PricedGoodPart, ...] = ()
    series: PriceSeriesPart | None = None
    uses_default_price: bool | None = None
    switches: PriceSwitches = field(default_factory=PriceSwitches)

    @property
    def last_day(self) -> date:
        return self.period_end - timedelta(days=1)
