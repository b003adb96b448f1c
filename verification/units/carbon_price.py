"""The carbon price effectively paid in the country of origin: what was paid, less rebates, with a cap on credits.

Regulation (EU) 2023/956, Article 9; the formulas follow the draft implementing act of 13 May 2026, which was not
adopted as far as is known. What that draft sets (the cap, its base, what an unevidenced rebate does) is passed in
from the scheme's rules. Money is exact and unrounded; a price is money per tCO2e or per tonne of good as named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from verification.kernel.quantities import exact

ZERO = Decimal(0)
ALLOWANCE, DOMESTIC_CREDIT, ARTICLE_6_CREDIT = "allowance", "domestic_credit", "article_6_credit"
KINDS = (ALLOWANCE, DOMESTIC_CREDIT, ARTICLE_6_CREDIT)


@dataclass(frozen=True)
class Surrendered:
    """Units handed in under the foreign scheme: tonnes, and what each cost in the currency of the claim.

    ``kind`` is allowance, domestic_credit or article_6_credit. Raises ``ValueError`` otherwise, or below zero.
    """

    kind: str
    quantity_t: Decimal
    price_per_t: Decimal

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind} is none of: {', '.join(KINDS)}.")
        if self.quantity_t < 0 or self.price_per_t < 0:
            raise ValueError("Units surrendered and their price are not below zero.")


@dataclass(frozen=True)
class PricePaid:
    """``counted_cost`` over the whole obligation is the price effectively paid in money per tCO2e.

    ``not_counted_t`` are Article 6 credits beyond the cap; they are priced at zero. ``uncapped_cost`` is shown beside.
    """

    obligation_t: Decimal
    counted_cost: Decimal
    uncapped_cost: Decimal
    cap_t: Decimal | None
    counted_credits_t: Decimal
    not_counted_t: Decimal

    @property
    def per_tco2e(self) -> Decimal:
        with exact():
            return self.counted_cost / self.obligation_t


def price_effectively_paid(
    obligation_t: Decimal, surrendered: Sequence[Surrendered], *, credit_cap_share: Decimal | None
) -> PricePaid:
    """What the obligation cost when at most ``credit_cap_share`` of it may be met by Article 6 credits.

    The share is a fraction of the obligation; ``None`` sets no cap. Credits count in the order given. A part of the
    obligation that was not met was not paid. Raises ``ValueError`` without an obligation, for a share that is no
    fraction, and where more was handed in than was due.
    """
    if obligation_t <= 0:
        raise ValueError("Without an obligation no carbon price was paid.")
    if credit_cap_share is not None and not 0 <= credit_cap_share <= 1:
        raise ValueError("The cap on credits is a fraction of the obligation.")
    with exact():
        total = sum((each.quantity_t for each in surrendered), ZERO)
        if total > obligation_t:
            raise ValueError(f"More was handed in ({total} t) than was due ({obligation_t} t).")
        cap_t = None if credit_cap_share is None else _whole(credit_cap_share * obligation_t)
        counted, credits_t, refused_t = ZERO, ZERO, ZERO
        for each in surrendered:
            tonnes = each.quantity_t
            if each.kind == ARTICLE_6_CREDIT:
                tonnes = tonnes if cap_t is None else min(tonnes, cap_t - credits_t)
                credits_t += tonnes
                refused_t += each.quantity_t - tonnes
            counted += tonnes * each.price_per_t
        uncapped = sum((each.quantity_t * each.price_per_t for each in surrendered), ZERO)
    return PricePaid(obligation_t, counted, uncapped, cap_t, credits_t, refused_t)


@dataclass(frozen=True)
class Rebate:
    """Money that came back: compensation, a tax deduction, free allowances. Raises ``ValueError`` below zero."""

    amount: Decimal
    is_evidenced: bool = True
    what: str = ""

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("A rebate is not below zero.")


@dataclass(frozen=True)
class NetPayment:
    """What was paid less what came back. ``is_void``: a rebate without evidence took the whole deduction away."""

    paid: Decimal
    rebated: Decimal
    net: Decimal
    is_void: bool = False


def net_of_rebates(paid: Decimal, rebates: Sequence[Rebate], *, unevidenced_voids: bool) -> NetPayment:
    """Payment after rebates, never below zero.

    Where the scheme says so (``unevidenced_voids``), one rebate without evidence leaves nothing; otherwise it is taken
    off like the others. Raises ``ValueError`` for a payment below zero.
    """
    if paid < 0:
        raise ValueError("A payment is not below zero.")
    with exact():
        rebated = sum((each.amount for each in rebates), ZERO)
        is_void = unevidenced_voids and any(not each.is_evidenced for each in rebates)
        return NetPayment(paid, rebated, ZERO if is_void else max(ZERO, paid - rebated), is_void)


@dataclass(frozen=True)
class YearlyRate:
    """The average exchange rate of a year: ``per_unit`` of ``to_currency`` for one ``from_currency``; its source.

    Raises ``ValueError`` for a rate that is not above zero.
    """

    year: int
    from_currency: str
    to_currency: str
    per_unit: Decimal
    source: str

    def __post_init__(self) -> None:
        if self.per_unit <= 0:
            raise ValueError("An exchange rate is above zero.")


@dataclass(frozen=True)
class Money:
    """An amount in a currency (ISO 4217), of the year in which it was paid."""

    amount: Decimal
    currency: str
    year: int


def convert(money: Money, to_currency: str, rates: Sequence[YearlyRate]) -> Money:
    """By the average of the year of payment, unrounded. Raises ``LookupError`` where that rate is not given."""
    if money.currency == to_currency:
        return money
    wanted = (money.year, money.currency, to_currency)
    for rate in rates:
        if (rate.year, rate.from_currency, rate.to_currency) == wanted:
            with exact():
                return Money(money.amount * rate.per_unit, to_currency, money.year)
    raise LookupError(f"There is no average rate of {money.year} from {money.currency} to {to_currency}.")


@dataclass(frozen=True)
class PricedPrecursor:
    """A precursor of which ``mass_t`` went into the good, and the carbon price paid per tonne of it."""

    mass_t: Decimal
    price_per_t: Decimal


def price_of_emissions(specific_emissions_tco2e_per_t: Decimal, price_per_tco2e: Decimal) -> Decimal:
    """The carbon price on the good's own priced emissions, in money per tonne of good."""
    with exact():
        return specific_emissions_tco2e_per_t * price_per_tco2e


