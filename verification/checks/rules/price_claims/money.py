"""PRI: amounts, currencies, rebates, and what they make per tonne."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, PriceSubject, Severity
from verification.checks.model.findings import as_text
from verification.checks.model.price import MoneyPart
from verification.checks.references import DRAFT_CREDIT_ACT, PRODUCT
from verification.checks.rules.common import distance, in_percent, shown, total
from verification.checks.rules.price_claims.common import place, sums
from verification.checks.thresholds import PRICE_DISTANCE
from verification.kernel.quantities import exact


def _amounts(subject: PriceSubject) -> tuple[MoneyPart, ...]:
    return (*subject.payments, *subject.rebates)


def _foreign(subject: PriceSubject) -> Iterator[MoneyPart]:
    for part in _amounts(subject):
        if part.currency and part.currency != subject.settlement_currency:
            yield part


@check(
    "PRI-019",
    Severity.BLOCK,
    "An amount is not above zero, or has no currency",
    text="Payments and rebates are written as positive amounts with their currency.",
    mend="Enter the amount without a sign, and the three letters of its currency.",
    reference=PRODUCT,
    about=About.CARBON_PRICE,
)
def pri_019(subject: PriceSubject) -> Iterator[Hit]:
    for part in _amounts(subject):
        if part.amount is None or part.amount <= 0 or not part.currency:
            yield Hit(
                **place(part),
                found=f"{as_text(part.amount)} {part.currency or 'no currency'}",
                expected="an amount above 0 with its currency",
                inputs={"amount": part.amount},
            )


@check(
    "PRI-020",
    Severity.BLOCK,
    "An amount in a foreign currency has no exchange rate",
    text="Every amount is brought to one currency by a published rate.",
    mend="Enter the rate and where it is published.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_020(subject: PriceSubject) -> Iterator[Hit]:
    for part in _foreign(subject):
        if part.rate is None or part.rate <= 0 or not part.rate_source:
            yield Hit(
                **place(part),
                found=f"rate {as_text(part.rate)}, {part.rate_source or 'no source'}",
                expected=f"{part.currency} to {subject.settlement_currency or 'the currency of settlement'}",
                inputs={"rate": part.rate},
            )


@check(
    "PRI-021",
    Severity.REFER,
    "The exchange rate is not the yearly average",
    text="Amounts are brought to one currency by the average rate of the year in which the goods were made.",
    mend="Use the yearly average of the claim's year.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_021(subject: PriceSubject) -> Iterator[Hit]:
    for part in _foreign(subject):
        is_of_year = part.rate_year == subject.period_start.year
        if part.rate is not None and not (part.is_rate_yearly_average and is_of_year):
            kind = "yearly average" if part.is_rate_yearly_average else "rate"
            yield Hit(
                **place(part),
                found=f"{kind} of {part.rate_year or 'a year not stated'}",
                expected=f"yearly average of {subject.period_start.year}",
            )


@check(
    "PRI-022",
    Severity.BLOCK,
    "More was given back than paid",
    text="What counts is the price less every rebate. It cannot be below zero.",
    mend="Compare the amounts and currencies of payments and rebates.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_022(subject: PriceSubject) -> Iterator[Hit]:
    in_one = sums(subject, subject.payments, subject.rebates)
    if in_one is None:
        return
    currency, (paid, given_back) = in_one
    if given_back > paid:
        yield Hit(
            found=f"{shown(given_back, 2)} {currency} given back",
            expected=f"at most {shown(paid, 2)} {currency}",
            identity="rebates",
            inputs={"paid": paid, "given_back": given_back},
        )


@check(
    "PRI-023",
    Severity.BLOCK,
    "A rebate has no proof, or no kind",
    text="Every rebate is shown. One without proof costs the whole deduction.",
    mend="Name the kind of the rebate and attach its proof.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_023(subject: PriceSubject) -> Iterator[Hit]:
    for rebate in subject.rebates:
        missing = [word for word, is_there in (("kind", rebate.kind), ("proof", rebate.has_proof)) if not is_there]
        if missing:
            yield Hit(**place(rebate), found=f"no {' and no '.join(missing)}", expected="kind and proof")


@check(
    "PRI-024",
    Severity.REFER,
    "The price per tonne is far from the usual one",
    text="The amount by its emissions differs by more than half from the price that is published for the year.",
    mend="Check amount, currency and tonnes. Free allowances are not paid for and bear no price.",
    reference=PRODUCT,
    about=About.CARBON_PRICE,
)
def pri_024(subject: PriceSubject) -> Iterator[Hit]:
    series, in_one = subject.series, sums(subject, subject.payments)
    covered = total(payment.emissions_covered_tco2e for payment in subject.payments)
    if series is None or not series.price_per_tco2e or in_one is None or covered <= 0:
        return
    currency, (paid,) = in_one
    if currency != series.currency:
        return
    with exact():
        price: Decimal = paid / covered
    if distance(price, series.price_per_tco2e) > PRICE_DISTANCE:
        yield Hit(
            found=f"{shown(price, 4)} {currency}/tCO2e",
            expected=f"{as_text(series.price_per_tco2e)} ± {in_percent(PRICE_DISTANCE)} ({series.source})",
            identity="price",
            inputs={"paid": paid, "covered_tco2e": covered, "usual": series.price_per_tco2e},
        )
