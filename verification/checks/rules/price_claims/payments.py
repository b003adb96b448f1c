"""PRI: each payment by itself: its days, its emissions, its receipt."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, PriceSubject, Severity
from verification.checks.model.findings import as_text
from verification.checks.references import ARTICLE_9, DRAFT_CREDIT_ACT, PRODUCT
from verification.checks.rules.common import total
from verification.checks.rules.price_claims.common import place
from verification.kernel.quantities import exact


@check(
    "PRI-012",
    Severity.BLOCK,
    "A payment is for another period than the claim",
    text="Only what was paid for emissions of the claim's period counts.",
    mend="Enter the part of the payment that is for this period, with its days.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_012(subject: PriceSubject) -> Iterator[Hit]:
    for payment in subject.payments:
        first, last = payment.covers_from, payment.covers_to
        is_inside = first is not None and last is not None and subject.period_start <= first <= last <= subject.last_day
        if not is_inside:
            yield Hit(
                **place(payment),
                found=f"{as_text(first)} to {as_text(last)}",
                expected=f"{subject.period_start} to {subject.last_day}",
                inputs={"covers_from": first, "covers_to": last},
            )


@check(
    "PRI-013",
    Severity.BLOCK,
    "A payment is not made yet",
    text="Only a price that was effectively paid counts. An amount that is due is not paid.",
    mend="Enter the day on which the amount was paid. File the claim after the payment.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_013(subject: PriceSubject) -> Iterator[Hit]:
    for payment in subject.payments:
        if payment.paid_on is None or payment.paid_on > subject.today:
            yield Hit(
                **place(payment),
                found=str(payment.paid_on) if payment.paid_on else "not stated",
                expected=f"until {subject.today}",
                inputs={"paid_on": payment.paid_on},
            )


@check(
    "PRI-014",
    Severity.BLOCK,
    "A payment has no receipt",
    text="Every payment is shown by a receipt of the authority or of the registry.",
    mend="Attach the receipt to the payment.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_014(subject: PriceSubject) -> Iterator[Hit]:
    for payment in subject.payments:
        if not payment.has_receipt:
            yield Hit(**place(payment), found="none", expected="a receipt")


@check(
    "PRI-015",
    Severity.REFER,
    "The receipt of a payment stands in another claim",
    text="The file is byte for byte the same as one that shows a payment in another claim.",
    mend="Say in a note which part of the payment belongs to which claim.",
    reference=PRODUCT,
    about=About.CARBON_PRICE,
)
def pri_015(subject: PriceSubject) -> Iterator[Hit]:
    for payment in subject.payments:
        if payment.is_receipt_known_elsewhere:
            yield Hit(**place(payment))


@check(
    "PRI-016",
    Severity.BLOCK,
    "A payment names no emissions",
    text="The price per tonne is the amount by the emissions for which it was paid.",
    mend="Enter the tonnes of CO2e for which the amount was paid.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_016(subject: PriceSubject) -> Iterator[Hit]:
    for payment in subject.payments:
        covered = payment.emissions_covered_tco2e
        if covered is None or covered <= 0:
            yield Hit(
                **place(payment),
                found=as_text(covered),
                expected="above 0",
                inputs={"emissions_covered_tco2e": covered},
            )


@check(
    "PRI-017",
    Severity.BLOCK,
    "More emissions are paid for than were verified",
    text="What was paid and what was allocated free together cannot exceed the verified emissions.",
    mend="Compare the emissions of all payments, and the free allocation, with the verified report.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_017(subject: PriceSubject) -> Iterator[Hit]:
    verified = subject.verified_emissions_tco2e
    if verified is None:
        return
    paid = total(payment.emissions_covered_tco2e for payment in subject.payments)
    free = subject.free_allocation_tco2e
    with exact():
        priced = paid + (free or 0)
    if priced > verified:
        yield Hit(
            found=f"{as_text(priced)} tCO2e",
            expected=f"at most {as_text(verified)} tCO2e",
            identity="emissions",
            inputs={"paid_tco2e": paid, "free_tco2e": free, "verified_tco2e": verified},
        )


@check(
    "PRI-018",
    Severity.REFER,
    "Nothing says how much was allocated free",
    text="In a trading system, free allowances are taken off. Where there were none, the claim says zero.",
    mend="Enter the free allocation of the period in tonnes, also where it is zero.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_018(subject: PriceSubject) -> Iterator[Hit]:
    free = subject.free_allocation_tco2e
    is_trading = subject.instrument.kind.endswith("ets") or subject.instrument.kind == "combination"
    if is_trading and (free is None or free < 0):
        yield Hit(found=as_text(free), expected="0 or more", identity="free allocation")