def price_per_tonne(
    activity_t: Decimal, precursors: Sequence[PricedPrecursor], *, own_price_per_t: Decimal = ZERO
) -> Decimal:
    """Carbon price paid per tonne of good: its own, and what its precursors carry, as emissions travel down the chain.

    ``activity_t`` is the mass of the good made from the precursors. Raises ``ValueError`` where none was made or
    something is below zero.
    """
    if activity_t <= 0:
        raise ValueError("Without a mass that was made there is no price per tonne.")
    if own_price_per_t < 0 or any(min(each.mass_t, each.price_per_t) < 0 for each in precursors):
        raise ValueError("Masses and prices are not below zero.")
    with exact():
        return own_price_per_t + sum((each.mass_t / activity_t * each.price_per_t for each in precursors), ZERO)


def certificates_saved(effective_price_per_t: Decimal, certificate_price: Decimal, quantity_t: Decimal) -> Decimal:
    """Certificates that a price paid per tonne of good takes off, in tCO2e: price / certificate price x quantity.

    Both prices in one currency. Raises ``ValueError`` where the certificate has no price.
    """
    if certificate_price <= 0:
        raise ValueError("A certificate has a price above zero.")
    with exact():
        return effective_price_per_t / certificate_price * quantity_t


def _whole(tonnes: Decimal) -> Decimal:
    return tonnes.to_integral_value(rounding=ROUND_FLOOR)
